"""Delivers the outbox over SMTP. A mail whose delivery was confirmed is never sent again."""

from __future__ import annotations

import datetime as dt
import logging
import smtplib
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import connection, transaction
from django.db.models import Q

from kis.core import clock
from kis.post.models import OutboxMail

logger = logging.getLogger(__name__)

BATCH = 20
LEASE = dt.timedelta(minutes=2)
TIMEOUT = 20  # seconds for each word of the mail server
WAITS = tuple(dt.timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 360))


def deliver(owner: str) -> int:
    """Send what is due, one batch; answers how many mails were handled."""
    mails = _claim(owner, clock.now())
    if not mails:
        return 0
    server = _server()
    try:
        for mail in mails:
            _send(mail, owner, server)
    finally:
        if server:
            server.close()
    return len(mails)


def _claim(owner: str, at: dt.datetime) -> list[OutboxMail]:
    """Take a batch under a lease; rivals get other mails, or none."""
    due = Q(state=OutboxMail.State.WAITING, next_try_at__lte=at) | Q(state=OutboxMail.State.SENDING, lease_until__lt=at)
    if not OutboxMail.objects.filter(due).exists():
        return []
    claimed = []
    with transaction.atomic():
        waiting = OutboxMail.objects.filter(due).order_by("next_try_at", "pk")
        if connection.features.has_select_for_update_skip_locked:
            waiting = waiting.select_for_update(skip_locked=True)
        for mail in waiting[:BATCH]:
            mail.attempts += 1
            taken = OutboxMail.objects.filter(pk=mail.pk, attempts=mail.attempts - 1, state=mail.state)
            if taken.update(
                state=OutboxMail.State.SENDING, owner=owner, attempts=mail.attempts, lease_until=at + LEASE
            ):
                claimed.append(mail)
    return claimed


def _send(mail: OutboxMail, owner: str, server: BaseEmailBackend | None) -> None:
    """One mail, one conversation; its end is written down before the next begins."""
    held = OutboxMail.objects.filter(pk=mail.pk, owner=owner, attempts=mail.attempts, state=OutboxMail.State.SENDING)
    if not held.update(lease_until=clock.now() + LEASE):
        return  # the lease lapsed while others were being sent: it is somebody else's now
    try:
        if server:
            server.send_messages([_message(mail)])
    except (smtplib.SMTPException, OSError) as error:
        logger.warning("mail %s (%s): %s", mail.pk, mail.kind, type(error).__name__)
        held.update(**_after_failure(mail, error))
        if server:
            server.close()  # a conversation that went wrong is not gone on with
    else:
        held.update(state=OutboxMail.State.SENT, sent_at=clock.now(), lease_until=None, last_error="")


def _after_failure(mail: OutboxMail, error: Exception) -> dict[str, Any]:
    words = str(error)[:500] or type(error).__name__
    if _is_permanent(error) or mail.attempts > len(WAITS):
        return {"state": OutboxMail.State.FAILED, "last_error": words, "lease_until": None}
    return {
        "state": OutboxMail.State.WAITING,
        "last_error": words,
        "lease_until": None,
        "next_try_at": clock.now() + WAITS[mail.attempts - 1],
    }


def _is_permanent(error: Exception) -> bool:
    """A 5xx answer about this mail: the server will not say otherwise later."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return all(code >= 500 for code, _ in error.recipients.values())
    return isinstance(error, smtplib.SMTPSenderRefused | smtplib.SMTPDataError) and error.smtp_code >= 500


def _server() -> BaseEmailBackend | None:
    """The mail server of the settings; without one, the outbox itself is the mailbox (the demo)."""
    if settings.SMTP is None:
        return None
    return get_connection("django.core.mail.backends.smtp.EmailBackend", timeout=TIMEOUT, **settings.SMTP)


def _message(mail: OutboxMail) -> EmailMultiAlternatives:
    message = EmailMultiAlternatives(
        subject=mail.subject, body=mail.text, to=[mail.to],
        headers={"Message-ID": mail.message_id, "Auto-Submitted": "auto-generated"},
    )  # fmt: skip
    if mail.html:
        message.attach_alternative(mail.html, "text/html")
    return message
