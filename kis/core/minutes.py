"""Times and durations as people type them, kept as whole minutes.

A time of day is the number of minutes after midnight, 0 to 1440. A duration is a number of minutes.
"""

import re

DAY = 1440

_CLOCK = re.compile(r"(\d{1,2})[:.,h](\d{2})")
_DIGITS = re.compile(r"\d{1,4}")
_HALF = re.compile(r"(\d{1,2})[.,]5")
_DECIMAL = re.compile(r"(\d{1,2})[.,](\d{1,2})")


class Unreadable(ValueError):
    """What was typed is no time or no duration, or an impossible one."""


def parse_time(text: str) -> int:
    """Read a time of day: `7:30`, `07.30`, `0730`, `730`, `7h30`, `7`, or `7,5` for half past seven.

    24:00 is the day's end. Raises Unreadable.
    """
    text = text.strip().lower().removesuffix("uur").removesuffix("u").strip()
    if found := _CLOCK.fullmatch(text):
        hours, minutes = int(found[1]), int(found[2])
    elif found := _HALF.fullmatch(text):
        hours, minutes = int(found[1]), 30
    elif _DIGITS.fullmatch(text):
        number = int(text)
        hours, minutes = (number, 0) if len(text) <= 2 else divmod(number, 100)
    else:
        raise Unreadable(text)
    if minutes > 59 or hours * 60 + minutes > DAY:
        raise Unreadable(text)
    return hours * 60 + minutes


def parse_duration(text: str, *, whole_number: str = "hours") -> int:
    """Read a duration: `7:30`, `0730` and `7.30` are hours and minutes, `7,5` is seven and a half hours.

    Of two digits behind a point or comma, 25, 50 and 75 are quarters of an hour, as people write them; others
    up to 59 are minutes. A bare number counts `whole_number`: "hours" (a day's total) or "minutes" (a break).
    Raises Unreadable.
    """
    text = text.strip().lower().removesuffix("uur").removesuffix("min").removesuffix("u").strip()
    if found := re.fullmatch(r"(\d{1,2})[:h](\d{2})", text):
        hours, minutes = int(found[1]), int(found[2])
        if minutes > 59:
            raise Unreadable(text)
        return hours * 60 + minutes
    if found := _DECIMAL.fullmatch(text):
        return _fraction(int(found[1]), found[2])
    if _DIGITS.fullmatch(text):
        if len(text) == 4 and int(text[2:]) < 60:
            return int(text[:2]) * 60 + int(text[2:])
        return int(text) * (60 if whole_number == "hours" else 1)
    raise Unreadable(text)


def _fraction(hours: int, digits: str) -> int:
    if len(digits) == 2 and int(digits) < 60 and digits not in {"25", "50"}:
        return hours * 60 + int(digits)
    part, rest = divmod(int(digits) * 60, 10 if len(digits) == 1 else 100)
    if rest:
        raise Unreadable(f"{hours},{digits}")
    return hours * 60 + part


def clock_text(minute: int) -> str:
    """A time of day on screen: 450 is `07:30`; past midnight the clock starts again."""
    return f"{minute // 60 % 24:02d}:{minute % 60:02d}" if minute != DAY else "24:00"


def duration_text(minutes: int) -> str:
    """A duration on screen: 450 is `7:30`, -15 is `-0:15`."""
    sign = "-" if minutes < 0 else ""
    return f"{sign}{abs(minutes) // 60}:{abs(minutes) % 60:02d}"
