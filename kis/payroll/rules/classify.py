"""From a worked week to its lines: exact to the minute, and each line knows why.

Pay and bill are two calls, each with its own rules and rates. The order is that of the domain rules, 3.2.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Sequence
from decimal import Decimal

from kis.payroll.rules.combine import reason_for, verdict
from kis.payroll.rules.grid import grid_of
from kis.payroll.rules.lines import Line, Piece, QuantityLine, merged, quantity_line, time_amount
from kis.payroll.rules.minimum_call import TopUp, short_calls
from kis.payroll.rules.model import RuleSet, version_on
from kis.payroll.rules.overtime import tag_overtime
from kis.payroll.rules.problems import gettext_noop, invalid
from kis.payroll.rules.worked import Quantity, Rate, Stretch, WorkedWeek, paid_time

_HUNDRED = Decimal(100)
_ONE = Decimal(1)


@dataclasses.dataclass(frozen=True, slots=True)
class Classified:
    """What a week comes to.

    `minutes` are all paid minutes; they are the sum of the lines' minutes. `balance_minutes` is worked time
    less the norm of a week, where the rules have a year norm. Top-ups are proposals and in no total.
    """

    lines: tuple[Line, ...]
    quantities: tuple[QuantityLine, ...]
    top_ups: tuple[TopUp, ...]
    rules: tuple[RuleSet, ...]
    balance_minutes: int | None

    @property
    def minutes(self) -> int:
        return sum(line.minutes for line in self.lines)

    @property
    def amount_cents(self) -> int:
        return sum(line.amount_cents for line in self.lines) + sum(line.amount_cents for line in self.quantities)


def classify(worked: WorkedWeek, rules: Sequence[RuleSet], rates: Sequence[Rate]) -> Classified:
    """Classify one week by the versions of its rule set and the rates in force.

    A shift goes whole by the version valid on its assigned day; the rate is that of the calendar day of each
    minute (reading P14). Raises Invalid with the path of what is wrong with the week.
    """
    book = _RateBook(rates)
    monday = worked.week.monday
    tagged = tag_overtime(paid_time(worked, rules), worked)
    stretches = [stretch for stretch in tagged if stretch.day >= monday]  # the weeks before were only counted
    used = dict.fromkeys(version_on(rules, day) for day in _days(worked, stretches))
    on_call = [stretch for stretch in stretches if worked.on_call and stretch.rules.minimum_call]
    return Classified(
        lines=_lines(stretches, book),
        quantities=_quantity_lines(worked.quantities, worked, rules),
        top_ups=tuple(short_calls(on_call, book.price)),
        rules=tuple(used),
        balance_minutes=_balance(stretches, version_on(rules, monday)),
    )


class _RateBook:
    """The rates of one call, found by date."""

    def __init__(self, rates: Sequence[Rate]) -> None:
        self._rates = sorted(rates, key=lambda rate: rate.valid_from, reverse=True)
        self._on: dict[dt.date, Rate] = {}

    def on(self, date: dt.date) -> Rate:
        """The rate in force on a date. Raises Invalid if there is none yet."""
        rate = self._on.get(date)
        if rate is None:
            rate = next((rate for rate in self._rates if rate.valid_from <= date), None)
            if rate is None:
                raise invalid("rates", gettext_noop("no rate is in force on %(date)s"), date=date.isoformat())
            self._on[date] = rate
        return rate

    def price(self, stretch: Stretch, minutes: int) -> tuple[int, int]:
        """Hourly rate and amount of minutes at 100 % on the day of a stretch."""
        rate = self.on(stretch.day)
        return rate.cents, time_amount(minutes, rate.cents, _HUNDRED, rate.factor, stretch.rules.rounding)


_Heap = tuple[dt.date, Decimal, str, int, Decimal]


def _lines(stretches: list[Stretch], book: _RateBook) -> tuple[Line, ...]:
    heaps: dict[_Heap, list[Piece]] = {}
    versions: dict[dt.date, RuleSet] = {}
    for stretch in stretches:
        rules = versions[stretch.day] = stretch.rules
        for cell in grid_of(rules).over(stretch.start, stretch.end):
            reason = reason_for(rules, cell.band, stretch.tags, cell.clock)
            label, surcharge = verdict(rules, reason)
            heap = _heap(stretch.day, label, surcharge, book.on(cell.date))
            heaps.setdefault(heap, []).append(Piece(cell.start, cell.end, reason))
    return tuple(_line(heap, heaps[heap], versions[heap[0]]) for heap in sorted(heaps))


def _heap(day: dt.date, label: str, surcharge: Decimal, rate: Rate) -> _Heap:
    """Where the minutes are added up (reading P1). A fixed price per type has its surcharge in it."""
    if label in rate.fixed:
        return (day, _HUNDRED, label, rate.fixed[label], _ONE)
    return (day, _HUNDRED + surcharge, label, rate.cents, rate.factors.get(label, rate.factor))


def _line(heap: _Heap, pieces: list[Piece], rules: RuleSet) -> Line:
    day, percentage, label, rate_cents, factor = heap
    minutes = sum(piece.end - piece.start for piece in pieces)
    amount = time_amount(minutes, rate_cents, percentage, factor, rules.rounding)
    return Line(day, label, percentage, rate_cents, factor, minutes, amount, rules.name, merged(pieces))


def _quantity_lines(
    quantities: Sequence[Quantity], worked: WorkedWeek, rules: Sequence[RuleSet]
) -> tuple[QuantityLine, ...]:
    """The quantities priced, one line per day and component."""
    sums: dict[tuple[dt.date, str], Decimal] = {}
    for index, quantity in enumerate(quantities):
        if quantity.day not in worked.week:
            message = gettext_noop("does not lie in week %(week)s")
            raise invalid(f"quantities[{index}].day", message, week=str(worked.week))
        if all(quantity.code != component.code for component in version_on(rules, quantity.day).components):
            message = gettext_noop("is no component of the rules: %(code)s")
            raise invalid(f"quantities[{index}].code", message, code=quantity.code)
        key = (quantity.day, quantity.code)
        sums[key] = sums.get(key, Decimal(0)) + quantity.quantity
    return tuple(_priced(*key, sums[key], version_on(rules, key[0])) for key in sorted(sums))


def _priced(day: dt.date, code: str, quantity: Decimal, rules: RuleSet) -> QuantityLine:
    component = next(component for component in rules.components if component.code == code)
    return quantity_line(day, component, quantity, rules)


def _days(worked: WorkedWeek, stretches: list[Stretch]) -> list[dt.date]:
    """The days whose rules were asked; the Monday, so that an empty week names its rules too."""
    quantities = (quantity.day for quantity in worked.quantities)
    return sorted({worked.week.monday, *(stretch.day for stretch in stretches), *quantities})


def _balance(stretches: list[Stretch], rules: RuleSet) -> int | None:
    if rules.year_norm is None:
        return None
    return sum(stretch.minutes for stretch in stretches if stretch.worked) - rules.year_norm.weekly_minutes
