"""The tables of codes: versions that stay, and what of a run lacks a code."""

from decimal import Decimal

import pytest

from kis.core.append_only import AppendOnly
from kis.exchange import mappings
from kis.exchange.component_mapping import Measure, Target
from kis.exchange.mappings import Component
from kis.exchange.models import MappingVersion
from kis.payroll.rules.problems import Invalid
from kis.staffing.operations import AgencyOnly
from kis.timesheets.hours import Day, Expense, Hours
from kis.timesheets.operations import Overtaken
from tests.exchange import runs
from tests.support import people

pytestmark = pytest.mark.django_db
TABLE = [Target("normal", "1"), Target("evening", "28", factor=Decimal("0.3"), percentage=Decimal(130))]


def save(table: list[Target] | None = None, *, shown: int = 0, **settings: str) -> MappingVersion:
    by = people.actor(people.esra())
    return mappings.save_codes("loket", table or TABLE, settings, shown=shown, by=by, at=runs.TUESDAY)


def test_a_table_comes_back_as_it_was_saved_with_what_the_package_wants_to_know() -> None:
    saved = save(employer="5555", shift="1", colour="red")
    found = mappings.current("loket")
    assert found == saved
    assert set(found.table) == set(TABLE)
    assert found.settings == {"employer": "5555", "shift": "1"}
    assert (found.number, found.by_name) == (1, "Esra Yilmaz")


def test_every_change_is_a_version_and_no_change_is_none() -> None:
    first = save()
    assert save([*reversed(TABLE)], shown=1) == first, "the same lines in another order"
    second = save([Target("normal", "2")], shown=1)
    assert [version.number for version in MappingVersion.objects.order_by("number")] == [1, 2]
    assert mappings.all_current() == {"loket": second}
    assert first.digest != second.digest
    first.digest = second.digest
    with pytest.raises(AppendOnly):
        first.save()


def test_of_two_who_change_the_same_version_one_is_told() -> None:
    save()
    save([Target("normal", "2")], shown=1)
    with pytest.raises(Overtaken):
        save([Target("normal", "3")], shown=1)


def test_a_table_that_adds_hours_to_money_is_not_saved() -> None:
    with pytest.raises(Invalid):
        save([Target("normal", "1"), Target("expenses", "1", Measure.AMOUNT)])


def test_only_the_agency_saves_codes() -> None:
    with pytest.raises(AgencyOnly):
        mappings.save_codes("loket", TABLE, {}, shown=0, by=people.actor(people.carla()), at=runs.TUESDAY)


def test_the_components_of_a_run_are_known_with_their_kind_and_percentages() -> None:
    week = people.hours(days=2)
    hours = Hours(
        week.week, (Day(week.days[0].shifts, km=30), *week.days[1:]), (Expense(week.week.monday, 500, "Bon"),)
    )
    run = runs.locked(hours)
    found = mappings.components_of(run)
    assert found == mappings.recent_components()
    assert found == [
        Component("expenses", "expenses"),
        Component("km", "quantity"),
        Component("normal", "time", (Decimal(100),)),
    ]
    assert [component.measures[0] for component in found] == [Measure.AMOUNT, Measure.QUANTITY, Measure.HOURS]


def test_what_lacks_a_code_is_named_with_the_percentages_that_lack_it() -> None:
    evening = Component("evening", "time", (Decimal(125), Decimal(130)))
    components = [Component("km", "quantity"), evening, Component("normal", "time", (Decimal(100),))]
    assert mappings.missing(components, []) == components
    assert mappings.missing(components, TABLE) == [
        Component("km", "quantity"),
        Component("evening", "time", (Decimal(125),)),
    ]
    assert mappings.missing(components, [*TABLE, Target("evening", "29"), Target("km", "9", Measure.QUANTITY)]) == []
