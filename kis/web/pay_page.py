"""From hours to pay: the lines of a week by day, each with its reasons, for the worker's own page and the agency's."""

from __future__ import annotations

import dataclasses
import datetime as dt
import itertools
from collections.abc import Iterable
from decimal import Decimal

from django.utils.translation import gettext as _

from kis.payroll.calculation import Calculation, Reasoned
from kis.payroll.labels import label_words
from kis.payroll.models import PayLine, PayrollRun
from kis.payroll.rules.explanation import Explanation, Ground


@dataclasses.dataclass(frozen=True, slots=True)
class LineView:
    """One line in words and figures."""

    words: str
    percentage: float | None
    minutes: int
    quantity: int
    rate_cents: int
    factor: Decimal | None
    cents: int
    rules: str
    reasons: tuple[str, ...]


@dataclasses.dataclass(frozen=True, slots=True)
class DayView:
    """The lines of one day."""

    date: dt.date
    lines: tuple[LineView, ...]


@dataclasses.dataclass(frozen=True, slots=True)
class LaterView:
    """The difference that a later run paid, by day."""

    run: PayrollRun
    days: tuple[DayView, ...]
    minutes: int
    cents: int


@dataclasses.dataclass(frozen=True, slots=True)
class PayView:
    """One stream of a calculation, by day."""

    calculation: Calculation
    days: tuple[DayView, ...]
    whole: tuple[DayView, ...]
    later: tuple[LaterView, ...]

    @property
    def rules(self) -> list[str]:
        """The versions of the rules that had a say."""
        later = [line for each in self.calculation.later for line in each.lines]
        lines = [*self.calculation.lines, *(self.calculation.whole or ()), *later]
        return sorted({line.entry.rules for line in lines if line.entry.rules})

    @property
    def has_no_wage(self) -> bool:
        """Whether hours stand here without a price."""
        return any(line.entry.minutes and not line.entry.rate_cents for line in self.calculation.lines)

    @property
    def has_factors(self) -> bool:
        return any(line.entry.factor != 1 for line in self.calculation.lines)


def pay_view(calculation: Calculation) -> PayView:
    """A calculation in the reader's language."""
    later = tuple(LaterView(each.run, _days(each.lines), each.minutes, each.cents) for each in calculation.later)
    return PayView(calculation, _days(calculation.lines), _days(calculation.whole or ()), later)


def _days(lines: Iterable[Reasoned]) -> tuple[DayView, ...]:
    grouped = itertools.groupby(lines, key=lambda line: line.entry.date)
    return tuple(DayView(date, tuple(_line(line) for line in found)) for date, found in grouped)


def _line(line: Reasoned) -> LineView:
    entry = line.entry
    timed = entry.kind in {PayLine.Kind.TIME, PayLine.Kind.TOP_UP}
    return LineView(
        words=label_words(entry.label),
        percentage=float(entry.percentage) if timed else None,
        minutes=entry.minutes,
        quantity=entry.quantity,
        rate_cents=entry.rate_cents,
        factor=entry.factor if entry.factor != 1 else None,
        cents=entry.cents,
        rules=entry.rules,
        reasons=tuple(reason_words(reason) for reason in line.reasons),
    )


def reason_words(reason: Explanation) -> str:
    """Which minutes, and why: `16:30\u201318:00: boven 8:00 uur op de dag; Overwerk (dag), +25%`."""
    grounds = "; ".join(_ground(ground) for ground in reason.grounds)
    return f"{reason.start:%H:%M}\u2013{reason.end:%H:%M}: {grounds}"


def _ground(ground: Ground) -> str:
    params = dict(ground.params)
    if "label" in params:
        params["label"] = label_words(params["label"])
    return _(ground.message) % params
