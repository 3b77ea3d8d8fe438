"""How a week becomes its lines: as paid, as it would be now, and as a correction."""

from __future__ import annotations

import datetime as dt

import pytest

from kis.core import clock
from kis.payroll import agreements, operations
from kis.payroll.calculation import calculate, set_aside
from kis.payroll.models import Stream
from kis.staffing import operations as staffing
from kis.staffing.actor import Actor
from kis.timesheets import corrections
from kis.timesheets.hours import Break, Day, Expense, Hours, Shift
from kis.timesheets.models import Timesheet
from kis.timesheets.workflow import State
from tests.support import people, walk

pytestmark = pytest.mark.django_db
WEEK = people.WEEK
DEADLINE = clock.at(WEEK.next.monday, 17 * 60)
TUESDAY = clock.at(WEEK.next.days[1], 9 * 60)
LATE = Day((Shift(8 * 60, 19 * 60, (Break(30, 12 * 60),)),), km=20)


def esra() -> Actor:
    return people.actor(people.esra())


def hours() -> Hours:
    """A long Monday into the evening, with kilometres and parking."""
    return Hours(WEEK, (LATE, *[Day()] * 6), (Expense(WEEK.monday, 450, "Parkeren"),))


def agreed(wage: int = 1600, *, since: dt.date = people.START, **more: object) -> None:
    agreements.agree_terms(
        people.placement(people.ana()), valid_from=since, wage_cents=wage, by=esra(), at=people.BEFORE, **more
    )


def pay(sheet: Timesheet) -> Timesheet:
    run = operations.start_run(WEEK, sequence=1, cut_off=DEADLINE, by=esra(), at=TUESDAY)
    operations.carry_out(run.pk, clock=lambda: TUESDAY, report=lambda done, total: None)
    return Timesheet.objects.with_people().get(pk=sheet.pk)


def test_every_line_says_which_minutes_and_why() -> None:
    agreed()
    sheet = walk.to(people.sheet(people.ana()), State.SUBMITTED, hours=hours())
    found = calculate(sheet)[Stream.PAY]
    assert found.run is None
    said = {line.entry.label: [reason.text for reason in line.reasons] for line in found.lines}
    assert said["normal"] == [
        "08:00–12:00: no surcharge by the time of day",
        "12:30–16:30: no surcharge by the time of day",
    ]
    [overtime] = [line for line in found.lines if line.entry.label.endswith("day-ot")]
    assert "beyond 8:00 hours on the day" in overtime.reasons[0].text
    assert sum(reason.minutes for line in found.lines for reason in line.reasons) == found.minutes == sheet.minutes
    assert found.cents == sum(line.entry.cents for line in found.lines)


def test_hours_come_before_kilometres_and_expenses_on_each_day() -> None:
    agreed()
    sheet = walk.to(people.sheet(people.ana()), State.SUBMITTED, hours=hours())
    kinds = [line.entry.kind for line in calculate(sheet)[Stream.PAY].lines]
    assert kinds == sorted(kinds, key=["time", "top_up", "quantity", "expenses"].index)


def test_what_was_paid_is_what_is_stored_and_a_later_wage_is_told() -> None:
    agreed()
    paid = pay(walk.to(people.sheet(people.ana()), State.APPROVED, hours=hours()))
    found = calculate(paid)[Stream.PAY]
    assert found.run is not None
    assert not found.differs
    agreed(1700)
    later = calculate(paid)[Stream.PAY]
    assert (later.cents, later.differs) == (found.cents, True)
    assert {line.entry.rate_cents for line in later.lines if line.entry.kind == "time"} == {1600}
    assert all(line.reasons == () for line in later.lines)  # those minutes are no longer paid so


