"""A worker's weeks at all placements, held against the law on working time; what is found, as signals of each week.

Pure. A finding is a signal of every timesheet that has a shift in it:

- on the day of its first shift there, from the beginning of what was found on: an earlier shift that made it graver
  is not named again;
- without a date where it concerns whole weeks, and then only in the last of them, which completes it;
- once per rule and day at its gravest, and once a week for the weekly rest, which every further shift would repeat.
"""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from kis.core.weeks import Week
from kis.timesheets.hours import Hours, Shift
from kis.timesheets.signals import Signal
from kis.timesheets.working_time import DayTotal, Finding, Terms, WorkedShift, WorkRecord, check, day_total
from kis.timesheets.working_time.calendar import day_of, minute_of, number_of, on_the_clock, week_of
from kis.timesheets.working_time.record import Span, shift_in_minutes

OF_WEEKS: Final = frozenset({"W02", "W03", "W04", "W11", "N05", "N06", "Y02", "Y03", "Y08"})
OF_ONE_SHIFT: Final = frozenset({"W01", "W07", "W08", "Y01", "Y05"})
ONCE_A_WEEK: Final = frozenset({"W06", "Y06"})


class WrittenWeek(NamedTuple):
    """One timesheet, as far as the law looks at it."""

    sheet: int
    client: int
    week: Week
    hours: Hours
    terms: Terms


class Place(NamedTuple):
    """Where a shift, or the total of a day, stands: which day of which timesheet."""

    sheet: int
    day: int
    number: int


def signals_of(
    weeks: Sequence[WrittenWeek], birth_date: dt.date | None, judged: Collection[int]
) -> dict[int, list[Signal]]:
    """The signals of each of the timesheets `judged`; all `weeks` are one worker's."""
    record = record_of(weeks, birth_date)
    ends = {shift.reference: shift.end for shift in record.shifts}
    ends |= {total.reference: total.end for total in record.totals}
    by_sheet = {week.sheet: week for week in weeks}
    found: dict[int, dict[tuple[str, dt.date | None], tuple[Finding, Signal]]] = {sheet: {} for sheet in judged}
    for finding in check(record):
        for sheet in {place.sheet for place in _places(finding)} & found.keys():
            signal = _signal(finding, by_sheet[sheet], by_sheet, ends)
            if signal:
                once = (finding.rule.id, None if finding.rule.id in ONCE_A_WEEK else signal.date)
                if once not in found[sheet] or _is_graver(finding, found[sheet][once][0]):
                    found[sheet][once] = finding, signal
    return {sheet: [signal for _, signal in each.values()] for sheet, each in found.items()}


def record_of(weeks: Iterable[WrittenWeek], birth_date: dt.date | None) -> WorkRecord:
    """All that was written, in absolute minutes."""
    shifts: list[WorkedShift] = []
    totals: list[DayTotal] = []
    for written in weeks:
        monday = number_of(written.week.monday)
        for index, day in enumerate(written.hours.days):
            for number, shift in enumerate(day.shifts):
                place = Place(written.sheet, index, number)
                shifts.append(_worked(shift, monday + index, place, written.terms))
            if day.total:
                place = Place(written.sheet, index, -1)
                totals.append(day_total(written.week.days[index], day.total, reference=place, terms=written.terms))
    return WorkRecord(tuple(shifts), birth_date, totals=tuple(totals))


def _worked(shift: Shift, day: int, place: Place, terms: Terms) -> WorkedShift:
    start, end = on_the_clock(day, shift.start), on_the_clock(day, shift.end)
    pauses: list[Span] = []
    for pause in sorted(shift.breaks, key=lambda pause: pause.start is None):
        loose = pause.start is None
        first = _middle(pause.minutes, start, end, pauses) if loose else on_the_clock(day, pause.start or 0)
        last = min(first + pause.minutes, end)  # on a night on which the clock goes forward it may seem to lie beyond
        if first < last:
            pauses.append((first, last))
    return shift_in_minutes(start, end, pauses, reference=place, terms=terms)


def _middle(minutes: int, start: int, end: int, taken: Iterable[Span]) -> int:
    """Where a break of which only the length is known begins: in the middle of the widest stretch without another."""
    edges = sorted([(start, start), *taken, (end, end)])
    gaps = [(first, last) for (_, first), (last, _) in itertools.pairwise(edges)]
    first, last = max(gaps, key=lambda gap: gap[1] - gap[0])
    return first + max(0, last - first - minutes) // 2


def _signal(
    finding: Finding, own: WrittenWeek, by_sheet: Mapping[int, WrittenWeek], ends: Mapping[object, int]
) -> Signal | None:
    """The finding as a signal of one timesheet; None where it is told elsewhere."""
    start, end = minute_of(finding.start), minute_of(finding.end)
    date = None
    if finding.rule.id in OF_WEEKS:
        if week_of(day_of(end - 1)) != week_of(number_of(own.week.monday)):
            return None
    else:
        mine = [place for place in _places(finding) if place.sheet == own.sheet and ends[place] >= start]
        if not mine:
            return None
        date = own.week.days[mine[0].day]
    figures = finding.figures
    if finding.rule.id in OF_ONE_SHIFT and len(finding.references) > 1:
        figures["shifts"] = len(finding.references)
    shared = finding.credited or any(by_sheet[place.sheet].client != own.client for place in _places(finding))
    return Signal(finding.key, date, figures, finding.severity, shared)


def _is_graver(one: Finding, other: Finding) -> bool:
    """Graver by level; of two shortages of weekly rest the shorter rest."""
    if one.severity is not other.severity:
        return one.severity.rank > other.severity.rank
    return one.rule.id in ONCE_A_WEEK and one.measured < other.measured


def _places(finding: Finding) -> Iterator[Place]:
    for reference in finding.references:
        assert isinstance(reference, Place)
        yield reference
