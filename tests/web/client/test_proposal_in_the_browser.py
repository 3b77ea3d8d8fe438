"""A proposal from the client's screen to the worker's phone and back, in two browsers."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from kis.timesheets.models import Timesheet
from kis.timesheets.workflow import State
from tests.support import people, walk

pytestmark = pytest.mark.django_db(transaction=True)
PHONE, DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 900}

Open = Callable[..., Page]


@pytest.fixture
def sheet() -> Timesheet:
    return walk.to(people.sheet(people.ana()), State.SUBMITTED)


def test_a_proposal_that_hurts_waits_for_the_yes_of_the_worker(
    opened: Open, sheet: Timesheet, accessible: Callable[[Page], None]
) -> None:
    carla = opened(people.carla(), f"/client/timesheets/{sheet.pk}/", viewport=DESK)
    with carla.expect_navigation():
        carla.keyboard.press("v")
    expect(carla.get_by_role("heading", level=1)).to_have_text("Andere tijden voor Ana Kowalska")
    carla.locator('[name="days.0.shifts.0.end"]').fill("15.30")
    expect(carla.locator(f"#s{sheet.pk}-verdict")).to_contain_text("Minder: Ana Kowalska moet akkoord geven.")
    expect(carla.locator(".day-sum")).to_contain_text("39:00")
    accessible(carla)
    carla.get_by_label("De begin- of eindtijd klopt niet").check()
    carla.get_by_role("button", name="Voorstel versturen").click()
    expect(carla.locator("#toasts")).to_contain_text("Uw voorstel ligt bij Ana Kowalska")

    ana = opened(people.ana(), "/worker/week/2026-W48/", viewport=PHONE)
    expect(ana.locator(".lead")).to_contain_text("Bakkerij De Groot stelt andere uren voor.")
    expect(ana.locator(".proposal")).to_contain_text("De begin- of eindtijd klopt niet")
    expect(ana.locator(".proposal")).to_contain_text("−1:00")
    accessible(ana)
    ana.get_by_role("button", name="Akkoord").click()
    expect(ana.locator("#toasts")).to_contain_text("Je bent akkoord gegaan.")
    sheet.refresh_from_db()
    assert (sheet.state, sheet.minutes) == (State.ACCEPTED, 39 * 60)

    carla.goto(f"/client/timesheets/{sheet.pk}/")
    expect(carla.locator(".proposal")).to_contain_text("Ana Kowalska ging akkoord met de voorgestelde uren")


def test_the_worker_answers_a_proposal_with_other_hours_even_after_typing(opened: Open, sheet: Timesheet) -> None:
    walk.proposed(people.sheet(people.bram()))
    bram = opened(people.bram(), "/worker/week/2026-W48/", viewport=PHONE)
    bram.get_by_text("Aanpassen en opnieuw doorsturen").click()
    bram.locator('[name="days.4.shifts.0.end"]').fill("12:00")
    expect(bram.locator(".saved")).to_have_text("Opgeslagen als concept.")
    bram.get_by_role("button", name="Doorsturen naar Bakkerij De Groot").click()
    expect(bram.locator("#toasts")).to_contain_text("Je uren zijn doorgestuurd")
    answered = people.sheet(people.bram())
    assert (answered.state, answered.proposed_version) == (State.SUBMITTED, None)


def test_a_yes_counts_though_something_was_typed_meanwhile(opened: Open) -> None:
    walk.proposed(people.sheet(people.ana()))
    ana = opened(people.ana(), "/worker/week/2026-W48/", viewport=PHONE)
    ana.get_by_text("Aanpassen en opnieuw doorsturen").click()
    ana.locator('[name="days.4.shifts.0.end"]').fill("12:00")
    expect(ana.locator(".saved")).to_have_text("Opgeslagen als concept.")
    ana.get_by_role("button", name="Akkoord").click()
    expect(ana.locator("#toasts")).to_contain_text("Je bent akkoord gegaan.")
    assert people.sheet(people.ana()).hours == people.hours(days=4)


def test_a_proposal_that_helps_holds_at_once(opened: Open, sheet: Timesheet) -> None:
    carla = opened(people.carla(), f"/client/timesheets/{sheet.pk}/propose/", viewport=PHONE)
    carla.locator('[name="days.0.shifts.0.end"]').fill("1730")
    expect(carla.locator(f"#s{sheet.pk}-verdict")).to_contain_text("Dit gaat meteen in.")
    carla.get_by_label("Toelichting voor de medewerker").fill("De oven was later klaar.")
    carla.get_by_label("Iets anders").check()
    carla.get_by_role("button", name="Voorstel versturen").click()
    expect(carla.locator("#toasts")).to_contain_text("zijn geaccepteerd, met uw wijzigingen")

    ana = opened(people.ana(), "/worker/week/2026-W48/", viewport=PHONE)
    expect(ana.locator(".proposal")).to_contain_text("De oven was later klaar")
    expect(ana.locator(".proposal")).to_contain_text("+1:00")
    esra = opened(people.esra(), f"/agency/timesheets/{sheet.pk}/", viewport=DESK)
    expect(esra.locator(".timeline")).to_contain_text("Carla de Groot stelde andere uren voor")


def test_without_scripts_a_button_says_what_a_proposal_means(opened: Open, sheet: Timesheet) -> None:
    page = opened(people.carla(), f"/client/timesheets/{sheet.pk}/propose/", java_script_enabled=False)
    page.locator('[name="days.0.shifts.0.end"]').fill("15.30")
    page.get_by_role("button", name="Kijk wat dit betekent").click()
    expect(page.locator(f"#s{sheet.pk}-verdict")).to_contain_text("moet akkoord geven")
    page.get_by_label("De begin- of eindtijd klopt niet").check()
    page.get_by_role("button", name="Voorstel versturen").click()
    sheet.refresh_from_db()
    assert sheet.proposed_version == sheet.version
