"""Rules on daily and weekly rest. Each window starts where a shift starts, one finding per window (reading T2)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from kis.staffing.working_terms import Option
from kis.timesheets.working_time.calendar import DAY, HOUR, day_of, eleven_at_night, midnight, six_o_clock
from kis.timesheets.working_time.findings import Finding, finding
from kis.timesheets.working_time.rules import Severity
from kis.timesheets.working_time.timeline import REST_BETWEEN_DUTIES, Duty, Timeline, all_references

DAILY_REST: Final = 11 * HOUR
SHORTENED_REST: Final = REST_BETWEEN_DUTIES
DAILY_REST_OF_THE_YOUNG: Final = 12 * HOUR
WEEKLY_REST: Final = 36 * HOUR
FORTNIGHTLY_REST: Final = 72 * HOUR
LEAST_PART_OF_FORTNIGHTLY_REST: Final = 32 * HOUR
WEEK: Final = 7 * DAY
FORTNIGHT: Final = 14 * DAY


def daily_rest(timeline: Timeline) -> Iterator[Finding]:
    """W05, art. 5:3.2. The rest lies inside the 24 hours (T3); short again within 168 hours is red (T4)."""
    earlier: Duty | None = None
    for number in timeline.adults:
        if timeline.has_rest(number, DAY, DAILY_REST):
            continue
        duty, rest = timeline.duties[number], timeline.longest_rest(number, DAY)
        concerned = timeline.duties_in(number, DAY)
        key, severity, limit = "W05.once", Severity.AMBER, DAILY_REST
        if rest < SHORTENED_REST:
            key, severity, limit = "W05.too_short", Severity.RED, SHORTENED_REST
        elif earlier and duty.start - earlier.start < WEEK:
            key, severity = "W05.again", Severity.RED
            concerned = [earlier, *concerned]
        yield finding(key, severity, all_references(concerned), (duty.start, duty.start + DAY), (rest, limit))
        earlier = duty


def weekly_rest(timeline: Timeline) -> Iterator[Finding]:
    """W06, art. 5:5.2; the form over 14 days only where it was agreed for all shifts in them (reading T1)."""
    for number in timeline.adults:
        if not timeline.has_rest(number, WEEK, WEEKLY_REST) and not _rests_in_a_fortnight(timeline, number):
            yield _weekly("W06", Severity.AMBER, timeline, number)


def daily_rest_of_the_young(timeline: Timeline) -> Iterator[Finding]:
    """Y04, art. 5:3.1 (reading T16)."""
    for number in timeline.young:
        start = timeline.duties[number].start
        concerned = timeline.duties_in(number, DAY)
        night = sum(_worked_at_night(duty, start, start + DAY) for duty in concerned)
        rest = timeline.longest_rest(number, DAY)
        if night:
            key, figures = "Y04.night", (night, 0)
        elif rest < DAILY_REST_OF_THE_YOUNG:
            key, figures = "Y04.rest", (rest, DAILY_REST_OF_THE_YOUNG)
        else:
            continue
        yield finding(key, Severity.RED, all_references(concerned), (start, start + DAY), figures)


def weekly_rest_of_the_young(timeline: Timeline) -> Iterator[Finding]:
    """Y06, art. 5:5.1."""
    for number in timeline.young:
        if not timeline.has_rest(number, WEEK, WEEKLY_REST):
            yield _weekly("Y06", Severity.RED, timeline, number)


def _weekly(rule: str, severity: Severity, timeline: Timeline, number: int) -> Finding:
    start, rest = timeline.duties[number].start, timeline.longest_rest(number, WEEK)
    references = all_references(timeline.duties_in(number, WEEK))
    return finding(rule, severity, references, (start, start + WEEK), (rest, WEEKLY_REST))


def _rests_in_a_fortnight(timeline: Timeline, number: int) -> bool:
    if not all(duty.has(Option.FORTNIGHT_REST) for duty in timeline.duties_in(number, FORTNIGHT)):
        return False
    parts = (rest for rest in timeline.rests(number, FORTNIGHT) if rest >= LEAST_PART_OF_FORTNIGHTLY_REST)
    return sum(parts) >= FORTNIGHTLY_REST


def _worked_at_night(duty: Duty, start: int, end: int) -> int:
    """Minutes of a duty between 23:00 and 06:00, within a window."""
    total = 0
    for day in range(duty.day, day_of(duty.end - 1) + 1):
        for first, last in ((midnight(day), six_o_clock(day)), (eleven_at_night(day), midnight(day + 1))):
            total += duty.worked_between(max(first, start), min(last, end))
    return total
