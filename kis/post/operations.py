"""Putting a mail in the outbox, and giving a failed one another try."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping
from email.utils import parseaddr
from typing import Any, Protocol

from django.conf import settings
from django.db import transaction
from django.template import Context, Engine, TemplateDoesNotExist
from django.utils import translation
from django.utils.module_loading import import_string

from kis.core import audit
from kis.post.models import OutboxMail


class Doer(Protocol):
    """Whoever acts, as the audit log names them; an Actor of `kis.staffing` is one."""

    @property
    def user_id(self) -> int | None: ...
    @property
    def name(self) -> str: ...
    @property
    def party(self) -> str: ...


def enqueue(
    *, kind: str, to: str, language: str, context: Mapping[str, Any], key: str, at: dt.datetime, secret: str = ""
) -> OutboxMail | None:
    """Put one mail in the outbox, in the caller's transaction; None when `key` was mailed before.

    The templates `post/<kind>.subject.txt`, `.txt` and (if there is one) `.html` are rendered now, in the reader's
    language; only `.html` escapes. Beside `context` they see `base_url`, `language` and `letterhead`. A `secret` among
    it, such as the token of a one-time link, does not stay in the outbox once the mail is delivered.
    Raises ValidationError for an address, key or kind that does not fit.
    """
    if OutboxMail.objects.filter(key=key).exists():
        return None
    subject, text, html = _write(kind, language, context)
    mail = OutboxMail(
        kind=kind, key=key, to=to, language=language, subject=subject[:250], text=text, html=html, secret=secret,
        message_id=_message_id(), created_at=at, next_try_at=at,
    )  # fmt: skip
    mail.clean_fields(exclude={"lease_until", "sent_at"})
    OutboxMail.objects.bulk_create([mail], ignore_conflicts=True)  # of two at once, one stays
    return OutboxMail.objects.filter(key=key, message_id=mail.message_id).first()


def retry(mail: OutboxMail, *, by: Doer, at: dt.datetime) -> bool:
    """Let a failed mail be tried again; answers whether it had failed."""
    with transaction.atomic():
        failed = OutboxMail.objects.filter(pk=mail.pk, state=OutboxMail.State.FAILED)
        if not failed.update(state=OutboxMail.State.WAITING, attempts=0, next_try_at=at, last_error=""):
            return False
        audit.record(
            actor_id=by.user_id, actor_name=by.name, party=by.party, act="retry_mail",
            subject_type="outbox_mail", subject_id=str(mail.pk), detail={"kind": mail.kind}, at=at,
        )  # fmt: skip
    return True


def _write(kind: str, language: str, context: Mapping[str, Any]) -> tuple[str, str, str]:
    """Subject, text and HTML in the reader's language."""
    letterhead = import_string(settings.MAIL_LETTERHEAD)()
    values = {"base_url": settings.BASE_URL, "language": language, "letterhead": letterhead, **context}
    with translation.override(language):
        subject = " ".join(_render(f"post/{kind}.subject.txt", values).split())
        text = _render(f"post/{kind}.txt", values).strip() + "\n"
        try:
            html = _render(f"post/{kind}.html", values)
        except TemplateDoesNotExist:
            html = ""
    return subject, text, html


def _render(name: str, values: Mapping[str, Any]) -> str:
    template = Engine.get_default().get_template(name)
    return template.render(Context(dict(values), autoescape=name.endswith(".html")))


def _message_id() -> str:
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"
    return f"<{uuid.uuid4()}@{domain}>"
