"""A worker's record as the law sees it: shifts between rests of 8 hours (here: duties), weeks, Sundays, series.

A *duty* is a shift in the sense of art. 1:7c: written shifts less than 8 hours apart are one, at whatever
placement (reading T5). A gap or break of 15 minutes or more in it is a break; a shorter gap between written shifts
is neither break nor work (T6), a shorter break within one is work (P12).
"""

from __future__ import annotations

import bisect
import datetime as dt
import functools
import itertools
import operator
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from kis.core.weeks import Week
from kis.staffing.working_terms import Option, Profile
from kis.timesheets.working_time import ages
from kis.timesheets.working_time.calendar import (
    DAY,
    HOUR,
    day_of,
    midnight,
    number_of,
    six_o_clock,
    sunday_of,
    two_o_clock,
    week_of,
    week_start,
)
from kis.timesheets.working_time.record import (
    DayTotal,
    Reference,
    Span,
    Standby,
    WorkedShift,
    WorkRecord,
)
from kis.timesheets.working_time.rules import Who

LEAST_BREAK: Final = 15
REST_BETWEEN_DUTIES: Final = 8 * HOUR
MORE_THAN_AT_NIGHT: Final = HOUR  # of work between 00:00 and 06:00 makes a night shift
FOR_EVER: Final = 1_000_000_000  # a minute later than any other


Stretch = tuple[int, int, WorkedShift]  # of work, from which written shift


class Duty(NamedTuple):
    """One shift in the sense of the law. Lengths are minutes; `worked` are its stretches of work, in order."""

    start: int
    end: int
    day: int  # on which it starts
    who: Who  # by the age on that day (reading T17)
    minutes: int
    pause: int
    night: int  # minutes worked between 00:00 and 06:00
    worked: tuple[Span, ...]
    shifts: tuple[WorkedShift, ...]

    @property
    def period(self) -> Span:
        return self.start, self.end

    @property
    def is_night(self) -> bool:
        return self.night > MORE_THAN_AT_NIGHT

    @property
    def ends_late(self) -> bool:
        """Whether it ends after 02:00 of its night; one that starts at 04:30 does too (reading T13)."""
        first = self.day if self.start < six_o_clock(self.day) else self.day + 1
        return self.end > two_o_clock(first)

    @property
    def references(self) -> Iterator[Reference]:
        return (shift.reference for shift in self.shifts)

    @property
    def series_rest(self) -> int:
        return max(shift.terms.series_rest for shift in self.shifts)

    def has(self, option: Option) -> bool:
        """Whether a deviation was agreed for all of it."""
        return agreed(option, self.shifts)

    def worked_between(self, start: int, end: int) -> int:
        """Minutes of work from `start` to `end`."""
        return _worked_between(self.worked, start, end)

    def nights(self) -> Iterator[tuple[int, int]]:
        """Each day on which it has work between 00:00 and 06:00, with the minutes."""
        return _nights(self.worked, self.day, self.end)


class Mean(NamedTuple):
    """A window of consecutive weeks, from week `first`: `total` minutes, credited ones included."""

    first: int
    total: int


