"""How far long work is: told by the task, read by a page."""

from __future__ import annotations

import contextvars
import uuid

from kis.jobs.models import Job

current_job: contextvars.ContextVar[uuid.UUID | None] = contextvars.ContextVar("current_job", default=None)


def report(done: int, total: int, note: str = "") -> None:
    """Say how much of the job in hand is done; outside a job it says nothing to anybody."""
    if job := current_job.get():
        Job.objects.filter(pk=job).update(progress_done=done, progress_total=total, progress_note=note)
