"""The worker process: carries out jobs one after another, and beside them does its chores, such as mail.

Delivery is at least once, so every task is idempotent: a job whose worker was killed is carried out again.
"""

from __future__ import annotations

import functools
import logging
import os
import socket
import threading
import time
import uuid
from collections.abc import Callable, Iterable
from typing import Any

from django.db import close_old_connections, connection
from django.utils.module_loading import import_string
from django_tasks.base import Task, TaskContext
from django_tasks.signals import task_finished, task_started
from django_tasks.utils import normalize_json

from kis.core import clock
from kis.jobs import leases, progress, schedule
from kis.jobs.backend import LeaseBackend, result_of
from kis.jobs.models import Job, WorkerBeat

logger = logging.getLogger(__name__)

BEAT = 5.0  # seconds between two signs of life; the lease lasts four of them
IDLE = 0.5  # seconds to wait when there is nothing to do
LOOK = 5.0  # seconds between two looks at the schedule, which counts in minutes
STUMBLE = 5.0  # seconds to wait when something went wrong that is no job's fault

# Does what there is to do until told to stop: (name of the worker, whether to stop) -> how much was done.
Chore = Callable[[str, Callable[[], bool]], int]


class Worker:
    """One worker. Each chore has a thread of its own: a mail server that hangs keeps no job waiting."""

    def __init__(self, chores: Iterable[Chore] = ()) -> None:
        self.name = f"{socket.gethostname()[:50]}:{os.getpid()}:{uuid.uuid4().hex[:8]}"
        self.stopping = threading.Event()
        self._chores = [functools.partial(chore, self.name, self.stopping.is_set) for chore in chores]
        self._in_hand: Job | None = None
        self._looked = float("-inf")
        self._ended = threading.Event()

    def run(self) -> None:
        """Work until told to stop; what is in hand is finished first."""
        heart = threading.Thread(target=self._beat_on, daemon=True)
        others = [threading.Thread(target=self._repeat, args=[chore], daemon=True) for chore in self._chores]
        for thread in (heart, *others):
            thread.start()
        self._repeat(self.run_once)
        for thread in others:
            thread.join()
        self._ended.set()
        heart.join()

    def run_once(self) -> int:
        """Enqueue what is due and carry out one job; answers how many were carried out."""
        if time.monotonic() - self._looked > LOOK:
            schedule.enqueue_due(clock.now())
            self._looked = time.monotonic()
        job = leases.claim(self.name, clock.now())
        if job is None:
            return 0
        self._in_hand = job
        try:
            carry_out(job)
        finally:
            self._in_hand = None
        return 1

    def beat(self) -> None:
        """Show that we live, and renew the lease of the job in hand."""
        now = clock.now()
        WorkerBeat.objects.update_or_create(pk=self.name, defaults={"at": now})
        if job := self._in_hand:
            leases.renew(job, now)

    def _beat_on(self) -> None:
        """Beat until all work has ended, also while stopping: the last job may take its time."""
        self._try(self.beat)
        while not self._ended.wait(BEAT):
            self._try(self.beat)
        self._try(WorkerBeat.objects.filter(pk=self.name).delete)
        connection.close()

    def _repeat(self, work: Callable[[], int]) -> None:
        while not self.stopping.is_set():
            done = self._try(work)
            if not done:
                self.stopping.wait(STUMBLE if done is None else IDLE)
        connection.close()

    def _try(self, work: Callable[[], Any]) -> Any:
        """The answer of `work`, or None when it went wrong: a worker outlives a database that is away for a while."""
        close_old_connections()
        try:
            return work()
        except Exception:
            logger.exception("the worker stumbled; it goes on")
            return None


def carry_out(job: Job) -> None:
    """Carry out a claimed job and write down its end, unless another worker has taken it over meanwhile."""
    try:
        task: Task[Any, Any] = import_string(job.task)
        task_started.send(LeaseBackend, task_result=result_of(job, task))
        with progress.of(job):
            result = normalize_json(_call(task, job))
    except Exception as error:
        logger.warning("job %s (%s), attempt %s, failed", job.task, job.pk, job.attempts, exc_info=error)
        leases.fail(job, error, clock.now())
        return
    if leases.finish(job, result, clock.now()):
        task_finished.send(LeaseBackend, task_result=result_of(job, task))
    else:
        logger.warning("job %s (%s) was taken over by another worker", job.task, job.pk)


def _call(task: Task[Any, Any], job: Job) -> Any:
    if task.takes_context:
        return task.call(TaskContext(task_result=result_of(job, task)), *job.args, **job.kwargs)
    return task.call(*job.args, **job.kwargs)
