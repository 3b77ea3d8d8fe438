"""From the hours of one timesheet to its lines, for pay and for billing: pure, given what was agreed.

A correction is computed whole, and only what differs from what was paid before becomes lines (`owed`).
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any, Self

from kis.core.weeks import Week
from kis.payroll.models import PayLine
from kis.payroll.reading import KM, quantities_of, shifts_of
from kis.payroll.rules.classify import Classified, classify
from kis.payroll.rules.lines import difference, time_amount
from kis.payroll.rules.minimum_call import TopUp
from kis.payroll.rules.model import PERIODS, Reference, RuleSet, version_on
from kis.payroll.rules.worked import Quantity, Rate, WorkedShift, WorkedWeek
from kis.timesheets.hours import Hours

Kind = PayLine.Kind
EXPENSES = "expenses"
TOP_UP = "top-up"
_HUNDRED, _ONE = Decimal(100), Decimal(1)


@dataclasses.dataclass(frozen=True, slots=True)
class Entry:
    """The values of a pay or bill line, wherever they go: see `kis.payroll.models`."""

    date: dt.date
    kind: str
    label: str
    percentage: Decimal = Decimal(0)
    rate_cents: int = 0
    factor: Decimal = _ONE
    minutes: int = 0
    quantity: int = 0
    cents: int = 0
    rules: str = ""

    @property
    def key(self) -> tuple[Any, ...]:
        """What makes two entries the same line with other figures."""
        return (self.date, self.kind, self.percentage, self.label, self.rate_cents, self.factor)

    @property
    def is_nothing(self) -> bool:
        return not (self.minutes or self.quantity or self.cents)

    def plus(self, other: Self, sign: int = 1) -> Self:
        """This entry with the other's figures added, or taken off with `sign=-1`."""
        return dataclasses.replace(
            self,
            minutes=self.minutes + sign * other.minutes,
            quantity=self.quantity + sign * other.quantity,
            cents=self.cents + sign * other.cents,
        )

    def negative(self) -> Self:
        return dataclasses.replace(self, minutes=-self.minutes, quantity=-self.quantity, cents=-self.cents)


@dataclasses.dataclass(frozen=True, slots=True)
class Agreed:
    """What holds for one timesheet in one stream: dated rules and rates, and what the rules may ask besides."""

    rules: Sequence[RuleSet]
    rates: Sequence[Rate]
    on_call: bool = False
    roster: Mapping[dt.date, int] | None = None
    preceding: tuple[WorkedShift, ...] = ()
    workable_days: int | None = None


def classified(hours: Hours, agreed: Agreed) -> Classified:
    """The week as the rules divide it. Raises Invalid for what they refuse, such as shifts that overlap."""
    worked = WorkedWeek(
        week=hours.week,
        shifts=shifts_of(hours),
        preceding=agreed.preceding,
        roster=agreed.roster,
        quantities=tuple(_known(quantities_of(hours), agreed.rules)),
        on_call=agreed.on_call,
        workable_days=agreed.workable_days,
    )
    return classify(worked, agreed.rules, agreed.rates)


@dataclasses.dataclass(frozen=True, slots=True)
class AgreedTopUp:
    """Minutes that were agreed to above the hours of a day.

    `for_these` hours; what was agreed for the hours before a correction fills a call up and pays no more than that.
    """

    minutes: int
    for_these: bool = True


def entries(hours: Hours, agreed: Agreed, top_ups: Mapping[dt.date, AgreedTopUp] | None = None) -> list[Entry]:
    """The lines a week comes to. Raises Invalid."""
    found = classified(hours, agreed)
    return [
        *_time(found),
        *_quantities(found, hours),
        *_expenses(hours),
        *_top_ups(found.top_ups, top_ups or {}, agreed),
    ]


def owed(now: Iterable[Entry], before: Iterable[Entry]) -> list[Entry]:
    """What is still to be paid so that `now` has been paid, after `before`; takes off what was too much."""
    return difference(before, now)


def needs_preceding(rules: Iterable[RuleSet], week: Week) -> bool:
    """Whether any rule of that week counts over the weeks before it."""
    return bool(references_in(rules, week) & PERIODS)


def references_in(rules: Iterable[RuleSet], week: Week) -> set[Reference]:
    """Over what overtime is counted by the versions that hold on a day of the week."""
    return {
        overtime.reference
        for version in rules
        if version.valid_from <= week.sunday and (version.valid_to is None or version.valid_to >= week.monday)
        for overtime in version.overtime
    }


def _known(quantities: Iterable[Quantity], rules: Sequence[RuleSet]) -> Iterator[Quantity]:
    """The quantities that the rules have a price for."""
    for quantity in quantities:
        if any(component.code == quantity.code for component in version_on(rules, quantity.day).components):
            yield quantity


def _time(found: Classified) -> Iterator[Entry]:
    for line in found.lines:
        yield Entry(
            line.day, Kind.TIME, line.label, line.percentage, line.rate_cents, line.factor, line.minutes,
            cents=line.amount_cents, rules=line.rules,
        )  # fmt: skip


def _quantities(found: Classified, hours: Hours) -> Iterator[Entry]:
    """Kilometres at the price of the rules; without one they are told, not priced."""
    priced = {line.day: line for line in found.quantities}
    for date, day in hours.dated():
        if not day.km:
            continue
        line = priced.get(date)
        price, cents, rules = (line.unit_cents, line.amount_cents, line.rules) if line else (0, 0, "")
        yield Entry(date, Kind.QUANTITY, KM, rate_cents=price, quantity=day.km, cents=cents, rules=rules)


def _expenses(hours: Hours) -> Iterator[Entry]:
    by_date = sorted(hours.expenses, key=lambda expense: expense.date)
    for date, expenses in itertools.groupby(by_date, key=lambda expense: expense.date):
        yield Entry(date, Kind.EXPENSES, EXPENSES, cents=sum(expense.cents for expense in expenses))


def _top_ups(proposed: Iterable[TopUp], agreed_to: Mapping[dt.date, AgreedTopUp], agreed: Agreed) -> Iterator[Entry]:
    """Only what the agency has agreed to, at 100 % (reading P24)."""
    for top_up in proposed:
        if minutes := _minutes(top_up, agreed_to.get(top_up.day)):
            rules = version_on(agreed.rules, top_up.day)
            cents = time_amount(minutes, top_up.rate_cents, _HUNDRED, _ONE, rules.rounding)
            yield Entry(
                top_up.day, Kind.TOP_UP, TOP_UP, _HUNDRED, top_up.rate_cents, minutes=minutes, cents=cents,
                rules=top_up.rules,
            )  # fmt: skip


def _minutes(top_up: TopUp, agreed: AgreedTopUp | None) -> int:
    if agreed is None:
        return 0
    if agreed.for_these or top_up.missing is None:
        return agreed.minutes
    return min(agreed.minutes, top_up.missing)
