"""Two people take in the same spreadsheet: everybody in it comes once, and nobody gets an error."""

from __future__ import annotations

from pathlib import Path

from kis.staffing.models import Worker
from tests.races.rivals import Rivals
from tests.support import people

ROUNDS, ROWS = 6, 40


def test_two_who_import_the_same_workers_make_each_once(rivals: Rivals, tmp_path: Path) -> None:
    people.agency()
    for n in range(ROUNDS):
        rows = [f"I{n}-{row};Werker {n} {row};werker{n}x{row}@worker.example" for row in range(ROWS)]
        table = tmp_path / str(n) / "uitzendkrachten.csv"
        table.parent.mkdir()
        table.write_text("\n".join(["nummer;naam;e-mail", *rows]))
        answers = rivals.race(*(f"import {person.user_id} {table}" for person in (people.esra(), people.finn())))
        assert sorted(answers) == [f"new 0 same {ROWS}", f"new {ROWS} same 0"]
    assert Worker.objects.count() == ROUNDS * ROWS
