"""Rules that change in the middle of a year: written by one, approved by another, and a week that lies across."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from kis.core.weeks import Week
from kis.payroll import agreements
from kis.payroll.models import RuleVersion
from kis.timesheets.hours import Day, Hours, Shift
from kis.timesheets.workflow import State
from tests.support import people, walk
from tests.support.time import Freeze

pytestmark = pytest.mark.django_db(transaction=True)
DESK = {"width": 1440, "height": 900}
EVENINGS = Day((Shift(14 * 60, 22 * 60),))
ACROSS = Week(2026, 27)  # Monday 29 June to Sunday 5 July; the new version holds from Wednesday 1 July

Open = Callable[..., Page]


def test_a_week_across_the_change_is_paid_by_both_versions(opened: Open, freeze: Freeze) -> None:
    freeze("2026-06-15 10:00")
    by = people.actor(people.esra())
    agreements.adopt_template("STANDARD-1", by=by, at=people.BEFORE)
    job = people.placement(people.ana(), start=dt.date(2026, 5, 4))
    agreements.agree_terms(job, valid_from=job.start, wage_cents=2000, by=by, at=people.BEFORE)

    esra = opened(people.esra(), "/agency/payroll/rules/", viewport=DESK)
    esra.get_by_role("link", name="STANDARD-1").click()
    with esra.expect_navigation():
        esra.get_by_role("link", name="De volgende versie schrijven").click()
    esra.locator('[name="valid_from"]').fill("2026-07-01")
    evening = esra.locator('[name="bands.1.surcharge"]')
    expect(evening).to_have_value("30")
    evening.fill("40")
    esra.locator('[name="example"]').select_option("weekend")
    expect(esra.locator("#example")).to_contain_text("+40")
    esra.get_by_role("button", name="Bewaren als concept").click()
    expect(esra.get_by_text("Jij schreef dit; iemand anders keurt het goed.")).to_be_visible()

    finn = opened(people.finn(), "/agency/payroll/rules/", viewport=DESK)
    finn.get_by_role("link", name="STANDARD-1").first.click()
    expect(finn.locator("ins")).to_contain_text("Avond: ma–vr van 18:00 tot 24:00, +40 procent.")
    finn.get_by_role("button", name="Deze versie goedkeuren").click()
    expect(finn.get_by_role("heading", level=1)).to_contain_text("STANDARD-1 versie 2")
    assert RuleVersion.objects.get(version=2).valid_from == dt.date(2026, 7, 1)

    freeze("2026-07-06 10:00")
    hours = Hours(ACROSS, (*[EVENINGS] * 5, Day(), Day()))
    sheet = walk.to(people.sheet(people.ana(), ACROSS), State.SUBMITTED, hours=hours)
    esra.goto(f"/agency/timesheets/{sheet.pk}/pay/")
    tuesday = esra.locator("tbody", has_text="dinsdag 30 juni")
    wednesday = esra.locator("tbody", has_text="woensdag 1 juli")
    expect(tuesday).to_contain_text(re.compile("Avond.*130"))
    expect(wednesday).to_contain_text(re.compile("Avond.*140"))
    expect(esra.get_by_text("Volgens de regels: STANDARD-1 v1, STANDARD-1 v2")).to_be_visible()
