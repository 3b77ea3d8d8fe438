"""Real mail servers on the loopback, each with a temper of its own."""

import asyncio
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.message import Message
from typing import Any, TypeVar

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

HOST = "127.0.0.1"
S = TypeVar("S", bound="MailServer")


class MailServer:
    """Takes every mail, and remembers it. Its kin below override one word of the conversation."""

    def __init__(self) -> None:
        self.port = _free_port()
        self.taken: list[Message] = []
        self.envelopes: list[Envelope] = []
        self.asked = 0  # how often a mail was offered to us
        self.released = threading.Event()

    @property
    def url(self) -> str:
        return f"smtp://{HOST}:{self.port}/"

    @property
    def settings(self) -> dict[str, Any]:
        return {
            "host": HOST, "port": self.port, "username": "", "password": "", "use_ssl": False, "use_tls": False,
        }  # fmt: skip

    @property
    def message_ids(self) -> list[str]:
        return [str(mail["Message-ID"]) for mail in self.taken]

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 -- aiosmtpd's name
        self.asked += 1
        return await self.answer(server, envelope)

    async def answer(self, server: SMTP, envelope: Envelope) -> str:
        return self.take(envelope)

    def take(self, envelope: Envelope) -> str:
        assert isinstance(envelope.content, bytes)
        self.envelopes.append(envelope)
        self.taken.append(message_from_bytes(envelope.content))
        return "250 OK"


class Says(MailServer):
    """Answers every mail with the same words."""

    def __init__(self, words: str) -> None:
        super().__init__()
        self.words = words

    async def answer(self, server: SMTP, envelope: Envelope) -> str:
        return self.words


class RefusesRecipient(MailServer):
    """Answers every recipient with the same words."""

    def __init__(self, words: str) -> None:
        super().__init__()
        self.words = words

    async def handle_RCPT(  # noqa: N802 -- aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        self.asked += 1
        return self.words


class Hangs(MailServer):
    """Says nothing after the first mail until it is released; then takes what it was told."""

    async def answer(self, server: SMTP, envelope: Envelope) -> str:
        while not self.released.is_set():
            await asyncio.sleep(0.02)
        return self.take(envelope)


class Dies(MailServer):
    """Breaks off in the middle of the mail, the first times."""

    def __init__(self, times: int) -> None:
        super().__init__()
        self.times = times

    async def answer(self, server: SMTP, envelope: Envelope) -> str:
        if self.asked <= self.times:
            _break_off(server)
            return "250 nobody hears this"
        return self.take(envelope)


class DiesAfterYes(MailServer):
    """Takes the mail, says so, and breaks off before a farewell."""

    async def handle_QUIT(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 -- aiosmtpd's name
        _break_off(server)
        return "221 nobody hears this"


@contextmanager
def running(server: S) -> Iterator[S]:
    """Listen until the end of the block."""
    controller = Controller(server, hostname=HOST, port=server.port)
    controller.start()
    try:
        yield server
    finally:
        server.released.set()
        controller.stop()


def _break_off(server: SMTP) -> None:
    assert isinstance(server.transport, asyncio.Transport)
    server.transport.abort()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
        return port
