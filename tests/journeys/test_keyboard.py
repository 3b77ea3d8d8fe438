"""A whole week by keyboard alone: Tab, Enter, Space and letters; no pointer, and no field is reached otherwise."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from kis.core import clock
from kis.payroll import operations as payroll
from kis.payroll.models import PayrollRun
from kis.timesheets.workflow import State
from tests.support import people, walk
from tests.support.time import Freeze

pytestmark = pytest.mark.django_db(transaction=True)
DESK = {"width": 1280, "height": 900}
MOST = 150  # stops; a page with more of them is a trap

# What has the focus: its name as a screen reader says it, and whether it can be seen that it has it.
_FOCUS = """() => {
  const it = document.activeElement;
  if (!it || it === document.body) return { name: "", seen: true };
  const labels = it.labels ? [...it.labels].map((label) => label.innerText).join(" ") : "";
  const named = (it.getAttribute("aria-labelledby") || "").split(" ").map((id) => document.getElementById(id)?.innerText || "").join(" ");
  const name = it.getAttribute("aria-label") || named.trim() || labels || it.innerText || it.value || it.title || "";
  const shown = [it, it.closest("tr"), it.closest("label"), it.nextElementSibling].filter(Boolean).some((each) => {
    const style = getComputedStyle(each);
    return (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0) || style.boxShadow !== "none";
  });
  return { name: name.replace(/\\s+/g, " ").trim(), seen: shown };
}"""  # noqa: E501 -- one expression a line reads better than a broken one

Open = Callable[..., Page]


def tab_to(page: Page, name: str) -> None:
    """Press Tab until what is called `name` (a regular expression) has the focus, and see that it has."""
    passed = []
    for _ in range(MOST):
        page.keyboard.press("Tab")
        focus = page.evaluate(_FOCUS)
        passed.append(focus["name"])
        if re.search(name, focus["name"]):
            assert focus["seen"], f"nobody sees that {focus['name']!r} has the focus"
            return
    raise AssertionError(f"{name!r} is not reached by Tab; there are: {passed}")


def write(page: Page, text: str) -> None:
    """Over what stands in the field."""
    page.keyboard.press("Control+A")
    page.keyboard.type(text)


def follow(page: Page) -> None:
    """Press Enter on what has the focus, and wait for where it leads."""
    with page.expect_navigation():
        page.keyboard.press("Enter")


@pytest.fixture(autouse=True)
def friday(freeze: Freeze) -> None:
    freeze("2026-11-27 15:00")


def test_a_worker_fills_in_a_week_and_hands_it_in(opened: Open) -> None:
    sheet = people.sheet(people.ana())
    page = opened(people.ana(), "/worker/week/2026-W48/", viewport=DESK)
    tab_to(page, "Naar de inhoud")
    page.keyboard.press("Enter")  # past the menu
    tab_to(page, "^ma 23 nov, begin")
    write(page, "730")
    page.keyboard.press("Tab")
    write(page, "16")
    page.keyboard.press("Tab")
    write(page, "30")
    tab_to(page, "Nog een dienst op di 24 nov")
    tab_to(page, "^wo 25 nov, begin")
    write(page, "22:00")
    page.keyboard.press("Tab")
    write(page, "6")
    tab_to(page, "^Opmerking")
    write(page, "Woensdag nachtdienst.")
    tab_to(page, "Doorsturen naar Bakkerij De Groot")
    expect(page.locator(".day-sum")).to_contain_text("16:00")
    page.keyboard.press("Enter")
    expect(page.locator("#toasts")).to_contain_text("Je uren zijn doorgestuurd naar Bakkerij De Groot")
    sheet.refresh_from_db()
    assert (sheet.state, sheet.minutes) == (State.SUBMITTED, 16 * 60)


def test_a_client_accepts_one_refuses_one_and_goes_on_by_one_key(opened: Open) -> None:
    ana, bram = (walk.to(people.sheet(person), State.SUBMITTED) for person in (people.ana(), people.bram()))
    page = opened(people.carla(), "/client/status/", viewport=DESK)
    tab_to(page, "^Beoordeel de volgende")
    follow(page)
    heading = page.get_by_role("heading", level=1)
    expect(heading).to_have_text("Ana Kowalska")
    page.keyboard.press("j")  # the next waiting worker, and back
    expect(heading).to_have_text("Bram Willems")
    page.keyboard.press("k")
    expect(heading).to_have_text("Ana Kowalska")
    page.keyboard.press("a")
    expect(page.locator("#toasts")).to_contain_text("De uren van Ana Kowalska zijn geaccepteerd")
    expect(heading).to_have_text("Bram Willems")
    tab_to(page, "^Weigeren$")
    page.keyboard.press("Enter")
    expect(page.get_by_role("radio").first).to_be_focused()
    page.keyboard.press("ArrowDown")
    tab_to(page, "^Toelichting voor de medewerker")
    write(page, "Maandag was je om vier uur klaar.")
    tab_to(page, "^Weigeren$")
    follow(page)
    expect(page.locator("#toasts")).to_contain_text("terug bij Bram Willems")
    ana.refresh_from_db()
    bram.refresh_from_db()
    assert (ana.state, bram.state) == (State.ACCEPTED, State.REFUSED)


def test_the_agency_approves_and_pays(opened: Open, freeze: Freeze) -> None:
    sheet = walk.to(people.sheet(people.ana()), State.ACCEPTED)
    freeze("2026-11-30 09:00")
    page = opened(people.esra(), "/agency/", viewport=DESK)
    tab_to(page, "^Laatste accordering geven")
    follow(page)
    tab_to(page, "Gekozen werkbriefjes accorderen")
    follow(page)
    tab_to(page, "Dit werkbriefje accorderen")
    follow(page)
    expect(page.locator("#toasts")).to_contain_text("1 werkbriefje")
    freeze("2026-12-01 09:00")
    tab_to(page, "^Verloning")
    follow(page)
    tab_to(page, "^1 werkbriefje verlonen, 40:00 uur")
    follow(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Verloning van week 48, 2026")
    payroll.carry_out(PayrollRun.objects.get().pk, clock=clock.now, report=lambda done, planned: None)
    sheet.refresh_from_db()
    assert sheet.state == State.PAID
