"""What was worked in a week, and the paid time in it: shifts in, stretches of paid minutes out."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from kis.core.weeks import Week
from kis.payroll.rules.model import Overtime, RuleSet, Tier, version_on
from kis.payroll.rules.problems import Invalid, gettext_noop, invalid
from kis.payroll.rules.walltime import date_of, minute_of


@dataclasses.dataclass(frozen=True, slots=True)
class Break:
    """A break at its real position. `paid` even where the rules pay no breaks."""

    start: dt.datetime
    end: dt.datetime
    paid: bool = False


@dataclasses.dataclass(frozen=True, slots=True)
class WorkedShift:
    """One shift in aware times; `day` is the day it is assigned to if that is not the day it starts."""

    start: dt.datetime
    end: dt.datetime
    breaks: tuple[Break, ...] = ()
    day: dt.date | None = None


@dataclasses.dataclass(frozen=True, slots=True)
class Quantity:
    """So many units of a component on a day: 42 kilometres."""

    day: dt.date
    code: str
    quantity: Decimal


@dataclasses.dataclass(frozen=True, slots=True)
class Rate:
    """What an hour is worth from a date on, in cents.

    For pay `cents` is the hourly wage. For billing it is the wage with a `factor`, or a tariff; `factors` and
    `fixed` (cents per hour, surcharge included) replace it for single type labels.
    """

    valid_from: dt.date
    cents: int
    factor: Decimal = Decimal(1)
    factors: Mapping[str, Decimal] = dataclasses.field(default_factory=dict)
    fixed: Mapping[str, int] = dataclasses.field(default_factory=dict)


@dataclasses.dataclass(frozen=True, slots=True)
class WorkedWeek:
    """One timesheet: the shifts of an ISO week, and what its rules may ask besides.

    `preceding`: the shifts of the same pay period, four weeks or year before this week. `roster`: minutes per
    day. `workable_days`: of the pay period, where overtime is an average per workable day. `on_call`: the
    contract has a minimum per call.
    """

    week: Week
    shifts: tuple[WorkedShift, ...]
    preceding: tuple[WorkedShift, ...] = ()
    roster: Mapping[dt.date, int] | None = None
    quantities: tuple[Quantity, ...] = ()
    on_call: bool = False
    workable_days: int | None = None


class Tag(NamedTuple):
    """An overtime rule that minutes fall under, with the tiers they may be in."""

    overtime: Overtime
    tiers: tuple[Tier, ...]


class Stretch(NamedTuple):
    """Consecutive paid minutes of one shift, `start` to `end` absolute, that nothing divides so far.

    `worked` minutes count for overtime; those of a paid break do not.
    """

    start: int
    end: int
    shift: int
    day: dt.date
    rules: RuleSet
    worked: bool
    tags: tuple[Tag, ...] = ()

    @property
    def minutes(self) -> int:
        return self.end - self.start


class _Span(NamedTuple):
    start: int
    end: int
    path: str


_Pause = tuple[_Span, bool]


class _Placed(NamedTuple):
    """A shift in absolute minutes, with its assigned day and its breaks."""

    span: _Span
    day: dt.date
    pauses: list[_Pause]


def paid_time(worked: WorkedWeek, versions: Sequence[RuleSet]) -> list[Stretch]:
    """All paid stretches, preceding weeks included, in order of absolute time.

    Each shift goes whole by the rules valid on its assigned day; two that touch and have one assigned day are
    one (reading P11). Raises Invalid with the path of what is wrong.
    """
    shifts = sorted(_all_placed(worked), key=lambda shift: shift.span)
    stretches: list[Stretch] = []
    number, before = 0, None
    for shift in shifts:
        if before and shift.span.start < before.span.end:
            raise invalid(f"{shift.span.path}.start", gettext_noop("overlaps %(other)s"), other=before.span.path)
        if before and (shift.span.start, shift.day) != (before.span.end, before.day):
            number += 1
        stretches.extend(_paid(shift, number, version_on(versions, shift.day)))
        before = shift
    return stretches


def _all_placed(worked: WorkedWeek) -> Iterator[_Placed]:
    for name, shifts in (("preceding", worked.preceding), ("shifts", worked.shifts)):
        for index, shift in enumerate(shifts):
            path = f"{name}[{index}]"
            try:
                placed = _placed(shift, path)
                _check_week(placed.day, worked.week, preceding=name == "preceding")
            except Invalid as wrong:
                raise wrong.under(path) from None
            yield placed


def _span(times: WorkedShift | Break, path: str) -> _Span:
    minutes: dict[str, int] = {}
    for name, moment in (("start", times.start), ("end", times.end)):
        try:
            minutes[name] = minute_of(moment)
        except Invalid as wrong:
            raise wrong.under(name) from None
    if minutes["end"] <= minutes["start"]:
        raise invalid("end", gettext_noop("must be later than the start"))
    return _Span(minutes["start"], minutes["end"], path)


def _placed(shift: WorkedShift, path: str) -> _Placed:
    """The assigned day is the day the shift starts, or any other of that week (reading P10)."""
    span = _span(shift, path)
    starts_on = date_of(span.start)
    if shift.day is not None and shift.day not in Week.of(starts_on):
        raise invalid("day", gettext_noop("must lie in the week in which the shift starts"))
    return _Placed(span, shift.day or starts_on, _breaks(shift, span))


def _check_week(day: dt.date, week: Week, *, preceding: bool) -> None:
    if preceding and day >= week.monday:
        raise invalid("start", gettext_noop("must lie before week %(week)s"), week=str(week))
    if not preceding and day not in week:
        raise invalid("start", gettext_noop("does not lie in week %(week)s"), week=str(week))


def _paid(shift: _Placed, number: int, rules: RuleSet) -> Iterator[Stretch]:
    """The shift without its unpaid breaks, each break at its real position."""
    start, end = shift.span.start, shift.span.end
    for pause, paid in shift.pauses:
        if pause.end - pause.start < rules.breaks.minimum:
            continue
        if start < pause.start:
            yield Stretch(start, pause.start, number, shift.day, rules, worked=True)
        if paid or rules.breaks.paid:
            yield Stretch(pause.start, pause.end, number, shift.day, rules, worked=False)
        start = pause.end
    if start < end:
        yield Stretch(start, end, number, shift.day, rules, worked=True)


def _breaks(shift: WorkedShift, span: _Span) -> list[_Pause]:
    """The breaks in order of time; those that touch are one (reading T7)."""
    pauses = [(_break_span(pause, span, f"breaks[{i}]"), pause.paid) for i, pause in enumerate(shift.breaks)]
    merged: list[_Pause] = []
    for pause, paid in sorted(pauses):
        last = merged[-1] if merged else None
        if last and pause.start < last[0].end:
            raise invalid(pause.path, gettext_noop("overlaps %(other)s"), other=last[0].path)
        if last and pause.start == last[0].end and paid == last[1]:
            merged[-1] = (last[0]._replace(end=pause.end), paid)
        else:
            merged.append((pause, paid))
    return merged


def _break_span(pause: Break, shift: _Span, path: str) -> _Span:
    try:
        span = _span(pause, path)
    except Invalid as wrong:
        raise wrong.under(path) from None
    if span.start < shift.start or span.end > shift.end:
        raise invalid(path, gettext_noop("must lie within the shift"))
    return span
