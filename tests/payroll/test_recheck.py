"""Looking for paid weeks that come to something else by now."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from kis.core.weeks import Week
from kis.jobs.models import Job
from kis.payroll import agreements, operations, recalculation, recheck
from kis.payroll.models import Recheck, RecheckRow, Stream
from kis.staffing import operations as staffing
from kis.staffing.models import PayPeriod
from kis.timesheets import corrections
from kis.timesheets import operations as timesheets
from kis.timesheets.hours import Break, Day, Hours, Shift
from kis.timesheets.models import Timesheet
from kis.timesheets.workflow import NotAllowed, State
from tests.payroll import paid_weeks
from tests.payroll.paid_weeks import TUESDAY, WEEK, after, looked, paid, present, run, sums, wage
from tests.support import people, walk

pytestmark = pytest.mark.django_db


def test_what_was_paid_as_it_should_be_is_not_found() -> None:
    wage(1600)
    paid()
    wage(1800, at=after(0), valid_from=WEEK.next.monday)
    assert looked(after(1)) == []


def test_another_wage_is_found_with_both_amounts() -> None:
    wage(1600)
    sheet = paid(hours=people.hours())
    wage(1700, at=after(0))
    [row] = looked(after(1))
    assert (row.timesheet, row.paid_cents, row.now_cents, row.cents) == (sheet, 64000, 68000, 4000)
    assert row.reasons == [{"why": "wage", "wages": [1700]}]


def test_another_version_of_the_rules_is_found_by_name() -> None:
    wage(1600)
    paid_weeks.evening("30", at=people.BEFORE)
    paid()
    paid_weeks.evening("35", at=after(0))
    [row] = looked(after(1))
    assert row.reasons == [{"why": "rules", "rules": ["BAKKERIJ v2"]}]
    assert row.cents == 5 * 360  # five evenings of 4:30 at 5 % of 16.00


def test_another_tariff_is_found_though_the_wage_stays() -> None:
    staffing.configure_agency(by=people.actor(people.esra()), at=people.BEFORE, billing=True)
    wage(1600, bill_factor=Decimal(2))
    paid(hours=people.hours())
    wage(1600, at=after(0), bill_factor=Decimal("2.5"))
    [row] = looked(after(1))
    assert (row.cents, row.bill_cents, row.reasons) == (0, 32000, [{"why": "tariff"}])


def test_an_earlier_week_of_the_same_period_that_is_corrected_changes_later_ones() -> None:
    """Cleaning counts 7.6 hours per workable day over the pay period: here four weeks of 38 hours."""
    wage(1600)
    esra = people.actor(people.esra())
    agreements.adopt_template("CLEANING-1", by=esra, at=people.BEFORE)
    agreements.assign_rules(
        "CLEANING-1", stream=Stream.PAY, valid_from=people.START, client=people.bakery(), by=esra, at=people.BEFORE
    )
    staffing.change_worker(people.ana(), pay_period="four_weeks", by=esra, at=people.BEFORE)
    first = Week(2026, 45)
    for week in (first, first + 1, first + 2, first + 3):
        walk.to(people.sheet(people.ana(), week), State.APPROVED, hours=_of(week, 456))
    _pay_period(first + 3)
    assert looked(after(0), first) == []
    sheet = people.sheet(people.ana(), first)
    longer = corrections.open_correction(
        sheet, hours=_of(first, 516), by=people.actor(people.carla()), at=after(1), reason="Langer gewerkt."
    )
    _agreed(longer)
    _pay_period(first + 3)
    found = looked(after(900), first)
    assert [row.timesheet.iso_week for row in found] == [first.number + 3]
    assert found[0].reasons == [{"why": "hours"}]
    assert found[0].cents > 0


def _of(week: Week, minutes: int) -> Hours:
    return Hours(week, (Day((Shift(480, 480 + minutes + 30, (Break(30),)),)),) * 5 + (Day(),) * 2)


def _agreed(sheet: Timesheet) -> None:
    """A correction that the client asked for goes to the agency."""
    timesheets.approve(sheet, version=sheet.version, by=people.actor(people.esra()), at=after(2))


def _pay_period(week: Week) -> None:
    period = PayPeriod.FOUR_WEEKS
    started = operations.start_run(
        week, sequence=operations.next_sequence(week, period), cut_off=after(800), pay_period=period,
        by=people.actor(people.esra()), at=after(800),
    )  # fmt: skip
    operations.carry_out(started.pk, clock=lambda: after(800), report=lambda done, planned: None)


def test_a_look_that_died_begins_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    wage(1600)
    paid(WEEK.previous)
    paid(WEEK)
    wage(1700, at=after(0))
    asked = recheck.ask(WEEK.previous, by=people.actor(people.esra()), at=after(1))
    assert Job.objects.filter(task__contains="look_at_paid_weeks").count() == 1
    monkeypatch.setattr(recheck, "CHUNK", 1)
    look, calls = recheck._look, []

    def die(*words: Any) -> int:
        calls.append(words)
        if len(calls) == 2:
            raise RuntimeError("the process died")
        return look(*words)

    monkeypatch.setattr(recheck, "_look", die)
    with pytest.raises(RuntimeError):
        recheck.carry_out(asked.pk, clock=lambda: after(1))
    assert RecheckRow.objects.count() == 1
    recheck.carry_out(asked.pk, clock=lambda: after(2))
    recheck.carry_out(asked.pk, clock=lambda: after(3))
    found = Recheck.objects.get()
    assert (found.done, found.planned, found.finished_at, found.rows.count()) == (2, 2, after(2), 2)


def test_what_is_agreed_or_run_since_makes_a_look_old() -> None:
    wage(1600)
    paid()
    looked(after(0))
    found = Recheck.objects.get()
    assert recheck.still_holds(found)
    wage(1700, at=after(1))
    assert not recheck.still_holds(found)


def test_what_is_agreed_for_paid_weeks_is_noticed_until_somebody_looks() -> None:
    assert recheck.agreed_backwards() is None
    wage(1600)
    paid()
    assert recheck.agreed_backwards() is None
    wage(1800, at=TUESDAY, valid_from=WEEK.next.monday)
    assert recheck.agreed_backwards() is None, "no week from that day on is paid"
    wage(1700, at=after(1), valid_from=WEEK.days[2])
    assert recheck.agreed_backwards() == WEEK.days[2]
    looked(after(2))
    assert recheck.agreed_backwards() is None


@pytest.mark.parametrize("person", [people.ana, people.carla])
def test_only_the_agency_looks(person: Callable[[], people.Person]) -> None:
    with pytest.raises(NotAllowed):
        recheck.ask(WEEK, by=people.actor(person()), at=TUESDAY)


def test_the_difference_of_a_longer_week_adds_up_after_the_run() -> None:
    wage(1600)
    paid()
    wage(1700, at=after(0))
    rows = looked(after(1))
    recalculation.confirm(rows, by=people.actor(people.esra()), at=after(2))
    run(after(3))
    assert sums() == present()
