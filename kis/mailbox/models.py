"""Threads between the agency and the people it works with."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from kis.core.append_only import AppendOnlyModel
from kis.core.models import StoredFile

if TYPE_CHECKING:
    from kis.staffing.actor import Actor


class ThreadQuerySet(models.QuerySet["Thread"]):
    def visible_to(self, actor: Actor) -> Self:
        """All for the agency; for others the threads they take part in."""
        if actor.is_agency:
            return self
        return self.filter(participants__user=actor.user_id)

    def unread_by(self, actor: Actor) -> Self:
        """Threads with something newer than the actor has seen; what one writes oneself is seen."""
        mine = Reading.objects.filter(thread=OuterRef("pk"), user=actor.user_id, seen_at__gte=OuterRef("last_at"))
        return self.visible_to(actor).filter(~Exists(mine))


class Thread(models.Model):
    """One conversation. The agency takes part as a whole; everybody else by name."""

    subject = models.CharField(max_length=150)
    created_at = models.DateTimeField()
    last_at = models.DateTimeField(db_index=True)
    last_by = models.CharField(max_length=150)

    objects = ThreadQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(last_at__gte=F("created_at")), name="thread_ends_after_it_begins")
        ]

    def __str__(self) -> str:
        return self.subject


class Participant(models.Model):
    """A worker or a client contact who takes part in a thread."""

    thread = models.ForeignKey(Thread, models.CASCADE, related_name="participants")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["thread", "user"], name="participant_once_per_thread")]

    def __str__(self) -> str:
        return f"{self.thread_id}: {self.user_id}"


class Reading(models.Model):
    """Until when somebody has read a thread."""

    thread = models.ForeignKey(Thread, models.CASCADE, related_name="readings")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    seen_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["thread", "user"], name="reading_once_per_thread")]

    def __str__(self) -> str:
        return f"{self.thread_id}: {self.user_id}"


class Message(AppendOnlyModel):
    """What somebody wrote; never changed afterwards."""

    thread = models.ForeignKey(Thread, models.PROTECT, related_name="messages")
    author_id = models.BigIntegerField()
    author_name = models.CharField(max_length=150)
    party = models.CharField(max_length=10)
    body = models.TextField(max_length=5000)
    at = models.DateTimeField()
    sending = models.UUIDField(null=True, unique=True, editable=False)  # with which form it came (kis.core.once)

    class Meta:
        ordering = ["at", "pk"]
        constraints = [models.CheckConstraint(condition=~Q(body=""), name="message_says_something")]

    def __str__(self) -> str:
        return f"{self.thread_id}: {self.author_name}"


class Attachment(AppendOnlyModel):
    """A file sent with a message."""

    message = models.ForeignKey(Message, models.PROTECT, related_name="attachments")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return str(self.file)


def unread_count(actor: Actor) -> int:
    """How many threads hold something the actor has not seen."""
    return Thread.objects.unread_by(actor).count()
