"""From what a worker wrote down to what the pay rules ask: shifts in absolute time, with every break at a place.

Two readings, because a form may know less than the rules want: a break without a place lies in the middle of the
longest stretch of work, and a day's total without times lies around noon. Both leave the totals as they were written.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal

from kis.core import clock
from kis.payroll.rules.worked import Break, Quantity, WorkedShift
from kis.timesheets.hours import Hours, Shift

NOON = 720
KM = "km"

_Span = tuple[dt.datetime, dt.datetime]


def shifts_of(hours: Hours) -> tuple[WorkedShift, ...]:
    """The shifts of a week in order of time, each assigned to the day it was written on."""
    return tuple(sorted(_shifts(hours), key=lambda shift: shift.start))


def quantities_of(hours: Hours) -> tuple[Quantity, ...]:
    """The kilometres of each day."""
    return tuple(Quantity(date, KM, Decimal(day.km)) for date, day in hours.dated() if day.km)


def _shifts(hours: Hours) -> Iterator[WorkedShift]:
    for date, day in hours.dated():
        for shift in day.shifts:
            start, end = shift.bounds(date)
            yield WorkedShift(start, end, tuple(_breaks(shift, date)), date)
        if day.total and not day.shifts:
            start = clock.at(date, max(0, NOON - day.total // 2)).astimezone(dt.UTC)
            yield WorkedShift(start, start + dt.timedelta(minutes=day.total), (), date)


def _breaks(shift: Shift, date: dt.date) -> Iterator[Break]:
    """Breaks where they were, then the others where they fit."""
    placed = sorted(_placed(shift, date))
    for start, end in placed:
        yield Break(start, end)
    left = sum(pause.minutes for pause in shift.breaks if pause.start is None)
    for start, end in sorted(_gaps(shift.bounds(date), placed), key=lambda gap: (gap[0] - gap[1], gap[0])):
        if left <= 0:
            return
        length = int((end - start).total_seconds()) // 60
        here = min(left, length)
        begin = start + dt.timedelta(minutes=(length - here) // 2)
        yield Break(begin, begin + dt.timedelta(minutes=here))
        left -= here


def _placed(shift: Shift, date: dt.date) -> Iterator[_Span]:
    for pause in shift.breaks:
        if pause.start is not None and pause.minutes:
            start = clock.at(date, pause.start).astimezone(dt.UTC)
            yield start, start + dt.timedelta(minutes=pause.minutes)


def _gaps(bounds: _Span, placed: list[_Span]) -> Iterator[_Span]:
    """What of the shift lies between its placed breaks."""
    start, end = bounds
    for begin, finish in placed:
        if start < begin:
            yield start, begin
        start = max(start, finish)
    if start < end:
        yield start, end
