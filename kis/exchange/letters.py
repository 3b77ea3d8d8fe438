"""Which letters a font has, read from its `cmap` table (OpenType 1.9, formats 4 and 12)."""

from __future__ import annotations

import struct
import unicodedata
from collections.abc import Iterator

_NONE = 0xFFFF


def of_font(font: bytes) -> frozenset[int]:
    """The code points of an OpenType or TrueType font. Raises ValueError without a Unicode table."""
    table = _table(font, b"cmap")
    count = struct.unpack_from(">H", table, 2)[0]
    found: set[int] = set()
    for n in range(count):
        offset = struct.unpack_from(">HHI", table, 4 + 8 * n)[2]
        kind = struct.unpack_from(">H", table, offset)[0]
        if kind == 12:
            found.update(_segments(table, offset))
        elif kind == 4:
            found.update(_pieces(table, offset))
    if not found:
        raise ValueError("a font without a Unicode table")
    return frozenset(found)


def replaced(text: str, known: frozenset[int]) -> str:
    """The text, composed, with each unknown letter as `[U+1F600]`; line ends and spaces stay."""
    composed = unicodedata.normalize("NFC", text)
    return "".join(
        letter if ord(letter) in known or letter in "\n " else " " if letter.isspace() else _number(letter)
        for letter in composed
    )


def _number(letter: str) -> str:
    """Nothing for what is invisible anyway, such as a joiner; else the number."""
    return "" if unicodedata.category(letter) in {"Cf", "Cc", "Mn"} else f"[U+{ord(letter):04X}]"


def _table(font: bytes, tag: bytes) -> bytes:
    count = struct.unpack_from(">H", font, 4)[0]
    for n in range(count):
        name, _sum, offset, length = struct.unpack_from(">4sIII", font, 12 + 16 * n)
        if name == tag:
            return font[offset : offset + length]
    raise ValueError(f"a font without {tag.decode()}")


def _segments(table: bytes, offset: int) -> Iterator[int]:
    count = struct.unpack_from(">I", table, offset + 12)[0]
    for n in range(count):
        first, last, _glyph = struct.unpack_from(">III", table, offset + 16 + 12 * n)
        yield from range(first, last + 1)


def _pieces(table: bytes, offset: int) -> Iterator[int]:
    double = struct.unpack_from(">H", table, offset + 6)[0]
    ends, starts = offset + 14, offset + 16 + double
    for n in range(0, double, 2):
        last = struct.unpack_from(">H", table, ends + n)[0]
        first = struct.unpack_from(">H", table, starts + n)[0]
        yield from (code for code in range(first, last + 1) if code != _NONE)
