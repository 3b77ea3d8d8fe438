"""The messages and documents of the demo."""

from __future__ import annotations

import pytest

from kis.accounts.models import User
from kis.demo import cast
from kis.documents.models import Document
from kis.mailbox.models import Thread
from kis.staffing.actor import Actor, actor_of

pytestmark = pytest.mark.usefixtures("demo")


def test_client_and_worker_have_a_conversation_with_something_new() -> None:
    for email in (cast.CLIENT_LOG_IN, cast.WORKER_LOG_IN):
        threads = Thread.objects.visible_to(_actor(email))
        assert threads.filter(messages__party=_actor(email).party).exists()
        assert Thread.objects.unread_by(_actor(email)).exists()


def test_the_documents_are_readable_and_each_party_sees_its_own() -> None:
    client = Document.objects.visible_to(_actor(cast.CLIENT_LOG_IN))
    worker = Document.objects.visible_to(_actor(cast.WORKER_LOG_IN))
    assert {document.title for document in client} >= {"Veiligheidsinstructie magazijn", "Uitzendbevestiging"}
    assert {document.title for document in worker} == {"Uitzendovereenkomst", "Uitzendbevestiging"}
    for document in Document.objects.select_related("file"):
        with document.file.file.open() as content:
            assert content.read(5) == b"%PDF-"


def _actor(email: str) -> Actor:
    actor = actor_of(User.objects.get(email=email))
    assert actor
    return actor
