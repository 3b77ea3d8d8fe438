"""A finding from the worker's phone, where it stands below its day while typing, to the client's screen and back."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.conf import settings
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from kis.timesheets.models import Timesheet
from kis.timesheets.workflow import State
from tests.support import people
from tests.support.browser import NewContext

pytestmark = pytest.mark.django_db(transaction=True)
PHONE, DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 900}


def test_a_missing_break_is_told_while_typing_and_explained_by_the_client(
    new_context: NewContext, live_server: LiveServer, accessible: Callable[[Page], None]
) -> None:
    def opened(person: people.Person, path: str, size: dict[str, int]) -> Page:
        context = new_context(viewport=size)
        session = people.signed_in(person).cookies[settings.SESSION_COOKIE_NAME].value
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}])
        page = context.new_page()
        page.goto(path)
        return page

    sheet = people.sheet(people.placement(pattern=[]))
    ana = opened(people.ana(), "/worker/week/2026-W48/", PHONE)
    ana.locator('[name="days.0.shifts.0.start"]').fill("8:00")
    ana.locator('[name="days.0.shifts.0.end"]').fill("16:00")
    told = ana.locator(f"#s{sheet.pk}-d0-out")
    expect(told).to_contain_text("minstens 0:30 is nodig")
    accessible(ana)
    ana.locator('[name="days.0.shifts.0.pause"]').fill("15")
    expect(told).to_contain_text("met 0:15 pauze")
    ana.get_by_role("button", name="Doorsturen naar Bakkerij De Groot").click()
    expect(ana.locator("#toasts")).to_contain_text("Je uren zijn doorgestuurd")

    carla = opened(people.carla(), f"/client/timesheets/{sheet.pk}/", DESK)
    carla.get_by_role("link", name="1 signaal").click()
    carla.get_by_text("Gezien, met reden").click()
    carla.get_by_label("Waarom, of wat eraan is gedaan").fill("De lijn stond een half uur stil.")
    accessible(carla)
    carla.get_by_role("button", name="Als gezien markeren").click()
    expect(carla.locator("#signals")).to_contain_text("De lijn stond een half uur stil.")
    expect(carla.get_by_role("link", name="1 signaal")).to_have_count(0)
    carla.get_by_role("button", name="Accepteren").click()
    expect(carla.locator("h1")).to_have_text("Werkbriefje status")
    assert Timesheet.objects.get(pk=sheet.pk).state == State.ACCEPTED

    ana.reload()
    expect(ana.locator("main")).to_contain_text("Gezien door Carla de Groot")
    accessible(ana)
