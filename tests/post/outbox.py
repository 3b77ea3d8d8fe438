"""Mails in the outbox, ready to go."""

import datetime as dt

from kis.core import clock
from kis.post import operations
from kis.post.models import OutboxMail


def put(
    key: str = "1", *, kind: str = "sample", to: str = "ana@demo.example", at: dt.datetime | None = None
) -> OutboxMail:
    context = {"name": "Ana Kowalska", "client": "Bakkerij De Groot", "path": "/worker/"}
    mail = operations.enqueue(kind=kind, to=to, language="nl", context=context, key=key, at=at or clock.now())
    assert mail
    return mail


def now_of(mail: OutboxMail) -> OutboxMail:
    """The mail as it stands by now."""
    return OutboxMail.objects.get(pk=mail.pk)


def is_sent(mail: OutboxMail) -> bool:
    return now_of(mail).state == OutboxMail.State.SENT
