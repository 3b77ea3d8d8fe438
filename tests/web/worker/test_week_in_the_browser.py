"""The worker's week in a real browser: typed with the keyboard, saved while typing, and kept without a connection."""

from collections.abc import Callable

import pytest
from django.conf import settings
from playwright.sync_api import BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from kis.core.weeks import Week
from kis.timesheets.models import Timesheet
from kis.timesheets.workflow import State
from tests.support import people, walk
from tests.support.browser import Console
from tests.support.time import Freeze
from tests.web.worker.posting import WEEK_URL

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def friday(freeze: Freeze) -> None:
    freeze("2026-11-27 15:00")


def sign_in(context: BrowserContext, address: str) -> None:
    """Ana's session in the browser."""
    session = people.signed_in(people.ana()).cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": address}])


@pytest.fixture
def week(page: Page, context: BrowserContext, live_server: LiveServer) -> Page:
    people.sheet()
    sign_in(context, live_server.url)
    page.goto(WEEK_URL)
    return page


def box(page: Page, name: str):
    return page.locator(f'[name="{name}"]')


def saved(page: Page) -> None:
    expect(page.locator(".saved")).to_have_text("Opgeslagen als concept.")


def test_a_whole_week_can_be_typed_and_handed_in_with_the_keyboard_alone(week: Page) -> None:
    box(week, "days.0.shifts.0.start").focus()
    for day in range(5):
        expect(box(week, f"days.{day}.shifts.0.start")).to_be_focused()
        for text in ("800", "1630", "30"):
            week.keyboard.type(text)
            week.keyboard.press("Tab")
        for _ in ("kilometres", "one more shift", "not worked of the next day"):
            week.keyboard.press("Tab")
    expect(week.locator(".day-sum")).to_contain_text("40:00")
    saved(week)
    button = week.get_by_role("button", name="Doorsturen naar Bakkerij De Groot")
    while not button.evaluate("button => button === document.activeElement"):
        week.keyboard.press("Tab")
    week.keyboard.press("Enter")
    expect(week.locator("#toasts")).to_contain_text("Je uren zijn doorgestuurd naar Bakkerij De Groot.")
    assert people.sheet().submitted_hours() == people.hours()


def test_totals_follow_while_typing_and_the_server_agrees(week: Page) -> None:
    box(week, "days.0.shifts.0.start").fill("22")
    box(week, "days.0.shifts.0.end").fill("6:00")
    box(week, "days.0.shifts.0.pause").fill("2:00-2:30")
    expect(week.locator("[data-day-total]").first).to_have_text("7:30")
    saved(week)
    expect(week.locator("[data-day-total]").first).to_have_text("7:30")
    assert people.sheet().minutes == 450


def test_enter_in_a_field_never_hands_in(week: Page) -> None:
    box(week, "days.0.shifts.0.start").fill("8")
    box(week, "days.0.shifts.0.end").fill("12")
    box(week, "days.0.shifts.0.end").press("Enter")
    expect(week.locator("#toasts")).to_contain_text("Er is nog niets doorgestuurd")
    assert people.sheet().state == State.DRAFT


def test_what_cannot_be_is_tied_to_its_field_while_typing_and_let_go_when_mended(week: Page) -> None:
    start = box(week, "days.1.shifts.0.start")
    start.fill("25:00")
    expect(start).to_have_attribute("aria-invalid", "true")
    expect(week.locator(f"#{start.get_attribute('aria-describedby')}")).to_be_visible()
    start.fill("8:00")
    expect(start).not_to_have_attribute("aria-invalid", "true")


def test_one_more_shift_gets_the_focus_and_keeps_what_was_typed(week: Page) -> None:
    box(week, "days.0.shifts.0.start").fill("8")
    week.get_by_role("button", name="Nog een dienst op ma 23 nov").click()
    expect(box(week, "days.0.shifts.1.start")).to_be_focused()
    expect(box(week, "days.0.shifts.0.start")).to_have_value("08:00")


def test_as_usual_fills_the_week_without_leaving_the_page(week: Page) -> None:
    week.get_by_role("button", name="Zoals gewoonlijk").click()
    expect(week.locator(".day-sum")).to_contain_text("40:00")
    expect(week.locator(".notice[role=status]")).to_be_focused()


def test_without_a_connection_what_was_typed_stays_and_is_sent_when_it_is_back(week: Page, console: Console) -> None:
    console.allow("ERR_INTERNET_DISCONNECTED|htmx:(afterRequest|sendError)")
    week.context.set_offline(True)
    box(week, "days.0.km").fill("12")
    expect(week.locator("[data-offline]").first).to_be_visible()
    week.wait_for_timeout(1000)
    week.context.set_offline(False)
    saved(week)
    assert people.sheet().km == 12


def test_what_never_reached_the_server_is_back_when_the_page_is_opened_again(week: Page, console: Console) -> None:
    console.allow("ERR_FAILED|htmx:(afterRequest|sendError)")
    week.route("**/draft/", lambda route: route.abort())
    box(week, "days.0.km").fill("12")
    week.wait_for_timeout(1000)
    week.unroute("**/draft/")
    week.goto(WEEK_URL)
    expect(box(week, "days.0.km")).to_have_value("12")
    expect(week.locator(".notice[role=status]")).to_contain_text("staat er weer en is opgeslagen")
    assert people.sheet().km == 12
    week.goto(WEEK_URL)
    expect(week.locator(".notice[role=status]")).to_have_count(0)


def test_handing_in_waits_for_the_draft_that_is_under_way(week: Page) -> None:
    week.route("**/draft/", lambda route: (week.wait_for_timeout(500), route.continue_()))
    box(week, "days.0.shifts.0.start").fill("8")
    box(week, "days.0.shifts.0.end").fill("12")
    week.wait_for_timeout(800)
    week.get_by_role("button", name="Doorsturen naar Bakkerij De Groot").click()
    expect(week.locator("#toasts")).to_contain_text("Je uren zijn doorgestuurd")
    assert people.sheet().state == State.SUBMITTED


def test_two_pages_of_one_week_never_overwrite_each_other_unasked(week: Page) -> None:
    other = week.context.new_page()
    other.goto(WEEK_URL)
    box(week, "days.0.km").fill("12")
    saved(week)
    box(other, "days.0.km").fill("99")
    expect(other.get_by_role("alert")).to_contain_text("Deze week is ondertussen veranderd")
    expect(box(other, "days.0.km")).to_have_value("99")
    assert people.sheet().km == 12
    other.get_by_role("button", name="Opslaan wat ik typte").click()
    expect(other.locator("#toasts")).to_contain_text("Opgeslagen")
    assert people.sheet().km == 99


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("state", [State.DRAFT, State.SUBMITTED, State.REFUSED, State.PAID])
def test_every_state_of_the_week_is_accessible_and_fits_a_narrow_phone(
    new_context: Callable[..., BrowserContext],
    live_server: LiveServer,
    accessible: Callable[[Page], None],
    state: State,
    scheme: str,
) -> None:
    walk.to(people.sheet(week=Week(2026, 47)), State.PAID)
    walk.to(people.sheet(), state)
    context = new_context(viewport={"width": 360, "height": 740}, color_scheme=scheme)
    sign_in(context, live_server.url)
    page = context.new_page()
    for address in (WEEK_URL, "/worker/history/"):
        page.goto(address)
        accessible(page)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert Timesheet.objects.count() == 2
