"""What stands out in the agency's pages: in the cockpit the gravest first, and on a timesheet with who has seen it."""

import re

import pytest
from django.test import Client as Browser

from kis.timesheets import operations
from kis.timesheets.hours import Day, Hours, Shift
from kis.timesheets.models import Timesheet
from kis.timesheets.workflow import State
from tests.support import people, two_clients, walk
from tests.support.queries import SameQueries

MISSING_BREAK = Day((Shift(8 * 60, 16 * 60),))


@pytest.fixture
def esra() -> Browser:
    return people.signed_in(people.esra())


def week(*days: Day) -> Hours:
    return Hours(people.WEEK, days + (Day(),) * (7 - len(days)))


def page(browser: Browser, sheet: Timesheet) -> str:
    return browser.get(f"/agency/timesheets/{sheet.pk}/").content.decode()


def keys(html: str) -> list[str]:
    return re.findall(r'name="key" value="(\w+)"', html)


def test_the_cockpit_lists_what_the_law_says_the_gravest_first(esra: Browser) -> None:
    bram = people.placement(people.bram(), pattern=[])
    walk.to(people.sheet(bram), State.SUBMITTED, hours=week(MISSING_BREAK))
    two_clients.handed_in()
    html = esra.get("/agency/").content.decode()
    card = html[html.index("findings-title") :]
    assert "3 werkbriefjes vragen aandacht" in card
    assert "2 met iets dat niet is toegestaan" in card
    names = re.findall(r"#signals\">([^<]+)</a>", card)
    assert names == ["Ana Kowalska", "Ana Kowalska", "Bram Willems"]
    assert card.index("Week te lang") < card.index("Te weinig pauze")


def test_what_the_agency_has_seen_leaves_the_cockpit_and_the_lists(esra: Browser) -> None:
    sheet = walk.to(people.sheet(people.placement(pattern=[])), State.ACCEPTED, hours=week(MISSING_BREAK))
    html = page(esra, sheet)
    assert "noem geen andere opdrachtgever" in html
    [key] = keys(html)
    answer = esra.post(
        f"/agency/timesheets/{sheet.pk}/acknowledge/", {"key": key, "reason": "Nagevraagd."}, follow=True
    )
    html = answer.content.decode()
    assert "Gezien door Esra Yilmaz (het uitzendbureau)" in html
    assert keys(html) == []
    assert "findings-title" not in esra.get("/agency/").content.decode()
    rows = esra.get("/agency/timesheets/?state=accepted").content.decode()
    assert "▲" not in rows
    sheet.refresh_from_db()
    assert (sheet.signal_count, sheet.agency_signal_count) == (1, 0), "the client has not looked yet"


def test_a_reason_is_needed_and_what_is_gone_is_told(esra: Browser) -> None:
    sheet = walk.to(people.sheet(people.placement(pattern=[])), State.ACCEPTED, hours=week(MISSING_BREAK))
    [key] = keys(page(esra, sheet))
    address = f"/agency/timesheets/{sheet.pk}/acknowledge/"
    assert esra.post(address, {"key": key, "reason": ""}).status_code == 422
    assert esra.post(address, {"key": "f" * 32, "reason": "Gezien."}).status_code == 409


def test_the_list_can_be_narrowed_to_what_has_signals(esra: Browser) -> None:
    unusual = walk.to(people.sheet(people.ana()), State.SUBMITTED, hours=week(Day((Shift(480, 600),))))
    by_law = walk.to(people.sheet(people.placement(people.bram(), pattern=[])), State.SUBMITTED,
                     hours=week(MISSING_BREAK))  # fmt: skip
    quiet = walk.to(people.sheet(people.many_workers(1)[0]), State.SUBMITTED)

    def listed(signals: str) -> set[int]:
        html = esra.get(f"/agency/timesheets/?signals={signals}").content.decode()
        return {sheet.pk for sheet in (unusual, by_law, quiet) if f"/agency/timesheets/{sheet.pk}/" in html}

    assert listed("") == {unusual.pk, by_law.pk, quiet.pk}
    assert listed("any") == {unusual.pk, by_law.pk}
    assert listed("law") == {by_law.pk}


def test_the_agency_reads_the_whole_finding_over_all_placements(esra: Browser) -> None:
    bakery, _ = two_clients.handed_in()
    html = page(esra, bakery)
    assert "Deze week telt 65:25 uur werk; hoogstens 60:00 is toegestaan." in html
    assert "Een deel hiervan" not in html


def test_terms_changed_on_the_page_of_a_job_are_looked_at_anew(esra: Browser) -> None:
    sheet = walk.to(people.sheet(people.placement(pattern=[])), State.SUBMITTED, hours=week(MISSING_BREAK))
    job = sheet.placement
    data = {"number": job.number, "job_title": job.job_title, "start": "2026-09-01", "entry": "times",
            "working_time_profile": "driver"}  # fmt: skip
    assert esra.post(f"/agency/people/placements/{job.pk}/", data).status_code == 302
    assert Timesheet.objects.get(pk=sheet.pk).finding_level == 0


def test_a_birth_date_on_the_page_of_a_worker_is_looked_at_anew(esra: Browser) -> None:
    sheet = walk.to(people.sheet(people.placement(pattern=[])), State.SUBMITTED,
                    hours=week(Day((Shift(18 * 60, 23 * 60 + 30),))))  # fmt: skip
    assert sheet.finding_level == 0
    worker = sheet.worker
    data = {"name": str(worker), "email": worker.user.email, "language": "nl", "number": worker.number,
            "birth_date": "2009-03-14", "phone": "", "pay_period": "week"}  # fmt: skip
    assert esra.post(f"/agency/people/workers/{worker.pk}/", data).status_code == 302
    assert Timesheet.objects.get(pk=sheet.pk).finding_level == 2


def test_the_cockpit_costs_the_same_for_3_and_for_30_findings(esra: Browser, same_queries: SameQueries) -> None:
    def add(count: int) -> None:
        for worker in people.many_workers(count):
            walk.to(people.sheet(people.placement(worker)), State.SUBMITTED, hours=week(MISSING_BREAK))

    queries = same_queries(add, lambda: esra.get("/agency/"))
    assert queries <= 20
    assert "Alle 30" in esra.get("/agency/").content.decode()


def test_a_timesheet_that_was_accepted_and_approved_may_still_be_explained(esra: Browser) -> None:
    sheet = walk.to(people.sheet(people.placement(pattern=[])), State.APPROVED, hours=week(MISSING_BREAK))
    [key] = keys(page(esra, sheet))
    esra.post(f"/agency/timesheets/{sheet.pk}/acknowledge/", {"key": key, "reason": "Besproken."})
    assert Timesheet.objects.get(pk=sheet.pk).finding_level == 0
    esra_ = people.actor(people.esra())
    operations.reopen(sheet, version=sheet.version, by=esra_, at=sheet.state_since, reason="Nog eens kijken.")
    assert Timesheet.objects.get(pk=sheet.pk).finding_level == 0, "reopened, it stays explained"
