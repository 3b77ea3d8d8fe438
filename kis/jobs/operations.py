"""What the agency's staff and the calendar do with jobs."""

from __future__ import annotations

import datetime as dt
from typing import Protocol

from django.db import transaction

from kis.core import audit
from kis.jobs.models import Job, WorkerBeat

KEEP_DONE = dt.timedelta(days=30)  # longer than the schedule catches up, which leans on the keys of these rows
KEEP_BEAT = dt.timedelta(days=1)


class Doer(Protocol):
    """Whoever acts, as the audit log names them; an Actor of `kis.staffing` is one."""

    @property
    def user_id(self) -> int | None: ...
    @property
    def name(self) -> str: ...
    @property
    def party(self) -> str: ...


def retry(job: Job, *, by: Doer, at: dt.datetime) -> bool:
    """Give a dead job another life; answers whether it was dead."""
    with transaction.atomic():
        dead = Job.objects.filter(pk=job.pk, status=Job.Status.DEAD)
        if not dead.update(status=Job.Status.READY, attempts=0, run_at=at, finished_at=None):
            return False
        audit.record(
            actor_id=by.user_id, actor_name=by.name, party=by.party, act="retry_job",
            subject_type="job", subject_id=str(job.pk), detail={"task": job.task}, at=at,
        )  # fmt: skip
    return True


def clear_away(*, at: dt.datetime) -> int:
    """Delete jobs done long ago and the traces of processes long gone; dead jobs stay until somebody acts."""
    WorkerBeat.objects.filter(at__lt=at - KEEP_BEAT).delete()
    return Job.objects.filter(status=Job.Status.DONE, finished_at__lt=at - KEEP_DONE).delete()[0]
