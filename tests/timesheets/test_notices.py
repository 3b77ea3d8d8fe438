"""The mail about a week that came back."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import translation

from kis.accounts.operations import change_language
from kis.post.models import OutboxMail
from kis.timesheets import notices, operations
from kis.timesheets.models import Timesheet
from kis.timesheets.workflow import State
from tests.support import people, walk

pytestmark = pytest.mark.django_db


def test_a_refusal_is_mailed_to_the_worker_with_the_reason_in_dutch() -> None:
    walk.to(people.sheet(), State.REFUSED)
    mail = OutboxMail.objects.get(kind="refusal")
    assert mail.to == "ana@worker.example"
    assert mail.subject == "Je uren van week 48 zijn teruggekomen: Bakkerij De Groot"
    assert "Waarom: De pauze ontbreekt of is te kort" in mail.text
    assert "Carla de Groot schreef: De pauze van dinsdag klopt niet." in mail.text
    assert "/worker/week/2026-W48/" in mail.text


def test_a_refusal_is_mailed_in_the_language_of_its_reader() -> None:
    change_language(people.ana().user, "en")
    walk.to(people.sheet(), State.REFUSED)
    mail = OutboxMail.objects.get(kind="refusal")
    assert mail.subject == "Your hours of week 48 came back: Bakkerij De Groot"
    assert "Why: The break is missing or too short" in mail.text


def test_the_day_a_refusal_points_at_stands_out() -> None:
    walk.to(people.sheet(), State.REFUSED)
    lines = OutboxMail.objects.get(kind="refusal").text.splitlines()
    assert [line for line in lines if "kijk hier" in line] == ["di 24 november: 8:00  <- kijk hier"]


def test_words_of_ones_own_are_the_whole_reason() -> None:
    sheet = _refused("other", "Vrijdag was je vrij & thuis.")
    mail = OutboxMail.objects.get(key=f"refusal:{sheet.pk}:{sheet.version}")
    assert "Waarom: Vrijdag was je vrij & thuis." in mail.text
    assert "Iets anders" not in mail.text
    assert "vrij &amp; thuis" in mail.html


def test_a_reason_is_said_in_the_language_that_is_active() -> None:
    with translation.override("nl"):
        assert notices.reason_words("not_worked") == "Op deze dag is niet gewerkt"
    with translation.override("en"):
        assert notices.reason_words("not_worked") == "Nothing was worked on this day"
    assert notices.reason_words("other") == notices.reason_words("unheard of") == ""


def _refused(code: str, reason: str) -> Timesheet:
    sheet = walk.to(people.sheet(), State.SUBMITTED)
    at = sheet.state_since + dt.timedelta(hours=1)
    by = people.actor(people.carla())
    operations.refuse(sheet, version=sheet.version, by=by, at=at, reason_code=code, reason=reason)
    return sheet


def test_a_proposal_that_takes_something_asks_the_worker() -> None:
    sheet = walk.proposed(people.sheet())
    mail = OutboxMail.objects.get(key=f"proposal:{sheet.pk}:{sheet.version}")
    assert mail.subject == "Bakkerij De Groot stelt andere uren voor in week 48"
    assert "Ze gelden alleen als jij akkoord geeft." in mail.text
    assert "Waarom: Vrijdag was de bakkerij dicht." in mail.text
    lines = [line.strip() for line in mail.text.splitlines()]
    place = lines.index("vr 27 november")
    assert lines[place + 1 : place + 3] == ["Doorgestuurd: 08:00–16:30, 8:00 uur", "Voorgesteld: 0:00 uur"]
    assert "ma 23 november" not in lines
    assert "De week: 40:00 wordt 32:00 uur." in lines
    assert "Geef akkoord" in mail.text
    assert "Kijk en geef antwoord" in mail.html


def test_a_proposal_that_holds_at_once_is_told_in_the_language_of_its_reader() -> None:
    change_language(people.ana().user, "en")
    walk.proposed(people.sheet(), people.hours(days=6))
    mail = OutboxMail.objects.get(kind="proposal")
    assert mail.subject == "Bakkerij De Groot added to your hours of week 48"
    assert "You lose nothing by it, so they count at once." in mail.text
    assert "Agree" not in mail.text
