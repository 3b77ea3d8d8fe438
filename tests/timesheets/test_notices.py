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
