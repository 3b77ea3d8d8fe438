"""The conversation with the mail server, and the mail as it travels."""

import smtplib
from email import message_from_bytes
from email.policy import default

import pytest
from pytest_django import Settings

from kis.post.models import OutboxMail
from kis.post.smtp import Server, is_permanent, message_of
from tests.post.outbox import put
from tests.post.servers import DiesAfterYes, MailServer, running

pytestmark = pytest.mark.django_db


def test_a_mail_arrives_as_text_and_html_with_what_receivers_look_for(settings: Settings) -> None:
    settings.DEFAULT_FROM_EMAIL = "Waal Uitzendbureau <uren@demo.example>"
    mail = put()
    with running(MailServer()) as server:
        settings.SMTP = server.settings
        post = Server()
        post.send(mail)
        post.hang_up()
    arrived = server.taken[0]
    assert arrived["Subject"] == "Kies een nieuw wachtwoord: Bakkerij De Groot"
    assert arrived["From"] == "Waal Uitzendbureau <uren@demo.example>"
    assert (arrived["To"], arrived["Message-ID"]) == ("ana@demo.example", mail.message_id)
    assert (arrived["Auto-Submitted"], arrived["Content-Language"]) == ("auto-generated", "nl")
    assert server.envelopes[0].mail_from == "uren@demo.example"
    assert server.envelopes[0].rcpt_tos == ["ana@demo.example"]
    kinds = [part.get_content_type() for part in arrived.walk()]
    assert kinds == ["multipart/alternative", "text/plain", "text/html"]


def test_words_arrive_as_they_were_written() -> None:
    words = "Łukasz Żółć, café — €\n.\n..\nFrom here\n" + "ij" * 1000 + "\n"
    mail = OutboxMail(
        to="ana@demo.example", subject="Żółć " * 30 + "€", text=words, html=f"<p>{words}</p>", message_id="<a@b>"
    )
    mail.created_at = put().created_at
    arrived = message_from_bytes(message_of(mail).as_bytes(), policy=default)
    text, html = arrived.iter_parts()
    assert text.get_content().replace("\r\n", "\n") == words
    assert html.get_content().replace("\r\n", "\n").rstrip("\n") == f"<p>{words}</p>"
    assert arrived["Subject"] == "Żółć " * 30 + "€"
    lines = message_of(mail).as_bytes().split(b"\r\n")
    assert max(map(len, lines)) <= 998
    assert not any(b"\n" in line for line in lines)


def test_words_pass_a_real_server_unharmed(settings: Settings) -> None:
    mail = put(kind="plain")
    mail.text = "Dag Ana,\n.\n..tot maandag\nFrom here\n"
    with running(MailServer()) as server:
        settings.SMTP = server.settings
        post = Server()
        post.send(mail)
        post.hang_up()
    payload = server.taken[0].get_payload(decode=True)
    assert isinstance(payload, bytes)
    assert payload.decode().replace("\r\n", "\n") == mail.text


def test_a_mail_is_the_same_at_each_attempt() -> None:
    mail = put(kind="plain")
    assert message_of(mail).as_bytes() == message_of(mail).as_bytes()


def test_an_address_on_a_domain_with_an_accent_can_be_reached() -> None:
    assert message_of(put(to="ana@café.example"))["To"] == "ana@xn--caf-dma.example"


def test_several_mails_go_in_one_conversation(settings: Settings) -> None:
    with running(MailServer()) as server:
        settings.SMTP = server.settings
        post = Server()
        for key in "123":
            post.send(put(key))
        connection = post._connection
        post.hang_up()
    assert connection is not None
    assert len(server.taken) == 3
    assert len({envelope.mail_from for envelope in server.envelopes}) == 1


def test_a_server_that_breaks_off_at_our_goodbye_harms_nobody(settings: Settings) -> None:
    with running(DiesAfterYes()) as server:
        settings.SMTP = server.settings
        post = Server()
        post.send(put())
        post.hang_up()
        post.hang_up()
    assert len(server.taken) == 1


def test_without_a_server_nothing_travels() -> None:
    Server().send(put())


@pytest.mark.parametrize(
    ("error", "permanent"),
    [
        (smtplib.SMTPRecipientsRefused({"ana@demo.example": (550, b"no such user")}), True),
        (smtplib.SMTPRecipientsRefused({"ana@demo.example": (451, b"later")}), False),
        (smtplib.SMTPSenderRefused(553, b"not yours", "uren@demo.example"), True),
        (smtplib.SMTPSenderRefused(421, b"later", "uren@demo.example"), False),
        (smtplib.SMTPDataError(554, b"spam"), True),
        (smtplib.SMTPDataError(452, b"full"), False),
        (smtplib.SMTPAuthenticationError(535, b"wrong password"), False),
        (smtplib.SMTPNotSupportedError("no log-in here"), False),
        (smtplib.SMTPServerDisconnected("gone"), False),
        (TimeoutError(), False),
        (ConnectionRefusedError(), False),
        (ValueError("cannot be written"), True),
    ],
)
def test_only_what_concerns_the_mail_itself_is_permanent(error: Exception, permanent: bool) -> None:
    assert is_permanent(error) is permanent
