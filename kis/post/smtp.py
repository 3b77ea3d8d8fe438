"""A conversation with the mail server of the settings, one mail at a time."""

from __future__ import annotations

import contextlib
import smtplib
import ssl
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr
from typing import Any

from django.conf import settings
from django.utils.encoding import punycode

from kis.post.models import OutboxMail

TIMEOUT = 60  # seconds for each answer; a server may take its time to look a mail over
FAREWELL = 2  # seconds for the answer to our goodbye


class Server:
    """The mail server; without one in the settings, the outbox itself is the mailbox (the demo).

    The connection is made for the first mail and kept for the next ones.
    """

    def __init__(self) -> None:
        self._connection: smtplib.SMTP | None = None

    def send(self, mail: OutboxMail) -> None:
        """Hand over a mail; returns once the server has confirmed it. Raises SMTPException, OSError, ValueError."""
        if settings.SMTP is None:
            return
        message = message_of(mail).as_bytes()
        self._connection = self._connection or _connect(settings.SMTP)
        self._connection.sendmail(parseaddr(settings.DEFAULT_FROM_EMAIL)[1], [_envelope(mail.to)], message)

    def hang_up(self) -> None:
        """End the conversation. What was confirmed stays so, whatever the server answers to our goodbye."""
        if not self._connection:
            return
        with contextlib.suppress(smtplib.SMTPException, OSError):
            if self._connection.sock:
                self._connection.sock.settimeout(FAREWELL)
            self._connection.quit()
        self._connection.close()
        self._connection = None


def is_permanent(error: Exception) -> bool:
    """Whether the mail itself is refused: a 5xx answer about it, or a mail that cannot be written at all.

    What concerns the connection or the log-in is nobody's mail's fault, and may be mended: that is temporary.
    """
    match error:
        case smtplib.SMTPRecipientsRefused():
            return all(code >= 500 for code, _ in error.recipients.values())
        case smtplib.SMTPSenderRefused() | smtplib.SMTPDataError():
            return error.smtp_code >= 500
        case smtplib.SMTPException() | OSError():
            return False
        case _:
            return True


def _connect(where: dict[str, Any]) -> smtplib.SMTP:
    server: smtplib.SMTP
    if where["use_ssl"]:
        server = smtplib.SMTP_SSL(where["host"], where["port"], timeout=TIMEOUT, context=ssl.create_default_context())
    else:
        server = smtplib.SMTP(where["host"], where["port"], timeout=TIMEOUT)
    try:
        if where["use_tls"]:
            server.starttls(context=ssl.create_default_context())
        if where["username"]:
            server.login(where["username"], where["password"])
    except BaseException:
        server.close()
        raise
    return server


def message_of(mail: OutboxMail) -> EmailMessage:
    """The mail as it travels: the same bytes at each attempt, but for the boundary between text and HTML."""
    message = EmailMessage(policy=SMTP)
    message["Subject"] = mail.subject
    message["From"] = settings.DEFAULT_FROM_EMAIL
    message["To"] = _envelope(mail.to)
    message["Date"] = format_datetime(mail.created_at)
    message["Message-ID"] = mail.message_id
    message["Auto-Submitted"] = "auto-generated"  # so that no holiday answer comes back (RFC 3834)
    message.set_content(mail.text, cte="quoted-printable")
    if mail.html:
        message.add_alternative(mail.html, subtype="html", cte="quoted-printable")
    message["Content-Language"] = mail.language  # last: what begins with Content- would move into the text's part
    return message


def _envelope(address: str) -> str:
    """The address with its domain in ASCII."""
    name, _, domain = address.rpartition("@")
    return f"{name}@{punycode(domain)}"
