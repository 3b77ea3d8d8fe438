"""A worker's own copy of the hours, and the evidence file of the own week."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client as Browser

from kis.timesheets.workflow import State
from tests.support import people, walk
from tests.support.time import Freeze

pytestmark = pytest.mark.django_db
HOURS = "/worker/history/hours."


@pytest.fixture(autouse=True)
def monday(freeze: Freeze) -> None:
    freeze("2026-11-30 09:00")


@pytest.fixture
def ana() -> Browser:
    walk.to(people.sheet(people.ana()), State.PAID)
    return people.signed_in(people.ana())


def words(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


def test_the_copy_as_csv_has_a_row_for_each_shift(ana: Browser) -> None:
    answer = ana.get(f"{HOURS}csv?first=2026-W40&last=2026-W48")
    lines = answer.content.decode("utf-8-sig").splitlines()
    assert lines[0].startswith("Week;Datum;")
    assert lines[1].startswith("2026-W48;23-11-2026;Bakkerij De Groot;Productiemedewerker;08:00;16:30;30;480;0;")
    assert len(lines) == 6


def test_the_copy_as_pdf_is_a_download(ana: Browser) -> None:
    answer = ana.get(f"{HOURS}pdf?first=2026-W48&last=2026-W48")
    assert answer.content.startswith(b"%PDF-")
    assert "attachment" in answer["Content-Disposition"]


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("", "Kies de eerste en de laatste week."),
        ("first=x&last=2026-W48", "Kies de eerste en de laatste week."),
        ("first=2026-W48&last=2026-W40", "De laatste week komt na de eerste"),
        ("first=2020-W01&last=2026-W40", "binnen twee jaar"),
        ("first=2026-W01&last=2026-W02", "is niets doorgestuurd"),
    ],
)
def test_weeks_that_cannot_be_are_told_and_what_was_typed_stays(ana: Browser, query: str, said: str) -> None:
    page = words(ana.get(f"{HOURS}pdf?{query}", follow=True))
    assert said in page
    if "2026-W02" in query:
        assert 'value="2026-W01"' in page


def test_only_the_own_hours_are_in_it(ana: Browser) -> None:
    walk.to(people.sheet(people.bram()), State.PAID)
    theirs = people.signed_in(people.bram()).get(f"{HOURS}csv?first=2026-W48&last=2026-W48")
    assert len(theirs.content.decode("utf-8-sig").splitlines()) == 6
    assert ana.get(f"{HOURS}zip?first=2026-W48&last=2026-W48").status_code == 404


def test_evidence_is_there_for_its_people_alone(ana: Browser) -> None:
    sheet = people.sheet(people.ana())
    assert f"/worker/timesheets/{sheet.pk}/evidence.pdf" in words(ana.get("/worker/week/2026-W48/"))
    carla, esra = people.signed_in(people.carla()), people.signed_in(people.esra())
    assert f"/client/timesheets/{sheet.pk}/evidence.pdf" in words(carla.get(f"/client/timesheets/{sheet.pk}/"))
    for browser, area in ((ana, "worker"), (carla, "client"), (esra, "agency")):
        for kind in ("pdf", "json"):
            assert browser.get(f"/{area}/timesheets/{sheet.pk}/evidence.{kind}").status_code == 200
        assert browser.get(f"/{area}/timesheets/{sheet.pk}/evidence.xml").status_code == 404
    for person, area in ((people.bram(), "worker"), (people.dirk(), "client")):
        assert people.signed_in(person).get(f"/{area}/timesheets/{sheet.pk}/evidence.pdf").status_code == 404


def test_a_week_that_was_never_handed_in_has_no_evidence() -> None:
    sheet = people.sheet(people.bram())
    assert people.signed_in(people.bram()).get(f"/worker/timesheets/{sheet.pk}/evidence.pdf").status_code == 404
    assert people.signed_in(people.esra()).get(f"/agency/timesheets/{sheet.pk}/evidence.pdf").status_code == 404
    assert people.signed_in(people.dirk()).get(f"/client/timesheets/{sheet.pk}/evidence.pdf").status_code == 404
