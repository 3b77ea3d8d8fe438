"""The audit log and stored files: what every other package leans on."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q

from kis.core.append_only import AppendOnlyModel


class AuditEntry(AppendOnlyModel):
    """Who did what to which thing. Without foreign keys: the log outlives what it speaks of."""

    at = models.DateTimeField(db_index=True)
    actor_id = models.BigIntegerField(null=True)
    actor_name = models.CharField(max_length=150)
    party = models.CharField(max_length=10)
    act = models.CharField(max_length=40)
    subject_type = models.CharField(max_length=40)
    subject_id = models.CharField(max_length=40)
    detail = models.JSONField(default=dict)

    class Meta:
        indexes = [models.Index(fields=["subject_type", "subject_id"], name="audit_subject")]
        constraints = [models.CheckConstraint(condition=~Q(actor_name=""), name="audit_entry_has_an_actor")]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.actor_name} {self.act} {self.subject_type} {self.subject_id}"


class StoredFile(models.Model):
    """A file, uploaded or made, kept privately under a name of our own; who may download it is its owner's business."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=120)
    content_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    file = models.FileField(upload_to="stored/")
    uploaded_by_id = models.BigIntegerField(null=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name
