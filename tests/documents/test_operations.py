import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction

from kis.core import clock
from kis.core.files import FileRefused
from kis.core.models import AuditEntry
from kis.documents import operations
from kis.documents.models import Document
from kis.staffing.actor import Actor
from kis.staffing.operations import AgencyOnly
from tests.support import people

pytestmark = pytest.mark.django_db
AT = clock.at(dt.date(2026, 11, 24), 10 * 60)


@pytest.fixture
def esra() -> Actor:
    return people.actor(people.esra())


def share(by: Actor, **whom: object) -> Document:
    pdf = SimpleUploadedFile("Veilig werken.pdf", b"%PDF-1.7 veilig")
    return operations.share(pdf, title="Veilig werken", category="safety", by=by, at=AT, **whom)


def sees(person: people.Person) -> bool:
    return Document.objects.visible_to(people.actor(person)).exists()


def test_a_document_for_a_worker_is_for_that_worker_alone(esra: Actor) -> None:
    share(esra, worker=people.ana())
    assert sees(people.ana())
    assert not sees(people.bram())
    assert not sees(people.carla())


def test_a_document_for_a_client_is_for_all_its_contacts(esra: Actor) -> None:
    share(esra, client=people.bakery())
    assert sees(people.carla())
    assert not sees(people.dirk())
    assert not sees(people.ana())


def test_a_document_for_a_job_is_for_its_two_sides(esra: Actor) -> None:
    share(esra, placement=people.placement(people.ana()))
    assert sees(people.ana())
    assert sees(people.carla())
    assert not sees(people.dirk())


def test_a_withdrawn_document_is_gone_for_its_readers_and_kept_for_the_agency(esra: Actor) -> None:
    document = share(esra, worker=people.ana())
    assert operations.withdraw(document, by=esra, at=AT)
    assert not operations.withdraw(document, by=esra, at=AT)
    assert not sees(people.ana())
    assert Document.objects.visible_to(esra).get() == document
    assert AuditEntry.objects.filter(act="withdraw_document").count() == 1


def test_who_took_it_is_written_down(esra: Actor) -> None:
    document = share(esra, worker=people.ana())
    operations.note_download(document, by=people.actor(people.ana()), at=AT)
    assert [(view.name, view.party) for view in document.views.all()] == [("Ana Kowalska", "worker")]


def test_it_is_shared_with_exactly_one(esra: Actor) -> None:
    with pytest.raises(ValidationError), transaction.atomic():
        share(esra, worker=people.ana(), client=people.bakery())
    document = share(esra, worker=people.ana())
    with pytest.raises(IntegrityError), transaction.atomic():
        Document.objects.filter(pk=document.pk).update(client=people.bakery())


def test_only_the_agency_shares_and_withdraws(esra: Actor) -> None:
    document = share(esra, worker=people.ana())
    for person in (people.ana(), people.carla()):
        with pytest.raises(AgencyOnly):
            share(people.actor(person), worker=people.ana())
        with pytest.raises(AgencyOnly):
            operations.withdraw(document, by=people.actor(person), at=AT)


def test_a_file_that_is_not_what_its_name_says_is_refused(esra: Actor) -> None:
    with pytest.raises(FileRefused):
        operations.share(
            SimpleUploadedFile("a.pdf", b"MZ\x90"), title="x", category="other", worker=people.ana(), by=esra, at=AT
        )
