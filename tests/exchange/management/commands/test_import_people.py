"""`bin/manage import_people` and what it says."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from kis.exchange.import_template import write_template
from kis.staffing.models import Worker
from tests.support import people

pytestmark = pytest.mark.django_db


def test_it_tells_what_came_in(tmp_path: Path) -> None:
    people.agency()
    out = io.StringIO()
    call_command("import_people", str(write_template(tmp_path)[0]), stdout=out)
    assert "Medewerkers: 1 nieuw, 0 gewijzigd, 0 gelijk" in out.getvalue()
    assert Worker.objects.count() == 1


def test_a_trial_keeps_nothing(tmp_path: Path) -> None:
    people.agency()
    out = io.StringIO()
    call_command("import_people", str(write_template(tmp_path)[0]), "--dry-run", stdout=out)
    assert "niets bewaard" in out.getvalue()
    assert not Worker.objects.exists()


def test_wrong_rows_are_told_with_their_place(tmp_path: Path) -> None:
    people.agency()
    path = tmp_path / "inleners.csv"
    path.write_text("nummer;naam\n;Zonder nummer\n")
    errors = io.StringIO()
    with pytest.raises(CommandError, match="Er is niets geïmporteerd"):
        call_command("import_people", str(path), stderr=errors)
    assert errors.getvalue() == "inleners.csv, regel 2, kolom nummer: Dit is niet ingevuld.\n"


def test_without_an_agency_there_is_nothing_to_import_into(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="start_agency"):
        call_command("import_people", str(write_template(tmp_path)[0]))
