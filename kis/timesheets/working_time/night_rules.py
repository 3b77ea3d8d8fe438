"""Rules on night shifts: shifts with more than one hour of work between 00:00 and 06:00 (art. 1:7d)."""

from __future__ import annotations

import bisect
import itertools
from collections.abc import Iterator
from typing import Final

from kis.staffing.working_terms import Option
from kis.timesheets.working_time.calendar import HOUR, week_of
from kis.timesheets.working_time.findings import Finding, Unit, finding
from kis.timesheets.working_time.rest_rules import FORTNIGHT, WEEK
from kis.timesheets.working_time.rules import Severity, Who
from kis.timesheets.working_time.timeline import Duty, Timeline, all_references, weeks_period
from kis.timesheets.working_time.week_rules import YEAR_OF_WEEKS, mean_finding, means_above

LONGEST_NIGHT_SHIFT: Final = 10 * HOUR
LONGEST_AT_TIMES: Final = 12 * HOUR
TIMES_IN_A_FORTNIGHT: Final = 5
TIMES_IN_A_YEAR: Final = 22
REST_AFTER_A_LONG_NIGHT_SHIFT: Final = 12 * HOUR
REST_AFTER_A_NIGHT_SHIFT: Final = 14 * HOUR
REST_AFTER_A_SERIES: Final = 46 * HOUR
NIGHTS_OF_A_SERIES: Final = 3
SHIFTS_OF_A_SERIES: Final = 7
NIGHTS_IN_16_WEEKS: Final = 36
NIGHTS_IN_52_WEEKS: Final = 140
NIGHT_WORK_IN_2_WEEKS: Final = 38 * HOUR
NIGHTS_FOR_A_LOWER_MEAN: Final = 16
LOWER_MEAN: Final = 40 * HOUR
YEAR: Final = YEAR_OF_WEEKS * WEEK


def long_night_shift(timeline: Timeline) -> Iterator[Finding]:
    """N01, art. 5:8.1 and 5:8.3 (reading T11)."""
    earlier: list[Duty] = []
    for number in timeline.nights:
        duty = timeline.duties[number]
        if duty.minutes > LONGEST_NIGHT_SHIFT:
            earlier.append(duty)
            yield _long_night_shift(timeline, number, earlier)


def _long_night_shift(timeline: Timeline, number: int, so_far: list[Duty]) -> Finding:
    duty, rest = timeline.duties[number], timeline.rest_after(number)
    in_fortnight = [other for other in so_far if duty.start - other.start < FORTNIGHT]
    in_year = [other for other in so_far if duty.start - other.start < YEAR]
    key, limit, concerned, params = "N01.at_times", LONGEST_NIGHT_SHIFT, [duty], {}
    if duty.minutes > LONGEST_AT_TIMES:
        key, limit = "N01.too_long", LONGEST_AT_TIMES
    elif len(in_fortnight) > TIMES_IN_A_FORTNIGHT:
        key, concerned = "N01.fortnight", in_fortnight
        params = {"times": len(in_fortnight), "allowed": TIMES_IN_A_FORTNIGHT}
    elif len(in_year) > TIMES_IN_A_YEAR:
        key, concerned = "N01.year", in_year
        params = {"times": len(in_year), "allowed": TIMES_IN_A_YEAR}
    elif rest < REST_AFTER_A_LONG_NIGHT_SHIFT:
        key, concerned = "N01.rest", timeline.duties[number : number + 2]
        params = {"rest_minutes": rest, "needed_minutes": REST_AFTER_A_LONG_NIGHT_SHIFT}
    severity = Severity.AMBER if key == "N01.at_times" else Severity.RED
    return finding(key, severity, all_references(concerned), duty.period, (duty.minutes, limit), params=params)


def rest_after_night_shift(timeline: Timeline) -> Iterator[Finding]:
    """N02, art. 5:8.4; not relaxed by 5:8.3 (reading T12); short again within 168 hours is red (T4)."""
    earlier: Duty | None = None
    for number in timeline.nights:
        duty, rest = timeline.duties[number], timeline.rest_after(number)
        if rest >= REST_AFTER_A_NIGHT_SHIFT or not duty.ends_late:
            continue
        key, severity, concerned = "N02.once", Severity.AMBER, timeline.duties[number : number + 2]
        if earlier and duty.end - earlier.end < WEEK:
            key, severity, concerned = "N02.again", Severity.RED, [earlier, *concerned]
        period = (duty.end, duty.end + REST_AFTER_A_NIGHT_SHIFT)
        yield finding(key, severity, all_references(concerned), period, (rest, REST_AFTER_A_NIGHT_SHIFT))
        earlier = duty


