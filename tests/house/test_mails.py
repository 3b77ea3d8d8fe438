"""Every kind of mail that the portal knows, written for a reader of Dutch and for one of English."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings

from kis.accounts import operations as accounts
from kis.accounts.models import User
from kis.core import clock
from kis.mailbox import operations as mailbox
from kis.post.models import OutboxMail
from kis.staffing.actor import SYSTEM
from kis.staffing.models import ClientContact, Worker
from kis.staffing.parties import Party
from kis.timesheets import corrections, operations, proposals, reminders
from kis.timesheets.hours import Day, Hours
from kis.timesheets.workflow import State
from tests.support import people, walk

pytestmark = pytest.mark.django_db

MONDAY = clock.at(people.WEEK.next.monday, 9 * 60)
WHY = "Pauze 3x vergeten."  # a name, a place or a reason is nobody's language
ENGLISH = {"the", "you", "your", "and", "are", "was", "hours", "with", "not"}
DUTCH = {"het", "je", "jouw", "en", "van", "een", "uren", "uur", "niet", "voor"}


def _refusal(_ana: Worker, carla: ClientContact) -> None:
    sheet = walk.to(people.sheet(people.ana()), State.SUBMITTED)
    days = [people.WEEK.days[1]]
    operations.refuse(
        sheet, version=2, by=people.actor(carla), at=MONDAY, reason_code="break_missing", reason=WHY, days=days
    )


def _proposal(_ana: Worker, carla: ClientContact) -> None:
    sheet = walk.to(people.sheet(people.ana()), State.SUBMITTED)
    hours = Hours(people.WEEK, (*people.hours(days=4).days[:4], Day(not_worked=True), Day(), Day()))
    proposals.propose(sheet, hours=hours, version=2, by=people.actor(carla), at=MONDAY, reason=WHY)


def _correction(_ana: Worker, carla: ClientContact) -> None:
    sheet = walk.to(people.sheet(people.ana()), State.PAID)
    corrections.open_correction(sheet, hours=people.hours(days=6), by=people.actor(carla), at=MONDAY, reason=WHY)


def _handed_in(hours: Hours) -> Callable[[Worker, ClientContact], None]:
    def write(_ana: Worker, _carla: ClientContact) -> None:
        esra = people.actor(people.esra())
        operations.submit(
            people.sheet(people.ana()), hours=hours, version=1, by=esra, at=MONDAY, reason=WHY,
            on_behalf_of=Party.WORKER,
        )  # fmt: skip

    return write


def _reminder_of_a_worker(_ana: Worker, _carla: ClientContact) -> None:
    people.sheet(people.ana())
    reminders.remind_workers(people.WEEK, by=SYSTEM, at=MONDAY)


def _reminder_of_a_client(_ana: Worker, _carla: ClientContact) -> None:
    walk.to(people.sheet(people.ana()), State.SUBMITTED)
    reminders.remind_clients(people.WEEK, by=SYSTEM, at=MONDAY)


def _digest(_ana: Worker, _carla: ClientContact) -> None:
    walk.to(people.sheet(people.ana()), State.SUBMITTED)
    reminders.send_digests(at=MONDAY)


def _message(ana: Worker, _carla: ClientContact) -> None:
    mailbox.start_threads(subject="Kerst", body=WHY, to=[ana.user], by=people.actor(people.esra()), at=MONDAY)


def _invitation(ana: Worker, _carla: ClientContact) -> None:
    accounts.invite(ana.user, by=people.actor(people.esra()), at=MONDAY)


def _reset(ana: Worker, _carla: ClientContact) -> None:
    ana.user.set_password("nog een wachtwoord 1")
    ana.user.save()
    accounts.request_reset(ana.user.email, at=MONDAY)


NOT_WORKED = Hours(people.WEEK, (Day(not_worked=True),) * 7)
WRITERS: list[tuple[str, Callable[[Worker, ClientContact], None]]] = [
    ("refusal", _refusal), ("proposal", _proposal), ("proposal", _correction),
    ("handed_in", _handed_in(people.hours())), ("handed_in", _handed_in(NOT_WORKED)),
    ("worker_reminder", _reminder_of_a_worker), ("client_reminder", _reminder_of_a_client), ("digest", _digest),
    ("message_notice", _message), ("invitation", _invitation), ("password_reset", _reset),
]  # fmt: skip


def test_every_kind_is_looked_at_here() -> None:
    found = {path.name.removesuffix(".subject.txt") for path in Path(settings.ROOT / "kis").rglob("*.subject.txt")}
    assert found == {kind for kind, _ in WRITERS}


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize(("kind", "write"), WRITERS)
def test_a_mail_is_whole_and_in_its_readers_language(
    kind: str, write: Callable[[Worker, ClientContact], None], language: str
) -> None:
    ana, carla = people.ana(), people.carla()
    User.objects.update(language=language)
    ana.user.refresh_from_db()
    write(ana, carla)
    mail = OutboxMail.objects.filter(kind=kind).latest("pk")
    shown = re.sub(r"<style.*?</style>|<[^>]+>", " ", mail.html, flags=re.DOTALL)
    foreign = ENGLISH if language == "nl" else DUTCH
    for part in (mail.subject, mail.text, shown):
        assert part.strip()
        assert not re.search(r"None|\{[{%]|%\(\w+\)|&amp;amp;", part), part
        words = set(re.findall(r"[a-zà-ÿ]+", part.replace("Bakkerij De Groot", "").lower()))
        assert not words & foreign, sorted(words & foreign)
    assert f'lang="{language}"' in mail.html
    for link in re.findall(r"http\S+", mail.text):
        assert link in mail.html


def test_a_week_in_which_was_not_worked_is_told_in_words_not_in_noughts() -> None:
    _handed_in(NOT_WORKED)(people.ana(), people.carla())
    mail = OutboxMail.objects.get(kind="handed_in")
    assert "dat je in week 48 niet hebt gewerkt bij Bakkerij De Groot" in mail.text
    assert "ma 23 november: niet gewerkt" in mail.text
    assert "0:00" not in mail.text + mail.html
