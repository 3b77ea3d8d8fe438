"""Which paid minutes are overtime: counted in order of time over a shift, day, week or period."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from kis.payroll.rules.model import Overtime, Reference
from kis.payroll.rules.problems import gettext_noop, invalid
from kis.payroll.rules.worked import Stretch, Tag, WorkedWeek

_ORDER = list(Reference)


class _Counted(NamedTuple):
    """A stretch with the rule that counts it, the heap it is counted on, and the threshold there."""

    stretch: Stretch
    overtime: Overtime | None = None
    heap: object = None
    limit: int = 0


def tag_overtime(stretches: list[Stretch], worked: WorkedWeek) -> list[Stretch]:
    """Divide the stretches where overtime begins or changes its tier, and tag what is overtime.

    Shorter references go first. A minute that is overtime already does not count for a longer one, unless the
    rules count day overtime in the week (readings P5, P8). Raises Invalid when a roster is needed and missing.
    """
    for label in _labels(stretches):
        stretches = list(_tagged([_count(stretch, label, worked) for stretch in stretches]))
    return stretches


def _labels(stretches: list[Stretch]) -> list[str]:
    """The overtime rules in the order in which they apply; two versions of one rule have one label."""
    versions = dict.fromkeys(stretch.rules for stretch in stretches)
    rules = [overtime for version in versions for overtime in version.overtime]
    rules.sort(key=lambda overtime: _ORDER.index(overtime.reference))
    return list(dict.fromkeys(overtime.label for overtime in rules))


def _count(stretch: Stretch, label: str, worked: WorkedWeek) -> _Counted:
    if not stretch.worked or (stretch.tags and not stretch.rules.pyramiding):
        return _Counted(stretch)
    for overtime in stretch.rules.overtime:
        if overtime.label == label and not stretch.rules.excludes(overtime, stretch.day):
            limit = _limit(overtime, stretch.day, worked)
            return _Counted(stretch, overtime, _heap(stretch, overtime.reference), limit)
    return _Counted(stretch)


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


def _tagged(counted: list[_Counted]) -> Iterator[Stretch]:
    totals: dict[object, int] = {}
    for stretch, overtime, heap, _ in counted:
        if overtime:
            totals[heap] = totals.get(heap, 0) + stretch.minutes
    seen: dict[object, int] = {}
    for stretch, overtime, heap, limit in counted:
        if overtime is None or totals[heap] <= limit + overtime.grace:
            yield stretch
            continue
        depth = seen.get(heap, 0) - limit
        seen[heap] = seen.get(heap, 0) + stretch.minutes
        if depth + stretch.minutes <= 0:
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
