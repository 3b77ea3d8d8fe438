"""How far a workbook reaches and how much it says, read from its XML before a reader makes room for all of it.

One cell in a far corner is a few bytes in the file, and gigabytes in a table. So is one long text that every cell
points at: a workbook keeps a text once, and a table has it in each cell.
"""

from __future__ import annotations

import io
import itertools
import operator
import re
import zipfile
from array import array
from collections.abc import Iterator
from typing import IO
from xml.parsers import expat

MOST_CELLS = 2_000_000  # from A1 to the last one, in a sheet: some 80 MiB
MOST_TEXT = 50_000_000  # letters in all cells together, as many as a CSV file may hold
MOST_BYTES = 300 * 1024 * 1024  # of everything in the workbook, unpacked
_CHUNK = 64 * 1024
_TOKEN = 1024 * 1024  # of one tag or comment; the parser starts anew on an unfinished one with every chunk
_NUMBER_LETTERS = 20  # no number of a shared text is so long
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
            cells = _Cells()
            for part in book.infolist():
                with book.open(part) as stream:
                    _look_through(stream, cells)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError, expat.ExpatError) as error:
        raise NoWorkbook from error


def _look_through(stream: IO[bytes], cells: _Cells) -> None:
    """One part, wherever it stands: which are sheets is written in another one."""
    chunks = _chunks(stream)
    first = next(chunks, b"")
    if not first.lstrip(b"\xef\xbb\xbf\xff\xfe \r\n\t").startswith(b"<"):
        return  # a picture, say
    parser = expat.ParserCreate()
    cells.turn_to_the_next_part()
    parser.StartElementHandler, parser.EndElementHandler = cells.start, cells.end
    parser.CharacterDataHandler = cells.text
    parser.StartDoctypeDeclHandler = _refuse_document_type
    given = 0
    for chunk in itertools.chain([first], chunks):
        parser.Parse(chunk)
        given += len(chunk)
        if given - parser.CurrentByteIndex > _TOKEN:
            raise TooLarge
    parser.Parse(b"", True)
    cells.require_little_text()


def _chunks(stream: IO[bytes]) -> Iterator[bytes]:
    while chunk := stream.read(_CHUNK):
        yield chunk


def _refuse_document_type(*_: object) -> None:
    raise NoWorkbook


class _Cells:
    """Follows rows and cells; a cell that does not say where it stands comes after the one before it.

    Follows the table of shared texts too, which may stand before the cells that point at it or after them.
    """

    def __init__(self) -> None:
        self.letters = 0  # that stand in the parts themselves
        self.lengths, self.uses = array("Q"), array("Q")  # of the shared texts, by number
        self.turn_to_the_next_part()

    def turn_to_the_next_part(self) -> None:
        """Cells and shared texts are numbered anew in each part."""
        self.row = self.column = self.rows = self.columns = self.cells = self.texts = 0
        self.is_shared, self.began, self.number = False, 0, ""

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
                self.is_shared = attributes.get("t") == "s"
                self._reach()
            case "si":
                self.began = self.letters
            case "v":
                self.number = ""
            case _:
                pass

    def end(self, tag: str) -> None:
        match tag.rpartition(":")[2]:
            case "si":
                self._keep_length(self.letters - self.began)
            case "v" if self.is_shared:
                self._count_use(self.number.strip())
            case _:
                pass

    def text(self, said: str) -> None:
        self.letters += len(said)
        if self.is_shared and len(self.number) < _NUMBER_LETTERS:
            self.number += said
        if self.letters > MOST_TEXT:
            raise TooLarge

    def require_little_text(self) -> None:
        """Raises TooLarge where the cells, each with its shared text, say too much together."""
        if self.letters + sum(map(operator.mul, self.lengths, self.uses)) > MOST_TEXT:
            raise TooLarge

    def _reach(self) -> None:
        self.cells += 1
        if self.cells > MOST_CELLS:  # all in the same place, perhaps
            raise TooLarge
        self.rows, self.columns = max(self.rows, self.row), max(self.columns, self.column)
        if self.rows * self.columns > MOST_CELLS:
            raise TooFar(f"{_letters(self.column)}{self.row}")

    def _keep_length(self, length: int) -> None:
        """Of several tables the longest text of that number: which one counts is written elsewhere."""
        if self.texts == MOST_CELLS:
            raise TooLarge
        if self.texts == len(self.lengths):
            self.lengths.append(length)
        else:
            self.lengths[self.texts] = max(self.lengths[self.texts], length)
        self.texts += 1

    def _count_use(self, number: str) -> None:
        if not number:
            return  # an empty cell
        if not number.isdecimal() or len(number) >= _NUMBER_LETTERS or int(number) >= MOST_CELLS:
            raise NoWorkbook  # there is no such text
        missing = int(number) + 1 - len(self.uses)
        if missing > 0:
            self.uses.extend(itertools.repeat(0, missing))
        self.uses[int(number)] += 1


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
