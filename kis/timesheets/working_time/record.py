"""What goes in: all that one worker worked, over all placements, and what was agreed for each of them.

Times are absolute minutes (see `calendar`); `worked_shift` makes them from aware datetimes.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Hashable, Iterable, Mapping
from typing import Final, NamedTuple

from kis.core.weeks import Week
from kis.staffing.working_terms import Option, Profile, exclude_each_other
from kis.timesheets.working_time.calendar import HOUR, midnight, minute_of, number_of

Reference = Hashable
Span = tuple[int, int]

SERIES_REST: Final = 36 * HOUR


class Impossible(ValueError):
    """What cannot be: `where` is the field, `reason` the rest of an English sentence."""

    def __init__(self, where: str, reason: str) -> None:
        super().__init__(f"{where} {reason}")
        self.where = where
        self.reason = reason


@dataclasses.dataclass(frozen=True, slots=True)
class Terms:
    """What holds for a placement. `series_rest`: minutes of rest that end a series of shifts (reading T14).

    Raises Impossible for options that exclude each other.
    """

    profile: Profile = Profile.STANDARD
    options: frozenset[Option] = frozenset()
    series_rest: int = SERIES_REST

    def __post_init__(self) -> None:
        if exclude_each_other(self.options):
            raise Impossible("options", "must limit nights per year or by their hours, not both (art. 5:8.9)")


STANDARD: Final = Terms()


class WorkedShift(NamedTuple):
    """A shift as it was written down. `breaks` lie within it, in order, and do not touch."""

    start: int
    end: int
    breaks: tuple[Span, ...] = ()
    reference: Reference = None
    terms: Terms = STANDARD


class DayTotal(NamedTuple):
    """Work of a day of which only the length is known. It counts in weeks, means and Sundays, not in rest or breaks."""

    start: int  # the bounds of the day
    end: int
    minutes: int
    reference: Reference = None
    terms: Terms = STANDARD


class Standby(NamedTuple):
    """Time on call (consignatie)."""

    start: int
    end: int
    reference: Reference = None


@dataclasses.dataclass(frozen=True, slots=True)
class WorkRecord:
    """One worker. Without a birth date the worker counts as an adult.

    `credited`: minutes of sickness, leave and works council per week, which count in means (art. 5:2).
    Shifts that overlap, at two placements, are worked once.
    """

    shifts: tuple[WorkedShift, ...] = ()
    birth_date: dt.date | None = None
    credited: Mapping[Week, int] = dataclasses.field(default_factory=dict)
    standby: tuple[Standby, ...] = ()
    totals: tuple[DayTotal, ...] = ()


def worked_shift(
    start: dt.datetime,
    end: dt.datetime,
    breaks: Iterable[tuple[dt.datetime, dt.datetime]] = (),
    *,
    reference: Reference = None,
    terms: Terms = STANDARD,
) -> WorkedShift:
    """A shift in aware moments. Raises Impossible, or ValueError for a moment that is no whole aware minute."""
    pauses = [(minute_of(first), minute_of(last)) for first, last in breaks]
    return shift_in_minutes(minute_of(start), minute_of(end), pauses, reference=reference, terms=terms)


def standby(start: dt.datetime, end: dt.datetime, *, reference: Reference = None) -> Standby:
    """Time on call in aware moments. Raises Impossible, or ValueError as above."""
    first, last = minute_of(start), minute_of(end)
    if last <= first:
        raise Impossible("end", "must be later than the start")
    return Standby(first, last, reference)


def day_total(date: dt.date, minutes: int, *, reference: Reference = None, terms: Terms = STANDARD) -> DayTotal:
    """Work of a day of which only the length is known."""
    day = number_of(date)
    return DayTotal(midnight(day), midnight(day + 1), minutes, reference, terms)


def shift_in_minutes(
    start: int, end: int, breaks: Iterable[Span] = (), *, reference: Reference = None, terms: Terms = STANDARD
) -> WorkedShift:
    """A shift in absolute minutes; its breaks are put in order, and those that touch are one (reading T7)."""
    if end <= start:
        raise Impossible("end", "must be later than the start")
    pauses: list[Span] = []
    for number, (first, last) in enumerate(breaks):
        if last <= first:
            raise Impossible(f"breaks[{number}].end", "must be later than the start")
        if first < start or last > end:
            raise Impossible(f"breaks[{number}]", "must lie within the shift")
        pauses.append((first, last))
    if len(pauses) > 1:
        pauses = merged(pauses)
    return WorkedShift(start, end, tuple(pauses), reference, terms)


def merged(spans: Iterable[Span]) -> list[Span]:
    """The same time in order, as few spans as possible: those that touch or overlap are one."""
    result: list[Span] = []
    for start, end in sorted(spans):
        if result and start <= result[-1][1]:
            result[-1] = (result[-1][0], max(end, result[-1][1]))
        else:
            result.append((start, end))
    return result
