"""Django's task interface over our own table of jobs.

A job is a row written in the transaction of whoever enqueues it: no commit, no job.
"""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.module_loading import import_string
from django_tasks.backends.base import BaseTaskBackend
from django_tasks.base import Task, TaskError, TaskResult, TaskResultStatus
from django_tasks.exceptions import TaskResultDoesNotExist
from django_tasks.signals import task_enqueued
from django_tasks.utils import normalize_json

from kis.core import clock
from kis.jobs.models import Job

_STATUS = {
    Job.Status.READY: TaskResultStatus.READY,
    Job.Status.RUNNING: TaskResultStatus.RUNNING,
    Job.Status.DONE: TaskResultStatus.SUCCESSFUL,
    Job.Status.DEAD: TaskResultStatus.FAILED,
}


class LeaseBackend(BaseTaskBackend):
    """Keeps jobs in the database; `manage work` carries them out."""

    supports_defer = True
    supports_get_result = True
    supports_priority = True

    def enqueue(self, task: Task[Any, Any], args: Any, kwargs: Any) -> TaskResult[Any]:
        """Write the job down. Raises InvalidTaskError; TypeError or ValueError for arguments that are no JSON."""
        self.validate_task(task)
        now = clock.now()
        job = Job.objects.create(
            task=task.module_path, args=normalize_json(args), kwargs=normalize_json(kwargs), priority=task.priority,
            run_at=task.run_after or now, enqueued_at=now,
        )  # fmt: skip
        result = result_of(job, task)
        task_enqueued.send(type(self), task_result=result)
        return result

    def get_result(self, result_id: str) -> TaskResult[Any]:
        """How a job stands. Raises TaskResultDoesNotExist."""
        try:
            job = Job.objects.get(pk=result_id)
            task = import_string(job.task)
        except (Job.DoesNotExist, ValidationError, ImportError) as error:
            raise TaskResultDoesNotExist(result_id) from error
        return result_of(job, task)


def result_of(job: Job, task: Task[Any, Any]) -> TaskResult[Any]:
    """A job in the words of the interface."""
    errors = [TaskError(exception_class_path=job.error_class or _UNTOLD, traceback=job.error)] if job.error else []
    result: TaskResult[Any] = TaskResult(
        task=task, id=str(job.pk), status=_STATUS[Job.Status(job.status)], enqueued_at=job.enqueued_at,
        started_at=job.started_at, last_attempted_at=job.started_at, finished_at=job.finished_at,
        args=job.args, kwargs=job.kwargs, backend=task.backend, errors=errors,
        worker_ids=[job.owner] * job.attempts,  # we keep the last one; the interface counts attempts by them
    )  # fmt: skip
    object.__setattr__(result, "_return_value", job.result)  # the interface's own way: results are frozen
    return result


_UNTOLD = "builtins.SystemExit"  # of a worker that ended without telling why
