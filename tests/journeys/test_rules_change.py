"""The rules of a client change on a Wednesday in the middle of the year: the week across is paid by both versions.

One colleague writes the change, another approves it. Weeks paid before keep the amounts they were paid.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from kis.core import clock
from kis.core.weeks import Week
from kis.payroll import agreements
from kis.payroll import operations as payroll
from kis.payroll.models import PayrollRun, RuleVersion, Stream
from kis.payroll.rules import form, templates
from kis.staffing.models import Placement
from kis.timesheets.hours import Break, Day, Hours, Shift
from kis.timesheets.models import Timesheet
from kis.timesheets.workflow import State
from tests.support import people, walk
from tests.support.time import Freeze

pytestmark = pytest.mark.django_db(transaction=True)
SPRING, CHANGE = dt.date(2026, 3, 2), dt.date(2026, 7, 1)
BEFORE, ACROSS, AFTER = Week(2026, 26), Week(2026, 27), Week(2026, 28)
OTHERWISE = "Met de regels en lonen van vandaag zouden het andere regels zijn."
LATE_SHIFT = Shift(14 * 60, 22 * 60 + 30, (Break(30, 17 * 60 + 30),))  # 3:30 by day, 4:30 in the evening
PHONE = {"width": 390, "height": 844}

Open = Callable[..., Page]


def rules(valid_from: dt.date, evening: str) -> dict[str, object]:
    """The bakery's own rules: the standard, with another surcharge in the evening."""
    standard = form.dump(templates.load("STANDARD-1"))
    bands = [{**band, "surcharge": evening} if band["label"] == "evening" else band for band in standard["bands"]]
    return {**standard, "code": "BAKKERIJ", "valid_from": valid_from.isoformat(), "bands": bands}


def write_and_approve(valid_from: dt.date, evening: str) -> RuleVersion:
    """Esra writes, and Finn approves; she cannot do that herself."""
    esra, finn = people.actor(people.esra()), people.actor(people.finn())
    draft = agreements.save_draft(rules(valid_from, evening), by=esra, at=clock.now())
    with pytest.raises(agreements.OwnRules):
        agreements.approve_draft(draft, revision=draft.revision, by=esra, at=clock.now())
    return agreements.approve_draft(draft, revision=draft.revision, by=finn, at=clock.now())


@pytest.fixture
def job(freeze: Freeze) -> Placement:
    """Ana's late shifts at the bakery, at 16 euros an hour, by rules of the bakery's own."""
    freeze("2026-03-02 09:00")
    esra = people.actor(people.esra())
    found = people.placement(people.ana(), start=SPRING, pattern=[[[14 * 60, 22 * 60 + 30, 30]]] * 5 + [[], []])
    agreements.agree_terms(found, valid_from=SPRING, wage_cents=1600, by=esra, at=clock.now())
    write_and_approve(SPRING, evening="30")
    agreements.assign_rules(
        "BAKKERIJ", stream=Stream.PAY, valid_from=SPRING, client=people.bakery(), by=esra, at=clock.now()
    )
    return found


def worked(job: Placement, week: Week) -> Timesheet:
    """Five late shifts, which the client accepted and the agency approved."""
    hours = Hours(week, (Day((LATE_SHIFT,)),) * 5 + (Day(),) * 2)
    return walk.to(people.sheet(job, week=week), State.APPROVED, hours=hours)


def pay(esra: Page) -> PayrollRun:
    """Esra starts the run that the payroll page shows, and the background carries it out."""
    esra.goto("/agency/payroll/")
    esra.get_by_role("button", name="1 werkbriefje verlonen, 40:00 uur").click()
    run = PayrollRun.objects.latest("pk")
    payroll.carry_out(run.pk, clock=clock.now, report=lambda done, planned: None)
    return run


def evening_of(page: Page, day: str) -> Locator:
    """The line of the evening hours of a day."""
    of_day = page.locator("table.pay tbody").filter(has=page.get_by_role("rowheader", name=re.compile(day)))
    return of_day.get_by_role("row").filter(has_text="Avond")


def reads(page: Page, lead: str, versions: str) -> None:
    """The page of the week's pay says this amount, and by which versions it came about."""
    expect(page.locator(".lead")).to_contain_text(lead)
    expect(page.get_by_text(re.compile("^Volgens de regels:"))).to_have_text(f"Volgens de regels: {versions}")


def test_the_week_across_is_computed_by_both_versions(job: Placement, opened: Open, freeze: Freeze) -> None:
    # On the Tuesday before, the change is written and approved; it holds from Wednesday on.
    freeze("2026-06-30 09:00")
    second = write_and_approve(CHANGE, evening="40")
    assert (second.version, second.valid_from.isoweekday()) == (2, 3)
    assert (second.author_name, second.approver_name) == ("Esra Yilmaz", "Finn Bakker")

    # Monday and Tuesday at 30 %: 3:30 × 16.00 + 4:30 × 20.80. From Wednesday on at 40 %: 4:30 × 22.40.
    across = worked(job, ACROSS)
    freeze("2026-07-07 09:00")
    esra = opened(people.esra(), f"/agency/timesheets/{across.pk}/pay/")
    reads(esra, "769,60", "BAKKERIJ v1, BAKKERIJ v2")
    for day, percentage, amount in (("30 juni", "130", "93,60"), ("1 juli", "140", "100,80")):
        expect(evening_of(esra, day).get_by_role("cell", name=percentage, exact=True)).to_be_visible()
        expect(evening_of(esra, day)).to_contain_text(amount)
    expect(evening_of(esra, "30 juni")).to_contain_text("Avond, +30%")
    expect(evening_of(esra, "1 juli")).to_contain_text("Avond, +40%")

    # What is paid is what was shown, and the worker reads the same two versions.
    pay(esra)
    esra.goto(f"/agency/timesheets/{across.pk}/pay/")
    reads(esra, "769,60 bruto, verloond in de verloning van week 27", "BAKKERIJ v1, BAKKERIJ v2")
    ana = opened(people.ana(), f"/worker/week/{ACROSS}/", viewport=PHONE)
    ana.get_by_role("link", name="Van uren naar loon").click()
    reads(ana, "769,60", "BAKKERIJ v1, BAKKERIJ v2")

    # A week after it knows the new version only.
    after = worked(job, AFTER)
    esra.goto(f"/agency/timesheets/{after.pk}/pay/")
    reads(esra, "784,00", "BAKKERIJ v2")


def test_what_was_paid_before_stays_as_it_was_paid(job: Placement, opened: Open, freeze: Freeze) -> None:
    before = worked(job, BEFORE)
    freeze("2026-06-30 09:00")
    esra = opened(people.esra(), "/agency/")
    pay(esra)

    # A change that holds from later days says nothing about that week.
    write_and_approve(CHANGE, evening="40")
    esra.goto(f"/agency/timesheets/{before.pk}/pay/")
    reads(esra, "748,00", "BAKKERIJ v1")
    expect(esra.get_by_text(OTHERWISE)).to_have_count(0)

    # One that reaches back would make other lines of it. The page says so, and the amount that was paid stands.
    write_and_approve(BEFORE.monday, evening="35")
    esra.reload()
    reads(esra, "748,00", "BAKKERIJ v1")
    expect(esra.get_by_text(OTHERWISE)).to_be_visible()
