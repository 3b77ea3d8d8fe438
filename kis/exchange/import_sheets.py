"""Reads what people save from a spreadsheet, CSV or XLSX, into rows of text and dates under known columns."""

from __future__ import annotations

import csv
import dataclasses
import datetime as dt
import io
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import python_calamine
from django.utils.translation import gettext as _

from kis.core.folding import fold
from kis.exchange.import_columns import KINDS, Kind
from kis.exchange.workbook_bounds import NoWorkbook, TooFar, TooLarge, require_bounded

Cell = str | dt.date
EXPLANATION = "Uitleg"
_BYTES = 50 * 1024 * 1024


@dataclasses.dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong, and where: the file or sheet, its line (1 is the first), the column's name as it stands there."""

    source: str
    line: int
    column: str
    reason: str

    def __str__(self) -> str:
        place = [self.source]
        if self.line:
            place.append(_("line %(line)s") % {"line": self.line})
        if self.column:
            place.append(_("column %(column)s") % {"column": self.column})
        return f"{', '.join(place)}: {self.reason}"


class ImportRefused(ValueError):
    """Nothing was imported; `problems` lists every reason."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))


@dataclasses.dataclass(frozen=True, slots=True)
class Row:
    """One filled line of a sheet: its cells by our own column names."""

    line: int
    cells: dict[str, Cell]


@dataclasses.dataclass(frozen=True, slots=True)
class Sheet:
    """A table of one kind; `names` are its columns as they stand in the file."""

    source: str
    kind: Kind
    names: dict[str, str]
    rows: tuple[Row, ...]

    def problem(self, line: int, column: str, reason: str) -> Problem:
        return Problem(self.source, line, self.names.get(column, column), reason)


def read(paths: Sequence[Path]) -> list[Sheet]:
    """Every table in the files, in the order in which they build on each other. Raises ImportRefused."""
    sheets: list[Sheet] = []
    problems: list[Problem] = []
    for path in paths:
        try:
            for name, source, rows in _tables(path):
                sheets += _sheet(name, source, rows)
        except ImportRefused as refused:
            problems += refused.problems
    if problems:
        raise ImportRefused(problems)
    if not sheets:
        raise ImportRefused([Problem(", ".join(path.name for path in paths), 0, "", _("There is nothing in it."))])
    return sorted(sheets, key=lambda sheet: list(KINDS).index(sheet.kind.name))


def _tables(path: Path) -> Iterator[tuple[str, str, list[tuple[int, list[Cell]]]]]:
    """The name, the place and the numbered rows of each table in a file."""
    try:
        if path.stat().st_size > _BYTES:
            raise _refused(path.name, _("This file is too large."))
        content = path.read_bytes()
    except OSError as error:
        raise _refused(path.name, _("This file cannot be read.")) from error
    if content.startswith(b"PK"):
        yield from _workbook(path, content)
    elif b"\x00" in content[:4096] and not content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise _refused(path.name, _("This is no CSV file and no XLSX workbook."))
    else:
        yield path.stem, path.name, list(_csv(path.name, content))


def _workbook(path: Path, content: bytes) -> Iterator[tuple[str, str, list[tuple[int, list[Cell]]]]]:
    _require_bounded(path.name, content)
    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
        for name in book.sheet_names:
            if fold(name) != fold(EXPLANATION):
                rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
                table = [(line, [_cell(value) for value in row]) for line, row in enumerate(rows, 1)]
                yield name, f"{path.name}, {name}", table
    except python_calamine.CalamineError as error:
        raise _refused(path.name, _("This workbook cannot be read. Save it again as XLSX.")) from error


def _require_bounded(source: str, content: bytes) -> None:
    try:
        require_bounded(content)
    except NoWorkbook as error:
        raise _refused(source, _("This workbook cannot be read. Save it again as XLSX.")) from error
    except TooLarge as error:
        raise _refused(source, _("This file is too large.")) from error
    except TooFar as far:
        reason = _("Cell %(cell)s lies far outside the table. Clear what stands there, and save again.")
        raise _refused(source, reason % {"cell": far.cell}) from far


def _cell(value: object) -> Cell:
    """A number as it is shown, a date as a date, anything else as trimmed text."""
    if isinstance(value, dt.datetime):
        return value.date()
    if isinstance(value, dt.date):
        return value
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, float):
        return f"{value:.15g}"  # a sheet shows no more digits than it can be sure of
    return str(value).strip()


def _csv(source: str, content: bytes) -> Iterator[tuple[int, list[Cell]]]:
    text = _decoded(content)
    head = text.split("\n", 1)[0]
    delimiter = max(";,\t", key=head.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    line = 1
    try:
        for row in reader:
            yield line, [cell.strip() for cell in row]
            line = reader.line_num + 1
    except csv.Error as error:
        reason = _("This line cannot be read: a quotation mark is not closed.")
        raise ImportRefused([Problem(source, line, "", reason)]) from error


def _decoded(content: bytes) -> str:
    """Text as UTF-8 or UTF-16 with a mark, as UTF-8, or else as Windows writes it."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _sheet(name: str, source: str, table: list[tuple[int, list[Cell]]]) -> list[Sheet]:
    """The table under the columns of its kind; nothing for an empty one. Raises ImportRefused."""
    filled = [(line, row) for line, row in table if any(row)]
    if not filled:
        return []
    (first, header), *rows = filled
    titles = [str(title) for title in header]
    kind = _kind(name, titles)
    if kind is None:
        known = ", ".join(kind.title for kind in KINDS.values())
        raise _refused(
            source, _("It is not clear what this is. Name the sheet or file one of: %(names)s.") % {"names": known}
        )
    columns = [kind.column(title) for title in titles]
    problems = [
        Problem(source, first, title, _("This column is not known."))
        for title, column in zip(titles, columns, strict=True)
        if title and column is None
    ]
    problems += [
        Problem(source, first, column.title, _("This column is missing."))
        for column in kind.columns
        if column.required and column.name not in columns
    ]
    problems += [
        Problem(source, first, title, _("This column stands here twice."))
        for place, (title, column) in enumerate(zip(titles, columns, strict=True))
        if column and column in columns[:place]
    ]
    if problems:
        raise ImportRefused(problems)
    names = {column: title for column, title in zip(columns, titles, strict=True) if column}
    return [Sheet(source, kind, names, tuple(Row(line, _under(columns, row)) for line, row in rows))]


def _under(columns: list[str | None], row: list[Cell]) -> dict[str, Cell]:
    return {column: cell for column, cell in zip(columns, row, strict=False) if column and cell != ""}


def _kind(name: str, titles: list[str]) -> Kind | None:
    """The kind that the sheet or file is named for, or else the one whose columns are all there."""
    for kind in KINDS.values():
        if fold(name) in {fold(kind.title), kind.name}:
            return kind
    there = [
        kind for kind in KINDS.values() if {c.name for c in kind.columns if c.required} <= set(map(kind.column, titles))
    ]
    return max(there, key=lambda kind: sum(kind.column(title) is not None for title in titles), default=None)


def _refused(source: str, reason: str) -> ImportRefused:
    return ImportRefused([Problem(source, 0, "", reason)])
