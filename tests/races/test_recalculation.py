"""Two people confirm the same recalculations, take one back while a run pays it, and carry out that run together."""

from __future__ import annotations

from kis.core import clock
from kis.payroll import agreements, operations, recalculation, recheck
from kis.payroll.models import PayLine, PayrollRun, Recalculated, Recalculation, RecheckRow
from kis.staffing.actor import Actor
from kis.timesheets.workflow import State
from tests.races.rivals import Rivals
from tests.support import people, walk

ROUNDS = 12
SHEETS = 8
CUT_OFF = clock.at(people.WEEK.next.monday, 17 * 60)


def esra() -> Actor:
    return people.actor(people.esra())


def paid_weeks() -> None:
    """One paid week for each of some workers, without a wage."""
    for worker in people.many_workers(SHEETS):
        walk.to(people.sheet(people.placement(worker)), State.APPROVED)
    walk.run(people.WEEK, CUT_OFF)


def raise_everybody(cents: int) -> int:
    """Agree on a wage for everybody, and look."""
    for sheet in recalculation.newest_paid().select_related("placement"):
        agreements.agree_terms(sheet.placement, valid_from=people.START, wage_cents=cents, by=esra(), at=clock.now())
    asked = recheck.ask(people.WEEK, by=esra(), at=clock.now())
    recheck.carry_out(asked.pk, clock=clock.now)
    assert RecheckRow.objects.filter(recheck=asked).count() == SHEETS
    return asked.pk


def test_of_two_who_confirm_the_same_each_week_is_confirmed_once(rivals: Rivals) -> None:
    paid_weeks()
    asked = raise_everybody(1600)
    for number in range(ROUNDS):
        answers = rivals.race(*(f"confirm {person.user_id} {asked}" for person in (people.esra(), people.finn())))
        assert sorted(answers) == ["confirmed 0", f"confirmed {SHEETS}"]
        assert Recalculation.objects.count() == (number + 1) * SHEETS
        for row in recalculation.waiting():
            recalculation.withdraw(row, by=esra(), at=clock.now())
        asked = raise_everybody(1600)


def test_what_is_taken_back_while_a_run_pays_is_one_of_the_two(rivals: Rivals) -> None:
    paid_weeks()
    for n in range(ROUNDS):
        asked = raise_everybody(1600 + n)
        recalculation.confirm(list(RecheckRow.objects.filter(recheck=asked)), by=esra(), at=clock.now())
        row = recalculation.waiting().earliest("pk")
        week = people.WEEK.next
        run = operations.start_run(
            week, sequence=operations.next_sequence(week), cut_off=clock.now(), by=esra(), at=clock.now()
        )
        carried, taken = rivals.race(f"carry_out {run.pk}", f"take_back {people.finn().user_id} {row.pk}")
        outcome = Recalculated.objects.get(recalculation=row)
        assert (carried, taken, outcome.is_paid) in {("done", "won", False), ("done", "overtaken", True)}
        assert run.recalculated.filter(is_paid=True).count() == SHEETS - (taken == "won")
        everything = sum(PayLine.objects.filter(timesheet=row.timesheet).values_list("cents", flat=True))
        if outcome.is_paid:
            assert everything == 40 * (1600 + n)


def test_two_who_carry_out_the_same_run_pay_every_difference_once(rivals: Rivals) -> None:
    paid_weeks()
    asked = raise_everybody(1600)
    recalculation.confirm(list(RecheckRow.objects.filter(recheck=asked)), by=esra(), at=clock.now())
    for worker in people.many_workers(SHEETS):
        walk.to(people.sheet(people.placement(worker)), State.APPROVED)
    week = people.WEEK.next
    run = operations.start_run(week, sequence=1, cut_off=CUT_OFF, by=esra(), at=clock.now())
    answers = rivals.race(*[f"carry_out {run.pk}"] * 3)
    assert answers == ["done"] * 3
    run.refresh_from_db()
    assert (run.state, run.sheets, run.planned) == (PayrollRun.State.LOCKED, SHEETS, 2 * SHEETS)
    assert run.recalculated.filter(is_paid=True).count() == SHEETS
    assert run.cents == SHEETS * 40 * 1600
    assert recheck_finds_nothing()


def recheck_finds_nothing() -> bool:
    asked = recheck.ask(people.WEEK, by=esra(), at=clock.now())
    recheck.carry_out(asked.pk, clock=clock.now)
    return not RecheckRow.objects.filter(recheck=asked).exists()
