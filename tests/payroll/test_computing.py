"""Many timesheets at once."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kis.payroll import agreements
from kis.payroll.computing import compute, entries_of, frozen_hours
from kis.payroll.models import PayLine
from kis.staffing import operations as staffing
from kis.staffing.actor import SYSTEM
from kis.timesheets import corrections, operations
from kis.timesheets.hours import Day, Hours, Shift
from kis.timesheets.models import Timesheet
from kis.timesheets.workflow import State
from tests.payroll import paid_weeks
from tests.payroll.paid_weeks import WEEK, after
from tests.support import people, walk

pytestmark = pytest.mark.django_db


def computed(sheet: Timesheet, *, anew: bool = False) -> list[tuple[str, int, int]]:
    sheets = {sheet.pk: sheet}
    found = compute(frozen_hours(sheets), sheets, anew=anew)
    return [(entry.label, entry.minutes, entry.cents) for entry in found.pay[sheet.pk]]


def test_a_paid_week_that_is_computed_anew_comes_to_the_difference() -> None:
    paid_weeks.wage(1600)
    sheet = paid_weeks.paid(hours=people.hours(days=1))
    assert computed(sheet, anew=True) == []
    assert computed(sheet) == [("normal", 480, 12800)]
    paid_weeks.wage(1700, at=after(0))
    assert sorted(computed(sheet, anew=True)) == [("normal", -480, -12800), ("normal", 480, 13600)]


def test_what_was_agreed_for_a_short_call_holds_for_the_correction_of_its_week() -> None:
    paid_weeks.wage(1600, on_call=True)
    short, right = Day((Shift(480, 600),)), Day((Shift(480, 720),))
    sheet = walk.to(people.sheet(people.ana()), State.APPROVED, hours=Hours(WEEK, (short, *(Day(),) * 6)))
    esra = people.actor(people.esra())
    agreements.agree_top_up(sheet, date=WEEK.monday, minutes=60, by=esra, at=sheet.state_since)
    walk.pay(sheet)
    sheet.refresh_from_db()
    correction = corrections.open_correction(
        sheet, hours=Hours(WEEK, (short, right, *(Day(),) * 5)), by=people.actor(people.carla()), at=after(0),
        reason="Dinsdag ontbrak.",
    )  # fmt: skip
    assert computed(correction) == [("normal", 240, 6400)], "the hour of Monday is not taken back"


def test_stored_lines_are_the_entries_that_were_computed() -> None:
    paid_weeks.wage(1600)
    sheet = paid_weeks.paid()
    sheets = {sheet.pk: sheet}
    assert sorted(entries_of(PayLine.objects.all()), key=str) != []
    assert compute(frozen_hours(sheets), sheets, anew=True).before[sheet.pk] == entries_of(
        PayLine.objects.order_by("pk")
    )


def test_thirty_weeks_take_as_many_queries_as_three() -> None:
    workers = people.many_workers(30)
    ids = [walk.to(people.sheet(worker), State.APPROVED).pk for worker in workers]
    sheets = {sheet.pk: sheet for sheet in Timesheet.objects.filter(pk__in=ids).with_people()}
    few = dict(list(sheets.items())[:3])
    counts = []
    for some in (few, sheets):
        hours = frozen_hours(some)
        with CaptureQueriesContext(connection) as captured:
            compute(hours, some, anew=True)
        counts.append(len(captured))
    assert counts[0] == counts[1] <= 9


def test_what_was_agreed_for_a_short_call_fills_up_the_hours_that_came_after_a_second_look() -> None:
    paid_weeks.wage(1600, on_call=True)

    def call(minutes: int) -> Hours:
        return Hours(WEEK, (Day((Shift(480, 480 + minutes),)), *(Day(),) * 6))

    sheet = walk.to(people.sheet(people.ana()), State.APPROVED, hours=call(120))
    esra, at = people.actor(people.esra()), sheet.state_since
    agreements.agree_top_up(sheet, date=WEEK.monday, minutes=60, by=esra, at=at)
    assert sum(minutes for _label, minutes, _cents in computed(sheet)) == 180
    for act in (operations.reopen, operations.return_to_worker):
        act(sheet, version=sheet.version, by=esra, at=at, reason="Het was langer.")
        sheet.refresh_from_db()
    walk.to(sheet, State.APPROVED, hours=call(150), at=at + dt.timedelta(minutes=1))
    assert computed(sheet) == [("normal", 150, 4000), ("top-up", 30, 800)]


def test_days_with_a_tariff_are_billed_in_a_week_in_which_it_ends() -> None:
    people.agency()
    staffing.configure_agency(by=SYSTEM, at=people.BEFORE, billing=True)
    paid_weeks.wage(1600, bill_factor=Decimal(2))
    paid_weeks.wage(1600, valid_from=WEEK.days[3])
    sheet = walk.to(people.sheet(people.ana()), State.APPROVED)
    sheets = {sheet.pk: sheet}
    found = compute(frozen_hours(sheets), sheets)
    assert sum(entry.cents for entry in found.bill[sheet.pk]) == 3 * 8 * 3200


def test_a_tariff_that_is_taken_back_is_credited_where_it_was_billed() -> None:
    people.agency()
    staffing.configure_agency(by=SYSTEM, at=people.BEFORE, billing=True)
    paid_weeks.wage(1600, bill_factor=Decimal(2))
    sheet = paid_weeks.paid(hours=people.hours())
    paid_weeks.wage(1600, at=after(0))
    sheets = {sheet.pk: sheet}
    found = compute(frozen_hours(sheets), sheets, anew=True)
    assert sum(entry.cents for entry in found.bill[sheet.pk]) == -40 * 3200
