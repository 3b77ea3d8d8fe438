import pytest
from django.test import Client as Browser
from django.urls import reverse

from kis.timesheets import operations
from kis.timesheets.workflow import State
from tests.support import people, walk
from tests.support.time import Freeze
from tests.web.worker.posting import MONDAY, WEEK_URL, post, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def friday(freeze: Freeze) -> None:
    freeze("2026-11-27 15:00")


@pytest.fixture
def visitor() -> Browser:
    return people.signed_in(people.ana())


def take_back(visitor: Browser, sheet, version: int | None = None):
    address = reverse("worker:sheet_withdraw", args=[sheet.pk])
    return visitor.post(address, {"version": version or sheet.version})


def test_a_week_can_be_taken_back_until_the_client_has_decided(visitor: Browser) -> None:
    sheet = walk.to(people.sheet(), State.SUBMITTED)
    assert take_back(visitor, sheet).url == WEEK_URL
    sheet.refresh_from_db()
    assert (sheet.state, sheet.hours) == (State.DRAFT, people.hours())


def test_taking_back_twice_gets_a_calm_answer(visitor: Browser) -> None:
    sheet = walk.to(people.sheet(), State.SUBMITTED)
    version = sheet.version
    take_back(visitor, sheet, version)
    take_back(visitor, sheet, version)
    assert "Deze week is veranderd sinds je hem opende." in text_of(visitor.get(WEEK_URL))


def test_when_the_client_was_faster_the_page_shows_the_week_as_it_is(visitor: Browser) -> None:
    shown = walk.to(people.sheet(), State.SUBMITTED).version
    sheet = people.sheet()
    operations.accept(sheet, version=shown, by=people.actor(people.carla()), at=people.BEFORE)
    take_back(visitor, sheet, shown)
    assert people.sheet().state == State.ACCEPTED
    assert "je uren zijn geaccepteerd" in text_of(visitor.get(WEEK_URL))


def test_what_was_typed_on_another_page_is_saved_in_the_week_taken_back(visitor: Browser) -> None:
    sheet = walk.to(people.sheet(), State.SUBMITTED)
    post(visitor, "withdraw", sheet, MONDAY, version=0, over=sheet.version)
    sheet.refresh_from_db()
    assert (sheet.state, sheet.minutes) == (State.DRAFT, 480)


def test_the_week_of_somebody_else_is_not_there(visitor: Browser) -> None:
    sheet = walk.to(people.sheet(people.bram()), State.SUBMITTED)
    assert take_back(visitor, sheet).status_code == 404
