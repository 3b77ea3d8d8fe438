"""The week strip as a mail shows it: seven bars in a table, since mail programs know no drawings.

`post/strip.html` draws it; the pages' own strip is kis/web/strip.py. Both have the same scale and the same colours.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Collection

from kis.timesheets.hours import Hours

HEIGHT, FULL_DAY = 24, 12 * 60  # pixels, and the minutes that fill them
_LEAST = 2


@dataclasses.dataclass(frozen=True, slots=True)
class Bar:
    """One day in pixels: the day's part above, the night's below; `pointed_at` when a refusal is about it."""

    day: int
    night: int
    pointed_at: bool

    @property
    def empty(self) -> int:
        """The room above the bar."""
        return HEIGHT - self.day - self.night


def bars(hours: Hours, pointed_at: Collection[str] = ()) -> tuple[Bar, ...]:
    """The seven bars of a written week; `pointed_at` has ISO dates."""
    return tuple(
        _bar(day.worked(date), day.night, pointed_at=date.isoformat() in pointed_at) for date, day in hours.dated()
    )


def _bar(minutes: int, night_minutes: int, *, pointed_at: bool) -> Bar:
    if not minutes:
        return Bar(0, 0, pointed_at)
    tall = max(_LEAST, min(HEIGHT, round(HEIGHT * minutes / FULL_DAY)))
    night = round(tall * min(night_minutes, minutes) / minutes)
    return Bar(tall - night, night, pointed_at)
