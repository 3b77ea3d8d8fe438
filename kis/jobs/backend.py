"""Django's task interface over our own table of jobs.

A job is a row written in the transaction of whoever enqueues it: no commit, no job.
"""

from __future__ import annotations

import json
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.module_loading import import_string
from django_tasks.backends.base import BaseTaskBackend
from django_tasks.base import Task, TaskError, TaskResult, TaskResultStatus
from django_tasks.exceptions import TaskResultDoesNotExist

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
        """Write the job down. Arguments must be JSON."""
        self.validate_task(task)
        json.dumps([args, kwargs])  # raises here, not in the worker
        now = clock.now()
        job = Job.objects.create(
            task=task.module_path, args=list(args), kwargs=dict(kwargs), priority=task.priority,
            run_at=task.run_after or now, enqueued_at=now,
        )  # fmt: skip
        return _result(job, task, self.alias)

    def get_result(self, result_id: str) -> TaskResult[Any]:
        """How a job stands. Raises TaskResultDoesNotExist."""
        try:
            job = Job.objects.get(pk=result_id)
        except (Job.DoesNotExist, ValidationError) as error:
            raise TaskResultDoesNotExist(result_id) from error
        return _result(job, import_string(job.task), self.alias)


def _result(job: Job, task: Task[Any, Any], alias: str) -> TaskResult[Any]:
    errors = [TaskError(exception_class_path="builtins.RuntimeError", traceback=job.error)] if job.error else []
    result: TaskResult[Any] = TaskResult(
        task=task, id=str(job.pk), status=_STATUS[Job.Status(job.status)], enqueued_at=job.enqueued_at,
        started_at=job.started_at, last_attempted_at=job.started_at, finished_at=job.finished_at,
        args=job.args, kwargs=job.kwargs, backend=alias, errors=errors, worker_ids=[job.owner] if job.owner else [],
    )  # fmt: skip
    object.__setattr__(result, "_return_value", job.result)  # the interface's own way: results are frozen
    return result
