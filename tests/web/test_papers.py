"""Papers in the reader's language, read back."""

from __future__ import annotations

import io
import json

import pytest
from django.utils import translation
from pypdf import PdfReader

from kis.exchange import pdf
from kis.exchange.evidence import verify
from kis.staffing.parties import Party
from kis.timesheets.models import Acknowledgement, Timesheet
from kis.timesheets.workflow import State
from kis.web.papers import evidence_file, hours_copy, times_text
from tests.support import people, walk
from tests.support.archiving import complaints

pytestmark = pytest.mark.django_db


def sheet(state: State = State.PAID) -> Timesheet:
    found = walk.to(people.sheet(people.ana()), state, hours=people.hours(note="Brug open."))
    return Timesheet.objects.with_people().get(pk=found.pk)


def text(made: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(made)).pages).split())


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("nl", ["Bewijsdossier, week 48, 2026", "Ana Kowalska stuurde de uren door", "Opmerking: Brug open."]),
        ("en", ["Evidence file, week 48, 2026", "Note: Brug open.", "What happened"]),
    ],
)
def test_the_evidence_is_a_paper_with_its_data_enclosed(language: str, words: list[str]) -> None:
    with translation.override(language):
        answer = evidence_file(sheet(), Party.AGENCY, "pdf", at=people.BEFORE)
    said = text(answer.content)
    for part in words:
        assert part in said
    assert complaints(answer.content) == []
    enclosed = json.loads(PdfReader(io.BytesIO(answer.content)).attachments["evidence.json"][0])
    assert list(verify(enclosed)) == []
    assert json.loads(pdf.enclosed(answer.content)) == enclosed
    assert enclosed["sha256"] in said
    assert answer["Cache-Control"] == "private, no-store"


def test_a_signal_that_was_seen_is_named_in_words() -> None:
    found = sheet()
    Acknowledgement.objects.create(
        timesheet=found, number=2, party=Party.AGENCY, code="W05", key="x", signal={}, actor_name="Esra Yilmaz",
        reason="Afgesproken met de medewerker.", at=people.BEFORE,
    )  # fmt: skip
    with translation.override("nl"):
        said = text(evidence_file(found, Party.AGENCY, "pdf", at=people.BEFORE).content)
    assert "Esra Yilmaz: Te weinig rust tussen diensten" in said


def test_the_json_is_the_same_document() -> None:
    found = sheet()
    answer = evidence_file(found, Party.WORKER, "json", at=people.BEFORE)
    assert json.loads(answer.content)["reader"] == "worker"
    assert answer["Content-Disposition"].endswith('-2026-W48.json"')


def test_the_clients_paper_has_no_amount() -> None:
    said = text(evidence_file(sheet(), Party.CLIENT, "pdf", at=people.BEFORE).content)
    assert "€" not in said
    assert "Brug open." in said


def test_the_own_copy_has_every_day() -> None:
    found = sheet(State.ACCEPTED)
    hours = found.submitted_hours()
    assert hours
    made = hours_copy("Ana Kowalska", [(found, hours)], at=people.BEFORE)
    assert complaints(made) == []
    said = text(made)
    assert "Uren van Ana Kowalska" in said
    assert said.count("08:00–16:30") == 5
    assert "Totaal 40:00" in said
    assert times_text(hours.days[0]) == "08:00–16:30"