class Timeline:
    """All duties of a worker in order, and the questions that the rules ask about them."""

    def __init__(self, record: WorkRecord) -> None:
        self.record = record
        self._from_16, self._from_18 = _birthdays(record.birth_date)
        shifts = [shift for shift in record.shifts if shift.terms.profile is Profile.STANDARD or self._applies(shift)]
        self.shifts = sorted(shifts, key=_order)
        self._shift_starts = [shift.start for shift in self.shifts]
        self._longest_shift = max((shift.end - shift.start for shift in shifts), default=0)
        self.duties = list(self._duties())
        self.adults = [number for number, duty in enumerate(self.duties) if duty.who is Who.ADULT]
        self.young = [number for number, duty in enumerate(self.duties) if duty.who is Who.YOUNG]
        self.totals = sorted((total for total in record.totals if self._applies(total)), key=operator.itemgetter(0))
        self.nights = [number for number in self.adults if self.duties[number].is_night]
        self.minutes = self._minutes_per_week()
        self._starts = [*(duty.start for duty in self.duties), FOR_EVER]  # what lies after the last is rest (T2)
        self._ends = [duty.end for duty in self.duties]
        self._next_rests: dict[int, list[int]] = {}
        self.credited = {_number(week): minutes for week, minutes in record.credited.items() if minutes}

    def who_on(self, day: int) -> Who:
        """The age group on a day."""
        if day >= self._from_18:
            return Who.ADULT
        return Who.YOUNG if day >= self._from_16 else Who.CHILD

    def who_starts(self, worked: WorkedShift | DayTotal | Standby) -> Who:
        """The age group at the start of a written shift, a day or standby."""
        return self.who_on(day_of(worked.start))

    def _applies(self, shift: WorkedShift | DayTotal) -> bool:
        """Whether the rules hold for what was written. Only adults can be exempt by their wage (ATB 2.1:1)."""
        profile = shift.terms.profile
        exempt = profile is Profile.EXEMPT and self.who_starts(shift) is Who.ADULT
        return profile is not Profile.DRIVER and not exempt

    def _duties(self) -> Iterator[Duty]:
        """Stretches of work put together, divided where there is a rest of 8 hours."""
        worked: list[Span] = []
        shifts: list[WorkedShift] = []
        end, pause = -FOR_EVER, 0
        for first, last, shift in sorted(_stretches(self.shifts), key=operator.itemgetter(0)):
            if first < end:
                first = end  # noqa: PLW2901 -- overlapping shifts are worked once
            elif first - end >= REST_BETWEEN_DUTIES:
                if worked:
                    yield self._duty(worked, pause, shifts)
                worked, shifts, pause = [], [], 0
            elif first - end >= LEAST_BREAK:
                pause += first - end
            if not shifts or shift is not shifts[-1]:
                shifts.append(shift)
            if first < last:
                worked.append((first, last))
                end = last
        if worked:
            yield self._duty(worked, pause, shifts)

    def _duty(self, worked: list[Span], pause: int, shifts: list[WorkedShift]) -> Duty:
        start, end = worked[0][0], worked[-1][1]
        minutes = sum([last - first for first, last in worked])
        day = day_of(start)
        by_day = start >= six_o_clock(day) and end <= midnight(day + 1)
        night = 0 if by_day else sum(minutes for _, minutes in _nights(worked, day, end))
        once = shifts if len(shifts) < 3 else {id(shift): shift for shift in shifts}.values()
        return Duty(start, end, day, self.who_on(day), minutes, pause, night, tuple(worked), tuple(once))

    def _minutes_per_week(self) -> dict[int, int]:
        """By calendar minute: of a shift over Sunday 24:00 each part goes to its own week (reading T8)."""
        minutes: dict[int, int] = {}
        week, week_end = 0, -FOR_EVER
        for duty in self.duties:
            if duty.start >= week_end:
                week = week_of(duty.day)
                week_end = week_start(week + 1)
            if duty.end <= week_end:
                minutes[week] = minutes.get(week, 0) + duty.minutes
                continue
            for each in range(week, week_of(day_of(duty.end - 1)) + 1):
                part = duty.worked_between(week_start(each), week_start(each + 1))
                minutes[each] = minutes.get(each, 0) + part
        for total in self.totals:
            week = week_of(day_of(total.start))
            minutes[week] = minutes.get(week, 0) + total.minutes
        return minutes

    # Rest

    def rest_after(self, number: int) -> int:
        """Minutes of rest after a duty."""
        return self._starts[number + 1] - self._ends[number]

    def has_rest(self, number: int, window: int, needed: int) -> bool:
        """Whether a rest of `needed` minutes lies within the `window` minutes from the start of a duty."""
        if needed not in self._next_rests:
            self._next_rests[needed] = self._rests_of(needed)
        return self._ends[self._next_rests[needed][number]] <= self._starts[number] + window - needed

    def _rests_of(self, needed: int) -> list[int]:
        """For each duty the first from there on that is followed by a rest of `needed` minutes; the last one is."""
        found, following = [], len(self._ends) - 1
        for at in range(following, -1, -1):
            if self._starts[at + 1] - self._ends[at] >= needed:
                following = at
            found.append(following)
        return found[::-1]

    def rests(self, number: int, window: int) -> list[int]:
        """The rests that lie within the `window` minutes from the start of a duty (readings T2 and T3)."""
        horizon = self.duties[number].start + window
        within = itertools.takewhile(lambda at: self._ends[at] < horizon, range(number, len(self._ends)))
        return [min(self._starts[at + 1], horizon) - self._ends[at] for at in within]

    def longest_rest(self, number: int, window: int) -> int:
        """The longest of these; 0 where there is none."""
        return max(self.rests(number, window), default=0)

    def duties_in(self, number: int, window: int) -> list[Duty]:
        """The duties that start within the `window` minutes from the start of a duty."""
        return self.duties[number : bisect.bisect_left(self._starts, self.duties[number].start + window)]

    def worked_between(self, start: int, end: int) -> int:
        """Minutes of work from `start` to `end`, the bounds of one day or more."""
        first, last = bisect.bisect_right(self._ends, start), bisect.bisect_left(self._starts, end)
        totals = sum(total.minutes for total in self.totals if start <= total.start < end)
        return totals + sum(duty.worked_between(start, end) for duty in self.duties[first:last])

    @functools.cached_property
    def series(self) -> list[list[int]]:
        """Duties that follow one another without the rest that ends a series (reading T14)."""
        series: list[list[int]] = []
        for number, duty in enumerate(self.duties):
            before = self.duties[number - 1] if number else None
            if before and duty.start - before.end < max(before.series_rest, duty.series_rest):
                series[-1].append(number)
            else:
                series.append([number])
        return series

    # Days and weeks

    @functools.cached_property
    def sundays(self) -> list[int]:
        """The Sundays with any minute of work (reading T18)."""
        days = map(sunday_of, sorted(self.minutes))
        return [day for day in days if self.worked_between(midnight(day), midnight(day + 1))]

    def windows(self, weeks: int) -> Iterator[Mean]:
        """Every window of so many weeks that touches the data; unknown weeks are 0 (reading T9)."""
        first, per_week = self._weeks
        if not per_week:
            return
        padded = [0] * weeks + per_week + [0] * weeks
        total = 0
        for at in range(weeks, len(padded) - 1):
            total += padded[at] - padded[at - weeks]
            yield Mean(first + at - weeks - weeks + 1, total)

    @property
    def heaviest_week(self) -> int:
        """Minutes of the week with most, credited ones included: no mean is above it."""
        return max(self._weeks[1], default=0)

    @functools.cached_property
    def _weeks(self) -> tuple[int, list[int]]:
        """The first known week, and the minutes of each from there to the last."""
        known = self.minutes.keys() | self.credited.keys()
        first, last = min(known, default=0), max(known, default=-1)
        return first, [self.minutes.get(week, 0) + self.credited.get(week, 0) for week in range(first, last + 1)]

    def is_credited(self, first: int, weeks: int) -> bool:
        """Whether leave or sickness is part of these weeks."""
        return any(week in self.credited for week in range(first, first + weeks))

    def written_between(self, start: int, end: int) -> list[WorkedShift | DayTotal]:
        """The written shifts and totals with a part between two minutes, in order of time."""
        first = bisect.bisect_left(self._shift_starts, start - self._longest_shift)
        last = bisect.bisect_left(self._shift_starts, end)
        shifts: list[WorkedShift | DayTotal] = [shift for shift in self.shifts[first:last] if shift.end > start]
        totals = [total for total in self.totals if total.start < end and total.end > start]
        return sorted([*shifts, *totals], key=operator.itemgetter(0)) if totals else shifts

    def references(self, start: int, end: int) -> list[Reference]:
        """Of the same."""
        return [written.reference for written in self.written_between(start, end)]


