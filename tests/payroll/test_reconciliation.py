import datetime as dt
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kis.core import clock
from kis.payroll import agreements
from kis.payroll.models import Stream
from kis.payroll.reconciliation import Reason, differences, reconcile
from kis.payroll.rules import form, templates
from kis.staffing import operations as staffing
from kis.staffing.actor import SYSTEM
from kis.timesheets.hours import Break, Day, Hours, Shift
from kis.timesheets.models import Timesheet
from kis.timesheets.operations import save_draft
from kis.timesheets.workflow import State
from tests.support import people, walk

pytestmark = pytest.mark.django_db
WEEK = people.WEEK
TUESDAY = clock.at(dt.date(2026, 12, 1), 540)


def test_every_hour_stands_in_one_state_and_the_totals_close() -> None:
    states = (State.SUBMITTED, State.ACCEPTED, State.PAID, State.APPROVED)
    drafting, *others = people.many_workers(5)
    walk.to(people.sheet(others[2]), State.PAID)
    for worker, state in zip(others, states, strict=True):
        if state != State.PAID:
            walk.to(people.sheet(worker), state)
    sheet = people.sheet(drafting)
    save_draft(sheet, hours=people.hours(days=1), version=sheet.version, by=people.actor(drafting), at=TUESDAY)
    (row,) = reconcile(WEEK).rows
    assert (row.worker, row.with_client, row.agency, row.approved, row.paid) == (480, 2400, 2400, 2400, 2400)
    assert row.total == sum(Timesheet.objects.values_list("minutes", flat=True))
    assert row.closes
    assert differences(WEEK) == []


def correct(paid: Timesheet, hours: Hours, state: State) -> Timesheet:
    correction = Timesheet.objects.create(
        placement=paid.placement, worker=paid.worker, client=paid.client, iso_year=WEEK.year, iso_week=WEEK.number,
        revision=1, corrects=paid, state_since=TUESDAY,
    )  # fmt: skip
    return walk.to(correction, state, hours=hours, at=clock.at(WEEK.next.monday, 480))


def test_a_correction_counts_with_what_it_changes() -> None:
    paid = walk.to(people.sheet(people.ana()), State.PAID)
    correction = correct(paid, people.hours(days=4), State.SUBMITTED)
    row = reconcile(WEEK).total
    assert (row.with_client, row.paid, row.total) == (-480, 2400, 1920)
    assert correction.minutes == row.total


def test_a_paid_correction_closes_too() -> None:
    correct(walk.to(people.sheet(people.ana()), State.PAID), people.hours(days=4), State.PAID)
    row = reconcile(WEEK).total
    assert (row.paid, row.corrected, row.pay_lines) == (1920, -480, 1920)
    assert differences(WEEK) == []


def test_a_break_that_the_rules_pay_is_a_difference_with_its_reason() -> None:
    own = {**form.dump(templates.load("STANDARD-1")), "code": "PAID-BREAKS", "breaks": {"paid": True}}
    row = agreements.save_draft(own, by=people.actor(people.esra()), at=people.BEFORE)
    agreements.approve_draft(row, revision=1, by=people.actor(people.finn()), at=people.BEFORE)
    agreements.assign_rules("PAID-BREAKS", stream=Stream.PAY, valid_from=people.START, by=SYSTEM, at=people.BEFORE)
    hours = Hours(WEEK, (Day((Shift(480, 960, (Break(30),)),)), *(Day(),) * 6))
    walk.to(people.sheet(people.ana()), State.PAID, hours=hours)
    (found,) = differences(WEEK)
    assert (found.worked, found.paid, found.reason) == (450, 480, Reason.PAID_BREAK)
    assert not reconcile(WEEK).closes


def test_what_has_no_tariff_is_not_billed_and_says_so() -> None:
    staffing.configure_agency(by=people.actor(people.esra()), at=TUESDAY, billing=True)
    ana, bram = people.ana(), people.bram()
    agreements.agree_terms(
        people.placement(ana), valid_from=people.START, wage_cents=1600, bill_factor=Decimal(2), by=SYSTEM, at=TUESDAY
    )
    for worker in (ana, bram):
        walk.to(people.sheet(worker), State.APPROVED)
    walk._take("pay", people.sheet(ana), people.hours(), TUESDAY)
    (found,) = differences(WEEK)
    assert (str(found.timesheet.worker), found.billed, found.reason) == ("Bram Willems", 0, Reason.NO_TARIFF)


def test_what_a_run_set_aside_is_listed() -> None:
    overlapping = Day((Shift(480, 720), Shift(600, 900)))
    sheet = walk.to(people.sheet(people.ana()), State.APPROVED, hours=Hours(WEEK, (overlapping, *(Day(),) * 6)))
    walk._take("pay", sheet, people.hours(), TUESDAY)
    (found,) = differences(WEEK)
    assert found.reason == Reason.SET_ASIDE


def test_a_week_costs_the_same_queries_for_many_clients() -> None:
    walk.to(people.sheet(people.ana()), State.PAID)
    with CaptureQueriesContext(connection) as few:
        reconcile(WEEK)
    walk.to(people.sheet(people.placement(people.bram(), people.transport())), State.PAID)
    with CaptureQueriesContext(connection) as many:
        reconcile(WEEK)
    assert len(few) == len(many) == 4
