"""Writing and reading messages. A notice by e-mail says that there is one, never what it says."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Collection
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from kis.accounts.models import User
from kis.core import files
from kis.core.once import kept_once, sending_of
from kis.mailbox.models import Attachment, Message, Participant, Reading, Thread
from kis.post.operations import enqueue
from kis.staffing.actor import Actor
from kis.staffing.models import AgencyUser
from kis.staffing.parties import Party

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
    form_id: uuid.UUID | None = None,
    by: Actor,
    at: dt.datetime,
) -> list[Thread]:
    """Start a thread with each of `to`, or one with all of them `together`; others than the agency write to it.

    The same form once more answers the threads that it started. Raises NothingSaid, NotTheirs, FileRefused.
    """
    _require_words(body)
    require_few(uploads)
    allowed = set(people_for(by).filter(pk__in=[user.pk for user in to]).values_list("pk", flat=True))
    if {user.pk for user in to} != allowed or (by.is_agency and not to):
        raise NotTheirs
    groups: list[list[int]] = [sorted(allowed)] if together else [[pk] for pk in sorted(allowed)]
    if not by.is_agency:
        groups = [[_own_id(by)]]
    said = [_own_id(by), subject, body, *map(files.digest_of, uploads)]

    def started(members: list[int]) -> Thread:
        sending = sending_of(form_id, *said, members)
        message: Message = kept_once(
            Message.objects.select_related("thread"), sending,
            lambda: _say(_start(subject, members, by, at), body, uploads, sending, by, at),
        )  # fmt: skip
        return message.thread

    with transaction.atomic():
        return [started(members) for members in groups]


def write(
    thread: Thread,
    *,
    body: str,
    uploads: Collection[UploadedFile[Any]] = (),
    form_id: uuid.UUID | None = None,
    by: Actor,
    at: dt.datetime,
) -> Message:
    """Add a message to a thread, and tell the others that there is one.

    The same form once more answers the message that it brought. Raises NothingSaid, NotTheirs, FileRefused.
    """
    if not Thread.objects.visible_to(by).filter(pk=thread.pk).exists():
        raise NotTheirs
    _require_words(body)
    require_few(uploads)
    sending = sending_of(form_id, _own_id(by), thread.pk, body, *map(files.digest_of, uploads))
    message: Message = kept_once(Message.objects.all(), sending, lambda: _say(thread, body, uploads, sending, by, at))
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


def _require_words(body: str) -> None:
    if not body.strip():
        raise NothingSaid


def _start(subject: str, members: Collection[int], by: Actor, at: dt.datetime) -> Thread:
    thread = Thread(subject=subject.strip(), created_at=at, last_at=at, last_by=by.name)
    thread.full_clean()
    thread.save()
    Participant.objects.bulk_create(Participant(thread=thread, user_id=pk) for pk in members)
    return thread


def _say(
    thread: Thread,
    body: str,
    uploads: Collection[UploadedFile[Any]],
    sending: uuid.UUID | None,
    by: Actor,
    at: dt.datetime,
) -> Message:
    """Keep a message; its row comes first, so that of a second one no file is stored."""
    message = Message.objects.create(
        thread=thread, author_id=_own_id(by), author_name=by.name, party=by.party, body=body.strip(), sending=sending,
        at=at,
    )  # fmt: skip
    for upload in uploads:
        Attachment.objects.create(message=message, file=files.accept(upload, by_id=by.user_id, at=at))
    Thread.objects.filter(pk=thread.pk).update(last_at=at, last_by=by.name)
    mark_read(thread, by=by, at=at)
    _tell_others(thread, message, by)
    return message


def _tell_others(thread: Thread, message: Message, by: Actor) -> None:
    """One notice per reader until the reader has looked: the key names what was last seen."""
    seen = dict(Reading.objects.filter(thread=thread).values_list("user_id", "seen_at"))
    for user in _readers(thread, by).filter(is_active=True).exclude(pk=_own_id(by)).order_by("pk"):
        since = seen.get(user.pk)
        enqueue(
            kind="message_notice", to=user.email, language=user.language,
            context={"name": user.name, "from": by.name, "path": f"/messages/{thread.pk}/"},
            key=f"message:{thread.pk}:{user.pk}:{since.timestamp() if since else 0:.0f}", at=message.at,
        )  # fmt: skip


def _readers(thread: Thread, by: Actor) -> QuerySet[User]:
    """Who hears of a message: all who take part by name.

    The agency takes part as a whole. What others write is for those of it who wrote here before, or else back office.
    """
    named = User.objects.filter(pk__in=thread.participants.values("user"))
    if by.is_agency:
        return named
    wrote = User.objects.filter(
        agency_user__isnull=False, is_active=True, pk__in=thread.messages.filter(party=Party.AGENCY).values("author_id")
    )
    return named | (wrote if wrote.exists() else User.objects.filter(agency_user__role=AgencyUser.Role.BACK_OFFICE))


def _own_id(by: Actor) -> int:
    if by.user_id is None:
        raise NotTheirs
    return by.user_id
