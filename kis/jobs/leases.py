"""Who holds which job: claiming it under a lease, renewing the lease, and ending the job behind a fence.

A lease that is not renewed lapses, and another worker takes the job over. The one that lost it cannot write its end
any more: each end is one conditional update on owner and attempt.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import connection, transaction
from django.db.models import Q, QuerySet
from django_tasks.utils import get_exception_traceback, get_module_path

from kis.jobs.models import Job

LEASE = dt.timedelta(seconds=20)
MAX_ATTEMPTS = 8  # with the back-off, about four minutes
TO_DO = (Job.Status.READY, Job.Status.RUNNING)


def claim(owner: str, at: dt.datetime) -> Job | None:
    """Take the next job that is due, or whose worker let its lease lapse; exactly one worker gets it."""
    if not _due(at).exists():
        return None  # without a write lock: an idle worker disturbs nobody
    with transaction.atomic():
        waiting = _due(at).order_by("-priority", "run_at")
        if connection.features.has_select_for_update_skip_locked:
            waiting = waiting.select_for_update(skip_locked=True)
        job = waiting.first()
        if job is None:
            return None
        if job.attempts >= MAX_ATTEMPTS:
            _bury(job, at)
            return None
        return job if _take(job, owner, at) else None


def renew(job: Job, at: dt.datetime) -> bool:
    """Hold a job for longer; answers whether it is still held."""
    return _write(job, lease_until=at + LEASE)


def finish(job: Job, result: Any, at: dt.datetime) -> bool:
    """Write down that a job is done, if it is still held; answers whether."""
    return _write(
        job, status=Job.Status.DONE, finished_at=at, result=result, error_class="", error="", lease_until=None
    )


def fail(job: Job, error: BaseException, at: dt.datetime) -> bool:
    """Put a failed job back for later, each time twice as late, or give it up; answers whether it was still held."""
    told = {"error_class": get_module_path(type(error))[:200], "error": get_exception_traceback(error)}
    if job.attempts >= MAX_ATTEMPTS:
        return _write(job, status=Job.Status.DEAD, finished_at=at, lease_until=None, **told)
    wait = dt.timedelta(seconds=2**job.attempts)
    return _write(job, status=Job.Status.READY, run_at=at + wait, lease_until=None, **told)


def _due(at: dt.datetime) -> QuerySet[Job]:
    ready = Q(status=Job.Status.READY, run_at__lte=at)
    lapsed = Q(status=Job.Status.RUNNING, lease_until__lt=at)
    return Job.objects.filter(ready | lapsed, status__in=TO_DO)


def _take(job: Job, owner: str, at: dt.datetime) -> bool:
    as_seen = Job.objects.filter(pk=job.pk, attempts=job.attempts, status=job.status)
    job.status, job.owner, job.attempts = Job.Status.RUNNING, owner, job.attempts + 1
    job.lease_until, job.started_at = at + LEASE, at
    taken = as_seen.update(
        status=job.status, owner=owner, attempts=job.attempts, lease_until=job.lease_until, started_at=at
    )
    return taken == 1


def _bury(job: Job, at: dt.datetime) -> None:
    """Give up a job whose workers did not live to tell."""
    as_seen = Job.objects.filter(pk=job.pk, attempts=job.attempts, status=job.status)
    why = job.error or f"The worker process ended {job.attempts} times while it carried this out."
    as_seen.update(status=Job.Status.DEAD, finished_at=at, lease_until=None, error=why)


def _write(job: Job, **values: Any) -> bool:
    """Change the job, if this attempt still holds it; the object follows."""
    held = Job.objects.filter(pk=job.pk, owner=job.owner, attempts=job.attempts, status=Job.Status.RUNNING)
    if not held.update(**values):
        return False
    for name, value in values.items():
        setattr(job, name, value)
    return True
