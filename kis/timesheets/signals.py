"""Signals: what stands out in a week and deserves a look. They warn, they never block.

Pure: the caller gathers the facts. A signal is a code, the date it concerns and figures for its sentence; it never
says where else a worker works, so that every party may read it.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import itertools
from collections.abc import Iterator
from typing import Any

from kis.timesheets.hours import Hours, Shift

LONG_WORK_WITHOUT_BREAK = 330  # 5.5 hours: Arbeidstijdenwet art. 5:4 asks for 30 minutes
BREAK_WANTED = 30
FAR_FROM_USUAL = 120  # minutes on a day
LONG_SHIFT = 720  # 12 hours: Arbeidstijdenwet art. 5:7


@dataclasses.dataclass(frozen=True, slots=True)
class Signal:
    """`code` on `date`, with figures in minutes for the sentence."""

    code: str
    date: dt.date
    minutes: int = 0
    usual: int = 0

    def to_json(self) -> list[Any]:
        return [self.code, self.date.isoformat(), self.minutes, self.usual]

    @classmethod
    def from_json(cls, data: list[Any]) -> Signal:
        return cls(data[0], dt.date.fromisoformat(data[1]), data[2], data[3])


@dataclasses.dataclass(frozen=True, slots=True)
class Facts:
    """What a week is held against: the placement's dates, its usual minutes per day, the worker's other shifts.

    `usual` has seven totals, or none where the placement has no pattern. `elsewhere` are shifts of the same
    worker on other timesheets, as (start, end) moments.
    """

    first: dt.date
    last: dt.date | None = None
    usual: tuple[int, ...] = ()
    elsewhere: tuple[tuple[dt.datetime, dt.datetime], ...] = ()


def signals(hours: Hours, facts: Facts) -> tuple[Signal, ...]:
    """All signals of a week, by date and code."""
    found = {*_outside(hours, facts), *_breaks(hours), *_overlaps(hours, facts), *_unusual(hours, facts)}
    return tuple(sorted(found, key=lambda signal: (signal.date, signal.code)))


def _outside(hours: Hours, facts: Facts) -> Iterator[Signal]:
    for date, day in hours.dated():
        if day.worked(date) and (date < facts.first or (facts.last and date > facts.last)):
            yield Signal("outside_placement", date)


def _breaks(hours: Hours) -> Iterator[Signal]:
    for date, shift in _shifts(hours):
        worked = shift.worked(date)
        if worked > LONG_WORK_WITHOUT_BREAK and shift.pause < BREAK_WANTED:
            yield Signal("missing_break", date, shift.pause, BREAK_WANTED)
        if worked > LONG_SHIFT:
            yield Signal("long_shift", date, worked, LONG_SHIFT)


def _overlaps(hours: Hours, facts: Facts) -> Iterator[Signal]:
    own = sorted((*shift.bounds(date), date) for date, shift in _shifts(hours))
    for (_, end, _), (start, _, date) in itertools.pairwise(own):
        if start < end:
            yield Signal("overlap", date)
    for start, end, date in own:
        if any(start < other_end and other_start < end for other_start, other_end in facts.elsewhere):
            yield Signal("overlap_elsewhere", date)


def _unusual(hours: Hours, facts: Facts) -> Iterator[Signal]:
    for (date, day), usual in zip(hours.dated(), facts.usual, strict=False):
        worked = day.worked(date)
        if worked and abs(worked - usual) > FAR_FROM_USUAL:
            yield Signal("unusual", date, worked, usual)


def _shifts(hours: Hours) -> Iterator[tuple[dt.date, Shift]]:
    for date, day in hours.dated():
        for shift in day.shifts:
            yield date, shift
