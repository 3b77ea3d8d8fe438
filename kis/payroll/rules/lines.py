"""Pay and bill lines: their key, their money, their explanation, and the difference between two sets of them."""

from __future__ import annotations

import dataclasses
import datetime as dt
import decimal
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any, NamedTuple, Protocol, Self, TypeVar

from kis.payroll.rules.combine import Reason
from kis.payroll.rules.model import Component, Rounding, RuleSet

_EXACT = decimal.Context(prec=60)
_MODES = {Rounding.HALF_UP: decimal.ROUND_HALF_UP, Rounding.HALF_EVEN: decimal.ROUND_HALF_EVEN}
_WHOLE = Decimal(1)
_PERCENT_HOUR = Decimal(6000)


class Piece(NamedTuple):
    """Consecutive minutes (absolute, `start` to `end`) that are paid for one reason."""

    start: int
    end: int
    reason: Reason


@dataclasses.dataclass(frozen=True, slots=True)
class Line:
    """Minutes of one assigned day that are paid alike.

    `percentage` includes the hour itself: 130 for an evening hour at +30 %. The amount is
    minutes / 60 x `rate_cents` x percentage / 100 x `factor`, rounded once (readings P1, P4).
    `rate_cents` is the hourly wage, or the tariff when billing. `pieces` explain the minutes.
    """

    day: dt.date
    label: str
    percentage: Decimal
    rate_cents: int
    factor: Decimal
    minutes: int
    amount_cents: int
    rules: str = dataclasses.field(default="", compare=False)
    pieces: tuple[Piece, ...] = dataclasses.field(default=(), compare=False)

    @property
    def key(self) -> tuple[Any, ...]:
        """What makes two lines the same line with other minutes."""
        return (self.day, self.percentage, self.label, self.rate_cents, self.factor)

    @property
    def is_nothing(self) -> bool:
        return not self.minutes and not self.amount_cents

    def plus(self, other: Self, sign: int = 1) -> Self:
        """This line with the other's minutes and money added, or taken off with `sign=-1`."""
        return dataclasses.replace(
            self,
            minutes=self.minutes + sign * other.minutes,
            amount_cents=self.amount_cents + sign * other.amount_cents,
            pieces=(),
        )

    def negative(self) -> Self:
        return dataclasses.replace(self, minutes=-self.minutes, amount_cents=-self.amount_cents, pieces=())


@dataclasses.dataclass(frozen=True, slots=True)
class QuantityLine:
    """Units of one component on one day: 42 km at 25 cents."""

    day: dt.date
    code: str
    unit: str
    unit_cents: int
    quantity: Decimal
    amount_cents: int
    rules: str = dataclasses.field(default="", compare=False)

    @property
    def key(self) -> tuple[Any, ...]:
        """What makes two lines the same line with another quantity."""
        return (self.day, self.code, self.unit, self.unit_cents)

    @property
    def is_nothing(self) -> bool:
        return not self.quantity and not self.amount_cents

    def plus(self, other: Self, sign: int = 1) -> Self:
        """This line with the other's quantity and money added, or taken off with `sign=-1`."""
        return dataclasses.replace(
            self,
            quantity=self.quantity + sign * other.quantity,
            amount_cents=self.amount_cents + sign * other.amount_cents,
        )

    def negative(self) -> Self:
        return dataclasses.replace(self, quantity=-self.quantity, amount_cents=-self.amount_cents)


class _AnyLine(Protocol):
    @property
    def key(self) -> tuple[Any, ...]: ...

    @property
    def is_nothing(self) -> bool: ...

    def plus(self, other: Self, sign: int = 1) -> Self: ...

    def negative(self) -> Self: ...


L = TypeVar("L", bound=_AnyLine)


def time_amount(minutes: int, rate_cents: int, percentage: Decimal, factor: Decimal, rounding: Rounding) -> int:
    """The money of a line in whole cents."""
    product = _EXACT.multiply(_EXACT.multiply(minutes * rate_cents, percentage), factor)
    return _cents(_EXACT.divide(product, _PERCENT_HOUR), rounding)


def quantity_line(day: dt.date, component: Component, quantity: Decimal, rules: RuleSet) -> QuantityLine:
    """So many units of a component, priced."""
    amount = _cents(_EXACT.multiply(quantity, component.cents), rules.rounding)
    return QuantityLine(day, component.code, component.unit, component.cents, quantity, amount, rules.name)


def _cents(amount: Decimal, rounding: Rounding) -> int:
    return int(amount.quantize(_WHOLE, rounding=_MODES[rounding], context=_EXACT))


def difference(old: Iterable[L], new: Iterable[L]) -> list[L]:
    """The lines to pay so that who was paid `old` has been paid `new`: the new amount less the old, per key.

    Lines that stay the same are left out; one that disappears comes back negative. A difference has no
    pieces: it is explained by the two versions it stands between.
    """
    return _added(new, (line.negative() for line in old))


def applied(lines: Iterable[L], delta: Iterable[L]) -> list[L]:
    """`lines` after a difference has been paid: `applied(a, difference(a, b))` is `b`."""
    return _added(lines, delta)


def _added(first: Iterable[L], second: Iterable[L]) -> list[L]:
    sums: dict[tuple[Any, ...], L] = {}
    for line in (*first, *second):
        earlier = sums.get(line.key)
        sums[line.key] = earlier.plus(line) if earlier else line
    return [sums[key] for key in sorted(sums) if not sums[key].is_nothing]


def merged(pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    """Pieces in order of time, those that touch and have one reason joined."""
    joined: list[Piece] = []
    for piece in pieces:
        last = joined[-1] if joined else None
        if last and last.end == piece.start and last.reason == piece.reason:
            joined[-1] = last._replace(end=piece.end)
        else:
            joined.append(piece)
    return tuple(joined)
