"""Every page of every party, with the demo's people: nothing keeps anybody out, scrolls sideways, or complains.

Pages are found from link to link and held against the matrix of all addresses: a new page falls under this by itself.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

import pytest
from django.conf import LazySettings
from django.test import Client as Browser
from playwright.sync_api import Page

from kis.core.weeks import Week
from kis.demo import cast, loading
from kis.exchange import exports, mappings
from kis.exchange.component_mapping import Target
from kis.exchange.models import ExportOrder
from kis.payroll import agreements, recalculation, recheck
from kis.payroll import forecast as forecasts
from kis.payroll import operations as payroll
from kis.payroll.models import Forecast, PayrollRun, Recheck
from kis.post.models import OutboxMail
from kis.staffing.models import AgencyUser, ClientContact, Worker
from kis.timesheets import corrections
from kis.timesheets.models import Timesheet
from kis.timesheets.workflow import State
from tests.journeys import links
from tests.support import people, walk
from tests.support.browser import Accessible
from tests.support.time import Freeze
from tests.web.test_access_matrix import MATRIX, ROLES

NOBODY_STARTS = ("/", "/demo/mail/", "/account/link-sent/")  # the last comes after a form
# Who of the demo looks at the pages of which role.
PARTIES: dict[str, Callable[[], people.Person]] = {
    "ana": lambda: Worker.objects.get(user__email=cast.WORKER_LOG_IN),
    "carla": lambda: ClientContact.objects.get(user__email=cast.CLIENT_LOG_IN),
    "esra": lambda: AgencyUser.objects.get(user__email=cast.AGENCY_LOG_IN),
}
# These show nothing to look at by themselves.
NO_PAGES = {
    "accent",
    "agency:import_template",
    "agency:invoice_file",
    "agency:timesheet_evidence",
    "client:timesheet_evidence",
    "worker:sheet_evidence",
    "agency:payroll_progress",
    "agency:timesheet_receipt",
    "client:hours",
    "client:timesheet_receipt",
    "mailbox:attachment",
    "worker:sheet_receipt",
}
# A phone by day with every rule; a desk by night, where the colours are others.
LOOKS: tuple[tuple[int, int, Literal["light", "dark"], *tuple[str, ...]], ...] = (
    (360, 740, "light"),
    (1280, 800, "dark", "color-contrast"),
)


@pytest.fixture(autouse=True)
def demo(transactional_db: None, settings: LazySettings, freeze: Freeze) -> None:
    """A Tuesday after the payroll run; the present week has begun. The worker asked for a correction and got a raise
    for weeks that were paid, whose difference a run has paid; a file of that run is made and another is under way."""
    settings.DEMO = True
    now = freeze("2026-11-24 12:00")
    loading.load(now, weeks=2)
    ana, esra = PARTIES["ana"](), people.actor(PARTIES["esra"]())
    paid = Timesheet.objects.filter(state=State.PAID, worker__user=ana.user_id).latest("iso_week")
    corrections.open_correction(paid, by=people.actor(ana), at=now, reason="De pauze van dinsdag ontbreekt.")
    agreements.agree_terms(paid.placement, valid_from=paid.week.monday, wage_cents=3000, by=esra, at=now)
    recheck.carry_out(recheck.ask(paid.week, by=esra, at=now).pk, clock=lambda: now)
    recalculation.confirm(list(Recheck.objects.get().rows.all()), by=esra, at=now)
    walk.run(paid.week, now)
    run = PayrollRun.objects.latest("pk")
    mappings.save_codes("loket", [Target("normal", "1")], {"employer": "5555", "shift": "1"}, shown=0, by=esra, at=now)
    exports.ask(run, "csv", by=esra, at=now)
    exports.carry_out(ExportOrder.objects.get().pk, clock=lambda: now)
    exports.ask(run, "xlsx", by=esra, at=now)
    forecasts.carry_out(forecasts.ask(payroll.preview(Week(2026, 47), cut_off=now), by=esra, at=now).pk)


def nobody_finds() -> links.Found:
    invitation = OutboxMail.objects.filter(kind="invitation").latest("pk")
    return links.follow(Browser(), *NOBODY_STARTS, f"/demo/mail/{invitation.pk}/")


def found_by(person: people.Person) -> links.Found:
    """From the first page on; and what a button leads to."""
    forecast = [f"/agency/payroll/forecast/{Forecast.objects.latest('pk').pk}/"] * isinstance(person, AgencyUser)
    return links.follow(people.signed_in(person), "/", *forecast)


@pytest.mark.parametrize("role", PARTIES)
def test_every_page_is_reached_by_links_and_no_link_is_broken(role: str) -> None:
    found, everybody_s = found_by(PARTIES[role]()), nobody_finds()
    theirs = {row.split()[0] for row, statuses in MATRIX.items() if statuses.split()[ROLES.index(role)] == "200"}
    assert sorted(theirs - found.names - everybody_s.names - NO_PAGES) == [], "no link leads there"
    assert found.broken + everybody_s.broken == []


def test_nobody_s_pages_are_open_to_all_and_fit_a_phone(page: Page, accessible: Accessible) -> None:
    wrong = _wrong(page, nobody_finds().pages, accessible)
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("role", PARTIES)
def test_all_pages_of_a_party_are_open_to_all_and_fit_a_phone(
    role: str, opened: Callable[..., Page], accessible: Accessible
) -> None:
    person = PARTIES[role]()
    seen_by_nobody = nobody_finds().pages
    pages = [address for address in found_by(person).pages if address not in seen_by_nobody]
    wrong = _wrong(opened(person, "/"), pages, accessible)
    assert not wrong, "\n".join(wrong)


def _wrong(page: Page, addresses: list[str], accessible: Accessible) -> list[str]:
    """What is wrong with these pages, each in every look; what the console says fails the test by itself."""
    wrong = []
    for address in addresses:
        page.goto(address)
        for width, height, scheme, *rules in LOOKS:
            page.set_viewport_size({"width": width, "height": height})
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # a colour on its way is no colour
            if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                wrong.append(f"{address} scrolls sideways at {width}")
            try:
                accessible(page, *rules)
            except AssertionError as error:
                wrong.append(f"{width}, {scheme}: {error}")
    return wrong
