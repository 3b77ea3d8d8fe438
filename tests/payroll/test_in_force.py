import datetime as dt
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kis.core import clock
from kis.core.weeks import Week
from kis.payroll import agreements, in_force
from kis.payroll.computing import compute
from kis.payroll.models import Stream
from kis.payroll.rules import form, templates
from kis.payroll.rules.model import version_on
from kis.staffing.actor import SYSTEM
from kis.staffing.models import Client, Placement
from kis.timesheets import operations
from kis.timesheets.workflow import State
from tests.support import people, walk

pytestmark = pytest.mark.django_db
AT = clock.at(dt.date(2026, 11, 20), 600)
WEEK = people.WEEK


def adopt(*codes: str) -> None:
    for code in codes:
        agreements.adopt_template(code, by=SYSTEM, at=AT)


def assign(code: str, day: dt.date, client: Client | None = None, placement: Placement | None = None) -> None:
    agreements.assign_rules(
        code, stream=Stream.PAY, valid_from=day, client=client, placement=placement, by=SYSTEM, at=AT
    )


def names() -> list[str]:
    sheet = people.sheet(people.ana())
    return [f"{rules.code} {rules.valid_from} {rules.valid_to}" for rules in in_force.load([sheet]).agreed(sheet).rules]


def test_without_any_assignment_the_standard_holds() -> None:
    sheet = people.sheet(people.ana())
    assert [rules.code for rules in in_force.load([sheet]).agreed(sheet).rules] == ["STANDARD-1"]


def test_the_closest_assignment_holds_from_its_day() -> None:
    adopt("STANDARD-1", "CLEANING-1", "HORECA-1")
    assign("CLEANING-1", dt.date(2026, 1, 1), client=people.bakery())
    assign("HORECA-1", WEEK.days[2], placement=people.placement())
    assert names() == [
        "STANDARD-1 2000-01-01 2025-12-31",
        "CLEANING-1 2026-01-01 2026-11-24",
        "HORECA-1 2026-11-25 None",
    ]


def test_what_one_job_is_paid_by_does_not_reach_the_bills_of_another() -> None:
    adopt("STANDARD-1", "HORECA-1")
    ana, bram = people.sheet(people.ana()), people.sheet(people.bram())
    assign("HORECA-1", dt.date(2026, 1, 1), placement=ana.placement)
    found = in_force.load([ana, bram])
    codes = [found.agreed(sheet, Stream.BILL).rules[-1].code for sheet in (ana, bram)]
    assert codes == ["HORECA-1", "STANDARD-1"]


def test_an_empty_code_lets_go_again() -> None:
    adopt("STANDARD-1", "HORECA-1")
    assign("HORECA-1", dt.date(2026, 1, 1), client=people.bakery())
    assign("", dt.date(2026, 6, 1), client=people.bakery())
    assert names()[-1] == "STANDARD-1 2026-06-01 None"


def test_a_later_version_supersedes_within_the_year() -> None:
    own = {**form.dump(templates.load("STANDARD-1")), "code": "BAKERY", "valid_from": "2026-01-01"}
    esra, finn = people.actor(people.esra()), people.actor(people.finn())
    for day in ("2026-01-01", "2026-11-25"):
        row = agreements.save_draft({**own, "valid_from": day}, by=esra, at=AT)
        agreements.approve_draft(row, revision=1, by=finn, at=AT)
    assign("BAKERY", dt.date(2026, 1, 1), client=people.bakery())
    sheet = people.sheet(people.ana())
    rules = in_force.load([sheet]).agreed(sheet).rules
    assert [(r.code, r.version) for r in rules if r.code == "BAKERY"] == [("BAKERY", 1), ("BAKERY", 2)]


def test_wages_and_tariffs_hold_from_their_day_and_the_later_written_counts() -> None:
    job = people.placement()
    for day, wage in ((job.start, 1600), (WEEK.days[2], 1700), (WEEK.days[2], 1750)):
        agreements.agree_terms(job, valid_from=day, wage_cents=wage, bill_factor=Decimal("2.1"), by=SYSTEM, at=AT)
    sheet = people.sheet(people.ana())
    found = in_force.load([sheet])
    assert [rate.cents for rate in found.agreed(sheet).rates] == [0, 1600, 1750]
    assert {rate.factor for rate in found.agreed(sheet, Stream.BILL).rates[1:]} == {Decimal("2.1")}
    assert (found.wage_on(job.pk, WEEK.days[1]), found.wage_on(job.pk, WEEK.days[3])) == (1600, 1750)


