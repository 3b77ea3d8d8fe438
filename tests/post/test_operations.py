"""Putting a mail in the outbox: once per occasion, in the reader's language, with the transaction around it."""

import datetime as dt
import threading

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.template import TemplateDoesNotExist
from pytest_django import Settings

from kis.core import clock
from kis.core.models import AuditEntry
from kis.post import operations
from kis.post.models import OutboxMail
from kis.staffing.actor import SYSTEM
from kis.staffing.models import AgencySettings

pytestmark = pytest.mark.django_db
NOON = dt.datetime(2026, 11, 30, 11, tzinfo=dt.UTC)
BAKERY = "Bakkerij <De Groot> & zn. 'het broodje'"


def put(key: str = "sample:1", **changes: object) -> OutboxMail | None:
    values = {"kind": "sample", "to": "ana@demo.example", "language": "nl", "at": NOON, "key": key}
    context = {"name": "Ana Kowalska", "client": BAKERY, "path": "/worker/"}
    return operations.enqueue(**{**values, "context": context, **changes})  # type: ignore[arg-type]  # as each test wants


def put_one(**changes: object) -> OutboxMail:
    assert put(**changes)  # type: ignore[arg-type]  # as each test wants
    return OutboxMail.objects.get()


def test_a_mail_waits_in_the_outbox_complete() -> None:
    mail = put_one()
    assert (mail.kind, mail.to, mail.language, mail.key) == ("sample", "ana@demo.example", "nl", "sample:1")
    assert (mail.state, mail.attempts, mail.created_at, mail.next_try_at) == ("waiting", 0, NOON, NOON)
    assert mail.message_id.endswith("@localhost>")


def test_the_same_occasion_mails_once() -> None:
    first = put_one()
    assert put(to="carla@demo.example") is None
    assert OutboxMail.objects.get() == first


def test_a_mail_goes_back_with_the_transaction_around_it() -> None:
    with transaction.atomic():
        assert put()
        transaction.set_rollback(True)
    assert not OutboxMail.objects.exists()


@pytest.mark.parametrize(
    ("language", "subject", "greeting"),
    [
        ("nl", "Kies een nieuw wachtwoord", "Beste Ana Kowalska,"),
        ("en", "Choose a new password", "Hello Ana Kowalska,"),
    ],
)
def test_it_is_written_in_the_readers_language(language: str, subject: str, greeting: str) -> None:
    mail = put_one(language=language)
    assert mail.subject.startswith(subject)
    assert greeting in mail.text
    assert greeting in mail.html
    assert f'<html lang="{language}">' in mail.html


def test_words_are_escaped_in_html_and_only_there() -> None:
    mail = put_one()
    assert mail.subject == f"Kies een nieuw wachtwoord: {BAKERY}"
    assert f"{BAKERY} <http://localhost:8000/worker/>" in mail.text
    assert "<De Groot>" not in mail.html
    assert "Bakkerij &lt;De Groot&gt; &amp; zn. &#x27;het broodje&#x27;" in mail.html


def test_a_subject_is_one_line_that_fits() -> None:
    mail = put_one(context={"client": "De\r\nBcc: everybody@demo.example " + "x" * 300, "path": "/"})
    assert "\n" not in mail.subject
    assert "\r" not in mail.subject
    assert len(mail.subject) == 250


def test_a_mail_may_have_no_html() -> None:
    mail = put_one(kind="plain")
    assert (mail.subject, mail.text, mail.html) == ("Only words", "Only words.\n", "")


def test_a_kind_without_words_is_an_error_in_our_own_code() -> None:
    with pytest.raises(TemplateDoesNotExist):
        put(kind="unheard-of")


def test_the_foot_names_the_agency_and_its_helpdesk() -> None:
    AgencySettings.objects.create(pk=1, name="Waal Uitzendbureau", helpdesk_phone="088-1234567")
    mail = put_one()
    for body in (mail.text, mail.html):
        assert "Waal Uitzendbureau" in body
        assert "Vragen? Bel de helpdesk: 088-1234567" in body


def test_the_foot_falls_back_on_the_helpdesks_address() -> None:
    AgencySettings.objects.create(pk=1, name="Waal Uitzendbureau", helpdesk_email="help@demo.example")
    assert "Vragen? Mail de helpdesk: help@demo.example" in put_one().text


def test_links_begin_with_the_portals_address(settings: Settings) -> None:
    settings.BASE_URL = "https://uren.demo.example"
    assert "https://uren.demo.example/worker/" in put_one().html


def test_html_needs_nothing_from_elsewhere() -> None:
    html = put_one().html
    assert not any(word in html for word in ("<script", "<link", "<img", "@import", "url("))


@pytest.mark.parametrize("wrong", [{"to": "no address"}, {"to": ""}, {"key": "k" * 121}, {"language": "nld"}])
def test_what_does_not_fit_is_refused_on_every_database(wrong: dict[str, str]) -> None:
    with pytest.raises(ValidationError) as refused:
        put(**wrong)
    assert set(refused.value.message_dict) == set(wrong)
    assert not OutboxMail.objects.exists()


def test_a_failed_mail_is_tried_again_and_the_log_says_who_wanted_it() -> None:
    mail = put_one()
    OutboxMail.objects.update(state="failed", attempts=6, last_error="550 no such user")
    assert operations.retry(mail, by=SYSTEM, at=clock.now())
    again = OutboxMail.objects.get()
    assert (again.state, again.attempts, again.last_error) == ("waiting", 0, "")
    assert again.message_id == mail.message_id
    entry = AuditEntry.objects.get()
    assert (entry.act, entry.subject_id, entry.detail) == ("retry_mail", str(mail.pk), {"kind": "sample"})


@pytest.mark.parametrize("state", ["waiting", "sending", "sent"])
def test_a_mail_that_has_not_failed_is_left_alone(state: str) -> None:
    mail = put_one()
    OutboxMail.objects.update(state=state, sent_at=NOON if state == "sent" else None)
    assert not operations.retry(mail, by=SYSTEM, at=clock.now())
    assert OutboxMail.objects.get().state == state
    assert not AuditEntry.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_of_four_who_mail_the_same_occasion_at_once_one_does_fifty_times() -> None:
    rounds, rivals = 50, 4
    barrier = threading.Barrier(rivals)
    mailed: list[list[OutboxMail]] = [[] for _ in range(rounds)]

    def compete() -> None:
        for number, done in enumerate(mailed):
            barrier.wait(timeout=10)
            if mail := put(key=f"occasion:{number}", kind="plain"):
                done.append(mail)
        connection.close()

    threads = [threading.Thread(target=compete) for _ in range(rivals)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [len(done) for done in mailed] == [1] * rounds
    assert OutboxMail.objects.count() == rounds