def test_a_correction_is_its_difference_and_the_whole_week_beside_it() -> None:
    agreed()
    sheet = people.sheet(people.ana())
    walk.to(sheet, State.PAID)
    first = calculate(Timesheet.objects.with_people().get(pk=sheet.pk))[Stream.PAY]
    correction = walk.correction(people.sheet(people.ana(), WEEK.previous), State.ACCEPTED)
    found = calculate(correction)[Stream.PAY]
    assert {line.entry.date for line in found.lines} == {WEEK.previous.days[5]}
    assert found.whole is not None
    assert found.whole_cents == first.cents + found.cents
    assert any(line.reasons for line in found.whole)


def test_bill_lines_stand_there_only_where_the_client_is_billed() -> None:
    agreed()
    sheet = walk.to(people.sheet(people.ana()), State.SUBMITTED, hours=hours())
    assert set(calculate(sheet, tuple(Stream))) == {Stream.PAY}
    staffing.configure_agency(by=esra(), at=people.BEFORE, billing=True)
    assert set(calculate(sheet, tuple(Stream))) == {Stream.PAY}
    agreed(bill_cents=3000)
    found = calculate(sheet, tuple(Stream))[Stream.BILL]
    assert {line.entry.rate_cents for line in found.lines if line.entry.kind == "time"} == {3000}


def test_hours_that_overlap_are_refused_and_set_aside() -> None:
    overlapping = Hours(WEEK, (Day((Shift(480, 900), Shift(840, 1000))), *[Day()] * 6))
    sheet = walk.to(people.sheet(people.ana()), State.APPROVED, hours=overlapping)
    found = calculate(sheet)[Stream.PAY]
    assert found.refused is not None
    assert found.lines == ()
    assert set_aside(sheet) is None
    pay(sheet)
    assert set_aside(sheet) is not None


def test_what_was_never_handed_in_has_no_calculation() -> None:
    assert calculate(people.sheet(people.ana())) == {}


def test_the_whole_of_a_correction_has_the_top_up_that_was_agreed() -> None:
    agreed(on_call=True)
    short = Hours(WEEK, (Day((Shift(480, 600),)), *[Day()] * 6))
    sheet = walk.to(people.sheet(people.ana()), State.APPROVED, hours=short)
    agreements.agree_top_up(sheet, date=WEEK.monday, minutes=60, by=esra(), at=TUESDAY)
    paid = pay(sheet)
    correction = corrections.open_correction(
        paid, by=people.actor(people.ana()), at=TUESDAY + dt.timedelta(hours=1), reason="Ook dinsdag."
    )  # fmt: skip
    more = Hours(WEEK, (Day((Shift(480, 600),)), Day((Shift(480, 720),)), *[Day()] * 5))
    walk.to(correction, State.SUBMITTED, hours=more, at=TUESDAY + dt.timedelta(hours=2))
    found = calculate(Timesheet.objects.with_people().get(pk=correction.pk))[Stream.PAY]
    assert found.cents == 4 * 1600
    assert found.whole_cents == (3 + 4) * 1600


def test_a_call_that_a_correction_makes_longer_is_still_paid_up_to_its_minimum_once() -> None:
    agreed(on_call=True)
    short = Hours(WEEK, (Day((Shift(480, 600),)), *[Day()] * 6))
    sheet = walk.to(people.sheet(people.ana()), State.APPROVED, hours=short)
    agreements.agree_top_up(sheet, date=WEEK.monday, minutes=60, by=esra(), at=TUESDAY)
    correction = corrections.open_correction(
        pay(sheet), by=people.actor(people.ana()), at=TUESDAY + dt.timedelta(hours=1), reason="Een half uur langer."
    )  # fmt: skip
    longer = Hours(WEEK, (Day((Shift(480, 630),)), *[Day()] * 6))
    walk.to(correction, State.SUBMITTED, hours=longer, at=TUESDAY + dt.timedelta(hours=2))
    found = calculate(Timesheet.objects.with_people().get(pk=correction.pk))[Stream.PAY]
    assert (found.cents, found.whole_cents) == (0, 3 * 1600)
