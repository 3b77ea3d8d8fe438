import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from kis.exchange import pdf
from kis.exchange.evidence import evidence, text_of
from kis.staffing.parties import Party
from kis.timesheets.workflow import State
from tests.support import people, walk

pytestmark = pytest.mark.django_db


@pytest.fixture
def file(tmp_path: Path) -> Path:
    sheet = walk.to(people.sheet(people.ana()), State.SUBMITTED)
    made = tmp_path / "evidence.json"
    made.write_text(text_of(evidence(sheet, Party.AGENCY, at=people.BEFORE)), encoding="utf-8")
    return made


def test_a_whole_file_holds(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("verify_evidence", str(file))
    assert "All of it holds, and is what is stored here." in capsys.readouterr().out
    call_command("verify_evidence", str(file), alone=True)


def test_the_file_in_a_pdf_is_checked(file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    paper = pdf.Paper("nl", "Keser Interim Solutions", "Bewijsdossier")
    made = tmp_path / "evidence.pdf"
    made.write_bytes(pdf.render(paper, at=people.BEFORE, enclosed=file.read_text(encoding="utf-8")))
    call_command("verify_evidence", str(made))
    said = capsys.readouterr().out
    assert "its pages are not read" in said
    assert "All of it holds, and is what is stored here." in said
    made.write_bytes(pdf.render(paper, at=people.BEFORE, enclosed="{}"))
    with pytest.raises(CommandError, match="is no kis-evidence/1 document"):
        call_command("verify_evidence", str(made))
    made.write_bytes(pdf.render(paper, at=people.BEFORE))
    with pytest.raises(CommandError, match="cannot be read as evidence"):
        call_command("verify_evidence", str(made))


def test_a_changed_file_is_told(file: Path) -> None:
    document = json.loads(file.read_text(encoding="utf-8"))
    document["timesheet"]["client"] = "Iemand anders"
    file.write_text(json.dumps(document), encoding="utf-8")
    with pytest.raises(CommandError, match="the checksum of the document does not match"):
        call_command("verify_evidence", str(file))


@pytest.mark.parametrize("content", ["", "geen json", "[]", '{"format": "kis-evidence/1"}'])
def test_what_is_no_evidence_is_told_calmly(tmp_path: Path, content: str) -> None:
    other = tmp_path / "other.json"
    other.write_text(content, encoding="utf-8")
    with pytest.raises(CommandError, match="cannot be read as evidence"):
        call_command("verify_evidence", str(other))
    with pytest.raises(CommandError):
        call_command("verify_evidence", str(tmp_path / "is-not-there.json"))
