"""A worker finds a mistake in a paid week."""

from __future__ import annotations

import pytest
from django.test import Client as Browser

from kis.timesheets.models import Timesheet
from kis.timesheets.workflow import State
from tests.support import people, walk
from tests.support.time import Freeze
from tests.web.worker.posting import WEEK_URL, full_week, post, text_of, type_along

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def afterwards(freeze: Freeze) -> None:
    freeze("2026-12-09 09:00")


@pytest.fixture
def ana() -> Browser:
    return people.signed_in(people.ana())


@pytest.fixture
def paid() -> Timesheet:
    return walk.to(people.sheet(), State.PAID)


def page_of(sheet: Timesheet) -> str:
    return f"/worker/timesheets/{sheet.pk}/"


def test_a_paid_week_offers_a_correction_and_only_a_paid_one_does(ana: Browser, paid: Timesheet) -> None:
    assert "Er klopt iets niet: correctie aanvragen" in text_of(ana.get(WEEK_URL))
    walk.to(people.sheet(people.placement(), people.WEEK.previous), State.APPROVED)
    assert "correctie aanvragen" not in text_of(ana.get("/worker/week/2026-W47/"))


def test_asking_opens_the_paid_hours_to_be_changed(ana: Browser, paid: Timesheet) -> None:
    answer = post(ana, "correct", paid, {"reason": "Zaterdag is vergeten."})
    assert answer["Location"] == WEEK_URL
    page = text_of(ana.get(WEEK_URL))
    for words in (
        "Je corrigeert een week die al verloond is.",
        "Correctie 1 van week 48",
        "Zaterdag is vergeten",
        "Bekijk de week zoals die verloond is",
        "Doorsturen naar Bakkerij De Groot",
        "Correctie laten vervallen",
    ):
        assert words in page
    assert "te laat" not in page
    assert "correctie aanvragen" not in page


def test_asking_needs_a_reason(ana: Browser, paid: Timesheet) -> None:
    answer = post(ana, "correct", paid, {"reason": "  "})
    assert answer.status_code == 422
    assert "Schrijf op wat er niet klopt." in text_of(answer)
    assert not paid.corrections.exists()


def test_asking_twice_opens_one(ana: Browser, paid: Timesheet) -> None:
    for _ in range(2):
        post(ana, "correct", paid, {"reason": "Zaterdag is vergeten."})
    assert paid.corrections.count() == 1


def test_while_typing_the_paid_hours_stand_below_a_day_that_differs(ana: Browser, paid: Timesheet) -> None:
    post(ana, "correct", paid, {"reason": "Maandag duurde langer."})
    fresh = paid.corrections.get()
    answer = text_of(type_along(ana, fresh, full_week(**{"days.0.shifts.0.end": "17:30"})))
    assert "Verloond: 08:00–16:30 , pauze 0:30 , 8:00 uur" in answer


def test_the_same_hours_are_not_handed_in_as_a_correction(ana: Browser, paid: Timesheet) -> None:
    post(ana, "correct", paid, {"reason": "Toch niet."})
    answer = post(ana, "submit", paid.corrections.get(), full_week(), do="submit")
    assert answer.status_code == 422
    assert "Dit zijn de uren die verloond zijn." in text_of(answer)


def test_a_correction_is_dropped_and_the_paid_week_stays(ana: Browser, paid: Timesheet) -> None:
    post(ana, "correct", paid, {"reason": "Vergissing."})
    fresh = paid.corrections.get()
    post(ana, "drop", fresh, {})
    fresh.refresh_from_db()
    assert (fresh.state, fresh.minutes) == (State.PAID, paid.minutes)
    page = text_of(ana.get(WEEK_URL))
    assert "De correctie is vervallen: wat verloond is, blijft zo." in page
    assert "Verloond op vr 27 nov" in page
    assert "correctie aanvragen" in page


def test_the_week_as_it_was_paid_keeps_its_own_page(ana: Browser, paid: Timesheet) -> None:
    fresh = walk.correction(people.sheet(people.placement(), people.WEEK.previous), State.PAID)
    page = text_of(ana.get(page_of(fresh.corrects)))
    assert "40:00" in page
    assert "Vervangen door correctie 1" in page
    assert "correctie aanvragen" not in page
    newest = text_of(ana.get("/worker/week/2026-W47/"))
    assert "48:00" in newest
    assert page_of(fresh.corrects) in ana.get("/worker/week/2026-W47/").content.decode()
    assert "za 21 nov geen uren 08:00–16:30 , pauze 0:30 , 8:00 uur +8:00" in newest


def test_the_newest_stands_on_the_page_of_its_week(ana: Browser, paid: Timesheet) -> None:
    assert ana.get(page_of(paid))["Location"] == WEEK_URL


def test_a_proposed_correction_is_answered_with_yes_or_dropped(ana: Browser) -> None:
    fresh = walk.corrected_by(people.finn(), people.sheet(), days=4)
    page = text_of(ana.get(WEEK_URL))
    assert "Finn Bakker vroeg een correctie aan" in page
    assert "Akkoord" in page
    assert "Correctie laten vervallen" in page
    post(ana, "agree", fresh, {})
    fresh.refresh_from_db()
    assert (fresh.state, fresh.minutes) == (State.SUBMITTED, 4 * 480)


def test_the_history_has_a_corrected_week_once(ana: Browser) -> None:
    walk.correction(people.sheet(), State.SUBMITTED)
    page = text_of(ana.get("/worker/history/"))
    assert page.count("Week 48") == 1
    assert "Week 48 correctie 1" in page


def test_a_correction_that_is_being_written_is_no_week_to_hand_in(ana: Browser) -> None:
    walk.correction(people.sheet(), State.DRAFT)
    assert "nog doorsturen" not in text_of(ana.get("/worker/history/"))
    assert "Ook nog open" not in text_of(ana.get("/worker/week/2026-W50/"))
