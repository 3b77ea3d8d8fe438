"""Delivers the outbox over SMTP. A mail whose delivery was confirmed is never sent again."""

from __future__ import annotations

import contextlib
import datetime as dt
import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.db.models import Q, QuerySet

from kis.core import clock
from kis.post.models import OutboxMail
from kis.post.smtp import Server, is_permanent

logger = logging.getLogger(__name__)

State = OutboxMail.State
LEASE = dt.timedelta(minutes=10)  # longer than any conversation: each of its words has a minute at most
WAITS = tuple(dt.timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 360))
BLANK = "…"  # stands in a delivered mail where its secret was
PAUSES = (0, 1, 5, 20)  # seconds between the tries to note a confirmed delivery, should the database be away


def deliver(owner: str, stopping: Callable[[], bool] = lambda: False) -> int:
    """Send what is due, one mail after another, until nothing is or we are to stop; answers how many were tried."""
    tried = 0
    with _server() as server:
        while not stopping() and (mail := _claim(owner, clock.now())):
            _send(mail, server)
            tried += 1
    return tried


def _claim(owner: str, at: dt.datetime) -> OutboxMail | None:
    """Take the next mail under a lease; of two rivals, each gets another one."""
    if not _due(at).exists():
        return None  # without a write lock: an idle worker disturbs nobody
    with transaction.atomic():
        waiting = _due(at).order_by("next_try_at", "pk")
        if connection.features.has_select_for_update_skip_locked:
            waiting = waiting.select_for_update(skip_locked=True)
        mail = waiting.first()
        if mail is None:
            return None
        as_seen = OutboxMail.objects.filter(pk=mail.pk, attempts=mail.attempts, state=mail.state)
        if mail.attempts > len(WAITS):
            as_seen.update(state=State.FAILED, lease_until=None, last_error="every attempt was broken off")
            return None
        mail.state, mail.owner, mail.attempts = State.SENDING, owner, mail.attempts + 1
        taken = as_seen.update(state=mail.state, owner=owner, attempts=mail.attempts, lease_until=at + LEASE)
    return mail if taken else None


def _due(at: dt.datetime) -> QuerySet[OutboxMail]:
    waiting = Q(state=State.WAITING, next_try_at__lte=at)
    lapsed = Q(state=State.SENDING, lease_until__lt=at)
    return OutboxMail.objects.filter(waiting | lapsed, state__in=[State.WAITING, State.SENDING])


def _send(mail: OutboxMail, server: Server) -> None:
    """One mail; its end is written down before anything else is said to anybody."""
    try:
        server.send(mail)
    except Exception as error:  # whatever it is, it is this mail's, and the next one may be well
        logger.warning("mail %s (%s), attempt %s, failed: %r", mail.pk, mail.kind, mail.attempts, error)
        _held(mail).update(**_after_failure(mail, error))
        server.hang_up()
    else:
        _note_sent(mail)


def _note_sent(mail: OutboxMail) -> None:
    """Write down that the server said yes, also when the database is away for a moment: no note, a second mail."""
    sent = {"state": State.SENT, "sent_at": clock.now(), "lease_until": None, "last_error": "", **_without_secret(mail)}
    for pause in PAUSES:
        time.sleep(pause)
        with contextlib.suppress(DatabaseError):
            _held(mail).update(**sent)
            return
        connection.close()
    _held(mail).update(**sent)


def _without_secret(mail: OutboxMail) -> dict[str, Any]:
    """The columns without what only the receiver may know; without a mail server the outbox is the mailbox."""
    if not mail.secret or settings.SMTP is None:
        return {}
    return {"secret": "", **{part: getattr(mail, part).replace(mail.secret, BLANK) for part in ("text", "html")}}


def _held(mail: OutboxMail) -> QuerySet[OutboxMail]:
    """The mail, if this attempt is still the one under way."""
    return OutboxMail.objects.filter(pk=mail.pk, owner=mail.owner, attempts=mail.attempts, state=State.SENDING)


def _after_failure(mail: OutboxMail, error: Exception) -> dict[str, Any]:
    outcome = {"last_error": (str(error) or type(error).__name__)[:500], "lease_until": None}
    if is_permanent(error) or mail.attempts > len(WAITS):
        return {"state": State.FAILED, **outcome}
    return {"state": State.WAITING, "next_try_at": clock.now() + WAITS[mail.attempts - 1], **outcome}


@contextmanager
def _server() -> Iterator[Server]:
    server = Server()
    try:
        yield server
    finally:
        server.hang_up()
