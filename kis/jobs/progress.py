"""How far long work is: told by the task, read by a page as `job.progress`."""

from __future__ import annotations

import contextvars
import time
from collections.abc import Iterator
from contextlib import contextmanager

from kis.jobs.models import Job

QUIET = 0.5  # seconds between two reports that reach the database


class _Reporter:
    """The job in hand, and when its progress was last written down."""

    def __init__(self, job: Job) -> None:
        self.job = job
        self.last = float("-inf")

    def report(self, done: int, total: int, note: str) -> None:
        if done < total and time.monotonic() - self.last < QUIET:
            return
        self.last = time.monotonic()
        held = Job.objects.filter(pk=self.job.pk, attempts=self.job.attempts, status=Job.Status.RUNNING)
        held.update(progress_done=done, progress_total=total, progress_note=note[:200])


_reporter: contextvars.ContextVar[_Reporter | None] = contextvars.ContextVar("reporter", default=None)


def report(done: int, total: int, note: str = "") -> None:
    """Say how much of the job in hand is done, as often as you like; outside a job it says nothing to anybody.

    A page sees it when the transaction around it, if there is one, is committed.
    """
    if reporter := _reporter.get():
        reporter.report(done, total, note)


@contextmanager
def of(job: Job) -> Iterator[None]:
    """Inside, `report` speaks of this job."""
    token = _reporter.set(_Reporter(job))
    try:
        yield
    finally:
        _reporter.reset(token)
