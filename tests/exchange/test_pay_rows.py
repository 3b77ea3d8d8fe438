"""The canonical export: every value of a row in its column."""

import io
from decimal import Decimal
from pathlib import Path

import openpyxl

from kis.exchange import pay_rows
from tests.exchange.rows import row


def test_a_row_of_hours_as_csv() -> None:
    target = io.BytesIO()
    pay_rows.to_csv(target, [row(minutes=440, amount_cents=-11733, percentage=Decimal("127.5"))])
    header, line = target.getvalue().decode("utf-8-sig").splitlines()
    assert header == (
        "personeelsnummer;naam;relatie;job;datum;week;uursoort;uren;minuten;aantal;percentage;bedrag;"
        "kostenplaats;kaart;regel;run"
    )
    assert line == (
        "100001;Ana Kowalska;223445;A-4711;24-11-2026;2026-W48;normal;7,3333;440;;127,5;-117,33;"
        "173;TC-2026-48-100001;TC-2026-48-100001-1;2026-W48-1"
    )


def test_a_row_of_kilometres_has_a_quantity_and_no_hours() -> None:
    cells = dict(
        zip(
            [column.name for column in pay_rows.COLUMNS],
            pay_rows.cells(row("km", minutes=0, quantity=Decimal(42), percentage=None, amount_cents=1050)),
            strict=True,
        )
    )
    assert (cells["aantal"], cells["uren"], cells["minuten"], cells["bedrag"]) == (
        Decimal(42),
        None,
        None,
        Decimal("10.50"),
    )


def test_the_workbook_has_the_same_rows() -> None:
    target = io.BytesIO()
    pay_rows.to_xlsx(target, [row(), row(minutes=-480, amount_cents=-12800)])
    sheet = openpyxl.load_workbook(target)["Loonregels"]
    assert [cell.value for cell in sheet["I"]] == ["minuten", 480, -480]
    assert [cell.value for cell in sheet["L"]] == ["bedrag", 128, -128]


def test_the_week_of_the_work_may_lie_in_another_year_than_its_day() -> None:
    new_year = row(day=row().day.replace(year=2027, month=1, day=1))
    assert pay_rows.cells(new_year)[5] == "2026-W53"


def test_the_columns_are_those_of_the_documentation() -> None:
    document = (Path(__file__).parents[2] / "docs" / "exports.md").read_text()
    assert ";".join(column.name for column in pay_rows.COLUMNS) in document
