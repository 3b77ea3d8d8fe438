import datetime as dt
from collections.abc import Callable
from decimal import Decimal

import pytest
from django.db import connection, models

from kis.core import clock
from kis.core.append_only import guard, release
from kis.payroll import agreements, operations
from kis.payroll.models import BillLine, PayLine, PayrollRun, RunSheet
from kis.staffing import operations as staffing
from kis.staffing.actor import Actor
from kis.staffing.models import PayPeriod
from kis.timesheets import operations as timesheets
from kis.timesheets.hours import Break, Day, Expense, Hours, Shift
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


def test_the_lines_are_one_per_day_and_component(esra: Actor) -> None:
    hours = people.hours()
    days = (Day(hours.days[0].shifts, km=42), *hours.days[1:])
    spent = (Expense(WEEK.monday, 1250, "Parkeren"), Expense(WEEK.monday, 250, "Koffie"))
    walk.to(people.sheet(people.ana()), State.APPROVED, hours=Hours(WEEK, days, spent))
    carry_out(start(esra))
    monday = PayLine.objects.filter(date=WEEK.monday).order_by("label")
    assert [(line.kind, line.label, line.minutes, line.quantity, line.cents) for line in monday] == [
        ("expenses", "expenses", 0, 0, 1500), ("quantity", "km", 0, 42, 1050), ("time", "normal", 480, 0, 0)
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
    assert [aside.timesheet for aside in operations.put_aside(run)] == [altered]
    assert list(RunSheet.objects.values_list("timesheet_id", flat=True)) == [whole.pk]


def test_hours_are_paid_by_the_rules_and_the_wage_that_hold(esra: Actor) -> None:
    worker = people.ana()
    agreements.agree_terms(people.placement(worker), valid_from=people.START, wage_cents=1600, by=esra, at=TUESDAY)
    late = Day((Shift(14 * 60, 22 * 60 + 30, (Break(30, 18 * 60),)),))
    walk.to(people.sheet(worker), State.APPROVED, hours=Hours(WEEK, (late, *(Day(),) * 6)))
    run = carry_out(start(esra))
    lines = PayLine.objects.order_by("percentage").values_list("label", "percentage", "minutes", "cents", "rules")
    assert list(lines) == [("normal", 100, 240, 6400, "STANDARD-1 v1"), ("evening", 130, 240, 8320, "STANDARD-1 v1")]
    assert run.cents == 14720


def test_clients_are_billed_only_where_billing_is_on_and_there_is_a_tariff(esra: Actor) -> None:
    worker = people.ana()
    agreements.agree_terms(
        people.placement(worker), valid_from=people.START, wage_cents=1600, bill_factor=Decimal("2.10"), by=esra,
        at=TUESDAY,
    )  # fmt: skip
    walk.to(people.sheet(worker), State.APPROVED)
    staffing.configure_agency(by=esra, at=TUESDAY, billing=True)
    run = carry_out(start(esra))
    assert run.bill_cents == run.cents * 21 // 10
    assert BillLine.objects.count() == 5


def test_a_run_pays_only_who_is_paid_per_that_period(esra: Actor) -> None:
    monthly, weekly = approved(2)
    staffing.change_worker(monthly.worker, pay_period=PayPeriod.MONTH, by=esra, at=TUESDAY)
    carry_out(start(esra))
    assert list(RunSheet.objects.values_list("timesheet_id", flat=True)) == [weekly.pk]
    found = operations.preview(WEEK, cut_off=DEADLINE, pay_period=PayPeriod.MONTH)
    assert (found.sheets, found.sequence) == (1, 1)


def test_hours_that_the_rules_refuse_are_set_aside_with_the_reason(esra: Actor) -> None:
    overlapping = Day((Shift(480, 720), Shift(600, 900)))
    walk.to(people.sheet(people.ana()), State.APPROVED, hours=Hours(WEEK, (overlapping, *(Day(),) * 6)))
    run = carry_out(start(esra))
    aside = run.set_aside.get()
    assert aside.why == "uncomputable"
    assert aside.problems[0][1] == "overlaps %(other)s"


def test_what_was_set_aside_is_payable_again_once_it_is_handed_in_anew(esra: Actor) -> None:
    overlapping = Day((Shift(480, 720), Shift(600, 900)))
    sheet = walk.to(people.sheet(people.ana()), State.APPROVED, hours=Hours(WEEK, (overlapping, *(Day(),) * 6)))
    carry_out(start(esra))
    assert operations.payable(WEEK, DEADLINE).count() == 0
    moment = DEADLINE - dt.timedelta(hours=5)
    timesheets.reopen(sheet, version=sheet.version, by=esra, at=moment, reason="Diensten overlappen")
    timesheets.return_to_worker(sheet, version=sheet.version, by=esra, at=moment, reason="Diensten overlappen")
    ana, carla = people.actor(people.ana()), people.actor(people.carla())
    timesheets.submit(sheet, hours=people.hours(), version=sheet.version, by=ana, at=moment)
    timesheets.accept(sheet, version=sheet.version, by=carla, at=moment)
    timesheets.approve(sheet, version=sheet.version, by=esra, at=moment)
    assert list(operations.payable(WEEK, DEADLINE)) == [sheet]


def test_what_was_set_aside_can_be_tried_again_after_its_rules_were_mended(esra: Actor) -> None:
    overlapping = Day((Shift(480, 720), Shift(600, 900)))
    walk.to(people.sheet(people.ana()), State.APPROVED, hours=Hours(WEEK, (overlapping, *(Day(),) * 6)))
    run = carry_out(start(esra))
    operations.try_again(run.set_aside.get(), by=esra, at=TUESDAY)
    assert operations.payable(WEEK, DEADLINE).count() == 1


def test_a_correction_pays_only_the_difference(esra: Actor) -> None:
    worker = people.ana()
    agreements.agree_terms(people.placement(worker), valid_from=people.START, wage_cents=1600, by=esra, at=TUESDAY)
    paid = walk.to(people.sheet(worker), State.PAID)
    correction = Timesheet.objects.create(
        placement=paid.placement, worker=paid.worker, client=paid.client, iso_year=WEEK.year, iso_week=WEEK.number,
        revision=1, corrects=paid, state_since=TUESDAY,
    )  # fmt: skip
    longer = Day((Shift(480, 1050, (Break(30),)),))
    days = (longer, *people.hours().days[1:])
    walk.to(correction, State.APPROVED, hours=Hours(WEEK, days), at=DEADLINE - dt.timedelta(hours=4))
    carry_out(start(esra))
    assert [(line.label, line.minutes, line.cents) for line in PayLine.objects.filter(timesheet=correction)] == [
        ("day-ot", 60, 2000)
    ]
