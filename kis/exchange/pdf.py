"""Papers as PDF: tagged, for archiving (PDF/A-3a, PDF/UA-1 by typst's own account), the same bytes for the same data.

Data goes in as JSON and is never read as markup. The letters are shipped with the portal; one that they lack is shown
as its number, because a paper for archiving may not have holes.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import functools
import json
import re
import zlib
from collections.abc import Sequence
from pathlib import Path

import fontpkg_source_sans_3

from kis.exchange import letters

_PAPERS = Path(__file__).parent / "papers"
# The stream of an enclosed file, as typst writes it: its length stands before it, and a short one is not packed.
_ENCLOSED = re.compile(rb"<</Length (\d+)/Type/EmbeddedFile(/Filter/FlateDecode)?/Subtype[^\n]*>>\s*stream\r?\n")
_LARGEST = 50_000_000
_FONTS = Path(fontpkg_source_sans_3.__file__).parent / "files"


@dataclasses.dataclass(frozen=True, slots=True)
class Column:
    """A column of a table; numbers stand right, a wide one takes the room that is left."""

    name: str
    number: bool = False
    wide: bool = False


@dataclasses.dataclass(frozen=True, slots=True)
class Table:
    """Rows of text under columns; `total` is the last row, or empty."""

    columns: Sequence[Column]
    rows: Sequence[Sequence[str]]
    total: Sequence[str] = ()


@dataclasses.dataclass(frozen=True, slots=True)
class Item:
    """One thing that happened: what, when, and the words with it."""

    title: str
    when: str
    text: Sequence[str] = ()


@dataclasses.dataclass(frozen=True, slots=True)
class Section:
    """A heading, with text, a table and things that happened under it."""

    title: str
    text: Sequence[str] = ()
    table: Table | None = None
    items: Sequence[Item] = ()


@dataclasses.dataclass(frozen=True, slots=True)
class Paper:
    """What stands on a paper, in the language `lang`; `author` is the agency, `to` an address it goes to line by line,
    `foot` stands on each page."""

    lang: str
    author: str
    title: str
    to: Sequence[str] = ()
    lead: str = ""
    facts: Sequence[tuple[str, str]] = ()
    sections: Sequence[Section] = ()
    foot: str = ""


def render(paper: Paper, *, at: dt.datetime, enclosed: str = "", name: str = "data.json") -> bytes:
    """The PDF, dated `at`; `enclosed` is JSON that goes with it as a file of that `name`."""
    data = json.dumps(_shown(dataclasses.asdict(paper)), ensure_ascii=False)
    import typst  # not at the start: 7 MiB in every process, and few ever make a paper

    inputs = {"data": data, **({"enclosed": enclosed, "name": name} if enclosed else {})}
    made: bytes = typst.compile(
        str(_PAPERS / "paper.typ"), root=str(_PAPERS), font_paths=[str(_FONTS)], ignore_system_fonts=True,
        sys_inputs=inputs, pdf_standards=["a-3a", "ua-1"], timestamp=int(at.timestamp()), format="pdf",
    )  # fmt: skip
    return made


def enclosed(made: bytes) -> str:
    """The file that goes with a PDF of ours. Raises ValueError where there is none, or more than one."""
    found = list(_ENCLOSED.finditer(made))
    if len(found) != 1:
        raise ValueError("no PDF of this portal with one enclosed file")
    start = found[0].end()
    content = made[start : start + int(found[0][1])]
    return (_unpacked(content) if found[0][2] else content).decode()


def _unpacked(packed: bytes) -> bytes:
    unpacking = zlib.decompressobj()
    try:
        content = unpacking.decompress(packed, _LARGEST)
    except zlib.error as error:
        raise ValueError("the enclosed file is damaged") from error
    if not unpacking.eof:
        raise ValueError("the enclosed file is damaged, or too large")
    return content


@functools.cache
def _known() -> frozenset[int]:
    return letters.of_font((_FONTS / "SourceSans3[wght].ttf").read_bytes())


def _shown(value: object) -> object:
    """The same with letters that the font lacks as their number."""
    match value:
        case str():
            return letters.replaced(value, _known())
        case dict():
            return {key: _shown(each) for key, each in value.items()}
        case list() | tuple():
            return [_shown(each) for each in value]
        case _:
            return value
