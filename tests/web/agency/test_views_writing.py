"""The agency fills in a week for a worker, and hands it in with a reason."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client as Browser

from kis.post.models import OutboxMail
from kis.staffing.parties import Party
from kis.timesheets import operations
from kis.timesheets.models import Timesheet
from kis.timesheets.workflow import State
from kis.web.week.week_form import fields_of
from tests.support import people, walk
from tests.support.time import Freeze

pytestmark = pytest.mark.django_db
PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 100


@pytest.fixture(autouse=True)
def monday(freeze: Freeze) -> None:
    freeze("2026-11-30 09:00")


@pytest.fixture
def esra() -> Browser:
    return people.signed_in(people.esra())


def address(sheet: Timesheet) -> str:
    return f"/agency/timesheets/{sheet.pk}/write/"


def post(browser: Browser, sheet: Timesheet, *, htmx: bool = False, **more: Any) -> Any:
    data = {**fields_of(people.hours()), "version": str(sheet.version), "reason": "Ana heeft griep.", "do": "submit"}
    headers = {"HX-Request": "true"} if htmx else {}
    return browser.post(address(sheet), {**data, **more}, headers=headers)


def words(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


def test_the_agency_hands_in_for_the_worker_who_reads_why(esra: Browser) -> None:
    sheet = people.sheet(people.ana())
    assert address(sheet) in words(esra.get(f"/agency/timesheets/{sheet.pk}/"))
    assert "Je vult dit in voor de medewerker" in words(esra.get(address(sheet)))
    assert post(esra, sheet)["Location"] == f"/agency/timesheets/{sheet.pk}/"
    sheet.refresh_from_db()
    step = sheet.steps.get()
    assert (sheet.state, sheet.minutes) == (State.SUBMITTED, 40 * 60)
    assert (step.party, step.on_behalf_of, step.reason) == (Party.AGENCY, Party.WORKER, "Ana heeft griep.")
    mail = OutboxMail.objects.get(kind="handed_in")
    assert mail.to == "ana@worker.example"
    assert "Esra Yilmaz van Keser Interim Solutions heeft je uren van week 48" in mail.text
    assert "Ana heeft griep." in mail.text
    assert "08:00–16:30" in mail.text


def test_the_form_begins_with_what_the_worker_wrote_so_far(esra: Browser) -> None:
    ana = people.ana()
    sheet = people.sheet(ana)
    operations.save_draft(
        sheet, hours=people.hours(days=1, note="Was ziek."), version=1, by=people.actor(ana), at=people.BEFORE
    )
    page = words(esra.get(address(sheet)))
    assert 'value="08:00"' in page
    assert "Was ziek." in page


def test_without_a_reason_nothing_is_handed_in_and_nothing_typed_is_lost(esra: Browser) -> None:
    sheet = people.sheet(people.ana())
    answer = post(esra, sheet, reason=" ", **{"days.0.km": "31"})
    assert answer.status_code == 422
    assert "Schrijf waarom je dit voor de medewerker doorstuurt." in words(answer)
    assert 'value="31"' in words(answer)
    sheet.refresh_from_db()
    assert (sheet.state, sheet.version) == (State.DRAFT, 1)


def test_what_cannot_be_is_told_at_its_field_and_the_reason_stays(esra: Browser) -> None:
    sheet = people.sheet(people.ana())
    answer = post(esra, sheet, **{"days.0.shifts.0.end": "25:00"})
    assert answer.status_code == 422
    assert f'id="s{sheet.pk}-days-0-shifts-0-end-error"' in words(answer)
    assert "Ana heeft griep." in words(answer)


def test_an_empty_week_is_not_handed_in(esra: Browser) -> None:
    sheet = people.sheet(people.ana())
    answer = esra.post(address(sheet), {"version": "1", "reason": "Ziek.", "do": "submit"})
    assert answer.status_code == 422
    assert "Er is nog niets om door te sturen." in words(answer)


def test_looking_adding_and_filling_keep_nothing(esra: Browser) -> None:
    sheet = people.sheet(people.ana())
    figures = post(esra, sheet, htmx=True, do="")
    assert "40:00" in words(figures)
    assert "<form" not in words(figures)
    more = post(esra, sheet, htmx=True, do="shift:0")
    assert 'name="days.0.shifts.1.start"' in words(more)
    assert "Ana heeft griep." in words(more)
    sheet.refresh_from_db()
    assert (sheet.version, sheet.content, sheet.typed) == (1, {}, None)


def test_when_the_worker_was_faster_both_are_on_the_page(esra: Browser) -> None:
    ana = people.ana()
    sheet = people.sheet(ana)
    operations.save_draft(
        Timesheet.objects.get(pk=sheet.pk),
        hours=people.hours(days=1),
        version=1,
        by=people.actor(ana),
        at=people.BEFORE,
    )
    answer = post(esra, sheet)
    assert answer.status_code == 409
    assert "De medewerker heeft deze week intussen gewijzigd." in words(answer)
    assert "Nu staat er:" in words(answer)
    sheet.refresh_from_db()
    assert sheet.state == State.DRAFT
    assert post(esra, sheet).status_code == 302


def test_a_week_that_was_handed_in_meanwhile_is_not_handed_in_again(esra: Browser) -> None:
    sheet = people.sheet(people.ana())
    shown = Timesheet.objects.get(pk=sheet.pk)
    walk.to(sheet, State.SUBMITTED)
    answer = post(esra, shown)
    assert answer.status_code == 409
    assert "Deze week is intussen doorgestuurd" in words(answer)
    assert 'value="submit"' not in words(answer)
    assert esra.get(address(sheet)).status_code == 302
    assert OutboxMail.objects.filter(kind="handed_in").count() == 0


def test_a_receipt_of_the_agency_stays_when_the_week_comes_back_to_the_worker(esra: Browser) -> None:
    sheet = people.sheet(people.ana())
    expense = {"expenses.0.date": "2026-11-23", "expenses.0.amount": "4", "expenses.0.what": "Parkeren"}
    post(esra, sheet, **expense, **{"expenses.0.file": SimpleUploadedFile("bon.png", PNG)})
    sheet.refresh_from_db()
    [receipt] = sheet.hours.receipts
    for person, area in ((people.esra(), "agency"), (people.carla(), "client")):
        answer = people.signed_in(person).get(f"/{area}/timesheets/{sheet.pk}/receipt/{receipt}/")
        assert answer.getvalue() == PNG
    operations.refuse(sheet, version=sheet.version, by=people.actor(people.carla()), at=people.BEFORE, reason="Nee.")
    ana = people.signed_in(people.ana())
    sheet.refresh_from_db()
    again = {**fields_of(sheet.hours), "version": str(sheet.version), "do": "submit", "page": "p"}
    ana.post(f"/worker/timesheets/{sheet.pk}/submit/", again)
    sheet.refresh_from_db()
    assert (sheet.state, sheet.hours.receipts) == (State.SUBMITTED, {receipt})