def _worked_between(worked: Iterable[Span], start: int, end: int) -> int:
    minutes = 0
    for first, last in worked:
        part = min(end, last) - max(start, first)
        if part > 0:
            minutes += part
    return minutes


def _nights(worked: Sequence[Span], day: int, end: int) -> Iterator[tuple[int, int]]:
    for each in range(day, day_of(end - 1) + 1):
        if minutes := _worked_between(worked, midnight(each), six_o_clock(each)):
            yield each, minutes


def weeks_period(first: int, weeks: int = 1) -> Span:
    """The bounds of consecutive weeks."""
    return week_start(first), week_start(first + weeks)


def agreed(option: Option, written: Iterable[WorkedShift | DayTotal]) -> bool:
    """Whether a deviation holds: only where it was agreed for all that is concerned."""
    return all(option in each.terms.options for each in written)


def all_references(duties: Iterable[Duty]) -> list[Reference]:
    """The written shifts of several duties."""
    return [reference for duty in duties for reference in duty.references]


def _number(week: Week) -> int:
    return week_of(number_of(week.monday))


def _birthdays(birth_date: dt.date | None) -> tuple[int, int]:
    if birth_date is None:
        return -DAY * 1000, -DAY * 1000
    return number_of(ages.birthday(birth_date, 16)), number_of(ages.birthday(birth_date, 18))


def _order(shift: WorkedShift) -> tuple[int, int, str]:
    return shift.start, shift.end, str(shift.reference)


def _stretches(shifts: Iterable[WorkedShift]) -> Iterator[Stretch]:
    """Work without the breaks that count: those of 15 minutes or more."""
    for shift in shifts:
        start = shift.start
        for first, last in shift.breaks:
            if last - first >= LEAST_BREAK:
                if first > start:
                    yield start, first, shift
                start = last
        if start < shift.end:
            yield start, shift.end, shift
