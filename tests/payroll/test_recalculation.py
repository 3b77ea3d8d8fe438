"""What was paid by other rules or wages is computed anew: confirmed once, paid once, and only as it was seen."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kis.payroll import forecast, operations, recalculation
from kis.payroll.models import BillLine, Forecast, PayLine, Recalculated, Recalculation, RunSheet
from kis.payroll.reconciliation import reconcile
from kis.staffing import operations as staffing
from kis.staffing.models import PayPeriod
from kis.timesheets import corrections
from kis.timesheets.models import Timesheet
from kis.timesheets.operations import Overtaken
from kis.timesheets.workflow import NotAllowed, State
from tests.payroll import paid_weeks
from tests.payroll.paid_weeks import TUESDAY, WEEK, after, late_week, looked, paid, present, run, sums, wage
from tests.support import people, walk

pytestmark = pytest.mark.django_db


def confirm(at: dt.datetime = TUESDAY) -> int:
    """Look, and confirm everything that is found."""
    return recalculation.confirm(looked(at), by=people.actor(people.esra()), at=at)


@pytest.fixture
def raised() -> Timesheet:
    """A week that was paid at 16 euros; since then 17 was agreed for it."""
    wage(1600)
    sheet = paid()
    wage(1700, at=after(0))
    return sheet


def test_the_next_run_pays_the_difference_of_what_was_confirmed(raised: Timesheet) -> None:
    before = sum(PayLine.objects.values_list("cents", flat=True))
    assert confirm(after(1)) == 1
    locked = run(after(2))
    assert (locked.sheets, locked.planned, locked.minutes) == (0, 1, 0)
    assert locked.cents == before // 16
    assert sums() == present()
    assert RunSheet.objects.filter(timesheet=raised).count() == 1, "the timesheet itself was paid once"
    assert Recalculated.objects.get().is_paid
    assert looked(after(3)) == []


def test_nothing_is_left_to_run_once_it_is_settled(raised: Timesheet) -> None:
    confirm(after(1))
    run(after(2))
    with pytest.raises(operations.NothingToPay):
        run(after(3))
    assert raised.state == State.PAID


def test_what_is_billed_follows() -> None:
    staffing.configure_agency(by=people.actor(people.esra()), at=people.BEFORE, billing=True)
    wage(1600, bill_factor=Decimal(2))
    paid()
    wage(1700, at=after(0), bill_factor=Decimal(2))
    confirm(after(1))
    locked = run(after(2))
    assert locked.bill_cents == 2 * locked.cents
    assert sum(BillLine.objects.values_list("minutes", flat=True)) == 2400


def test_every_hour_still_adds_up(raised: Timesheet) -> None:
    confirm(after(1))
    run(after(2))
    found = reconcile(raised.week)
    assert found.closes
    assert (found.total.paid, found.total.pay_lines) == (2400, 2400)


def test_the_same_is_confirmed_once_whoever_looked(raised: Timesheet) -> None:
    first, second = looked(after(1)), looked(after(1))
    assert recalculation.confirm(first, by=people.actor(people.esra()), at=after(2)) == 1
    assert recalculation.confirm(second, by=people.actor(people.finn()), at=after(2)) == 0
    assert Recalculation.objects.get().by_name == "Esra Yilmaz"
    run(after(3))
    assert recalculation.confirm(second, by=people.actor(people.finn()), at=after(4)) == 0
    assert raised.recalculations.count() == 1


def test_what_was_agreed_after_it_was_confirmed_is_not_paid_unseen(raised: Timesheet) -> None:
    confirm(after(1))
    wage(1900, at=after(2))
    locked = run(after(3))
    assert (locked.cents, Recalculated.objects.get().is_paid) == (0, False)
    [found] = looked(after(4))
    assert (found.number, found.timesheet_id) == (2, raised.pk)
    recalculation.confirm([found], by=people.actor(people.esra()), at=after(5))
    run(after(6))
    assert sums() == present()


def test_back_and_forth_each_difference_is_paid_once(raised: Timesheet) -> None:
    for n, cents in enumerate((1700, 1600, 1700, 1600)):
        wage(cents, at=after(10 * n + 1))
        assert confirm(after(10 * n + 2)) == 1
        run(after(10 * n + 3))
        assert sums() == present()
    assert Recalculated.objects.filter(is_paid=True).count() == raised.recalculations.count() == 4


def test_a_correction_that_is_paid_first_takes_the_difference_along(raised: Timesheet) -> None:
    confirm(after(1))
    correction = corrections.open_correction(
        raised, by=people.actor(people.ana()), at=after(2), reason="Ik heb zaterdag ook gewerkt."
    )
    walk.to(correction, State.APPROVED, hours=people.hours(WEEK, days=6), at=after(3))
    run(after(600))
    assert not Recalculated.objects.get().is_paid
    assert sums() == present()


def test_a_week_with_a_correction_is_computed_anew_as_it_was_corrected() -> None:
    wage(1600)
    correction = walk.correction(people.sheet(people.ana()), State.PAID)
    wage(1700, at=after(5000))
    confirm(after(5001))
    run(after(5002))
    assert Recalculation.objects.get().timesheet == correction
    assert sums() == present()


def test_a_dropped_correction_changes_nothing_about_it(raised: Timesheet) -> None:
    ana = people.actor(people.ana())
    correction = corrections.open_correction(raised, by=ana, at=after(1), reason="Ik heb zaterdag ook gewerkt.")
    corrections.drop(correction, version=correction.version, by=ana, at=after(2))
    confirm(after(3))
    run(after(4))
    assert Recalculation.objects.get().timesheet == raised
    assert sums() == present()


def test_what_is_taken_back_is_not_paid(raised: Timesheet) -> None:
    confirm(after(1))
    esra = people.actor(people.esra())
    recalculation.withdraw(raised.recalculations.get(), by=esra, at=after(2))
    with pytest.raises(Overtaken):
        recalculation.withdraw(raised.recalculations.get(), by=esra, at=after(2))
    with pytest.raises(operations.NothingToPay):
        run(after(3))
    assert confirm(after(4)) == 1, "a next look finds it again"


def test_what_was_paid_cannot_be_taken_back(raised: Timesheet) -> None:
    confirm(after(1))
    run(after(2))
    with pytest.raises(Overtaken):
        recalculation.withdraw(raised.recalculations.get(), by=people.actor(people.esra()), at=after(3))


def test_it_goes_with_a_run_of_the_workers_own_pay_period(raised: Timesheet) -> None:
    confirm(after(1))
    staffing.change_worker(raised.worker, pay_period=PayPeriod.MONTH, by=people.actor(people.esra()), at=after(2))
    assert operations.preview(WEEK.next, cut_off=after(3)).recalculations == 0
    found = operations.preview(WEEK.next, cut_off=after(3), pay_period=PayPeriod.MONTH)
    assert (found.recalculations, found.is_empty) == (1, False)


def test_the_preview_and_the_forecast_count_it(raised: Timesheet) -> None:
    without = operations.preview(WEEK.next, cut_off=after(2)).fingerprint
    confirm(after(1))
    shown = operations.preview(WEEK.next, cut_off=after(2))
    assert shown.fingerprint != without
    asked = forecast.ask(shown, by=people.actor(people.esra()), at=after(2))
    forecast.carry_out(asked.pk)
    figures = Forecast.objects.get(pk=asked.pk).figures
    locked = run(after(3))
    assert figures["cents"] == shown.recalculated_cents == locked.cents > 0
    assert raised.run_sheet.run != locked


def test_a_run_that_dies_after_some_goes_on_with_the_others(monkeypatch: pytest.MonkeyPatch, raised: Timesheet) -> None:
    for week in (WEEK.previous, WEEK.previous.previous):
        walk.to(people.sheet(people.ana(), week), State.APPROVED, hours=late_week(week))
    run(after(1))
    wage(1800, at=after(2))
    rows = looked(after(3), WEEK + -2)
    assert recalculation.confirm(rows, by=people.actor(people.esra()), at=after(3)) == 3
    monkeypatch.setattr(operations, "CHUNK", 1)
    started = operations.start_run(
        WEEK.next, sequence=1 + raised.run_sheet.run.sequence, cut_off=after(4), by=people.actor(people.esra()),
        at=after(4),
    )  # fmt: skip

    def die(done: int, _planned: int) -> None:
        if done == 2:
            raise RuntimeError("the process died")

    with pytest.raises(RuntimeError):
        operations.carry_out(started.pk, clock=lambda: after(5), report=die)
    assert Recalculated.objects.count() == 2
    operations.carry_out(started.pk, clock=lambda: after(6), report=lambda done, planned: None)
    assert Recalculated.objects.filter(is_paid=True).count() == 3
    assert sums() == present()


@pytest.mark.parametrize("person", [people.ana, people.carla])
def test_only_the_agency_confirms_and_takes_back(raised: Timesheet, person: Callable[[], people.Person]) -> None:
    rows = looked(after(1))
    with pytest.raises(NotAllowed):
        recalculation.confirm(rows, by=people.actor(person()), at=after(2))
    recalculation.confirm(rows, by=people.actor(people.esra()), at=after(2))
    with pytest.raises(NotAllowed):
        recalculation.withdraw(raised.recalculations.get(), by=people.actor(person()), at=after(2))


# What may happen between two runs, in any order; each is agreed for weeks that were paid.
ACTS = st.lists(
    st.sampled_from([("wage", "1650"), ("wage", "1700"), ("evening", "20"), ("evening", "35"), ("from", "1800")]),
    min_size=1,
    max_size=4,
)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=ACTS)
def test_after_a_recalculation_all_that_was_paid_is_what_the_weeks_come_to(
    acts: list[tuple[str, str]], rolled_back: Callable[[Callable[[], None]], None]
) -> None:
    def life() -> None:
        wage(1600)
        paid(WEEK.previous)
        paid(WEEK)
        for n, (what, value) in enumerate(acts):
            moment = after(10 * n)
            if what == "wage":
                wage(int(value), at=moment)
            elif what == "from":
                wage(int(value), at=moment, valid_from=WEEK.days[2])
            else:
                paid_weeks.evening(value, at=moment)
            if confirm_all(moment + dt.timedelta(minutes=1)):
                run(moment + dt.timedelta(minutes=2))
            assert sums() == present()
        assert confirm_all(after(100)) == 0

    rolled_back(life)


def confirm_all(at: dt.datetime) -> int:
    return recalculation.confirm(looked(at, WEEK.previous), by=people.actor(people.esra()), at=at)


@pytest.fixture
def rolled_back() -> Callable[[Callable[[], None]], None]:
    """Does something and undoes it, so that one test can live several lives."""

    def live(life: Callable[[], None]) -> None:
        with transaction.atomic():
            life()
            transaction.set_rollback(True)

    return live
