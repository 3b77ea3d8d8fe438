"""The client's lists on a phone, with the longest names that people have."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from kis.staffing.models import Department
from kis.timesheets.workflow import State
from tests.support import people, walk

pytestmark = pytest.mark.django_db(transaction=True)
NAME = "Maria-Magdalena Wilhelmina van Oldenbarnevelt-Groenewegen"
TITLE = "Allround productiemedewerker verpakkingsafdeling"
DEPARTMENT = "Kwaliteitscontrole en herverpakkingswerkzaamheden"


LISTS = ["/client/status/2026-W48/intermediate/", "/client/jobs/"]


@pytest.fixture
def long_names() -> None:
    Department.objects.filter(pk=people.department().pk).update(name=DEPARTMENT)
    worker = people.worker(NAME, "W400", "maria@worker.example")
    job = people.placement(worker, department=Department.objects.get(name=DEPARTMENT), job_title=TITLE)
    walk.to(people.sheet(job), State.SUBMITTED)


@pytest.mark.parametrize("path", LISTS)
@pytest.mark.usefixtures("long_names")
def test_long_names_break_and_stay_inside_their_card(path: str, opened: Callable[..., Page]) -> None:
    page = opened(people.carla(), path, viewport={"width": 360, "height": 740}, has_touch=True)
    assert page.locator("td").get_by_text(DEPARTMENT).is_visible()
    outside = page.evaluate(
        """() => [...document.querySelectorAll(".table.cards td:is(.main, [data-label])")].filter((cell) => {
            const words = document.createRange()
            words.selectNodeContents(cell)
            return words.getBoundingClientRect().right > cell.getBoundingClientRect().right + 1
        }).map((cell) => cell.textContent.trim())"""
    )
    assert outside == []


@pytest.mark.parametrize("path", LISTS)
@pytest.mark.usefixtures("long_names")
def test_long_names_push_no_column_off_a_tablet_and_make_no_strip_smaller(
    path: str, opened: Callable[..., Page]
) -> None:
    page = opened(people.carla(), path, viewport={"width": 820, "height": 1100})
    card, table = page.locator(".card.flush").bounding_box(), page.locator(".card.flush > table").bounding_box()
    assert card
    assert table
    assert table["width"] <= card["width"]
    drawn, meant = page.locator("td .strip").evaluate("(strip) => [strip.clientWidth, strip.width.baseVal.value]")
    assert drawn == meant


def test_a_way_back_is_as_high_as_a_thumb(opened: Callable[..., Page]) -> None:
    page = opened(people.carla(), LISTS[0], viewport={"width": 360, "height": 740}, has_touch=True)
    link = page.locator(".crumb a").bounding_box()
    assert link
    page.touchscreen.tap(link["x"] + 5, link["y"] - 7)
    page.wait_for_url("**/client/status/")


def test_a_page_without_an_action_leaves_no_room_for_one(opened: Callable[..., Page]) -> None:
    page = opened(people.carla(), "/client/jobs/", viewport={"width": 360, "height": 740})
    assert not page.locator(".page-head > .action").is_visible()
    page.goto("/messages/")
    assert page.locator(".page-head > .action").is_visible()
