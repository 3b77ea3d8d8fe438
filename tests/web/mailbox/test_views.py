import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client as Browser

from kis.core.models import StoredFile
from kis.mailbox.models import Attachment, Message, Thread
from kis.mailbox.operations import MAX_ATTACHMENTS
from kis.post.models import OutboxMail
from tests.support import people
from tests.support.queries import SameQueries

pytestmark = pytest.mark.django_db
NEW = {"subject": "Vraag over week 48", "body": "Klopt mijn pauze?"}


def form_id(browser: Browser, address: str) -> str:
    """The number that the page gave its form."""
    return str(browser.get(address).context["form"]["form_id"].value())


def bill() -> SimpleUploadedFile:
    return SimpleUploadedFile("bon.pdf", b"%PDF-1.7 bon")


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


def test_a_form_that_is_sent_twice_starts_one_thread_and_shows_it_twice() -> None:
    ana = people.signed_in(people.ana())
    sent = {**NEW, "form_id": form_id(ana, "/messages/new/")}
    answers = [ana.post("/messages/new/", {**sent, "uploads": bill()}) for _ in range(2)]
    thread = Thread.objects.get()
    assert [answer.headers["Location"] for answer in answers] == [f"/messages/{thread.pk}/"] * 2
    assert (Message.objects.count(), Attachment.objects.count()) == (1, 1)


def test_a_form_to_several_people_that_is_sent_twice_starts_one_thread_with_each() -> None:
    esra = people.signed_in(people.esra())
    to = [people.ana().user_id, people.carla().user_id]
    sent = {**NEW, "to": to, "form_id": form_id(esra, "/messages/new/")}
    for _ in range(2):
        assert esra.post("/messages/new/", sent).headers["Location"] == "/messages/"
    assert Thread.objects.count() == 2
    assert OutboxMail.objects.filter(kind="message_notice").count() == 2
    esra.post("/messages/new/", {**sent, "to": [*to, people.bram().user_id]})
    assert Thread.objects.count() == 3, "who was forgotten gets the message, the others not again"


def test_an_answer_that_is_sent_twice_is_kept_once() -> None:
    address = f"/messages/{written_by_ana().pk}/"
    esra = people.signed_in(people.esra())
    sent = {"body": "Ja, die klopt.", "form_id": form_id(esra, address)}
    for _ in range(2):
        assert esra.post(address, {**sent, "uploads": bill()}).headers["Location"] == address
    assert Message.objects.filter(body="Ja, die klopt.").count() == 1
    assert Attachment.objects.count() == StoredFile.objects.count() == 1
    assert OutboxMail.objects.filter(kind="message_notice", to=people.ana().user.email).count() == 1


def test_other_words_in_the_same_form_are_another_message() -> None:
    """Back, and something else in the same page: nothing that was written is lost."""
    address = f"/messages/{written_by_ana().pk}/"
    esra = people.signed_in(people.esra())
    number = form_id(esra, address)
    for body in ("Ja, die klopt.", "En je reistijd ook."):
        esra.post(address, {"body": body, "form_id": number})
    assert Message.objects.count() == 3


def test_the_same_words_from_a_page_without_a_number_or_of_somebody_else_are_kept() -> None:
    thread = written_by_ana()
    address = f"/messages/{thread.pk}/"
    esra, finn = people.signed_in(people.esra()), people.signed_in(people.finn())
    number = form_id(esra, address)
    for browser, sent in ((esra, {}), (esra, {}), (esra, {"form_id": number}), (finn, {"form_id": number})):
        browser.post(address, {"body": "Ja.", **sent})
    assert thread.messages.filter(body="Ja.").count() == 4


def test_a_form_with_a_mistake_is_shown_again_with_its_number() -> None:
    ana = people.signed_in(people.ana())
    number = form_id(ana, "/messages/new/")
    assert number in ana.post("/messages/new/", {**NEW, "body": "", "form_id": number}).content.decode()


def test_the_inbox_costs_the_same_for_3_and_for_30(same_queries: SameQueries) -> None:
    ana = people.signed_in(people.ana())

    def add(count: int) -> None:
        for _ in range(count):
            ana.post("/messages/new/", NEW)

    esra = people.signed_in(people.esra())
    assert same_queries(add, lambda: esra.get("/messages/")) <= 14
