"""A mistake found after payment, from the worker's phone past client and agency, in three browsers."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from kis.payroll.models import PayLine
from kis.timesheets.models import Timesheet
from kis.timesheets.workflow import State
from tests.support import people, walk
from tests.support.time import Freeze

pytestmark = pytest.mark.django_db(transaction=True)
PHONE = {"width": 390, "height": 844}
WEEK_URL = "/worker/week/2026-W48/"

Open = Callable[..., Page]


@pytest.fixture(autouse=True)
def afterwards(freeze: Freeze) -> None:
    freeze("2026-12-09 09:00")


@pytest.fixture
def paid() -> Timesheet:
    return walk.to(people.sheet(people.ana()), State.PAID)


def test_a_mistake_found_after_payment(opened: Open, paid: Timesheet, accessible: Callable[[Page], None]) -> None:
    ana = opened(people.ana(), WEEK_URL, viewport=PHONE)
    ana.get_by_text("Er klopt iets niet: correctie aanvragen").click()
    ana.get_by_label("Wat klopt er niet?").fill("Zaterdag heb ik ook gewerkt.")
    ana.get_by_role("button", name="Correctie aanvragen").click()
    expect(ana.locator(".lead")).to_contain_text("Je corrigeert een week die al verloond is.")
    accessible(ana)
    ana.locator('[name="days.5.shifts.0.start"]').fill("8")
    ana.locator('[name="days.5.shifts.0.end"]').fill("12")
    expect(ana.locator(".day-sum")).to_contain_text("44:00")
    expect(ana.locator(".saved")).to_have_text("Opgeslagen als concept.")
    ana.get_by_role("button", name="Doorsturen naar Bakkerij De Groot").click()
    expect(ana.locator("#toasts")).to_contain_text("Je uren zijn doorgestuurd")

    carla = opened(people.carla(), "/client/status/")
    carla.locator('a[href$="/2026-W48/intermediate/"]').click()
    expect(carla.locator("table")).to_contain_text("correctie 1")
    carla.get_by_role("link", name="Ana Kowalska").click()
    expect(carla.locator(".proposal")).to_contain_text("Correctie 1 van week 48")
    expect(carla.locator(".proposal")).to_contain_text("+4:00")
    accessible(carla)
    carla.keyboard.press("a")
    expect(carla.locator("#toasts")).to_contain_text("De uren van Ana Kowalska zijn geaccepteerd.")

    fresh = paid.corrections.get()
    esra = opened(people.esra(), f"/agency/timesheets/{fresh.pk}/")
    accessible(esra)
    esra.get_by_role("button", name="Accorderen").click()
    expect(esra.locator("#toasts")).to_be_visible()
    fresh.refresh_from_db()
    assert fresh.state == State.APPROVED
    walk.pay(fresh)
    assert sum(line.minutes for line in PayLine.objects.filter(timesheet=fresh, kind=PayLine.Kind.TIME)) == 4 * 60

    ana.goto(WEEK_URL)
    expect(ana.locator(".sheet-strip .figure")).to_have_text("44:00")
    ana.get_by_role("link", name="Bekijk de week zoals die verloond is").click()
    expect(ana.locator(".sheet-strip .figure")).to_have_text("40:00")
    ana.get_by_role("link", name="correctie 1").click()
    expect(ana.locator(".sheet-strip .figure")).to_have_text("44:00")
    carla.goto(f"/client/timesheets/{paid.pk}/")
    expect(carla.locator("main .notice:not([hidden])")).to_contain_text("Vervangen door correctie 1.")


def test_a_correction_that_costs_the_worker_hours_waits_for_a_yes_and_can_be_refused(
    opened: Open, paid: Timesheet
) -> None:
    esra = opened(people.esra(), f"/agency/timesheets/{paid.pk}/")
    with esra.expect_navigation():
        esra.get_by_role("link", name="Deze week corrigeren").click()
    esra.locator('[name="days.4.shifts.0.end"]').fill("12:00")
    expect(esra.locator(f"#s{paid.pk}-verdict")).to_contain_text("Ana Kowalska moet akkoord geven.")
    esra.get_by_label("De uren wijken af van wat er gewerkt is").check()
    esra.get_by_role("button", name="Correctie versturen").click()
    expect(esra.locator("#toasts")).to_contain_text("De correctie ligt bij Ana Kowalska.")

    ana = opened(people.ana(), WEEK_URL, viewport=PHONE)
    expect(ana.locator(".lead")).to_contain_text("Een correctie van deze week wacht op jouw antwoord")
    ana.get_by_role("button", name="Correctie laten vervallen").click()
    expect(ana.locator("#toasts")).to_contain_text("De correctie is vervallen.")
    fresh = paid.corrections.get()
    assert (fresh.state, fresh.minutes) == (State.PAID, 40 * 60)
