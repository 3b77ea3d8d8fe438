"""The files to fill in can be filled in: as they are, they are a valid import."""

from __future__ import annotations

from pathlib import Path

import pytest

from kis.core import clock
from kis.core.weeks import Week
from kis.exchange.import_columns import KINDS
from kis.exchange.import_template import write_template
from kis.exchange.imports import import_people
from kis.staffing.actor import SYSTEM

pytestmark = pytest.mark.django_db
NOW = clock.at(Week(2026, 48).monday, 9 * 60)


def test_the_example_rows_of_the_workbook_and_of_the_csv_files_are_the_same_import(tmp_path: Path) -> None:
    workbook, *tables = write_template(tmp_path)
    first = import_people([workbook], by=SYSTEM, at=NOW)
    assert {name: dict(counts) for name, counts in first.counts.items()} == {name: {"new": 1} for name in KINDS}
    second = import_people(tables, by=SYSTEM, at=NOW)
    assert {name: dict(counts) for name, counts in second.counts.items()} == {name: {"same": 1} for name in KINDS}
