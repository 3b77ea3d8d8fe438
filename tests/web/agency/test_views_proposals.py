"""Other hours by the agency: for the client, and as a correction."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client as Browser

from kis.timesheets.models import Timesheet
from kis.timesheets.workflow import State
from kis.web.week.week_form import fields_of
from tests.support import people, walk
from tests.support.time import Freeze

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def afterwards(freeze: Freeze) -> None:
    freeze("2026-12-09 09:00")


@pytest.fixture
def esra() -> Browser:
    return people.signed_in(people.esra())


def address(sheet: Timesheet, act: str = "") -> str:
    return f"/agency/timesheets/{sheet.pk}/" + (f"{act}/" if act else "")


def post(browser: Browser, sheet: Timesheet, act: str, end: str, **more: str) -> Any:
    fields = {**fields_of(people.hours()), "days.0.shifts.0.end": end, "version": str(sheet.version), "do": "propose"}
    data = {**fields, "reason_code": "times_differ", "reason": "Carla belde.", **more}
    return browser.post(address(sheet, act), data)


def words(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


def test_the_agency_proposes_for_the_client_in_words_of_its_own(esra: Browser) -> None:
    sheet = walk.to(people.sheet(people.ana()), State.SUBMITTED)
    assert address(sheet, "propose") in words(esra.get(address(sheet)))
    assert "Je stelt dit voor namens Bakkerij De Groot" in words(esra.get(address(sheet, "propose")))
    answer = post(esra, sheet, "propose", "15.30", reason="")
    assert answer.status_code == 422
    assert "Schrijf in eigen woorden waarom." in words(answer)
    post(esra, sheet, "propose", "15.30")
    sheet.refresh_from_db()
    assert (sheet.state, sheet.proposed_version) == (State.REFUSED, 3)
    page = words(esra.get(address(sheet)))
    assert "Esra Yilmaz voor Bakkerij De Groot stelde andere uren voor" in page


def test_what_helps_the_worker_is_accepted_for_the_client(esra: Browser) -> None:
    sheet = walk.to(people.sheet(people.ana()), State.SUBMITTED)
    post(esra, sheet, "propose", "17.30")
    sheet.refresh_from_db()
    assert (sheet.state, sheet.minutes) == (State.ACCEPTED, 41 * 60)


@pytest.mark.parametrize(("end", "state"), [("17.30", State.SUBMITTED), ("15.30", State.REFUSED)])
def test_a_correction_goes_to_whose_yes_it_needs(esra: Browser, end: str, state: State) -> None:
    paid = walk.to(people.sheet(people.ana()), State.PAID)
    assert address(paid, "correct") in words(esra.get(address(paid)))
    answer = post(esra, paid, "correct", end)
    fresh = paid.corrections.get()
    assert (answer["Location"], fresh.state) == (address(fresh), state)
    page = words(esra.get(address(fresh)))
    assert "Correctie 1 van week 48" in page
    assert address(paid) in page
    old = words(esra.get(address(paid)))
    assert address(fresh) in old
    assert address(paid, "correct") not in old


def test_it_says_beforehand_whose_yes_is_needed(esra: Browser) -> None:
    paid = walk.to(people.sheet(people.ana()), State.PAID)
    assert "Bakkerij De Groot moet accepteren." in words(post(esra, paid, "correct", "17.30", do="look"))
    assert "Ana Kowalska moet akkoord geven." in words(post(esra, paid, "correct", "15.30", do="look"))


@pytest.mark.parametrize(
    ("whom", "end", "state", "verdict"),
    [
        ("client", "17.30", State.ACCEPTED, "Het uitzendbureau kijkt als laatste."),
        ("client", "15.30", State.REFUSED, "Ana Kowalska moet akkoord geven."),
        ("worker", "17.30", State.SUBMITTED, "Bakkerij De Groot moet accepteren."),
        ("worker", "15.30", State.SUBMITTED, "Bakkerij De Groot moet accepteren."),
    ],
)
def test_who_asked_for_a_correction_needs_not_be_asked_again(
    esra: Browser, whom: str, end: str, state: State, verdict: str
) -> None:
    paid = walk.to(people.sheet(people.ana()), State.PAID)
    assert verdict in words(post(esra, paid, "correct", end, do="look", on_behalf_of=whom))
    answer = post(esra, paid, "correct", end, on_behalf_of=whom, reason="")
    assert answer.status_code == 422
    assert "Schrijf in eigen woorden hoe je dit hebt gehoord." in words(answer)
    assert re.search(f'value="{whom}"[^>]* checked', words(answer)), "what was chosen is kept"
    post(esra, paid, "correct", end, on_behalf_of=whom)
    fresh = paid.corrections.get()
    assert fresh.state == state
    name = {"client": "Bakkerij De Groot", "worker": "Ana Kowalska"}[whom]
    assert f"Esra Yilmaz voor {name}" in words(esra.get(address(fresh)))


def test_a_correction_for_the_worker_says_something_of_every_day_left_empty(esra: Browser) -> None:
    paid = walk.to(people.sheet(people.ana()), State.PAID)
    empty = dict.fromkeys(fields_of(people.hours()), "")
    answer = post(esra, paid, "correct", "", on_behalf_of="worker", **empty)
    assert answer.status_code == 422
    assert "Er blijven geen uren over." in words(answer)
    assert not paid.corrections.exists()


def test_only_what_waits_is_proposed_for_and_only_what_is_paid_corrected(esra: Browser) -> None:
    sheet = walk.to(people.sheet(people.ana()), State.ACCEPTED)
    for act in ("propose", "correct"):
        assert address(sheet, act) not in words(esra.get(address(sheet)))
        assert esra.get(address(sheet, act))["Location"] == address(sheet)


def test_a_correction_is_dropped_with_a_reason(esra: Browser) -> None:
    fresh = walk.correction(people.sheet(people.ana()), State.ACCEPTED)
    data = {"act": "drop:", "version": fresh.version}
    assert esra.post(address(fresh, "act"), data).status_code == 422
    esra.post(address(fresh, "act"), {**data, "reason": "Dubbel aangevraagd."})
    fresh.refresh_from_db()
    assert (fresh.state, fresh.minutes) == (State.PAID, 40 * 60)
    assert "is vervallen" in words(esra.get(address(fresh.corrects)))


def test_an_ordinary_week_has_nothing_to_drop(esra: Browser) -> None:
    sheet = walk.to(people.sheet(people.ana()), State.ACCEPTED)
    assert "drop:" not in words(esra.get(address(sheet)))


def test_the_cockpit_counts_a_corrected_week_once(esra: Browser) -> None:
    walk.correction(people.sheet(people.ana()), State.DRAFT)
    assert _figures(esra) == ["0", "0", "0", "1", "40:00"], "nobody misses a week that is paid"
    walk.correction(people.sheet(people.bram()), State.SUBMITTED)
    assert _figures(esra) == ["0", "1", "0", "1", "88:00"]


def _figures(browser: Browser) -> list[str]:
    return re.findall(r'<span class="figure">([^<]*)</span>', words(browser.get("/agency/?week=2026-W48")))
