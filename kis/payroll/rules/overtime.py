"""Which paid minutes are overtime: counted in order of time over a shift, day, week or period."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from kis.payroll.rules.model import Overtime, Reference, RuleSet
from kis.payroll.rules.problems import gettext_noop, invalid
from kis.payroll.rules.worked import Stretch, Tag, WorkedWeek

_ORDER = list(Reference)


class _Counted(NamedTuple):
    """A stretch with the rule that counts it, and the heap it is counted on."""

    stretch: Stretch
    overtime: Overtime | None
    heap: object


def tag_overtime(stretches: list[Stretch], worked: WorkedWeek) -> list[Stretch]:
    """Divide the stretches where overtime begins or changes its tier, and tag what is overtime.

    Shorter references go first. A minute that is overtime already does not count for a longer one, unless the
    rules count day overtime in the week (readings P5, P8). Raises Invalid when a roster is needed and missing.
    """
    for label in _labels(stretches):
        counted = [_count(stretch, label) for stretch in stretches]
        stretches = list(_tagged(counted, worked))
    return stretches


def _labels(stretches: list[Stretch]) -> list[str]:
    """The overtime rules in the order in which they apply; two versions of one rule have one label."""
    versions = dict.fromkeys(stretch.rules for stretch in stretches)
    rules = [overtime for version in versions for overtime in version.overtime]
    rules.sort(key=lambda overtime: _ORDER.index(overtime.reference))
    return list(dict.fromkeys(overtime.label for overtime in rules))


def _count(stretch: Stretch, label: str) -> _Counted:
    overtime = _rule(stretch.rules, label)
    counts = stretch.worked and (not stretch.tags or stretch.rules.pyramiding)
    if overtime is None or not counts or stretch.rules.excludes(overtime, stretch.day):
        return _Counted(stretch, None, None)
    return _Counted(stretch, overtime, _heap(stretch, overtime.reference))


def _rule(rules: RuleSet, label: str) -> Overtime | None:
    return next((overtime for overtime in rules.overtime if overtime.label == label), None)


def _heap(stretch: Stretch, reference: Reference) -> object:
    match reference:
        case Reference.SHIFT:
            return stretch.shift
        case Reference.DAY | Reference.ROSTER:
            return stretch.day
        case Reference.WEEK:
            return stretch.day - dt.timedelta(days=stretch.day.weekday())
        case _:
            return None  # the caller gives one period


def _tagged(counted: list[_Counted], worked: WorkedWeek) -> Iterator[Stretch]:
    totals: Counter[object] = Counter()
    for stretch, overtime, heap in counted:
        if overtime:
            totals[heap] += stretch.minutes
    seen: Counter[object] = Counter()
    for stretch, overtime, heap in counted:
        if overtime is None:
            yield stretch
            continue
        limit = _limit(overtime, stretch.day, worked)
        depth = seen[heap] - limit
        seen[heap] += stretch.minutes
        if depth + stretch.minutes <= 0 or totals[heap] <= limit + overtime.grace:
            yield stretch
        else:
            yield from _cut(stretch, overtime, depth)


def _limit(overtime: Overtime, day: dt.date, worked: WorkedWeek) -> int:
    if overtime.reference is Reference.ROSTER:
        return _roster(worked.roster, overtime).get(day, 0)
    return overtime.limit(worked.workable_days)


def _roster(roster: Mapping[dt.date, int] | None, overtime: Overtime) -> Mapping[dt.date, int]:
    if roster is None:
        raise invalid("roster", gettext_noop("is needed for the overtime rule “%(rule)s”"), rule=overtime.label)
    return roster


def _cut(stretch: Stretch, overtime: Overtime, depth: int) -> Iterator[Stretch]:
    """Divide a stretch that has `depth` overtime minutes before it (less than 0: so many to go)."""
    edges = {0, *(tier.after for tier in overtime.tiers), *(tier.upto or 0 for tier in overtime.tiers)}
    cuts = [stretch.start + edge - depth for edge in sorted(edges) if 0 < edge - depth < stretch.minutes]
    for start, end in zip([stretch.start, *cuts], [*cuts, stretch.end], strict=True):
        at = depth + start - stretch.start
        tags = stretch.tags
        if at >= 0:
            tags += (Tag(overtime, tuple(tier for tier in overtime.tiers if tier.holds_at(at))),)
        yield stretch._replace(start=start, end=end, tags=tags)
