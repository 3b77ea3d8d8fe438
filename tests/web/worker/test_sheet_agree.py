"""The worker answers a proposal: yes, or the week changed and handed in again."""

from __future__ import annotations

import pytest
from django.test import Client as Browser

from kis.timesheets.workflow import State
from tests.support import people, walk
from tests.support.time import Freeze
from tests.web.worker.posting import WEEK_URL, field, full_week, post, text_of, type_along

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def monday(freeze: Freeze) -> None:
    freeze("2026-11-30 09:00")


@pytest.fixture
def ana() -> Browser:
    return people.signed_in(people.ana())


def test_the_proposal_stands_beside_what_was_handed_in_with_its_reason(ana: Browser) -> None:
    walk.proposed(people.sheet())
    page = text_of(ana.get(WEEK_URL))
    for words in (
        "Bakkerij De Groot stelt andere uren voor. Geef akkoord of stuur opnieuw door",
        "Carla de Groot stelde andere uren voor",
        "Vrijdag was de bakkerij dicht",
        "vr 27 nov 08:00–16:30 , pauze 0:30 , 8:00 uur geen uren −8:00",
        "Akkoord",
        "Aanpassen en opnieuw doorsturen",
    ):
        assert words in page
    assert "weigerde" not in page


def test_a_yes_accepts_the_proposed_hours(ana: Browser) -> None:
    sheet = walk.proposed(people.sheet())
    answer = post(ana, "agree", sheet, {})
    assert answer["Location"] == WEEK_URL
    sheet.refresh_from_db()
    assert (sheet.state, sheet.minutes) == (State.ACCEPTED, 4 * 480)
    page = text_of(ana.get(WEEK_URL))
    assert "Je bent akkoord gegaan." in page
    assert "Voorgestelde uren, akkoord" in page


def test_handing_in_again_is_the_other_answer(ana: Browser) -> None:
    sheet = walk.proposed(people.sheet())
    post(ana, "submit", sheet, full_week(), do="submit")
    sheet.refresh_from_db()
    assert (sheet.state, sheet.proposed_version) == (State.SUBMITTED, None)


def test_the_form_is_folded_until_it_is_used(ana: Browser) -> None:
    sheet = walk.proposed(people.sheet())
    assert "<summary" in ana.get(WEEK_URL).content.decode().split('class="answers"')[1].split("week-form")[0]
    type_along(ana, sheet, full_week())
    assert "<summary" not in ana.get(WEEK_URL).content.decode().split('class="answers"')[1].split("week-form")[0]


def test_a_yes_after_typing_needs_the_version_that_typing_made(ana: Browser) -> None:
    sheet = walk.proposed(people.sheet())
    type_along(ana, sheet, full_week())
    answer = post(ana, "agree", sheet, {})
    assert "is veranderd sinds je hem opende" in text_of(ana.get(answer["Location"]))
    sheet.refresh_from_db()
    assert sheet.state == State.REFUSED
    shown = field(ana.get(WEEK_URL), "version")
    assert f'value="{sheet.version}"' in shown
    post(ana, "agree", sheet, {})
    sheet.refresh_from_db()
    assert sheet.state == State.ACCEPTED


def test_without_a_proposal_there_is_nothing_to_agree_with(ana: Browser) -> None:
    sheet = walk.to(people.sheet(), State.REFUSED)
    assert "Akkoord" not in text_of(ana.get(WEEK_URL))
    post(ana, "agree", sheet, {})
    sheet.refresh_from_db()
    assert sheet.state == State.REFUSED


def test_hours_that_were_added_to_at_once_say_so(ana: Browser) -> None:
    walk.proposed(people.sheet(), people.hours(days=6))
    page = text_of(ana.get(WEEK_URL))
    assert "Uren aangepast door de opdrachtgever" in page
    assert "+8:00" in page
