"""kill -9 of a real worker process in the middle of a payroll run: nothing is lost, and nothing is paid twice."""

from __future__ import annotations

import datetime as dt
import signal
import subprocess

from kis.accounts.models import User
from kis.core import clock
from kis.jobs.models import Job
from kis.payroll import operations
from kis.payroll.models import PayLine, PayrollRun, PlacementTerms, RunSheet
from kis.staffing.models import Placement, Worker
from kis.timesheets.models import Step, Submission, Timesheet
from kis.timesheets.workflow import Act, State
from tests.support import people, walk
from tests.support.workers import StartWorker, until

SHEETS = 3 * operations.CHUNK + 17
TUESDAY = clock.at(people.WEEK.next.days[1], 9 * 60)


def approved() -> None:
    """One approved week, reached by the real operations, and copies of it for other workers."""
    first = walk.to(people.sheet(people.ana()), State.APPROVED)
    since, n = people.START, range(SHEETS - 1)
    users = User.objects.bulk_create(User(email=f"k{i}@worker.example", name=f"Kopie {i}") for i in n)
    workers = Worker.objects.bulk_create(
        Worker(user=user, number=f"K{i}", search="kopie") for i, user in enumerate(users)
    )
    jobs = Placement.objects.bulk_create(
        Placement(number=f"KP{i}", worker=worker, client=first.client, job_title="Bakker", start=since)
        for i, worker in enumerate(workers)
    )
    PlacementTerms.objects.bulk_create(
        PlacementTerms(placement=job, valid_from=since, wage_cents=1600, by_name="Esra", at=people.BEFORE)
        for job in [first.placement, *jobs]
    )
    copies = Timesheet.objects.bulk_create(
        Timesheet(placement=job, worker=job.worker, client=first.client, iso_year=first.iso_year,
                  iso_week=first.iso_week, state=first.state, state_since=first.state_since, version=first.version,
                  submitted_version=first.submitted_version, digest=first.hours.digest(job.number),
                  content=first.content, minutes=first.minutes)
        for job in jobs
    )  # fmt: skip
    Submission.objects.bulk_create(
        Submission(timesheet=copy, number=2, content=copy.content, digest=copy.digest, at=copy.state_since)
        for copy in copies
    )


def started() -> PayrollRun:
    return operations.start_run(
        people.WEEK, sequence=1, cut_off=TUESDAY, by=people.actor(people.esra()), at=TUESDAY
    )  # fmt: skip


def kill(worker: subprocess.Popen[bytes]) -> None:
    """And what twenty seconds do to its lease."""
    worker.send_signal(signal.SIGKILL)
    worker.wait()
    Job.objects.update(lease_until=clock.now() - dt.timedelta(seconds=1))


def paid() -> int:
    return RunSheet.objects.count()


def test_a_run_whose_workers_are_killed_pays_everybody_once(start_worker: StartWorker) -> None:
    approved()
    run = started()
    moments = (
        lambda: Job.objects.filter(status=Job.Status.RUNNING).exists(),  # it has hardly begun
        lambda: paid() >= operations.CHUNK,
        lambda: paid() >= 2 * operations.CHUNK,
    )
    left_behind = []
    for moment in moments:
        worker = start_worker()
        until(moment, within=60)
        kill(worker)
        run.refresh_from_db()
        assert run.state == PayrollRun.State.RUNNING
        left_behind.append(paid())
        assert paid() % operations.CHUNK == 0, "a chunk is paid whole or not at all"
    assert left_behind == sorted(left_behind)
    start_worker()
    until(lambda: PayrollRun.objects.get().state == PayrollRun.State.LOCKED, within=60)
    run.refresh_from_db()
    assert (run.sheets, run.planned, run.minutes) == (SHEETS, SHEETS, SHEETS * 2400)
    assert run.cents == SHEETS * 64_000
    assert Timesheet.objects.filter(state=State.PAID).count() == SHEETS
    assert Step.objects.filter(act=Act.PAY).count() == SHEETS
    assert PayLine.objects.count() == SHEETS * 5


def test_a_run_that_was_broken_off_comes_to_the_same_as_one_that_was_not(start_worker: StartWorker) -> None:
    """The digest over all lines is the one of a run that nobody disturbed, computed in this process afterwards."""
    approved()
    run = started()
    worker = start_worker()
    until(lambda: paid() >= operations.CHUNK, within=60)
    kill(worker)
    start_worker()
    until(lambda: PayrollRun.objects.get().state == PayrollRun.State.LOCKED, within=60)
    run.refresh_from_db()
    lines = list(PayLine.objects.order_by("timesheet_id", "date").values_list("timesheet_id", "date", "cents"))
    assert len(lines) == len(set(lines))
    locked = run.digest
    PayrollRun.objects.update(state=PayrollRun.State.RUNNING, locked_at=None, digest="")
    operations.carry_out(run.pk, clock=lambda: TUESDAY, report=lambda done, total: None)
    run.refresh_from_db()
    assert run.digest == locked
