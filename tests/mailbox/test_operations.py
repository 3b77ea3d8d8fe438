import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from kis.accounts.models import User
from kis.core import clock
from kis.core.append_only import AppendOnly
from kis.core.files import FileRefused
from kis.mailbox import operations
from kis.mailbox.models import Message, Thread, unread_count
from kis.post.models import OutboxMail
from kis.staffing.actor import Actor
from tests.support import people

pytestmark = pytest.mark.django_db
AT = clock.at(dt.date(2026, 11, 24), 10 * 60)
LATER = AT + dt.timedelta(minutes=5)


@pytest.fixture
def esra() -> Actor:
    return people.actor(people.esra())


@pytest.fixture
def ana() -> Actor:
    return people.actor(people.ana())


def to_ana(esra: Actor, **more: object) -> Thread:
    [thread] = operations.start_threads(
        subject="Je week", body="Wil je dinsdag nakijken?", to=[people.ana().user], by=esra, at=AT, **more
    )
    return thread


def test_each_person_gets_a_thread_of_their_own(esra: Actor, ana: Actor) -> None:
    to = [people.ana().user, people.bram().user]
    threads = operations.start_threads(subject="Kerst", body="Wij zijn dicht.", to=to, by=esra, at=AT)
    assert len(threads) == 2
    assert Thread.objects.visible_to(ana).count() == 1


def test_together_means_one_thread_that_all_of_them_see(esra: Actor, ana: Actor) -> None:
    to = [people.ana().user, people.carla().user]
    [thread] = operations.start_threads(subject="Rooster", body="Zie bijlage", to=to, together=True, by=esra, at=AT)
    for actor in (ana, people.actor(people.carla())):
        assert Thread.objects.visible_to(actor).get() == thread


def test_a_worker_writes_to_the_agency_only(ana: Actor, esra: Actor) -> None:
    [thread] = operations.start_threads(subject="Vraag", body="Klopt dit?", by=ana, at=AT)
    assert Thread.objects.visible_to(esra).get() == thread
    assert not Thread.objects.visible_to(people.actor(people.bram())).exists()
    with pytest.raises(operations.NotTheirs):
        operations.start_threads(subject="Hoi", body="Hoi", to=[people.carla().user], by=ana, at=AT)


def test_a_message_is_unread_until_its_reader_has_looked(esra: Actor, ana: Actor) -> None:
    thread = to_ana(esra)
    assert (unread_count(ana), unread_count(esra)) == (1, 0)
    operations.mark_read(thread, by=ana, at=LATER)
    assert unread_count(ana) == 0
    operations.write(thread, body="Nog iets", by=esra, at=LATER + dt.timedelta(minutes=1))
    assert unread_count(ana) == 1


def test_the_notice_by_mail_never_says_what_the_message_says(esra: Actor) -> None:
    to_ana(esra)
    mail = OutboxMail.objects.get(kind="message_notice")
    assert mail.to == people.ana().user.email
    assert "dinsdag" not in mail.text + mail.html + mail.subject


def test_one_notice_until_the_reader_has_looked(esra: Actor, ana: Actor) -> None:
    thread = to_ana(esra)
    operations.write(thread, body="En woensdag?", by=esra, at=LATER)
    assert OutboxMail.objects.filter(kind="message_notice").count() == 1
    operations.mark_read(thread, by=ana, at=LATER)
    operations.write(thread, body="Dank", by=esra, at=LATER + dt.timedelta(minutes=1))
    assert OutboxMail.objects.filter(kind="message_notice").count() == 2


def notified() -> list[str]:
    """To whom the notices went since the last look, in order."""
    mails = list(OutboxMail.objects.filter(kind="message_notice").order_by("pk").values_list("to", flat=True))
    OutboxMail.objects.all().delete()
    return mails


def test_back_office_hears_of_a_question_until_a_colleague_takes_it_up(ana: Actor, esra: Actor) -> None:
    finn = people.actor(people.finn())
    [thread] = operations.start_threads(subject="Vraag", body="Klopt dit?", by=ana, at=AT)
    assert notified() == ["esra@agency.example"]
    operations.write(thread, body="Ja.", by=finn, at=LATER)
    assert notified() == ["ana@worker.example"], "a colleague is not told what another wrote"
    operations.write(thread, body="Dank", by=ana, at=LATER + dt.timedelta(minutes=1))
    assert notified() == ["finn@agency.example"]
    User.objects.filter(pk=finn.user_id).update(is_active=False)
    operations.write(thread, body="En nu?", by=ana, at=LATER + dt.timedelta(minutes=2))
    assert notified() == ["esra@agency.example"], "who has left hears of nothing"


def test_a_stranger_cannot_write_in_a_thread(esra: Actor) -> None:
    with pytest.raises(operations.NotTheirs):
        operations.write(to_ana(esra), body="Hoi", by=people.actor(people.bram()), at=LATER)


def test_words_are_needed(esra: Actor) -> None:
    with pytest.raises(operations.NothingSaid):
        operations.write(to_ana(esra), body="   ", by=esra, at=LATER)


def test_a_file_of_the_wrong_kind_stops_the_whole_message(esra: Actor) -> None:
    thread = to_ana(esra)
    wrong = SimpleUploadedFile("rooster.pdf", b"<html>geen pdf</html>")
    with pytest.raises(FileRefused):
        operations.write(thread, body="Zie bijlage", uploads=[wrong], by=esra, at=LATER)
    assert thread.messages.count() == 1


def test_too_many_files_are_refused(esra: Actor) -> None:
    files = [SimpleUploadedFile(f"{n}.pdf", b"%PDF-1.7 x") for n in range(6)]
    with pytest.raises(FileRefused):
        operations.write(to_ana(esra), body="Zie bijlagen", uploads=files, by=esra, at=LATER)


def test_what_was_written_stays_as_it_was(esra: Actor) -> None:
    message = to_ana(esra).messages.get()
    message.body = "anders"
    with pytest.raises(AppendOnly):
        message.save()
    with pytest.raises(AppendOnly):
        Message.objects.update(body="anders")
