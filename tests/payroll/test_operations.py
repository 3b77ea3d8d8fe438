import datetime as dt
from collections.abc import Callable

import pytest
from django.db import connection, models

from kis.core import clock
from kis.core.append_only import guard, release
from kis.payroll import operations
from kis.payroll.models import PayLine, PayrollRun, RunSheet
from kis.staffing.actor import Actor
from kis.timesheets.hours import Day, Expense, Hours
from kis.timesheets.models import Submission, Timesheet
from kis.timesheets.operations import Overtaken
from kis.timesheets.workflow import NotAllowed, State
from tests.support import people, walk

pytestmark = pytest.mark.django_db
WEEK = people.WEEK
DEADLINE = clock.at(dt.date(2026, 11, 30), 17 * 60)
TUESDAY = clock.at(dt.date(2026, 12, 1), 9 * 60)


@pytest.fixture
def esra() -> Actor:
    return people.actor(people.esra())


def approved(count: int = 1) -> list[Timesheet]:
    return [walk.to(people.sheet(worker), State.APPROVED) for worker in people.many_workers(count)]


def start(esra: Actor, cut_off: dt.datetime = DEADLINE) -> PayrollRun:
    sequence = operations.next_sequence(WEEK)
    return operations.start_run(WEEK, sequence=sequence, cut_off=cut_off, by=esra, at=TUESDAY)


def carry_out(run: PayrollRun) -> PayrollRun:
    operations.carry_out(run.pk, clock=lambda: TUESDAY, report=lambda done, total: None)
    run.refresh_from_db()
    return run


def test_a_preview_counts_what_a_run_would_pay() -> None:
    approved(2)
    walk.to(people.sheet(people.ana()), State.ACCEPTED)
    found = operations.preview(WEEK, cut_off=DEADLINE)
    assert (found.sheets, found.minutes, found.late, found.after_cut_off) == (2, 2 * 2400, 0, 0)


def test_what_was_approved_after_the_cut_off_waits() -> None:
    sheet = people.sheet(people.ana())
    walk.to(sheet, State.APPROVED, at=DEADLINE)  # approved two hours later
    found = operations.preview(WEEK, cut_off=DEADLINE)
    assert (found.sheets, found.after_cut_off) == (0, 1)


def test_a_run_pays_every_approved_sheet_once_and_locks_itself(esra: Actor) -> None:
    sheets = approved(3)
    run = carry_out(start(esra))
    assert run.state == PayrollRun.State.LOCKED
    assert (run.sheets, run.minutes) == (3, 3 * 2400)
    assert len(run.digest) == 64
    assert {sheet.pk for sheet in sheets} == set(RunSheet.objects.values_list("timesheet_id", flat=True))
    assert set(Timesheet.objects.values_list("state", flat=True)) == {State.PAID}


def test_the_lines_are_one_per_day_and_hour_type(esra: Actor) -> None:
    hours = people.hours()
    days = (Day(hours.days[0].shifts, km=42), *hours.days[1:])
    spent = (Expense(WEEK.monday, 1250, "Parkeren"), Expense(WEEK.monday, 250, "Koffie"))
    walk.to(people.sheet(people.ana()), State.APPROVED, hours=Hours(WEEK, days, spent))
    carry_out(start(esra))
    monday = PayLine.objects.filter(date=WEEK.monday).order_by("hour_type")
    assert [(line.hour_type, line.minutes, line.quantity, line.cents) for line in monday] == [
        ("expenses", 0, 0, 1500), ("hours", 480, 0, 0), ("km", 0, 42, 0)
    ]  # fmt: skip


def test_a_late_sheet_is_paid_in_the_next_run(esra: Actor) -> None:
    approved(1)
    carry_out(start(esra))
    walk.to(people.sheet(people.ana()), State.APPROVED, at=DEADLINE)
    found = operations.preview(WEEK.next, cut_off=DEADLINE + dt.timedelta(days=7))
    assert (found.sheets, found.late) == (1, 1)


def test_the_same_run_starts_once(esra: Actor) -> None:
    approved(1)
    operations.start_run(WEEK, sequence=1, cut_off=DEADLINE, by=esra, at=TUESDAY)
    with pytest.raises(Overtaken):
        operations.start_run(WEEK, sequence=1, cut_off=DEADLINE, by=esra, at=TUESDAY)
    with pytest.raises(Overtaken):  # another one while this one is under way
        operations.start_run(WEEK, sequence=2, cut_off=DEADLINE, by=esra, at=TUESDAY)


def test_carrying_out_again_after_a_crash_goes_on_and_pays_nothing_twice(
    esra: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    approved(5)
    monkeypatch.setattr(operations, "CHUNK", 2)
    run = start(esra)

    def die(done: int, _total: int) -> None:
        if done == 2:
            raise RuntimeError("the process died")

    with pytest.raises(RuntimeError):
        operations.carry_out(run.pk, clock=lambda: TUESDAY, report=die)
    assert RunSheet.objects.count() == 2
    assert carry_out(run).sheets == 5
    assert RunSheet.objects.count() == 5
    digest = run.digest
    assert carry_out(run).digest == digest


def test_nothing_to_pay_starts_nothing(esra: Actor) -> None:
    with pytest.raises(operations.NothingToPay):
        start(esra)


@pytest.mark.parametrize("person", [people.ana, people.carla])
def test_only_the_agency_runs_payroll(person: Callable[[], people.Person]) -> None:
    approved(1)
    with pytest.raises(NotAllowed):
        start(people.actor(person()))


def test_what_was_altered_behind_our_back_is_set_aside_and_the_run_goes_on(esra: Actor) -> None:
    altered, whole = approved(2)
    table = Submission._meta.db_table
    release(connection, [table])
    models.QuerySet(Submission).filter(timesheet=altered).update(content=Hours(WEEK, note="x").to_json())
    guard(connection, [table])
    run = carry_out(start(esra))
    assert run.state == PayrollRun.State.LOCKED
    assert list(operations.altered(run)) == [altered]
    assert list(RunSheet.objects.values_list("timesheet_id", flat=True)) == [whole.pk]
