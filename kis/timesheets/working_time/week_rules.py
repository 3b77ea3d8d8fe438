"""Rules on weeks: their length, the mean of several, and Sundays."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from kis.staffing.working_terms import Option
from kis.timesheets.working_time.calendar import HOUR, day_of, midnight, monday_of, week_of
from kis.timesheets.working_time.findings import Finding, Unit, finding
from kis.timesheets.working_time.rules import Severity, Who
from kis.timesheets.working_time.timeline import Mean, Timeline, agreed, weeks_period

LONGEST_WEEK: Final = 60 * HOUR
LONGEST_WEEK_OF_THE_YOUNG: Final = 45 * HOUR
MEAN_OF_4_WEEKS: Final = 55 * HOUR
MEAN_OF_16_WEEKS: Final = 48 * HOUR
MEAN_OF_THE_YOUNG: Final = 40 * HOUR
YEAR_OF_WEEKS: Final = 52
FREE_SUNDAYS: Final = 13


def long_week(timeline: Timeline) -> Iterator[Finding]:
    """W02, art. 5:7.2b, by calendar minute (reading T8)."""
    return _weeks_above("W02", timeline, LONGEST_WEEK, Who.ADULT)


def long_week_of_the_young(timeline: Timeline) -> Iterator[Finding]:
    """Y02, art. 5:7.1b, by calendar minute (reading T8)."""
    return _weeks_above("Y02", timeline, LONGEST_WEEK_OF_THE_YOUNG, Who.YOUNG)


def mean_of_4_weeks(timeline: Timeline) -> Iterator[Finding]:
    """W03, art. 5:7.3; not where another arrangement was agreed for all shifts in the window (art. 5:7.4)."""
    for mean in means_above(timeline, 4, MEAN_OF_4_WEEKS, Who.ADULT):
        written = timeline.written_between(*weeks_period(mean.first, 4))
        if not agreed(Option.FOUR_WEEK_MEAN, written):
            yield mean_finding("W03", Severity.AMBER, timeline, mean, 4, MEAN_OF_4_WEEKS)


def mean_of_16_weeks(timeline: Timeline) -> Iterator[Finding]:
    """W04, art. 5:7.2c."""
    for mean in means_above(timeline, 16, MEAN_OF_16_WEEKS, Who.ADULT):
        yield mean_finding("W04", Severity.RED, timeline, mean, 16, MEAN_OF_16_WEEKS)


def mean_of_4_weeks_of_the_young(timeline: Timeline) -> Iterator[Finding]:
    """Y03, art. 5:7.1c."""
    for mean in means_above(timeline, 4, MEAN_OF_THE_YOUNG, Who.YOUNG):
        yield mean_finding("Y03", Severity.RED, timeline, mean, 4, MEAN_OF_THE_YOUNG)


def work_on_sunday(timeline: Timeline) -> Iterator[Finding]:
    """W10, art. 5:6.1 and 5:6.2: one for each Sunday with any minute of work (reading T18)."""
    for day in timeline.sundays:
        start, end = midnight(day), midnight(day + 1)
        figures = (timeline.worked_between(start, end), 0)
        yield finding("W10", Severity.INFO, timeline.references(start, end), (start, end), figures)


def free_sundays(timeline: Timeline) -> Iterator[Finding]:
    """W11, art. 5:6.3 and 5:6.4: `measured` is the number of free Sundays in 52 weeks; unknown ones are free."""
    weeks = [week_of(day) for day in timeline.sundays]
    if len(weeks) <= YEAR_OF_WEEKS - FREE_SUNDAYS:
        return
    for first in range(weeks[0] - YEAR_OF_WEEKS + 1, weeks[-1] + 1):
        worked = [day for day in timeline.sundays if first <= week_of(day) < first + YEAR_OF_WEEKS]
        free = YEAR_OF_WEEKS - len(worked)
        if free < FREE_SUNDAYS:
            yield _few_free_sundays(timeline, first, worked, free)


def school_counts(timeline: Timeline) -> Iterator[Finding]:
    """Y08, art. 4:4.2: one for each week in which someone of 16 or 17 started a shift, or worked a day."""
    weeks = {week_of(timeline.duties[number].day) for number in timeline.young}
    weeks |= {week_of(day_of(total.start)) for total in timeline.totals if timeline.who_starts(total) is Who.YOUNG}
    for week in sorted(weeks):
        period = weeks_period(week)
        figures = (timeline.minutes.get(week, 0), LONGEST_WEEK_OF_THE_YOUNG)
        yield finding("Y08", Severity.INFO, timeline.references(*period), period, figures)


def _weeks_above(rule: str, timeline: Timeline, limit: int, who: Who) -> Iterator[Finding]:
    for week, minutes in sorted(timeline.minutes.items()):
        if minutes > limit and timeline.who_on(monday_of(week)) is who:
            period = weeks_period(week)
            yield finding(rule, Severity.RED, timeline.references(*period), period, (minutes, limit))


def means_above(timeline: Timeline, weeks: int, limit: int, who: Who) -> Iterator[Mean]:
    """The windows of weeks with a mean above the limit, by the age on the last Monday (reading T17)."""
    if timeline.heaviest_week <= limit:
        return
    for mean in timeline.windows(weeks):
        if mean.total > limit * weeks and timeline.who_on(monday_of(mean.first + weeks - 1)) is who:
            yield mean


def mean_finding(rule: str, severity: Severity, timeline: Timeline, mean: Mean, weeks: int, limit: int) -> Finding:
    """A mean per week above its limit; rounded up, so that it never shows as the limit itself."""
    period = weeks_period(mean.first, weeks)
    return finding(
        rule,
        severity,
        timeline.references(*period),
        period,
        (-(-mean.total // weeks), limit),
        params={"weeks": weeks, "total_minutes": mean.total},
        credited=timeline.is_credited(mean.first, weeks),
    )


def _few_free_sundays(timeline: Timeline, first: int, worked: list[int], free: int) -> Finding:
    written = [each for day in worked for each in timeline.written_between(midnight(day), midnight(day + 1))]
    return finding(
        "W11.consent" if agreed(Option.WORKED_SUNDAYS, written) else "W11",
        Severity.AMBER,
        [each.reference for each in written],
        weeks_period(first, YEAR_OF_WEEKS),
        (free, FREE_SUNDAYS),
        unit=Unit.TIMES,
        params={"worked": len(worked), "weeks": YEAR_OF_WEEKS},
    )
