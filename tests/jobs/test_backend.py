"""Django's task interface over the table of jobs."""

import datetime as dt
import uuid

import pytest
from django.db import transaction
from django_tasks import default_task_backend
from django_tasks.base import TaskResultStatus
from django_tasks.exceptions import InvalidTaskError, TaskResultDoesNotExist, TaskResultMismatch

from kis.core import clock
from kis.jobs import leases
from kis.jobs.models import Job
from kis.jobs.worker import Worker
from tests.jobs import sample_tasks as tasks
from tests.support.time import Freeze

pytestmark = pytest.mark.django_db
HOUR = dt.timedelta(hours=1)


def test_a_task_is_written_down_as_a_job(freeze: Freeze) -> None:
    now = freeze("2026-11-30 12:00")
    result = tasks.add.using(priority=5).enqueue(1, b=2)
    job = Job.objects.get()
    assert (job.task, job.args, job.kwargs) == ("tests.jobs.sample_tasks.add", [1], {"b": 2})
    assert (job.priority, job.run_at, job.enqueued_at, job.status) == (5, now, now, Job.Status.READY)
    assert (result.id, result.status, result.attempts) == (str(job.pk), TaskResultStatus.READY, 0)


def test_a_job_comes_and_goes_with_the_transaction_around_it() -> None:
    with transaction.atomic():
        tasks.add.enqueue(1, 2)
        assert Job.objects.exists()
        transaction.set_rollback(True)
    assert not Job.objects.exists()


def test_a_result_is_there_for_whoever_asks_later() -> None:
    result = tasks.add.enqueue(1, 2)
    Worker().run_once()
    result.refresh()
    assert result.status == TaskResultStatus.SUCCESSFUL
    assert result.return_value == 3
    assert tasks.add.get_result(result.id).return_value == 3
    assert result.attempts == 1


def test_a_job_that_failed_tells_why_and_waits_for_its_next_attempt() -> None:
    result = tasks.fail.enqueue("no such week")
    Worker().run_once()
    result.refresh()
    assert result.status == TaskResultStatus.READY
    assert result.errors[0].exception_class is LookupError
    assert "no such week" in result.errors[0].traceback


def test_a_dead_job_has_failed() -> None:
    result = tasks.fail.enqueue("no such week")
    Job.objects.update(attempts=leases.MAX_ATTEMPTS - 1)
    Worker().run_once()
    result.refresh()
    assert result.status == TaskResultStatus.FAILED
    assert result.is_finished


def test_a_task_may_ask_which_attempt_it_is() -> None:
    result = tasks.attempt.enqueue()
    Job.objects.update(attempts=3)
    Worker().run_once()
    assert tasks.attempt.get_result(result.id).return_value == 4


def test_a_later_task_waits_and_an_urgent_one_goes_first(freeze: Freeze) -> None:
    now = freeze("2026-11-30 12:00")
    later = tasks.add.using(run_after=now + HOUR, priority=100).enqueue(1, 1)
    plain = tasks.add.enqueue(2, 2)
    urgent = tasks.add.using(priority=10).enqueue(3, 3)
    order = [claimed.pk for claimed in iter(lambda: leases.claim("w", clock.now()), None)]
    assert [str(pk) for pk in order] == [urgent.id, plain.id]
    freeze(now + HOUR)
    claimed = leases.claim("w", clock.now())
    assert claimed is not None
    assert str(claimed.pk) == later.id


@pytest.mark.parametrize("wrong", [object(), {1, 2}, dt.date(2026, 11, 30)])
def test_arguments_that_are_no_json_are_refused_at_once(wrong: object) -> None:
    with pytest.raises(TypeError):
        tasks.add.enqueue(wrong, 2)  # type: ignore[arg-type]  # wrong on purpose
    assert not Job.objects.exists()


def test_a_moment_without_a_time_zone_is_refused() -> None:
    with pytest.raises(InvalidTaskError):
        tasks.add.using(run_after=dt.datetime(2026, 11, 30, 12))


@pytest.mark.parametrize("unknown", [str(uuid.UUID(int=1)), "nonsense"])
def test_a_job_that_is_not_there_is_named(unknown: str) -> None:
    with pytest.raises(TaskResultDoesNotExist):
        default_task_backend.get_result(unknown)


def test_a_job_of_a_task_that_is_no_more_is_not_there() -> None:
    job = Job.objects.create(task="kis.gone.task", run_at=clock.now(), enqueued_at=clock.now())
    with pytest.raises(TaskResultDoesNotExist):
        default_task_backend.get_result(str(job.pk))


def test_a_result_belongs_to_its_task() -> None:
    result = tasks.add.enqueue(1, 2)
    with pytest.raises(TaskResultMismatch):
        tasks.sign.get_result(result.id)