def rest_after_night_shifts(timeline: Timeline) -> Iterator[Finding]:
    """N03, art. 5:8.5: once for each series of night shifts, dated at its first (readings T14 and T15)."""
    if len(timeline.nights) < NIGHTS_OF_A_SERIES:
        return
    for series in timeline.series:
        for is_night, run in itertools.groupby(series, key=lambda number: timeline.duties[number].is_night):
            nights = list(run)
            rest = timeline.rest_after(nights[-1])
            first, last = timeline.duties[nights[0]], timeline.duties[nights[-1]]
            enough = not is_night or len(nights) < NIGHTS_OF_A_SERIES or rest >= REST_AFTER_A_SERIES
            if enough or first.who is not Who.ADULT:
                continue
            references = all_references(timeline.duties[nights[0] : nights[-1] + 2])
            params = {"nights": len(nights)}
            figures = (rest, REST_AFTER_A_SERIES)
            yield finding("N03", Severity.RED, references, (first.start, last.end), figures, params=params)


def long_series(timeline: Timeline) -> Iterator[Finding]:
    """N04, art. 5:8.6 and 5:8.7: once for each series, dated at its first shift (readings T14 and T15)."""
    if not timeline.nights:
        return
    for series in timeline.series:
        duties = [timeline.duties[number] for number in series]
        limit = SHIFTS_OF_A_SERIES + all(duty.has(Option.EIGHT_SHIFTS) for duty in duties)
        with_night = any(duty.is_night for duty in duties)
        if len(duties) > limit and with_night and duties[0].who is Who.ADULT:
            period = (duties[0].start, duties[-1].end)
            yield finding("N04", Severity.AMBER, all_references(duties), period, (len(duties), limit), unit=Unit.TIMES)


def many_night_shifts(timeline: Timeline) -> Iterator[Finding]:
    """N05, art. 5:8.8 and 5:8.9. A deviation holds when it was agreed for every night shift that ends late."""
    late = [timeline.duties[number] for number in timeline.nights if timeline.duties[number].ends_late]
    if all(duty.has(Option.NIGHTS_PER_YEAR) for duty in late):
        yield from _windows_with_nights("N05.year", timeline, late, YEAR_OF_WEEKS, NIGHTS_IN_52_WEEKS)
    elif all(duty.has(Option.NIGHT_HOURS) for duty in late):
        yield from _night_work(timeline)
    else:
        yield from _windows_with_nights("N05", timeline, late, 16, NIGHTS_IN_16_WEEKS)


def mean_with_night_shifts(timeline: Timeline) -> Iterator[Finding]:
    """N06, art. 5:8.2: by the age on the last Monday (reading T17)."""
    if len(timeline.nights) < NIGHTS_FOR_A_LOWER_MEAN:
        return
    weeks_of_nights = [week_of(timeline.duties[number].day) for number in timeline.nights]
    for mean in means_above(timeline, 16, LOWER_MEAN, Who.ADULT):
        first, after = _within(weeks_of_nights, mean.first, 16)
        if after - first >= NIGHTS_FOR_A_LOWER_MEAN:
            yield mean_finding("N06", Severity.RED, timeline, mean, 16, LOWER_MEAN)


def _windows_with_nights(key: str, timeline: Timeline, late: list[Duty], weeks: int, limit: int) -> Iterator[Finding]:
    """Each window of weeks in which more than `limit` of the late night shifts start."""
    if len(late) <= limit:
        return
    weeks_of_nights = [week_of(duty.day) for duty in late]
    for week in range(weeks_of_nights[0] - weeks + 1, weeks_of_nights[-1] + 1):
        first, after = _within(weeks_of_nights, week, weeks)
        if after - first > limit:
            yield finding(
                key,
                Severity.AMBER,
                all_references(late[first:after]),
                weeks_period(week, weeks),
                (after - first, limit),
                unit=Unit.TIMES,
                params={"weeks": weeks},
            )


def _within(weeks_of_nights: list[int], first: int, weeks: int) -> tuple[int, int]:
    """Which of the night shifts, by their numbers, start in `weeks` weeks from week `first`."""
    return bisect.bisect_left(weeks_of_nights, first), bisect.bisect_left(weeks_of_nights, first + weeks)


def _night_work(timeline: Timeline) -> Iterator[Finding]:
    """Each two weeks with more than 38 hours of work between 00:00 and 06:00."""
    minutes: dict[int, int] = {}
    for day, worked in itertools.chain.from_iterable(duty.nights() for duty in timeline.duties):
        minutes[week_of(day)] = minutes.get(week_of(day), 0) + worked
    for first in range(min(minutes) - 1, max(minutes) + 1):
        worked = minutes.get(first, 0) + minutes.get(first + 1, 0)
        if worked > NIGHT_WORK_IN_2_WEEKS:
            period = weeks_period(first, 2)
            references = timeline.references(*period)
            figures = (worked, NIGHT_WORK_IN_2_WEEKS)
            yield finding("N05.hours", Severity.AMBER, references, period, figures, params={"weeks": 2})
