"""The outbox: every mail the portal sends, and what became of it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class OutboxMail(models.Model):
    """A mail, written in the transaction of what it speaks of, and delivered by a worker process.

    `key` names the occasion: the same occasion mails once. `message_id` stays the same over all attempts, so that a
    receiver can tell a second copy, should a worker die between the mail server's yes and our note of it.
    """

    class State(models.TextChoices):
        WAITING = "waiting"
        SENDING = "sending"
        SENT = "sent"
        FAILED = "failed"

    kind = models.CharField(max_length=40)
    key = models.CharField(max_length=120, unique=True)
    to = models.EmailField()
    language = models.CharField(max_length=2)
    subject = models.CharField(max_length=250)
    text = models.TextField()
    html = models.TextField(blank=True)
    secret = models.CharField(max_length=100, blank=True)  # what of the text is blanked once it is delivered
    message_id = models.CharField(max_length=150)
    created_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField()
    lease_until = models.DateTimeField(null=True)
    owner = models.CharField(max_length=80, blank=True)
    sent_at = models.DateTimeField(null=True)
    last_error = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state="sent", sent_at__isnull=False) | ~Q(state="sent") & Q(sent_at__isnull=True),
                name="a_mail_is_sent_at_a_moment",
            )
        ]
        indexes = [
            # Whole, not partial: SQLite uses a partial index only for literals, and Django passes parameters.
            models.Index(fields=["state", "next_try_at"], name="mail_to_send"),
            models.Index(fields=["-created_at"], name="mail_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.state}"
