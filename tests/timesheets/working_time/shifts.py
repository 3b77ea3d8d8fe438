"""Shifts for the tests, told from a Monday in winter: `on(2, "08:00")` is Wednesday 4 November 2026, 08:00."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping

from kis.core.weeks import Week
from kis.timesheets.working_time import (
    DayTotal,
    Finding,
    Option,
    Standby,
    Terms,
    WorkedShift,
    WorkRecord,
    check,
    day_total,
)
from kis.timesheets.working_time.calendar import AMSTERDAM
from kis.timesheets.working_time.reading import moment
from kis.timesheets.working_time.record import STANDARD, Reference, Span, shift_in_minutes

MONDAY = dt.date(2026, 11, 2)
OF_16 = dt.date(2010, 6, 1)
OF_15 = dt.date(2011, 6, 1)
ADULT = dt.date(1990, 6, 1)
HOUR = 60


def on(day: int, time: str) -> int:
    """The minute on the clock of a day, counted from the Monday."""
    return moment(f"{MONDAY + dt.timedelta(days=day)}T{time}")


def work(start: int, minutes: int, *, pause: int = 0, ref: Reference = None, terms: Terms = STANDARD) -> WorkedShift:
    """A shift with so many minutes of work and, halfway, one break."""
    half = start + minutes // 2
    breaks: list[Span] = [(half, half + pause)] if pause else []
    return shift_in_minutes(start, start + minutes + pause, breaks, reference=ref, terms=terms)


def total(day: int, minutes: int, *, ref: Reference = None, terms: Terms = STANDARD) -> DayTotal:
    """A day, counted from the Monday, of which only the length is known."""
    return day_total(MONDAY + dt.timedelta(days=day), minutes, reference=ref, terms=terms)


def between(start: int, end: int, *breaks: Span, ref: Reference = None, terms: Terms = STANDARD) -> WorkedShift:
    """A shift by its bounds."""
    return shift_in_minutes(start, end, breaks, reference=ref, terms=terms)


def agreed(*options: Option, series_rest: int = STANDARD.series_rest) -> Terms:
    """The terms of a placement with deviations."""
    return Terms(options=frozenset(options), series_rest=series_rest)


def told(moment: dt.datetime) -> str:
    """A moment on the Dutch clock: `2026-11-02T08:00`."""
    return moment.astimezone(AMSTERDAM).isoformat()[:16]


def findings(
    shifts: Iterable[WorkedShift],
    rule: str = "",
    *,
    born: dt.date | None = ADULT,
    credited: Mapping[Week, int] | None = None,
    standby: tuple[Standby, ...] = (),
    totals: tuple[DayTotal, ...] = (),
) -> list[Finding]:
    """The findings of one rule, or of all."""
    found = check(WorkRecord(tuple(shifts), born, credited or {}, standby, totals))
    return [each for each in found if each.rule.id.startswith(rule)]


def keys(shifts: Iterable[WorkedShift], rule: str = "", *, born: dt.date | None = ADULT) -> list[str]:
    """The keys of those findings."""
    return [each.key for each in findings(shifts, rule, born=born)]


def nights(
    days: Iterable[int], *, start: str = "22:00", minutes: int = 480, terms: Terms = STANDARD
) -> list[WorkedShift]:
    """Night shifts that begin on the evening of each day, without a break."""
    return [work(on(day, start), minutes, ref=day, terms=terms) for day in days]
