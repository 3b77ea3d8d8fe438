"""CSV and XLSX: text stays text, numbers stay numbers, the same rows give the same bytes."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Iterator, Sequence
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kis.exchange import tables
from kis.exchange.tables import Cell, Column, CsvStyle
from tests.exchange.workbooks import lines, sheet

COLUMNS = (Column("naam"), Column("uren", places=2), Column("datum"), Column("stuks"))
ROW: Sequence[Cell] = ('Zoë; "de" Vries', Decimal("-7.50"), dt.date(2026, 11, 24), 3)


def as_csv(rows: list[Sequence[Cell]], style: CsvStyle | None = None) -> bytes:
    target = io.BytesIO()
    tables.write_csv(target, ["naam", "uren", "datum", "stuks"], rows, style or CsvStyle())
    return target.getvalue()


def as_xlsx(rows: Iterator[Sequence[Cell]] | list[Sequence[Cell]], title: str = "") -> bytes:
    target = io.BytesIO()
    tables.write_xlsx(target, "Blad", COLUMNS, rows, title=title)
    return target.getvalue()


def test_csv_is_as_a_dutch_spreadsheet_wants_it() -> None:
    assert as_csv([ROW]) == (
        b"\xef\xbb\xbfnaam;uren;datum;stuks\r\n"
        b'"Zo\xc3\xab; ""de"" Vries";-7,50;24-11-2026;3\r\n'
    )  # fmt: skip


def test_csv_can_be_as_another_reader_wants_it() -> None:
    style = CsvStyle(delimiter=",", decimal=".", dates="%Y-%m-%d", byte_order_mark=False)
    assert as_csv([ROW], style).decode().splitlines()[1] == '"Zoë; ""de"" Vries",-7.50,2026-11-24,3'


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n"])
def test_text_that_looks_like_a_formula_is_made_harmless(start: str) -> None:
    text = f"{start}HYPERLINK(1)"
    (_, found) = csv.reader(io.StringIO(as_csv([(text,)]).decode("utf-8-sig"), newline=""), delimiter=";")
    assert found == [f"'{text}"]


def test_a_negative_number_stays_a_number() -> None:
    assert as_csv([(Decimal("-1.50"), -3)]).endswith(b"\r\n-1,50;-3\r\n")


def test_a_failing_row_leaves_the_file_of_the_caller_open() -> None:
    def rows() -> Iterator[Sequence[Cell]]:
        yield ROW
        raise RuntimeError

    target = io.BytesIO()
    with pytest.raises(RuntimeError):
        tables.write_csv(target, [], rows(), CsvStyle())
    assert not target.closed


@given(
    st.lists(st.tuples(st.text(), st.none() | st.decimals(allow_nan=False, allow_infinity=False, places=2)), max_size=5)
)
def test_csv_reads_back_and_no_cell_can_compute(rows: list[tuple[str, Decimal | None]]) -> None:
    style = CsvStyle(decimal=".", byte_order_mark=False)
    target = io.BytesIO()
    writable = [(text.encode("utf-8", "replace").decode().replace("\x00", ""), number) for text, number in rows]
    tables.write_csv(target, [], writable, style)
    found = list(csv.reader(io.StringIO(target.getvalue().decode(), newline=""), delimiter=";"))
    assert [line[1] for line in found] == ["" if number is None else f"{number:f}" for _, number in writable]
    assert [line[0] for line in found] == [tables.harmless(text) for text, _ in writable]


def test_a_workbook_holds_typed_cells() -> None:
    assert lines(as_xlsx([ROW, ("=1+1", None, None, -2)])) == [
        ("naam", "uren", "datum", "stuks"),
        ('Zoë; "de" Vries', -7.5, dt.datetime(2026, 11, 24), 3),
        ("=1+1", None, None, -2),
    ]


def test_a_workbook_never_computes_and_never_links() -> None:
    found = sheet(as_xlsx([("=1+1", None, None, None), ("http://127.0.0.1/", None, None, None)]))
    assert [found.cell(line, 1).data_type for line in (2, 3)] == ["s", "s"]
    assert found.cell(3, 1).hyperlink is None


def test_a_title_stands_above_the_names() -> None:
    found = lines(as_xlsx([ROW], title="Week 48"))
    assert [line[0] for line in found] == ["Week 48", "naam", 'Zoë; "de" Vries']


def test_the_same_rows_are_the_same_bytes() -> None:
    assert as_xlsx([ROW] * 50) == as_xlsx([ROW] * 50)
    assert as_csv([ROW] * 50) == as_csv([ROW] * 50)


def test_a_sheet_says_when_it_is_full(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "ROWS_OF_A_SHEET", 3)
    assert len(lines(as_xlsx([ROW, ROW]))) == 3
    with pytest.raises(tables.TooManyRows):
        as_xlsx([ROW, ROW, ROW])
