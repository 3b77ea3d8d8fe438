import datetime as dt
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction

from kis.core import clock
from kis.core.models import AuditEntry
from kis.core.once import kept_once, sending_of
from kis.documents import operations
from kis.documents.models import Document
from tests.support import people

AT = clock.at(dt.date(2026, 11, 24), 10 * 60)
FORM = uuid.UUID("5b1c4d6e-9e1b-4f6a-8d53-0f4b6a1c2d3e")


def test_a_sending_is_the_same_for_the_same_form_and_words_only() -> None:
    first = sending_of(FORM, 7, "Klopt dit?", ["Inpak", None])
    assert first is not None
    assert sending_of(FORM, 7, "Klopt dit?", ["Inpak", None]) == first
    assert sending_of(FORM, 8, "Klopt dit?", ["Inpak", None]) != first
    assert sending_of(FORM, 7, "Klopt dat?", ["Inpak", None]) != first
    assert sending_of(uuid.uuid4(), 7, "Klopt dit?", ["Inpak", None]) != first


def test_a_form_without_a_number_has_no_sending() -> None:
    assert sending_of(None, 7, "Klopt dit?") is None


@pytest.mark.django_db
def test_what_is_wrong_with_the_row_itself_is_not_taken_for_a_second_sending() -> None:
    def nobody() -> Document:
        row = share(None)
        return Document.objects.create(file=row.file, sending=FORM, shared_by_name="Esra Yilmaz", shared_at=AT)

    with pytest.raises(IntegrityError):
        kept_once(Document.objects.all(), FORM, nobody)


@pytest.mark.django_db
def test_of_two_who_both_saw_nothing_the_first_row_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    """The second looked before the first was there, and hears only from the database that it is."""
    first = share(FORM)
    with monkeypatch.context() as patch, transaction.atomic():
        answers = iter([None, first])
        patch.setattr("kis.core.once._found", lambda rows, sending: next(answers))
        assert share(FORM) == first
    assert Document.objects.get() == first
    assert AuditEntry.objects.filter(act="share_document").count() == 1


def share(form_id: uuid.UUID | None) -> Document:
    pdf = SimpleUploadedFile("Huisregels.pdf", b"%PDF-1.7 huisregels")
    return operations.share(
        pdf, title="Huisregels", category="other", worker=people.ana(), form_id=form_id,
        by=people.actor(people.esra()), at=AT,
    )  # fmt: skip
