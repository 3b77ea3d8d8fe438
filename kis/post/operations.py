"""Putting a mail in the outbox, and giving a failed one another try."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping
from email.utils import parseaddr
from typing import Any

from django.conf import settings
from django.template.exceptions import TemplateDoesNotExist
from django.template.loader import get_template
from django.utils import translation

from kis.post.models import OutboxMail


def enqueue(
    *, kind: str, to: str, language: str, context: Mapping[str, Any], key: str, at: dt.datetime
) -> OutboxMail | None:
    """Put one mail in the outbox, in the caller's transaction; None when `key` was mailed before.

    The templates `post/<kind>.subject.txt`, `.txt` and (if there is one) `.html` are rendered now, in the reader's
    language. They also see `base_url`.
    """
    values = {"base_url": settings.BASE_URL, "language": language, **context}
    with translation.override(language):
        subject = " ".join(_render(f"post/{kind}.subject.txt", values).split())
        text = _render(f"post/{kind}.txt", values).strip() + "\n"
        html = _render(f"post/{kind}.html", values, optional=True)
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"
    mail = OutboxMail(
        kind=kind, key=key, to=to, language=language, subject=subject[:250], text=text, html=html,
        message_id=f"<{uuid.uuid4()}@{domain}>", created_at=at, next_try_at=at,
    )  # fmt: skip
    if OutboxMail.objects.filter(key=key).exists():
        return None
    OutboxMail.objects.bulk_create([mail], ignore_conflicts=True)  # of two at once, one stays
    return OutboxMail.objects.filter(key=key, message_id=mail.message_id).first()


def retry(mail: OutboxMail, *, at: dt.datetime) -> bool:
    """Let a failed mail be tried again; answers whether it had failed."""
    failed = OutboxMail.objects.filter(pk=mail.pk, state=OutboxMail.State.FAILED)
    return bool(failed.update(state=OutboxMail.State.WAITING, attempts=0, next_try_at=at, last_error=""))


def _render(name: str, values: Mapping[str, Any], *, optional: bool = False) -> str:
    try:
        return get_template(name).render(dict(values))
    except TemplateDoesNotExist:
        if optional:
            return ""
        raise
