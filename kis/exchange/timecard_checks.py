"""What the schemas of the standard do not check, and a card must still satisfy."""

from __future__ import annotations

import datetime as dt
import itertools
from collections import Counter
from collections.abc import Container, Iterable, Iterator

from kis.exchange.timecards import Action, Allowance, Interval, Rate, RateInterval, Timecard, day_of, elapsed, moment_of
from kis.payroll.rules.problems import Invalid, Problem, gettext_noop

BREAKS = {"HT400", "Break"}
_DAY = dt.timedelta(days=1)
_TWICE = gettext_noop("Two lines have the id %(id)s.")
_OUTSIDE = gettext_noop("%(day)s is not within the period of the card, %(start)s to %(end)s.")


def require(card: Timecard, *, hour_types: Container[str], allowance_types: Container[str]) -> None:
    """Raise Invalid with every problem of the card; paths are `intervals[0].end`, counted from nought."""
    problems = list(
        itertools.chain(
            _identity(card),
            _intervals(card, hour_types),
            _overlaps(card),
            _allowances(card, allowance_types),
        )
    )
    if problems:
        raise Invalid(problems)


def _identity(card: Timecard) -> Iterator[Problem]:
    if not card.id.value:
        yield Problem("id", gettext_noop("The card has no id."))
    if not card.person.ids or not all(one.value for one in card.person.ids):
        yield Problem("person", gettext_noop("The person has no number."))
    if card.end < card.start:
        yield Problem("end", gettext_noop("The period ends before it starts."))
    lines: tuple[Interval | Allowance, ...] = (*card.intervals, *card.allowances)
    for line_id, times in Counter(line.id for line in lines).items():
        if not line_id.value:
            yield Problem("", gettext_noop("A line has no id."))
        elif times > 1:
            yield Problem("", _TWICE, {"id": line_id.value})


def _intervals(card: Timecard, hour_types: Container[str]) -> Iterator[Problem]:
    for place, interval in enumerate(card.intervals):
        for problem in itertools.chain(_interval(card, interval, hour_types), _streams(interval.rates)):
            yield problem.under(f"intervals[{place}]")


def _interval(card: Timecard, interval: Interval, hour_types: Container[str]) -> Iterator[Problem]:
    if interval.hour_type not in hour_types:
        yield Problem("hour_type", gettext_noop("%(code)s is not an hour type we know."), {"code": interval.hour_type})
    if not card.start <= interval.day <= card.end:
        yield Problem("start", _OUTSIDE, {"day": interval.day, "start": card.start, "end": card.end})
    if abs(interval.day - day_of(interval.start)) > 7 * _DAY:
        yield Problem("assigned_day", gettext_noop("The time counts for a day more than a week away."))
    if interval.hours is not None and interval.hours < 0:
        yield Problem("hours", gettext_noop("Hours cannot be negative; correct the card instead."))
    if interval.end is None:
        if interval.hours is None:
            yield Problem("end", gettext_noop("The line has neither an end nor a number of hours."))
        return
    seconds = elapsed(interval.start, interval.end)
    if seconds < 0:
        yield Problem("end", gettext_noop("The line ends before it starts."))
    elif interval.hours is not None and interval.minutes * 60 > seconds + 59:
        yield Problem("hours", gettext_noop("There are more hours than between the start and the end."))


def _streams(rates: Iterable[Rate]) -> Iterator[Problem]:
    """One rate for both, or one to bill and one to pay; lines of the split kind may each add their own."""
    plain = [rate for rate in rates if rate.interval is not RateInterval.SPLIT]
    if sum(rate.billed for rate in plain) > 1 or sum(rate.paid for rate in plain) > 1:
        yield Problem("rates", gettext_noop("Two rates are to be billed, or two to be paid."))


def _overlaps(card: Timecard) -> Iterator[Problem]:
    """Time is worked once. A break may lie in its shift, and a surcharge line over the hours it raises."""
    worked = sorted(
        (moment_of(line.start), moment_of(line.end), place)
        for place, line in enumerate(card.intervals)
        if line.end and _takes_time(line)
    )
    for (_, end, earlier), (start, _, later) in itertools.pairwise(worked):
        if start < end:
            ids = {"one": card.intervals[earlier].id.value, "other": card.intervals[later].id.value}
            yield Problem(f"intervals[{later}].start", gettext_noop("Lines %(one)s and %(other)s overlap."), ids)


def _takes_time(line: Interval) -> bool:
    split = any(rate.interval is RateInterval.SPLIT for rate in line.rates)
    return line.action is not Action.VOID and line.hour_type not in BREAKS and not split


def _allowances(card: Timecard, types: Container[str]) -> Iterator[Problem]:
    for place, allowance in enumerate(card.allowances):
        for problem in _allowance(card, allowance, types):
            yield problem.under(f"allowances[{place}]")


def _allowance(card: Timecard, allowance: Allowance, types: Container[str]) -> Iterator[Problem]:
    if allowance.type not in types:
        yield Problem("type", gettext_noop("%(code)s is not an allowance type we know."), {"code": allowance.type})
    first, last = allowance.start, allowance.end or allowance.start
    for name, day in (("start", first), ("end", last)):
        if day and not card.start <= day <= card.end:
            yield Problem(name, _OUTSIDE, {"day": day, "start": card.start, "end": card.end})
    if first and last and last < first:
        yield Problem("end", gettext_noop("The period ends before it starts."))
    if allowance.quantity is not None and allowance.quantity < 0:
        yield Problem("quantity", gettext_noop("A quantity cannot be negative; correct the card instead."))
    if allowance.quantity is None and not allowance.rates:
        yield Problem("quantity", gettext_noop("The allowance has neither a quantity nor an amount."))
