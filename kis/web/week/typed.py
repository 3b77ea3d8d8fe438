"""Single fields as people type them: a break, a number, an amount; and how they look when they come back.

Each reader answers a value or raises Mistake with one of the codes in `kis.web.words.PROBLEMS`.
"""

from __future__ import annotations

import re

from kis.core.minutes import DAY, Unreadable, clock_text, duration_text, parse_duration, parse_time
from kis.core.money import NotAnAmount, parse_cents
from kis.timesheets.hours import Break

_NO_BREAK = frozenset({"0", "-", "geen", "none", "no", "nee"})
_MINUS = re.compile(r"^[-−]\s*\d")
# Parts of a break are kept apart by a semicolon, by a comma with a space, or by a comma before another from-to.
_PARTS = re.compile(r"\s*;\s*|,\s+|,(?=\d{1,2}(?:[:.]?\d{2})?\s*[-–])|\s+(?:en|and|\+)\s+")
_FROM_TO = re.compile(r"(.+?)\s*(?:[-–]|tot|to)\s*(.+)")


class Mistake(ValueError):
    """What was typed cannot be read; `code` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def time(text: str) -> int:
    """A time of day, in minutes after midnight."""
    try:
        return parse_time(text)
    except Unreadable as error:
        raise Mistake("below_zero" if _MINUS.match(text) else "time") from error


def total(text: str) -> int:
    """The hours of a day, in minutes."""
    try:
        return parse_duration(text)
    except Unreadable as error:
        raise Mistake("below_zero" if _MINUS.match(text) else "duration") from error


def breaks(text: str, shift_start: int) -> tuple[Break, ...]:
    """One or more breaks: `30`, `0:30`, `12:00-12:30, 15:00-15:15`.

    A time before `shift_start` lies on the next day, as in a shift over midnight.
    """
    if _MINUS.match(text):
        raise Mistake("below_zero")
    if text.lower() in _NO_BREAK:
        return ()
    found = (_one_break(part.strip(), shift_start) for part in _PARTS.split(text) if part.strip())
    return tuple(pause for pause in found if pause.minutes)


def breaks_text(breaks: tuple[Break, ...]) -> str:
    """Breaks as they stand in the field; `breaks()` reads them back."""
    return ", ".join(
        duration_text(pause.minutes)
        if pause.start is None
        else f"{clock_text(pause.start)}-{clock_text(pause.start + pause.minutes)}"
        for pause in breaks
    )


def whole_number(text: str) -> int:
    """A number of kilometres."""
    digits = text.lower().removesuffix("km").strip()
    if _MINUS.match(digits):
        raise Mistake("below_zero")
    if not (digits.isascii() and digits.isdigit()):
        raise Mistake("number")
    return int(digits[:9])


def cents(text: str) -> int:
    """An amount in euros as cents: `12,50`, `12.5`, `€ 1.234,50`."""
    if _MINUS.match(text.replace("€", "").strip()):
        raise Mistake("below_zero")
    try:
        return parse_cents(text)
    except NotAnAmount as error:
        raise Mistake("amount") from error


def _one_break(text: str, shift_start: int) -> Break:
    try:
        if found := _FROM_TO.fullmatch(text):
            start, end = _on_the_shift(parse_time(found[1]), shift_start), parse_time(found[2])
            while end < start:
                end += DAY
            return Break(end - start, start)
        return Break(parse_duration(text, whole_number="minutes"))
    except Unreadable as error:
        raise Mistake("break") from error


def _on_the_shift(minute: int, shift_start: int) -> int:
    return minute if minute >= shift_start else minute + DAY
