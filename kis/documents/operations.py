"""Sharing, withdrawing and handing out documents."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction

from kis.core import audit, files
from kis.core.once import kept_once, sending_of
from kis.documents.models import Document, DocumentView
from kis.staffing.actor import Actor
from kis.staffing.models import Client, Placement, Worker
from kis.staffing.operations import AgencyOnly


def share(
    upload: UploadedFile[Any],
    *,
    title: str,
    category: str,
    client: Client | None = None,
    worker: Worker | None = None,
    placement: Placement | None = None,
    form_id: uuid.UUID | None = None,
    by: Actor,
    at: dt.datetime,
) -> Document:
    """Share a file with exactly one client, worker or placement.

    The same form once more answers the document that it brought. Raises AgencyOnly, FileRefused, ValidationError.
    """
    if not by.is_agency:
        raise AgencyOnly
    whom = [each and each.pk for each in (client, worker, placement)]
    sending = sending_of(form_id, by.user_id, title, category, whom, files.digest_of(upload))
    document = Document(
        title=title, category=category, client=client, worker=worker, placement=placement, sending=sending,
        shared_by_id=by.user_id, shared_by_name=by.name, shared_at=at,
    )  # fmt: skip
    document.full_clean(exclude={"file", "sending"})
    return kept_once(Document.objects.all(), sending, lambda: _keep(document, upload, by, at))


def withdraw(document: Document, *, by: Actor, at: dt.datetime) -> bool:
    """Take a document back from its readers; the agency keeps it. Answers whether it was still shared."""
    if not by.is_agency:
        raise AgencyOnly
    with transaction.atomic():
        shared = Document.objects.filter(pk=document.pk, withdrawn_at__isnull=True)
        if not shared.update(withdrawn_at=at):
            return False
        _record(document, "withdraw_document", by, at)
    return True


def note_download(document: Document, *, by: Actor, at: dt.datetime) -> None:
    """Write down who took the document."""
    DocumentView.objects.create(document=document, user_id=by.user_id or 0, name=by.name, party=by.party, at=at)


def _keep(document: Document, upload: UploadedFile[Any], by: Actor, at: dt.datetime) -> Document:
    document.file = files.accept(upload, by_id=by.user_id, at=at)
    try:
        document.save()
    except IntegrityError:
        files.discard(document.file)
        raise
    _record(document, "share_document", by, at)
    return document


def _record(document: Document, act: str, by: Actor, at: dt.datetime) -> None:
    audit.record(
        actor_id=by.user_id, actor_name=by.name, party=by.party, act=act,
        subject_type="Document", subject_id=str(document.pk), detail={"title": document.title}, at=at,
    )  # fmt: skip
