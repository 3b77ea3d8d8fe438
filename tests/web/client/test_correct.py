"""A client finds a mistake in a paid week, and sees a corrected week once."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client as Browser

from kis.timesheets.models import Timesheet
from kis.timesheets.workflow import State
from kis.web.week.week_form import fields_of
from tests.support import people, walk
from tests.support.time import Freeze


@pytest.fixture(autouse=True)
def afterwards(freeze: Freeze) -> None:
    freeze("2026-12-09 09:00")


@pytest.fixture
def carla() -> Browser:
    return people.signed_in(people.carla())


@pytest.fixture
def paid() -> Timesheet:
    return walk.to(people.sheet(people.ana()), State.PAID)


def address(sheet: Timesheet, act: str = "") -> str:
    return f"/client/timesheets/{sheet.pk}/" + (f"{act}/" if act else "")


def post(browser: Browser, sheet: Timesheet, end: str, do: str = "propose") -> Any:
    fields = {**fields_of(people.hours()), "days.0.shifts.0.end": end, "version": str(sheet.version), "do": do}
    return browser.post(address(sheet, "correct"), {**fields, "reason_code": "times_differ", "reason": "Zie rooster."})


def words(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


def test_a_paid_week_leads_to_its_correction(carla: Browser, paid: Timesheet) -> None:
    assert address(paid, "correct") in words(carla.get(address(paid)))
    page = words(carla.get(address(paid, "correct")))
    assert "Correctie voor Ana Kowalska" in page
    assert page.count('value="08:00"') == 5


def test_more_goes_to_the_agency(carla: Browser, paid: Timesheet) -> None:
    assert "Het uitzendbureau kijkt als laatste." in words(post(carla, paid, "17.30", do="look"))
    answer = post(carla, paid, "17.30")
    fresh = paid.corrections.get()
    assert answer["Location"] == address(fresh)
    assert (fresh.state, fresh.minutes) == (State.ACCEPTED, 41 * 60)
    page = words(carla.get(address(fresh)))
    assert "Correctie 1 van week 48" in page
    assert "+1:00" in page
    assert f'href="{address(paid)}"' in page


def test_less_goes_to_the_worker(carla: Browser, paid: Timesheet) -> None:
    post(carla, paid, "15.30")
    fresh = paid.corrections.get()
    assert (fresh.state, fresh.minutes) == (State.REFUSED, 40 * 60)
    page = words(carla.get(address(fresh)))
    assert "Ana Kowalska moet akkoord geven" in page
    assert page.count("−1:00") == 2, "the day and the week, once"


def test_a_second_correction_is_not_offered_while_one_is_under_way(carla: Browser, paid: Timesheet) -> None:
    post(carla, paid, "17.30")
    page = words(carla.get(address(paid)))
    assert "Van deze week loopt een correctie" in page
    assert address(paid, "correct") not in page
    assert carla.get(address(paid, "correct"))["Location"] == address(paid)
    assert post(carla, paid, "18.30").status_code == 409
    assert paid.corrections.count() == 1


def test_an_own_correction_is_taken_back_and_dropped(carla: Browser, paid: Timesheet) -> None:
    post(carla, paid, "17.30")
    fresh = paid.corrections.get()
    carla.post(address(fresh, "undo"), {"version": fresh.version})
    fresh.refresh_from_db()
    assert "Correctie laten vervallen" in words(carla.get(address(fresh)))
    carla.post(address(fresh, "drop"), {"version": fresh.version})
    fresh.refresh_from_db()
    assert (fresh.state, fresh.minutes) == (State.PAID, 40 * 60)
    page = words(carla.get(address(fresh)))
    assert "De correctie is vervallen: wat verloond is, blijft zo." in page
    assert address(fresh, "correct") in page, "another one may be asked for"


def test_what_the_worker_asked_for_is_not_dropped_by_the_client(carla: Browser) -> None:
    fresh = walk.correction(people.sheet(people.ana()), State.SUBMITTED)
    assert "laten vervallen" not in words(carla.get(address(fresh)))
    assert carla.post(address(fresh, "drop"), {"version": fresh.version}).status_code == 409
    fresh.refresh_from_db()
    assert fresh.state == State.SUBMITTED


def test_what_is_not_paid_is_not_corrected(carla: Browser) -> None:
    sheet = walk.to(people.sheet(people.bram()), State.ACCEPTED)
    assert carla.get(address(sheet, "correct"))["Location"] == address(sheet)
    assert "correctie aanvragen" not in words(carla.get(address(sheet)))


def test_a_correction_that_the_worker_writes_is_not_counted_and_one_handed_in_is(carla: Browser) -> None:
    walk.correction(people.sheet(people.ana()), State.DRAFT)
    assert "2026-W48" not in words(carla.get("/client/status/"))
    assert "Ana Kowalska" not in words(carla.get("/client/status/2026-W48/first/"))
    walk.correction(people.sheet(people.bram()), State.SUBMITTED)
    assert "/client/status/2026-W48/intermediate/" in words(carla.get("/client/status/"))
    listed = words(carla.get("/client/status/2026-W48/intermediate/"))
    assert "vóór ma 14 dec 17.00 uur" in listed, "a correction goes with the run that comes next"
    assert "te laat" not in listed + words(carla.get("/client/status/"))
    assert 'Bram Willems</a> <span class="soft small nowrap">correctie 1</span>' in listed


def test_the_job_has_a_corrected_week_once_with_its_newest_hours(carla: Browser) -> None:
    fresh = walk.correction(people.sheet(people.ana()), State.SUBMITTED)
    page = words(carla.get(f"/client/jobs/{fresh.placement_id}/"))
    assert page.count(">Week 48</a>") == 1
    assert "correctie 1" in page
    assert "48:00" in page
    assert "40:00" not in page


def test_the_job_shows_what_was_paid_while_the_worker_writes(carla: Browser) -> None:
    fresh = walk.correction(people.sheet(people.ana()), State.DRAFT)
    page = words(carla.get(f"/client/jobs/{fresh.placement_id}/"))
    assert "40:00" in page
    assert "correctie 1" not in page
