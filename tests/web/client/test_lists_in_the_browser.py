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
DEPARTMENT = "Kwaliteitscontrole en herverpakkingswerkzaamheden"


@pytest.mark.parametrize("path", ["/client/status/2026-W48/intermediate/", "/client/jobs/"])
def test_long_names_break_and_stay_inside_their_card(path: str, opened: Callable[..., Page]) -> None:
    Department.objects.filter(pk=people.department().pk).update(name=DEPARTMENT)
    worker = people.worker(NAME, "W400", "maria@worker.example")
    job = people.placement(worker, department=Department.objects.get(name=DEPARTMENT))
    walk.to(people.sheet(job), State.SUBMITTED)
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


def test_a_page_without_an_action_leaves_no_room_for_one(opened: Callable[..., Page]) -> None:
    page = opened(people.carla(), "/client/jobs/", viewport={"width": 360, "height": 740})
    assert not page.locator(".page-head > .action").is_visible()
    page.goto("/messages/")
    assert page.locator(".page-head > .action").is_visible()
