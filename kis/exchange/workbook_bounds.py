"""How far a workbook reaches, read from its XML before a reader makes room for every cell from A1 to the last one.

One cell in a far corner is a few bytes in the file, and gigabytes in a table.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from typing import IO
from xml.parsers import expat

MOST_CELLS = 2_000_000  # from A1 to the last one, in a sheet: some 80 MiB
MOST_BYTES = 300 * 1024 * 1024  # of everything in the workbook, unpacked
_CHUNK = 64 * 1024
_PLACE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")


class NoWorkbook(ValueError):
    """This is no XLSX workbook, or it is damaged."""


class TooLarge(ValueError):
    """Unpacked, this is more than a workbook of ours can be."""


class TooFar(ValueError):
    """A cell lies so far out that the table up to it is too large; `cell` names it."""

    def __init__(self, cell: str) -> None:
        super().__init__(cell)
        self.cell = cell


def require_bounded(content: bytes) -> None:
    """Look through every part of an XLSX workbook. Raises NoWorkbook, TooLarge, TooFar."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            if "xl/workbook.xml" not in book.namelist():
                raise NoWorkbook
            if sum(part.file_size for part in book.infolist()) > MOST_BYTES:
                raise TooLarge
            for part in book.infolist():
                with book.open(part) as stream:
                    _look_through(stream)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError, expat.ExpatError) as error:
        raise NoWorkbook from error


def _look_through(stream: IO[bytes]) -> None:
    """One part, wherever it stands: which are sheets is written in another one."""
    chunks = _chunks(stream)
    first = next(chunks, b"")
    if not first.lstrip(b"\xef\xbb\xbf\xff\xfe \r\n\t").startswith(b"<"):
        return  # a picture, say
    parser, cells = expat.ParserCreate(), _Cells()
    parser.StartElementHandler = cells.start
    parser.StartDoctypeDeclHandler = _refuse_document_type
    parser.Parse(first)
    for chunk in chunks:
        parser.Parse(chunk)
    parser.Parse(b"", True)


def _chunks(stream: IO[bytes]) -> Iterator[bytes]:
    while chunk := stream.read(_CHUNK):
        yield chunk


def _refuse_document_type(*_: object) -> None:
    raise NoWorkbook


class _Cells:
    """Follows rows and cells; a cell that does not say where it stands comes after the one before it."""

    def __init__(self) -> None:
        self.row = self.column = self.rows = self.columns = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        match tag.rpartition(":")[2]:
            case "row":
                number = attributes.get("r", "")
                self.row, self.column = (int(number[:9]) if number.isdecimal() else self.row + 1), 0
            case "c":
                if place := _PLACE.fullmatch(attributes.get("r", "")):
                    self.column, self.row = _number(place[1]), int(place[2])
                else:
                    self.column += 1
                self._reach()
            case _:
                pass

    def _reach(self) -> None:
        self.rows, self.columns = max(self.rows, self.row), max(self.columns, self.column)
        if self.rows * self.columns > MOST_CELLS:
            raise TooFar(f"{_letters(self.column)}{self.row}")


def _number(letters: str) -> int:
    """The number of a column: A is 1, Z 26, AA 27."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def _letters(number: int) -> str:
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