def test_weeks_before_are_read_only_where_the_rules_count_over_them() -> None:
    before = walk.to(people.sheet(people.ana(), week=Week(2026, 47)), State.APPROVED)
    sheet = people.sheet(people.ana())
    assert in_force.load([sheet]).agreed(sheet).preceding == ()
    adopt("RETAIL-NON-FOOD-1")
    assign("RETAIL-NON-FOOD-1", dt.date(2026, 1, 1), client=people.bakery())
    preceding = in_force.load([sheet]).agreed(sheet).preceding
    assert {shift.day for shift in preceding} == set(before.week.days[:5])


def test_of_a_week_before_the_version_that_counts_is_read() -> None:
    """A proposal that was taken back is not what was approved, though it came later."""
    before = walk.proposed(people.sheet(people.ana(), week=Week(2026, 47)), people.hours(Week(2026, 47), days=6))
    carla, esra = people.actor(people.carla()), people.actor(people.esra())
    operations.undo(before, version=3, by=carla, at=AT)
    operations.accept(before, version=4, by=carla, at=AT)
    operations.approve(before, version=5, by=esra, at=AT)
    adopt("RETAIL-NON-FOOD-1")
    assign("RETAIL-NON-FOOD-1", dt.date(2026, 1, 1), client=people.bakery())
    sheet = people.sheet(people.ana())
    preceding = in_force.load([sheet]).agreed(sheet).preceding
    assert {shift.day for shift in preceding} == set(before.week.days[:5])


def test_many_timesheets_cost_as_many_queries_as_one() -> None:
    sheets = [people.sheet(worker) for worker in people.many_workers(5)]
    counts = []
    for some in (sheets[:1], sheets):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            found = in_force.load(some)
            for sheet in some:
                found.agreed(sheet)
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_a_job_is_billed_by_the_rules_it_is_paid_by_on_days_for_which_no_others_are_said() -> None:
    adopt("STANDARD-1", "CLEANING-1", "HORECA-1")
    sheet = people.sheet(people.ana())
    assign("CLEANING-1", dt.date(2026, 1, 1), client=people.bakery())
    for code, day in (("HORECA-1", dt.date(2026, 7, 1)), ("", dt.date(2026, 10, 1))):
        agreements.assign_rules(code, stream=Stream.BILL, valid_from=day, client=people.bakery(), by=SYSTEM, at=AT)
    rules = in_force.load([sheet]).agreed(sheet, Stream.BILL).rules
    found = [version_on(rules, dt.date(2026, month, 5)).code for month in (3, 8, 11)]
    assert found == ["CLEANING-1", "HORECA-1", "CLEANING-1"]


def own_rules(code: str, reference: str, hours: int) -> None:
    """STANDARD-1 with overtime beyond so many hours of a reference, approved and assigned from the first of 2026 on."""
    overtime = [
        {"label": "long", "reference": reference, "threshold_minutes": 60 * hours, "tiers": [{"surcharge": "50"}]}
    ]
    content = {
        **form.dump(templates.load("STANDARD-1")),
        "code": code,
        "valid_from": "2026-01-01",
        "overtime": overtime,
    }
    row = agreements.save_draft(content, by=people.actor(people.esra()), at=AT)
    agreements.approve_draft(row, revision=row.revision, by=people.actor(people.finn()), at=AT)


def overtime_of(week: Week) -> int:
    """Minutes of overtime in 40 ordinary hours, after as many in each week from the 41st on."""
    for number in range(41, week.number):
        earlier = Week(week.year, number)
        walk.to(people.sheet(people.ana(), earlier), State.APPROVED, hours=people.hours(earlier))
    sheet = people.sheet(people.ana(), week)
    found = compute({sheet.pk: people.hours(week)}, {sheet.pk: sheet})
    assert not found.refused
    return sum(entry.minutes for entry in found.pay[sheet.pk] if "long" in entry.label)


@pytest.mark.parametrize("number", [48, 52, 53])
def test_ordinary_weeks_come_to_no_overtime_over_four_weeks_nor_does_a_week_53(number: int) -> None:
    own_rules("SHOP", "four_weeks", 160)
    assign("SHOP", dt.date(2026, 1, 1), client=people.bakery())
    assert overtime_of(Week(2026, number)) == 0


def test_a_rule_that_no_longer_holds_does_not_lengthen_what_is_counted_over() -> None:
    own_rules("OLD", "year", 2500)
    own_rules("SHOP", "four_weeks", 160)
    assign("OLD", dt.date(2026, 1, 1), client=people.bakery())
    assign("SHOP", dt.date(2026, 9, 1), client=people.bakery())
    assert overtime_of(Week(2026, 48)) == 0
