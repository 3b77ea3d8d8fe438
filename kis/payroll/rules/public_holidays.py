"""Dutch public holidays by name. A date is named by where it stands in the year, never by its text."""

from __future__ import annotations

import datetime as dt
import functools
from typing import Final

from kis.core.public_holidays import easter, kings_day

_FIXED = {
    (1, 1): "new-year",
    (5, 5): "liberation-day",
    (12, 25): "christmas-day",
    (12, 26): "second-christmas-day",
}
_FROM_EASTER = {
    -2: "good-friday",
    0: "easter-sunday",
    1: "easter-monday",
    39: "ascension-day",
    49: "whit-sunday",
    50: "whit-monday",
}
_KINGS_DAY = "kings-day"

NAMES: Final = (
    "new-year",
    "good-friday",
    "easter-sunday",
    "easter-monday",
    "kings-day",
    "liberation-day",
    "ascension-day",
    "whit-sunday",
    "whit-monday",
    "christmas-day",
    "second-christmas-day",
)
# STANDARD-1; Good Friday and Liberation Day are agreed per client.
USUAL: Final = tuple(name for name in NAMES if name not in {"good-friday", "liberation-day"})


@functools.lru_cache(maxsize=4096)
def names(date: dt.date) -> tuple[str, ...]:
    """The holidays that fall on a date: none, one, or two (Ascension Day can be Liberation Day)."""
    return tuple(name for name, day in _year(date.year) if day == date)


@functools.lru_cache(maxsize=128)
def _year(year: int) -> tuple[tuple[str, dt.date], ...]:
    sunday = easter(year)
    return (
        *((name, dt.date(year, month, day)) for (month, day), name in _FIXED.items()),
        *((name, sunday + dt.timedelta(days=offset)) for offset, name in _FROM_EASTER.items()),
        (_KINGS_DAY, kings_day(year)),
    )
