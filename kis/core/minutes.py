"""Times and durations as people type them, kept as whole minutes.

A time of day is the number of minutes after midnight, 0 to 1440. A duration is a number of minutes.
"""

import re

DAY = 1440

_UNIT = re.compile(r"\s*(?:(?P<hours>uur|uren|u|hours?|h)|(?P<minutes>minuten|minutes?|min|m))$")
_CLOCK = re.compile(r"(\d{1,2})[:.,hu](\d{2})")
_DIGITS = re.compile(r"\d{1,4}")
_HALF = re.compile(r"(\d{1,2})[.,]5")
_DECIMAL = re.compile(r"(\d{1,2})[.,](\d{1,2})")
_HOURS_AND_MINUTES = re.compile(r"(\d{1,2})[:hu](\d{2})")


class Unreadable(ValueError):
    """What was typed is no time or no duration, or an impossible one."""


def parse_time(text: str) -> int:
    """Read a time of day: `7:30`, `07.30`, `0730`, `730`, `7u30`, `7`, or `7,5` for half past seven.

    24:00 is the day's end. Raises Unreadable.
    """
    text, unit = _without_unit(text)
    if unit == "minutes":
        raise Unreadable(text)
    if found := _CLOCK.fullmatch(text):
        hours, minutes = int(found[1]), int(found[2])
    elif found := _HALF.fullmatch(text):
        hours, minutes = int(found[1]), 30
    elif _DIGITS.fullmatch(text):
        hours, minutes = (int(text), 0) if len(text) <= 2 else divmod(int(text), 100)
    else:
        raise Unreadable(text)
    if minutes > 59 or hours * 60 + minutes > DAY:
        raise Unreadable(text)
    return hours * 60 + minutes


def parse_duration(text: str, *, whole_number: str = "hours") -> int:
    """Read a duration: `7:30`, `0730` and `7.30` are hours and minutes, `7,5` is seven and a half hours.

    Of two digits behind a point or comma, 25, 50 and 75 are quarters of an hour, as people write them; others
    up to 59 are minutes. A bare number counts `whole_number`: "hours" (a day's total) or "minutes" (a break), unless
    a unit stands behind it: `45 min`, `8 uur`. Raises Unreadable.
    """
    text, unit = _without_unit(text)
    if found := _HOURS_AND_MINUTES.fullmatch(text):
        return _hours_and_minutes(found[1], found[2])
    if found := _DECIMAL.fullmatch(text):
        return _fraction(int(found[1]), found[2])
    if not _DIGITS.fullmatch(text):
        raise Unreadable(text)
    if (unit or whole_number) == "minutes":
        return _hours_and_minutes(text[:2], text[2:]) if len(text) == 4 and not unit else int(text)
    return int(text) * 60 if len(text) <= 2 else _hours_and_minutes(text[:-2], text[-2:])


def _without_unit(text: str) -> tuple[str, str | None]:
    """What was typed without the word behind it, and whether that word means hours or minutes."""
    text = text.strip().lower()
    found = _UNIT.search(text)
    return (text[: found.start()], found.lastgroup) if found else (text, None)


def _hours_and_minutes(hours: str, minutes: str) -> int:
    if int(minutes) > 59:
        raise Unreadable(f"{hours}:{minutes}")
    return int(hours) * 60 + int(minutes)


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
