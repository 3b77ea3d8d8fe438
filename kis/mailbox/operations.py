"""Writing and reading messages. A notice by e-mail says that there is one, never what it says."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from kis.accounts.models import User
from kis.core import files
from kis.mailbox.models import Attachment, Message, Participant, Reading, Thread
from kis.post.operations import enqueue
from kis.staffing.actor import Actor

MAX_ATTACHMENTS = 5


class NotTheirs(Exception):
    """Somebody writes in a thread they do not take part in, or to people they may not write to."""


class NothingSaid(ValueError):
    """A message without words."""


def people_for(actor: Actor) -> QuerySet[User]:
    """To whom the actor may start a thread: the agency to all, the others only to the agency itself."""
    if not actor.is_agency:
        return User.objects.none()
    return User.objects.filter(is_active=True, agency_user__isnull=True).order_by("name", "pk")


def start_threads(
    *,
    subject: str,
    body: str,
    to: Collection[User] = (),
    together: bool = False,
    uploads: Collection[UploadedFile[Any]] = (),
    by: Actor,
    at: dt.datetime,
) -> list[Thread]:
    """Start a thread with each of `to`, or one with all of them `together`; others than the agency write to it.

    Raises NothingSaid, NotTheirs, FileRefused.
    """
    allowed = set(people_for(by).filter(pk__in=[user.pk for user in to]).values_list("pk", flat=True))
    if {user.pk for user in to} != allowed or (by.is_agency and not to):
        raise NotTheirs
    groups: list[list[int]] = [sorted(allowed)] if together else [[pk] for pk in sorted(allowed)]
    if not by.is_agency:
        groups = [[_own_id(by)]]
    with transaction.atomic():
        return [_start(subject, body, members, uploads, by, at) for members in groups]


def write(
    thread: Thread, *, body: str, uploads: Collection[UploadedFile[Any]] = (), by: Actor, at: dt.datetime
) -> Message:
    """Add a message to a thread, and tell the others that there is one. Raises NothingSaid, NotTheirs, FileRefused."""
    if not Thread.objects.visible_to(by).filter(pk=thread.pk).exists():
        raise NotTheirs
    if not body.strip():
        raise NothingSaid
    require_few(uploads)
    with transaction.atomic():
        message = Message.objects.create(
            thread=thread, author_id=_own_id(by), author_name=by.name, party=by.party, body=body.strip(), at=at
        )
        for upload in uploads:
            Attachment.objects.create(message=message, file=files.accept(upload, by_id=by.user_id, at=at))
        Thread.objects.filter(pk=thread.pk).update(last_at=at, last_by=by.name)
        mark_read(thread, by=by, at=at)
        _tell_others(thread, message, by)
    return message


def require_few(uploads: Collection[UploadedFile[Any]]) -> None:
    """Raise FileRefused when more files are sent than go with one message."""
    if len(uploads) > MAX_ATTACHMENTS:
        raise files.FileRefused(_("At most %(n)s files can be sent at once.") % {"n": MAX_ATTACHMENTS})


def mark_read(thread: Thread, *, by: Actor, at: dt.datetime) -> None:
    """Note that the actor has seen everything in the thread until now."""
    reading = Reading(thread=thread, user_id=_own_id(by), seen_at=at)
    Reading.objects.bulk_create(
        [reading], update_conflicts=True, unique_fields=["thread", "user"], update_fields=["seen_at"]
    )


def _start(
    subject: str, body: str, members: Iterable[int], uploads: Collection[UploadedFile[Any]], by: Actor, at: dt.datetime
) -> Thread:
    thread = Thread(subject=subject.strip(), created_at=at, last_at=at, last_by=by.name)
    thread.full_clean()
    thread.save()
    Participant.objects.bulk_create(Participant(thread=thread, user_id=pk) for pk in members)
    write(thread, body=body, uploads=uploads, by=by, at=at)
    return thread


def _tell_others(thread: Thread, message: Message, by: Actor) -> None:
    """One notice per reader until the reader has looked: the key names what was last seen."""
    seen = dict(Reading.objects.filter(thread=thread).values_list("user_id", "seen_at"))
    others = User.objects.filter(pk__in=thread.participants.values("user"), is_active=True).exclude(pk=_own_id(by))
    for user in others:
        since = seen.get(user.pk)
        enqueue(
            kind="message_notice", to=user.email, language=user.language,
            context={"name": user.name, "from": by.name, "path": f"/messages/{thread.pk}/"},
            key=f"message:{thread.pk}:{user.pk}:{since.timestamp() if since else 0:.0f}", at=message.at,
        )  # fmt: skip


def _own_id(by: Actor) -> int:
    if by.user_id is None:
        raise NotTheirs
    return by.user_id
