"""Absolute minutes, and the days and weeks of the Dutch clock, as plain integers.

A minute counts from 1970-01-01 00:00 UTC, so differences are true lengths also in the nights in which the clock
changes. A day counts from 1970-01-01 as the Netherlands call it. A week counts from the Monday before that, and
runs from Monday 00:00 to Sunday 24:00.
"""

from __future__ import annotations

import datetime as dt
import functools
from typing import Final

from kis.core import clock

AMSTERDAM: Final = clock.AMSTERDAM
HOUR: Final = 60
DAY: Final = 24 * HOUR  # as the law's "24 hours": not a calendar day, which may have 23 or 25

_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
_EPOCH_ORDINAL = dt.date(1970, 1, 1).toordinal()
_MINUTE = dt.timedelta(minutes=1)
_SUMMER_OFFSET = 120


def minute_of(moment: dt.datetime) -> int:
    """The absolute minute of an aware moment. Raises ValueError for a naive one or one with seconds."""
    offset = moment.utcoffset()
    if offset is None:
        raise ValueError("a moment must say in which zone it is")
    if moment.second or moment.microsecond:
        raise ValueError("a moment must be a whole minute")
    on_clock = (moment.toordinal() - _EPOCH_ORDINAL) * DAY + moment.hour * HOUR + moment.minute
    return on_clock - offset // _MINUTE


def moment_of(minute: int) -> dt.datetime:
    """The moment of an absolute minute, in UTC, so that it compares and subtracts in absolute time."""
    return _EPOCH + minute * _MINUTE


def number_of(date: dt.date) -> int:
    """The day's number."""
    return date.toordinal() - _EPOCH_ORDINAL


def date_of(day: int) -> dt.date:
    """The date of a day's number."""
    return dt.date.fromordinal(day + _EPOCH_ORDINAL)


@functools.lru_cache(maxsize=8192)
def midnight(day: int) -> int:
    """The minute at which a Dutch calendar day begins."""
    return minute_of(dt.datetime.combine(date_of(day), dt.time(), tzinfo=AMSTERDAM))


def day_of(minute: int) -> int:
    """The Dutch calendar day in which a minute lies."""
    day = (minute + _SUMMER_OFFSET) // DAY
    return day if minute >= midnight(day) else day - 1


def on_the_clock(day: int, minute: int) -> int:
    """The absolute minute at `minute` minutes after midnight on the clock of a day; past 1440 on the days after."""
    day, minute = day + minute // DAY, minute % DAY
    start = midnight(day)
    if midnight(day + 1) == start + DAY:
        return start + minute
    return minute_of(clock.at(date_of(day), minute))


# The clock changes between 02:00 and 03:00: what comes before is counted from midnight, what comes after from the next.


def two_o_clock(day: int) -> int:
    """02:00 of a day; in the night in which it comes twice, the first (domain reading P13)."""
    return midnight(day) + 2 * HOUR


def six_o_clock(day: int) -> int:
    """06:00 of a day: where the law's night ends."""
    return midnight(day + 1) - 18 * HOUR


def eleven_at_night(day: int) -> int:
    """23:00 of a day: where the night of a young worker begins."""
    return midnight(day + 1) - HOUR


def week_of(day: int) -> int:
    """The ISO week of a day."""
    return (day + 3) // 7


def monday_of(week: int) -> int:
    """The first day of a week."""
    return week * 7 - 3


def week_start(week: int) -> int:
    """The minute at which a week begins; the week before ends there."""
    return midnight(monday_of(week))


def sunday_of(week: int) -> int:
    """The last day of a week."""
    return week * 7 + 3
