"""When other hours need the worker's yes: as soon as they may take something from the worker on any day.

Pure. Nothing is taken on a day when every minute that was worked is still worked, and kilometres and expenses are
not lower: under pay rules in which one more minute never lowers the wage, that cannot hurt. What cannot be told (a
total beside times, a break that nobody placed) counts as taking.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator

from kis.core import clock
from kis.timesheets.hours import Day, Hours, Shift


def worse_days(before: Hours, after: Hours) -> tuple[dt.date, ...]:
    """The dates on which `after` may take something from the worker."""
    pairs = zip(before.dated(), after.days, strict=True)
    return tuple(
        date for (date, old), new in pairs if _takes(date, old, new) or _money(before, date) > _money(after, date)
    )


def is_worse(before: Hours, after: Hours) -> bool:
    """Whether `after` needs the worker's yes, where `before` was handed in."""
    return bool(worse_days(before, after))


def _money(hours: Hours, date: dt.date) -> int:
    return sum(expense.cents for expense in hours.expenses if expense.date == date)


def _takes(date: dt.date, old: Day, new: Day) -> bool:
    if new.km < old.km or new.worked(date) < old.worked(date):
        return True
    if old.total is not None or new.total is not None:
        return bool(old.worked(date)) and (old.total is None or new.total is None)
    return not _covers(date, old.shifts, new.shifts)


def _covers(date: dt.date, old: tuple[Shift, ...], new: tuple[Shift, ...]) -> bool:
    """Whether every minute of the old shifts is still worked; one that was counted twice, twice."""
    there = Counter(minute for shift in old for minute in _minutes(date, shift))
    now = Counter(minute for shift in new for minute in _minutes(date, shift))
    return there <= now and all(_keeps_breaks(shift, old) for shift in new)


def _keeps_breaks(shift: Shift, old: tuple[Shift, ...]) -> bool:
    """Whether the breaks without a place still fit where they were: in the old shifts that lie within this one.

    A break in a shift that is all new takes nothing.
    """
    loose = _loose(shift)
    if not loose or all(one.end <= shift.start or shift.end <= one.start for one in old):
        return True
    return loose <= sum(_loose(one) for one in old if shift.start <= one.start and one.end <= shift.end)


def _loose(shift: Shift) -> int:
    return sum(pause.minutes for pause in shift.breaks if pause.start is None)


def _minutes(date: dt.date, shift: Shift) -> Iterator[int]:
    """The minutes of a shift in absolute time, without the breaks whose place is known."""
    start, end = (_absolute(moment) for moment in shift.bounds(date))
    off: set[int] = set()
    for pause in shift.breaks:
        if pause.start is not None:
            begin = _absolute(clock.at(date, pause.start))
            off.update(range(begin, begin + pause.minutes))
    return (minute for minute in range(start, end) if minute not in off)


def _absolute(moment: dt.datetime) -> int:
    return int(moment.timestamp()) // 60
