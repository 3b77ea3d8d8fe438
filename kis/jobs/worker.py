"""The worker process: claims jobs under a lease, carries them out, and hands them back when it dies.

Delivery is at least once, so every task is idempotent. A lease that is not renewed lapses, and another worker takes
the job over; the one that lost it cannot write its end any more.
"""

from __future__ import annotations

import datetime as dt
import logging
import os
import socket
import threading
import traceback
import uuid
from collections.abc import Callable

from django.db import close_old_connections, connection, transaction
from django.db.models import Q, QuerySet
from django.utils.module_loading import import_string

from kis.core import clock
from kis.jobs import progress, schedule
from kis.jobs.models import Job, WorkerBeat

logger = logging.getLogger(__name__)

LEASE = dt.timedelta(seconds=20)
BEAT = 5.0  # seconds between two signs of life
IDLE = 0.5  # seconds to wait when there is nothing to do
MAX_ATTEMPTS = 8


class Worker:
    """One worker. `also` is other work to drain each round (the outbox); it answers how much it did."""

    def __init__(self, also: tuple[Callable[[str], int], ...] = ()) -> None:
        self.name = f"{socket.gethostname()}:{os.getpid()}:{uuid.uuid4().hex[:8]}"
        self.also = also
        self.stopping = threading.Event()
        self._job: tuple[uuid.UUID, int] | None = None

    def run(self) -> None:
        """Work until told to stop; the job in hand is finished first."""
        heart = threading.Thread(target=self._beat_on, daemon=True)
        heart.start()
        while not self.stopping.is_set():
            close_old_connections()
            try:
                busy = self.run_once()
            except Exception:
                logger.exception("the worker stumbled; it goes on")
                busy = 0
            if not busy:
                self.stopping.wait(IDLE)
        heart.join(BEAT + 1)
        WorkerBeat.objects.filter(pk=self.name).delete()

    def run_once(self) -> int:
        """Enqueue what is due, drain the other work, and carry out one job; answers how much was done."""
        schedule.enqueue_due(clock.now())
        done = sum(work(self.name) for work in self.also)
        job = claim(self.name, clock.now())
        if job:
            self._carry_out(job)
        return done + bool(job)

    def beat(self) -> None:
        """Show that we live, and renew the lease of the job in hand."""
        now = clock.now()
        WorkerBeat.objects.update_or_create(pk=self.name, defaults={"at": now})
        if held := self._job:
            _held(*held, self.name).update(lease_until=now + LEASE)

    def _beat_on(self) -> None:
        while not self.stopping.is_set() or self._job:
            try:
                self.beat()
            except Exception:
                logger.exception("no sign of life could be given")
            if self.stopping.wait(BEAT) and self._job:
                threading.Event().wait(1)
        connection.close()

    def _carry_out(self, job: Job) -> None:
        self._job = (job.pk, job.attempts)
        token = progress.current_job.set(job.pk)
        try:
            result = import_string(job.task).call(*job.args, **job.kwargs)
        except Exception:
            logger.exception("job %s (%s) failed", job.task, job.pk)
            _fail(job, self.name, traceback.format_exc())
        else:
            _held(job.pk, job.attempts, self.name).update(
                status=Job.Status.DONE, finished_at=clock.now(), result=result, error="", lease_until=None
            )
        finally:
            progress.current_job.reset(token)
            self._job = None


def claim(owner: str, at: dt.datetime) -> Job | None:
    """Take the next job that is due, or whose worker let its lease lapse; exactly one worker gets it."""
    due = Q(status=Job.Status.READY, run_at__lte=at) | Q(status=Job.Status.RUNNING, lease_until__lt=at)
    if not Job.objects.filter(due).exists():
        return None  # without a write lock: an idle worker disturbs nobody
    with transaction.atomic():
        waiting = Job.objects.filter(due).order_by("-priority", "run_at")
        if connection.features.has_select_for_update_skip_locked:
            waiting = waiting.select_for_update(skip_locked=True)
        job = waiting.first()
        if job is None:
            return None
        taken = Job.objects.filter(pk=job.pk, attempts=job.attempts, status=job.status)
        if job.attempts >= MAX_ATTEMPTS:  # its workers die over it
            taken.update(status=Job.Status.DEAD, finished_at=at, lease_until=None)
            return None
        job.attempts += 1
        if not taken.update(
            status=Job.Status.RUNNING, owner=owner, attempts=job.attempts, lease_until=at + LEASE, started_at=at
        ):
            return None
    return job


def retry(job: Job, *, at: dt.datetime) -> bool:
    """Give a dead job another life; answers whether it was dead."""
    dead = Job.objects.filter(pk=job.pk, status=Job.Status.DEAD)
    return bool(dead.update(status=Job.Status.READY, attempts=0, run_at=at, finished_at=None))


def _held(pk: uuid.UUID, attempts: int, owner: str) -> QuerySet[Job]:
    """The job, if it is still ours: the fence against a worker that lost its lease."""
    return Job.objects.filter(pk=pk, owner=owner, attempts=attempts, status=Job.Status.RUNNING)


def _fail(job: Job, owner: str, error: str) -> None:
    now = clock.now()
    held = _held(job.pk, job.attempts, owner)
    if job.attempts >= MAX_ATTEMPTS:
        held.update(status=Job.Status.DEAD, finished_at=now, error=error, lease_until=None)
    else:
        wait = dt.timedelta(seconds=2**job.attempts)
        held.update(status=Job.Status.READY, run_at=now + wait, error=error, lease_until=None, owner="")
