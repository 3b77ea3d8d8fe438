"""Two people start the same payroll run, and two processes carry one out: one run, and every sheet paid once."""

from __future__ import annotations

from kis.core import clock
from kis.jobs.models import Job
from kis.payroll import operations
from kis.payroll.models import PayLine, PayrollRun, RunSheet
from kis.timesheets.models import Step, Timesheet
from kis.timesheets.workflow import Act, State
from tests.races.rivals import Rivals
from tests.support import people, walk

ROUNDS = 200
SHEETS = 2  # of a run
CUT_OFF = clock.at(people.WEEK.next.monday, 17 * 60)


def test_of_two_who_start_the_same_run_exactly_one_wins(rivals: Rivals) -> None:
    walk.to(people.sheet(people.ana()), State.APPROVED)
    starters = (people.esra().user_id, people.finn().user_id)
    words = f"{people.WEEK} 1 {CUT_OFF.isoformat()}"
    winners = []
    for _ in range(ROUNDS):
        answers = rivals.race(*(f"start_run {starter} {words}" for starter in starters))
        assert sorted(answers) == ["overtaken", "won"]
        winners.append(answers.index("won"))
        run = PayrollRun.objects.get()
        assert (run.sequence, run.planned, run.started_by_id) == (1, 1, starters[winners[-1]])
        assert Job.objects.count() == 1, "the one who lost has set nothing to work"
        Job.objects.all().delete()
        run.delete()  # it has paid nothing yet: the next round starts as this one did
    assert set(winners) == {0, 1}, "never a real race: the same one won every round"


def test_three_who_carry_out_the_same_run_pay_every_sheet_once(rivals: Rivals) -> None:
    """Each round is a run of its own over the same week, with sheets that were approved since the last one."""
    by = people.actor(people.esra())
    workers = iter(people.many_workers(ROUNDS * SHEETS))
    for sequence in range(1, ROUNDS + 1):
        sheets = [people.sheet(people.placement(next(workers))) for _ in range(SHEETS)]
        for sheet in sheets:
            walk.to(sheet, State.APPROVED)
        run = operations.start_run(people.WEEK, sequence=sequence, cut_off=CUT_OFF, by=by, at=CUT_OFF)

        answers = rivals.race(*[f"carry_out {run.pk}"] * 3)

        assert answers == ["done"] * 3
        run.refresh_from_db()
        assert (run.state, run.sheets, run.minutes) == (PayrollRun.State.LOCKED, SHEETS, SHEETS * 5 * 480)
        of_round = {"timesheet__in": sheets}
        assert RunSheet.objects.filter(run=run, **of_round).count() == SHEETS
        assert Step.objects.filter(act=Act.PAY, **of_round).count() == SHEETS
        assert PayLine.objects.filter(**of_round).count() == SHEETS * 5
    assert Timesheet.objects.filter(state=State.PAID).count() == RunSheet.objects.count() == ROUNDS * SHEETS
