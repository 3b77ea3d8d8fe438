"""Jobs waiting, in hand and done, and the sign of life of the worker processes."""

from __future__ import annotations

import dataclasses
import uuid

from django.db import models
from django.db.models import Q


@dataclasses.dataclass(frozen=True, slots=True)
class Progress:
    """How far a job is: `done` of `total` things; a `total` of 0 means that nobody has said so yet."""

    done: int
    total: int
    note: str

    @property
    def percent(self) -> int:
        return min(100, 100 * self.done // self.total) if self.total else 0


class Job(models.Model):
    """One call of a task, kept until well after it is done.

    `owner` holds it until `lease_until`; a job whose lease has lapsed is anybody's. `attempts` fences a worker off
    that lost its lease: only the attempt that is under way may finish the job.
    """

    class Status(models.TextChoices):
        READY = "ready"
        RUNNING = "running"
        DONE = "done"
        DEAD = "dead"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    task = models.CharField(max_length=200)
    args = models.JSONField(default=list)
    kwargs = models.JSONField(default=dict)
    key = models.CharField(max_length=120, unique=True, null=True)  # for what must be enqueued once
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.READY)
    priority = models.SmallIntegerField(default=0)
    run_at = models.DateTimeField()
    lease_until = models.DateTimeField(null=True)
    owner = models.CharField(max_length=80, blank=True)  # the last one, when it is not running
    attempts = models.PositiveSmallIntegerField(default=0)
    enqueued_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)  # the last attempt
    finished_at = models.DateTimeField(null=True)
    result = models.JSONField(null=True)
    error_class = models.CharField(max_length=200, blank=True)
    error = models.TextField(blank=True)
    progress_done = models.PositiveIntegerField(default=0)
    progress_total = models.PositiveIntegerField(default=0)
    progress_note = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(status="running") | Q(lease_until__isnull=False) & ~Q(owner=""),
                name="a_running_job_has_an_owner_and_a_lease",
            )
        ]
        # Whole, not partial: SQLite uses a partial index only for literals, and Django passes parameters.
        indexes = [models.Index(fields=["status", "-priority", "run_at"], name="job_to_do")]

    def __str__(self) -> str:
        return f"{self.task} {self.status}"

    @property
    def progress(self) -> Progress:
        return Progress(self.progress_done, self.progress_total, self.progress_note)


class WorkerBeat(models.Model):
    """The last sign of life of a worker process."""

    name = models.CharField(max_length=80, primary_key=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name
