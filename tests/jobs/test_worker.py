"""The worker process, with real processes: killed, told to stop, and two at once."""

import datetime as dt
import logging
import signal
import time
from pathlib import Path

import pytest
from django.db import OperationalError, transaction

from kis.core import clock
from kis.jobs import leases
from kis.jobs.models import Job, WorkerBeat
from kis.jobs.worker import Worker, carry_out
from tests.jobs import sample_tasks as tasks
from tests.support.workers import StartWorker, until


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "log").touch()
    return tmp_path


def log(folder: Path) -> list[str]:
    return (folder / "log").read_text().split()


def let_go(folder: Path) -> None:
    (folder / "go").touch()


def let_the_lease_lapse() -> None:
    """What twenty seconds do."""
    Job.objects.update(lease_until=clock.now() - dt.timedelta(seconds=1))


def is_done(job: str) -> bool:
    return Job.objects.get(pk=job).status == Job.Status.DONE


def test_a_job_whose_worker_is_killed_is_carried_out_by_the_next(folder: Path, start_worker: StartWorker) -> None:
    job = tasks.wait_for_go.enqueue(str(folder)).id
    first = start_worker()
    until(lambda: log(folder) == ["start"])
    first.send_signal(signal.SIGKILL)
    assert first.wait() == -signal.SIGKILL
    let_go(folder)
    start_worker()
    time.sleep(1)
    assert not is_done(job), "nobody takes a job whose lease still holds"
    let_the_lease_lapse()
    until(lambda: is_done(job))
    assert log(folder) == ["start", "start", "end"]
    assert Job.objects.get(pk=job).attempts == 2


def test_a_worker_told_to_stop_finishes_the_job_in_hand_and_takes_no_other(
    folder: Path, start_worker: StartWorker
) -> None:
    job = tasks.wait_for_go.enqueue(str(folder)).id
    next_job = tasks.add.using(priority=-1).enqueue(1, 2).id
    worker = start_worker()
    until(lambda: log(folder) == ["start"])
    worker.send_signal(signal.SIGTERM)
    time.sleep(1)
    assert worker.poll() is None
    let_go(folder)
    assert worker.wait(timeout=10) == 0
    assert is_done(job)
    assert log(folder) == ["start", "end"]
    assert Job.objects.get(pk=next_job).status == Job.Status.READY
    assert not WorkerBeat.objects.exists()


def test_an_idle_worker_stops_at_once(start_worker: StartWorker) -> None:
    worker = start_worker()
    until(WorkerBeat.objects.exists)
    told = time.monotonic()
    worker.send_signal(signal.SIGTERM)
    assert worker.wait(timeout=10) == 0
    assert time.monotonic() - told < 2


def test_a_long_job_keeps_its_lease_because_its_worker_lives(folder: Path, start_worker: StartWorker) -> None:
    job = tasks.wait_for_go.enqueue(str(folder)).id
    start_worker()
    until(lambda: log(folder) == ["start"])
    first = Job.objects.get(pk=job).lease_until
    until(lambda: Job.objects.get(pk=job).lease_until != first)
    let_go(folder)
    until(lambda: is_done(job))
    assert Job.objects.get(pk=job).attempts == 1


def test_two_workers_at_once_carry_out_each_of_many_jobs_once(tmp_path: Path, start_worker: StartWorker) -> None:
    start_worker()
    start_worker()
    until(lambda: WorkerBeat.objects.count() == 2)
    with transaction.atomic():
        for number in range(150):
            tasks.sign.enqueue(str(tmp_path / str(number)))
    mine = Job.objects.filter(task__endswith="sign")
    until(lambda: not mine.exclude(status=Job.Status.DONE).exists())
    assert {path.read_text() for path in tmp_path.iterdir()} == {"signed\n"}
    assert len(list(tmp_path.iterdir())) == 150
    assert set(mine.values_list("attempts", flat=True)) == {1}
    assert len(set(mine.values_list("owner", flat=True))) == 2, "both had a share"


@pytest.mark.django_db
def test_what_went_wrong_is_kept_and_the_worker_goes_on(caplog: pytest.LogCaptureFixture) -> None:
    tasks.fail.using(priority=1).enqueue("no such week")
    good = tasks.add.enqueue(1, 2).id
    worker = Worker()
    with caplog.at_level(logging.CRITICAL):
        assert [worker.run_once(), worker.run_once(), worker.run_once()] == [1, 1, 0]
    assert is_done(good)
    failed = Job.objects.get(task__endswith="fail")
    assert (failed.status, failed.error_class) == (Job.Status.READY, "builtins.LookupError")
    assert "no such week" in failed.error


@pytest.mark.django_db
@pytest.mark.parametrize("task", ["tests.jobs.sample_tasks.give_no_json", "kis.gone.tasks.task"])
def test_a_job_that_cannot_end_well_is_a_failed_job(task: str) -> None:
    Job.objects.create(task=task, run_at=clock.now(), enqueued_at=clock.now())
    Worker().run_once()
    job = Job.objects.get()
    assert job.status == Job.Status.READY
    assert job.error


@pytest.mark.django_db
def test_a_job_that_was_taken_over_keeps_the_end_of_its_new_owner() -> None:
    tasks.add.enqueue(1, 2)
    late = leases.claim("late", clock.now())
    assert late is not None
    new = leases.claim("new", clock.now() + 2 * leases.LEASE)
    assert new is not None
    leases.finish(new, "of the new owner", clock.now())
    carry_out(late)
    assert Job.objects.get().result == "of the new owner"


@pytest.mark.django_db(transaction=True)
def test_a_worker_outlives_a_chore_that_goes_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kis.jobs.worker.STUMBLE", 0.01)
    calls: list[str] = []

    def chore(owner: str, stopping: object) -> int:
        calls.append(owner)
        if len(calls) == 1:
            raise OperationalError("the database is away for a moment")
        worker.stopping.set()
        return 0

    worker = Worker(chores=[chore])
    worker.run()
    assert calls == [worker.name] * 2
    assert not WorkerBeat.objects.exists()
