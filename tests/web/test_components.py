"""The component page: every building block in a real browser."""

from collections.abc import Callable

import pytest
from django.conf import LazySettings
from django.test import Client
from playwright.sync_api import BrowserContext, Page, expect


@pytest.fixture(autouse=True)
def _demo(settings: LazySettings, transactional_db: None):
    settings.DEMO = True


def test_it_is_there_in_demo_mode_only(client: Client, settings: LazySettings):
    assert client.get("/components/").status_code == 200
    settings.DEMO = False
    assert client.get("/components/").status_code == 404


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_on_it_keeps_anybody_out(page: Page, accessible: Callable[[Page], None], scheme: str):
    page.emulate_media(color_scheme=scheme)
    page.goto("/components/")
    accessible(page)


def test_nothing_scrolls_sideways(page: Page):
    page.goto("/components/")
    for width in (320, 360, 700, 720, 950, 1000, 1300, 1440):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_on_a_phone_everything_to_press_is_large_enough_for_a_thumb(new_context: Callable[..., BrowserContext]):
    page = new_context(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True).new_page()
    page.goto("/components/")
    low = page.evaluate(
        """() => [...document.querySelectorAll("button, .button, .input, .select, .check")]
            .filter((one) => !one.matches(".link-button") && one.getClientRects().length)
            .filter((one) => one.getBoundingClientRect().height < 44)
            .map((one) => one.outerHTML.slice(0, 80))"""
    )
    assert low == []


def test_a_key_presses_its_button_but_never_while_somebody_types(page: Page):
    page.goto("/components/")
    page.keyboard.press("a")
    expect(page.locator("[data-key=a]")).to_be_focused()
    page.locator("#id_name").first.focus()
    page.keyboard.press("a")
    expect(page.locator("#id_name").first).to_have_value("a")


def test_a_key_leads_to_the_search_field(page: Page):
    page.goto("/components/")
    page.keyboard.press("/")
    expect(page.locator("#sample-q")).to_be_focused()


def test_the_question_mark_lists_the_keys_of_the_page(page: Page):
    page.goto("/components/")
    page.keyboard.press("?")
    keys = page.locator("#shortcuts dt")
    assert keys.all_inner_texts() == ["a", "u", "/", "?", "Esc"]
    assert page.locator("#shortcuts dd").first.inner_text() == "Primary"
    page.keyboard.press("Escape")
    expect(page.locator("#shortcuts")).to_be_hidden()
    page.keyboard.press("?")
    assert keys.count() == 5


def test_a_dialog_opens_and_closes_by_button_and_by_key(page: Page):
    page.goto("/components/")
    dialog = page.locator("#sample-dialog")
    page.get_by_role("button", name="Open a dialog").click()
    expect(dialog).to_be_visible()
    dialog.get_by_role("button", name="Cancel").click()
    expect(dialog).to_be_hidden()
    page.get_by_role("button", name="Open a dialog").click()
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()


def test_the_totals_follow_what_is_ticked(page: Page):
    page.goto("/components/")
    count, hours = page.locator("[data-tally=count]"), page.locator("[data-tally=hours]")
    everything = page.locator("[data-check-all]")
    assert (count.inner_text(), hours.inner_text()) == ("1", "36:45")
    assert everything.evaluate("(box) => box.indeterminate")
    everything.check()
    assert (count.inner_text(), hours.inner_text()) == ("2", "44:15")
    everything.uncheck()
    assert (count.inner_text(), hours.inner_text()) == ("0", "0:00")
    expect(page.locator("[data-needs-tick]")).to_be_disabled()


def test_a_time_is_shown_as_a_time_and_what_cannot_be_read_stays(page: Page):
    page.goto("/components/")
    field = page.locator("#id_start").first
    told = {"730": "07:30", "0730": "07:30", "7.30": "07:30", "7u30": "07:30", "7": "07:00", "24:00": "24:00"}
    for typed, shown in (told | {wrong: wrong for wrong in ("2500", "7,5", "half acht", "2401", "765", "")}).items():
        field.fill(typed)
        field.blur()
        expect(field).to_have_value(shown)


def test_without_a_connection_the_page_says_so_and_stops_when_it_is_back(page: Page):
    page.goto("/components/")
    notice = page.locator("[data-offline]")
    expect(notice).to_be_hidden()
    page.context.set_offline(True)
    expect(notice).to_be_visible()
    page.context.set_offline(False)
    expect(notice).to_be_hidden()
