"""Tables as files: CSV and XLSX, streamed row by row, the same bytes for the same rows.

Cells are typed. Text is text: what a spreadsheet would take for a formula is made harmless. Numbers are numbers, the
negative ones of a correction too.
"""

from __future__ import annotations

import csv
import dataclasses
import datetime as dt
import io
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, BinaryIO

from kis.payroll.rules.problems import Invalid, Problem, gettext_noop

if TYPE_CHECKING:
    import xlsxwriter

Cell = str | int | Decimal | dt.date | None

ROWS_OF_A_SHEET = 1_048_576
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")
# A workbook carries its date of birth; a fixed one keeps a repeated export the same to the byte.
_BORN = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)


class TooManyRows(Invalid):
    """A sheet cannot hold so many rows; CSV can."""

    def __init__(self) -> None:
        text = gettext_noop("A workbook holds at most %(most)s rows; choose CSV.")
        super().__init__([Problem("", text, {"most": ROWS_OF_A_SHEET})])


@dataclasses.dataclass(frozen=True, slots=True)
class CsvStyle:
    """How a reader wants its CSV: by default as a Dutch spreadsheet does."""

    delimiter: str = ";"
    decimal: str = ","
    dates: str = "%d-%m-%Y"
    byte_order_mark: bool = True


@dataclasses.dataclass(frozen=True, slots=True)
class Column:
    """A column of a sheet; `places` are the digits shown behind the comma."""

    name: str
    width: int = 12
    places: int | None = None


def harmless(text: str) -> str:
    """Text that a spreadsheet shows and does not compute: an apostrophe goes before the start of a formula."""
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text


def write_csv(target: BinaryIO, header: Sequence[str], rows: Iterable[Sequence[Cell]], style: CsvStyle) -> None:
    """Write a CSV file in UTF-8. An empty header is left out."""
    encoding = "utf-8-sig" if style.byte_order_mark else "utf-8"
    stream = io.TextIOWrapper(target, encoding=encoding, newline="", write_through=True)
    writer = csv.writer(stream, delimiter=style.delimiter, lineterminator="\r\n")
    try:
        if header:
            writer.writerow(header)
        writer.writerows([_csv_cell(cell, style) for cell in row] for row in rows)
    finally:
        stream.detach()  # or the file that was lent to us would be closed with the stream


def _csv_cell(cell: Cell, style: CsvStyle) -> str:
    if cell is None:
        return ""
    if isinstance(cell, str):
        return harmless(cell)
    if isinstance(cell, dt.date):
        return cell.strftime(style.dates)
    if isinstance(cell, Decimal):
        return format(cell, "f").replace(".", style.decimal)
    return str(cell)


def write_xlsx(
    target: BinaryIO,
    sheet_name: str,
    columns: Sequence[Column],
    rows: Iterable[Sequence[Cell]],
    *,
    title: str = "",
) -> None:
    """Write a workbook with one sheet: a title where there is one, the names of the columns, the rows.

    Raises TooManyRows.
    """
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "in_memory": False}
    import xlsxwriter  # not at the start: 9 MiB in every process, and few ever write a workbook

    with xlsxwriter.Workbook(target, options) as book:
        book.set_properties({"created": _BORN})
        sheet = book.add_worksheet(sheet_name)
        bold, day = book.add_format({"bold": True}), book.add_format({"num_format": "dd-mm-yyyy"})
        formats = [_number_format(book, column) for column in columns]
        for place, column in enumerate(columns):
            sheet.set_column(place, place, column.width)
        first = 1 if title else 0
        if title:
            sheet.write_string(0, 0, title, bold)
        for place, column in enumerate(columns):
            sheet.write_string(first, place, column.name, bold)
        sheet.freeze_panes(first + 1, 0)
        for number, row in enumerate(rows, first + 1):
            if number >= ROWS_OF_A_SHEET:
                raise TooManyRows
            for place, cell in enumerate(row):
                _write_cell(sheet, number, place, cell, day if isinstance(cell, dt.date) else formats[place])


def _number_format(book: xlsxwriter.Workbook, column: Column) -> xlsxwriter.format.Format | None:
    if column.places is None:
        return None
    return book.add_format({"num_format": "0." + "0" * column.places if column.places else "0"})


def _write_cell(
    sheet: xlsxwriter.worksheet.Worksheet, row: int, place: int, cell: Cell, look: xlsxwriter.format.Format | None
) -> None:
    if cell is None or cell == "":
        return
    if isinstance(cell, str):
        sheet.write_string(row, place, cell)
    elif isinstance(cell, dt.date):
        sheet.write_datetime(row, place, dt.datetime.combine(cell, dt.time()), look)
    else:
        sheet.write_number(row, place, float(cell), look)  # a sheet stores doubles, whatever one gives it
