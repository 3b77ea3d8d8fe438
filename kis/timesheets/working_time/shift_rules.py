"""Rules on one shift: its length, its breaks, and who may work at all."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from kis.staffing.working_terms import Option
from kis.timesheets.working_time.calendar import HOUR, day_of
from kis.timesheets.working_time.findings import Finding, finding
from kis.timesheets.working_time.record import DayTotal, Span, Standby, WorkedShift
from kis.timesheets.working_time.rules import Severity, Who
from kis.timesheets.working_time.timeline import LEAST_BREAK, Duty, Timeline

LONGEST_SHIFT: Final = 12 * HOUR
LONGEST_SHIFT_OF_THE_YOUNG: Final = 9 * HOUR
WORK_FOR_A_BREAK: Final = 5 * HOUR + 30
WORK_FOR_A_LONG_BREAK: Final = 10 * HOUR
WORK_FOR_A_BREAK_OF_THE_YOUNG: Final = 4 * HOUR + 30
BREAK: Final = 30
LONG_BREAK: Final = 45
SHORT_BREAK: Final = 15


def long_shift(timeline: Timeline) -> Iterator[Finding]:
    """W01, art. 5:7.2a."""
    for number in timeline.adults:
        duty = timeline.duties[number]
        if duty.minutes > LONGEST_SHIFT:
            yield _of_work("W01", duty, LONGEST_SHIFT)


def long_shift_of_the_young(timeline: Timeline) -> Iterator[Finding]:
    """Y01, art. 5:7.1a."""
    for number in timeline.young:
        duty = timeline.duties[number]
        if duty.minutes > LONGEST_SHIFT_OF_THE_YOUNG:
            yield _of_work("Y01", duty, LONGEST_SHIFT_OF_THE_YOUNG)


def missing_break(timeline: Timeline) -> Iterator[Finding]:
    """W07, art. 5:4.2a and 5:4.3. It holds for shifts of more than 10 hours too (reading T10)."""
    for number in timeline.adults:
        duty = timeline.duties[number]
        if duty.minutes > WORK_FOR_A_BREAK and duty.pause < BREAK:
            wanted = SHORT_BREAK if duty.has(Option.SHORT_BREAKS) else BREAK
            if duty.pause < wanted:
                yield _of_breaks("W07", duty, wanted)


def missing_long_break(timeline: Timeline) -> Iterator[Finding]:
    """W08, art. 5:4.2b; not under the CAO option of art. 5:4.3 (reading T10)."""
    for number in timeline.adults:
        duty = timeline.duties[number]
        if duty.minutes > WORK_FOR_A_LONG_BREAK and duty.pause < LONG_BREAK and not duty.has(Option.SHORT_BREAKS):
            yield _of_breaks("W08", duty, LONG_BREAK)


def missing_break_of_the_young(timeline: Timeline) -> Iterator[Finding]:
    """Y05, art. 5:4.1."""
    for number in timeline.young:
        duty = timeline.duties[number]
        if duty.minutes > WORK_FOR_A_BREAK_OF_THE_YOUNG and duty.pause < BREAK:
            yield _of_breaks("Y05", duty, BREAK)


def short_break(timeline: Timeline) -> Iterator[Finding]:
    """W09, art. 1:7e: one for each break that is too short to be one (reading P12)."""
    for shift in timeline.shifts:
        for pause in shift.breaks:
            length = pause[1] - pause[0]
            if length < LEAST_BREAK:
                yield finding("W09", Severity.INFO, [shift.reference], pause, (length, LEAST_BREAK))


def child_at_work(timeline: Timeline) -> Iterator[Finding]:
    """K01, art. 3:2: every written shift and day, whatever law its placement falls under."""
    written: list[WorkedShift | DayTotal] = [*timeline.record.shifts, *timeline.record.totals]
    if timeline.who_on(day_of(min((each.start for each in written), default=0))) is not Who.CHILD:
        return
    for each in written:
        if timeline.who_starts(each) is Who.CHILD:
            yield _forbidden("K01", each)


def standby_of_the_young(timeline: Timeline) -> Iterator[Finding]:
    """Y07, art. 5:9.1."""
    for call in timeline.record.standby:
        if timeline.who_starts(call) is Who.YOUNG:
            yield _forbidden("Y07", call)


def _of_work(rule: str, duty: Duty, limit: int) -> Finding:
    return finding(rule, Severity.RED, duty.references, duty.period, (duty.minutes, limit))


def _of_breaks(rule: str, duty: Duty, wanted: int) -> Finding:
    params = {"worked_minutes": duty.minutes}
    return finding(rule, Severity.AMBER, duty.references, duty.period, (duty.pause, wanted), params=params)


def _forbidden(rule: str, worked: WorkedShift | DayTotal | Standby) -> Finding:
    period: Span = (worked.start, worked.end)
    minutes = worked.minutes if isinstance(worked, DayTotal) else worked.end - worked.start
    return finding(rule, Severity.RED, [worked.reference], period, (minutes, 0))
