import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client as Browser

from kis.core.models import StoredFile
from kis.documents.models import Document
from tests.support import people
from tests.support.queries import SameQueries

pytestmark = pytest.mark.django_db


@pytest.fixture
def esra() -> Browser:
    return people.signed_in(people.esra())


def share(browser: Browser, **whom: int) -> Document:
    file = SimpleUploadedFile("Huisregels.pdf", b"%PDF-1.7 huisregels")
    browser.post("/documents/share/", {"title": "Huisregels", "category": "instructions", "file": file, **whom})
    return Document.objects.latest("pk")


def test_what_is_shared_is_listed_downloaded_and_seen(esra: Browser) -> None:
    document = share(esra, worker=people.ana().pk)
    ana = people.signed_in(people.ana())
    before = ana.get("/documents/").content.decode()
    assert "Huisregels" in before
    assert "<strong>1 document</strong> van het uitzendbureau is nieuw." in before
    assert b"".join(ana.get(f"/documents/{document.pk}/").streaming_content) == b"%PDF-1.7 huisregels"
    assert "is nieuw" not in ana.get("/documents/").content.decode(), "once seen it is not new"
    assert "Ana Kowalska" in esra.get(f"/documents/{document.pk}/seen/").content.decode()


def test_others_find_no_such_document(esra: Browser) -> None:
    document = share(esra, worker=people.ana().pk)
    for person in (people.bram(), people.carla()):
        browser = people.signed_in(person)
        assert "Huisregels" not in browser.get("/documents/").content.decode()
        assert browser.get(f"/documents/{document.pk}/").status_code == 404


def test_a_withdrawn_document_is_not_there_any_more(esra: Browser) -> None:
    document = share(esra, client=people.bakery().pk)
    esra.post(f"/documents/{document.pk}/withdraw/")
    assert people.signed_in(people.carla()).get(f"/documents/{document.pk}/").status_code == 404


def test_sharing_with_nobody_or_with_two_is_told_beside_the_field(esra: Browser) -> None:
    file = SimpleUploadedFile("a.pdf", b"%PDF-1.7")
    data = {"title": "x", "category": "other", "file": file, "worker": people.ana().pk, "client": people.bakery().pk}
    assert esra.post("/documents/share/", data).status_code == 422
    assert esra.post("/documents/share/", {"title": "x", "category": "other"}).status_code == 422
    assert not Document.objects.exists()


def test_a_form_that_is_sent_twice_shares_one_document(esra: Browser) -> None:
    number = str(esra.get("/documents/share/").context["form"]["form_id"].value())
    for _ in range(2):
        file = SimpleUploadedFile("a.pdf", b"%PDF-1.7 a")
        sent = {"title": "Huisregels", "category": "other", "file": file, "worker": people.ana().pk, "form_id": number}
        assert esra.post("/documents/share/", sent).headers["Location"] == "/documents/"
    assert Document.objects.count() == StoredFile.objects.count() == 1
    share(esra, worker=people.ana().pk)
    share(esra, worker=people.ana().pk)
    assert Document.objects.count() == 3, "a page without a number works as before"


def test_only_the_agency_shares() -> None:
    assert people.signed_in(people.carla()).get("/documents/share/").status_code == 404


def test_the_list_costs_the_same_for_3_and_for_30(esra: Browser, same_queries: SameQueries) -> None:
    def add(count: int) -> None:
        for _ in range(count):
            share(esra, placement=people.placement(people.ana()).pk)

    assert same_queries(add, lambda: esra.get("/documents/")) <= 12
