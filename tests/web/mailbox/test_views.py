import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from kis.mailbox.models import Attachment, Message, Thread
from kis.mailbox.operations import MAX_ATTACHMENTS
from tests.support import people
from tests.support.queries import SameQueries

pytestmark = pytest.mark.django_db
NEW = {"subject": "Vraag over week 48", "body": "Klopt mijn pauze?"}


def written_by_ana(**more: object) -> Thread:
    people.signed_in(people.ana()).post("/messages/new/", {**NEW, **more})
    return Thread.objects.latest("pk")


def test_a_worker_writes_and_the_agency_reads_and_answers() -> None:
    thread = written_by_ana()
    esra = people.signed_in(people.esra())
    assert "Vraag over week 48" in esra.get("/messages/").content.decode()
    esra.post(f"/messages/{thread.pk}/", {"body": "Ja, die klopt."})
    assert "Ja, die klopt." in people.signed_in(people.ana()).get(f"/messages/{thread.pk}/").content.decode()


def test_unread_stands_out_until_it_is_read() -> None:
    thread = written_by_ana()
    esra = people.signed_in(people.esra())
    before = esra.get("/messages/").content.decode()
    assert "1 gesprek heeft een nieuw bericht." in before
    assert "nieuw" in before.split("<table")[1]
    esra.get(f"/messages/{thread.pk}/")
    after = esra.get("/messages/").content.decode()
    assert "Er zijn geen nieuwe berichten." in after
    assert "nieuw" not in after.split("<table")[1].lower()


def test_the_agency_chooses_to_whom() -> None:
    esra = people.signed_in(people.esra())
    assert esra.post("/messages/new/", NEW).status_code == 422
    esra.post("/messages/new/", {**NEW, "to": [people.ana().user_id, people.carla().user_id]})
    assert Thread.objects.count() == 2


def test_a_stranger_finds_no_such_thread() -> None:
    thread = written_by_ana()
    bram = people.signed_in(people.bram())
    assert bram.get(f"/messages/{thread.pk}/").status_code == 404
    assert bram.post(f"/messages/{thread.pk}/", {"body": "Hoi"}).status_code == 404


def test_a_file_goes_along_and_is_only_for_those_who_take_part() -> None:
    thread = written_by_ana(uploads=SimpleUploadedFile("bon.pdf", b"%PDF-1.7 bon"))
    address = f"/messages/{thread.pk}/files/{Attachment.objects.get().pk}/"
    answer = people.signed_in(people.esra()).get(address)
    assert b"".join(answer.streaming_content) == b"%PDF-1.7 bon"
    assert answer["Content-Disposition"] == 'attachment; filename="bon.pdf"'
    assert people.signed_in(people.bram()).get(address).status_code == 404


def test_a_file_of_the_wrong_kind_is_told_beside_the_field_and_the_words_are_kept() -> None:
    ana = people.signed_in(people.ana())
    answer = ana.post("/messages/new/", {**NEW, "uploads": SimpleUploadedFile("virus.exe", b"MZ")})
    assert answer.status_code == 422
    assert "Klopt mijn pauze?" in answer.content.decode()


@pytest.mark.parametrize("answers", [False, True])
def test_more_files_than_go_with_one_message_are_told_beside_the_field_and_the_words_are_kept(answers: bool) -> None:
    address = f"/messages/{written_by_ana().pk}/" if answers else "/messages/new/"
    before = Message.objects.count()
    bills = [SimpleUploadedFile(f"bon{n}.pdf", b"%PDF-1.7 bon") for n in range(MAX_ATTACHMENTS + 1)]
    answer = people.signed_in(people.ana()).post(address, {**NEW, "uploads": bills})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "hoogstens 5 bestanden tegelijk" in page
    assert f">\n{NEW['body']}</textarea>" in page
    assert Message.objects.count() == before


def test_the_inbox_costs_the_same_for_3_and_for_30(same_queries: SameQueries) -> None:
    ana = people.signed_in(people.ana())

    def add(count: int) -> None:
        for _ in range(count):
            ana.post("/messages/new/", NEW)

    esra = people.signed_in(people.esra())
    assert same_queries(add, lambda: esra.get("/messages/")) <= 14
