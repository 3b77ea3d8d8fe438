"""The engine: every rule of the table with its test, applied to one worker's record."""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator, Mapping
from typing import Final

from kis.timesheets.working_time import night_rules, rest_rules, shift_rules, week_rules
from kis.timesheets.working_time.findings import Finding
from kis.timesheets.working_time.record import WorkRecord
from kis.timesheets.working_time.timeline import Timeline

TESTS: Final[Mapping[str, Callable[[Timeline], Iterator[Finding]]]] = {
    "W01": shift_rules.long_shift,
    "W02": week_rules.long_week,
    "W03": week_rules.mean_of_4_weeks,
    "W04": week_rules.mean_of_16_weeks,
    "W05": rest_rules.daily_rest,
    "W06": rest_rules.weekly_rest,
    "W07": shift_rules.missing_break,
    "W08": shift_rules.missing_long_break,
    "W09": shift_rules.short_break,
    "W10": week_rules.work_on_sunday,
    "W11": week_rules.free_sundays,
    "N01": night_rules.long_night_shift,
    "N02": night_rules.rest_after_night_shift,
    "N03": night_rules.rest_after_night_shifts,
    "N04": night_rules.long_series,
    "N05": night_rules.many_night_shifts,
    "N06": night_rules.mean_with_night_shifts,
    "Y01": shift_rules.long_shift_of_the_young,
    "Y02": week_rules.long_week_of_the_young,
    "Y03": week_rules.mean_of_4_weeks_of_the_young,
    "Y04": rest_rules.daily_rest_of_the_young,
    "Y05": shift_rules.missing_break_of_the_young,
    "Y06": rest_rules.weekly_rest_of_the_young,
    "Y07": shift_rules.standby_of_the_young,
    "Y08": week_rules.school_counts,
    "K01": shift_rules.child_at_work,
}

_IN_ORDER = operator.attrgetter("start", "rule.id", "end", "key")


def check(record: WorkRecord) -> tuple[Finding, ...]:
    """All findings of one worker, in order of time, then of rule. The order of the shifts does not matter."""
    timeline = Timeline(record)
    found = [finding for test in TESTS.values() for finding in test(timeline)]
    found.sort(key=_IN_ORDER)
    return tuple(found)
