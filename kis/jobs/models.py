"""Jobs waiting, in hand and done, and the sign of life of the worker processes."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q


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
    owner = models.CharField(max_length=80, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    enqueued_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    result = models.JSONField(null=True)
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
        indexes = [
            models.Index(F("priority").desc(), "run_at", condition=Q(status__in=["ready", "running"]), name="job_to_do")
        ]

    def __str__(self) -> str:
        return f"{self.task} {self.status}"


class WorkerBeat(models.Model):
    """The last sign of life of a worker process."""

    name = models.CharField(max_length=80, primary_key=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name
