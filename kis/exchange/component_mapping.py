"""From our components to those of a payroll package: the table an agency keeps, applied without losing a minute."""

from __future__ import annotations

import dataclasses
import enum
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from kis.exchange.pay_rows import PayRow
from kis.payroll.rules.problems import Invalid, Problem, gettext_noop, invalid

_PLACES = Decimal("0.01")


class Measure(enum.StrEnum):
    """What of a row goes into the package."""

    HOURS = "hours"
    QUANTITY = "quantity"
    AMOUNT = "amount"


@dataclasses.dataclass(frozen=True, slots=True)
class Target:
    """One line of the table: our component goes to their code.

    With a `percentage` it holds for rows of that percentage only, and goes before a line without. `factor` multiplies
    the value. `field` is the parameter of an AFAS component. A component with several lines is booked on each of them:
    the hours on one code and the surcharge on another.
    """

    component: str
    code: str
    measure: Measure = Measure.HOURS
    factor: Decimal = Decimal(1)
    percentage: Decimal | None = None
    field: str = "VaD1"


@dataclasses.dataclass(frozen=True, slots=True)
class Booking:
    """The exact value of a row on one code of the package."""

    row: PayRow
    target: Target
    value: Fraction


class Unmapped(Invalid):
    """Components that the table does not know; `components` names all of them."""

    def __init__(self, components: Iterable[str]) -> None:
        self.components = tuple(sorted(components))
        text = gettext_noop("These components have no code of the payroll package: %(components)s.")
        super().__init__([Problem("", text, {"components": ", ".join(self.components)})])


def require_sound(table: Iterable[Target]) -> None:
    """Raises Invalid for a code that would add hours to money."""
    _by_component(table)


def bookings(rows: Iterable[PayRow], table: Iterable[Target]) -> Iterator[Booking]:
    """Every row on its codes. Raises Unmapped after the last row: throw away what was made of the others.

    Raises Invalid at once for a line that books pieces as hours, or hours as pieces: they would get lost.
    """
    targets = _by_component(table)
    unmapped = set()
    for row in rows:
        found = targets.get((row.component, row.percentage)) or targets.get((row.component, None))
        if not found:
            unmapped.add(_name(row))
            continue
        for target in found:
            yield Booking(row, target, _value(row, target))
    if unmapped:
        raise Unmapped(unmapped)


def _by_component(table: Iterable[Target]) -> dict[tuple[str, Decimal | None], list[Target]]:
    """The lines of each component. Raises Invalid for a code that would add hours to money."""
    targets: dict[tuple[str, Decimal | None], list[Target]] = defaultdict(list)
    measures: dict[tuple[str, str], Measure] = {}
    for target in table:
        targets[target.component, target.percentage].append(target)
        if measures.setdefault((target.code, target.field), target.measure) is not target.measure:
            text = gettext_noop("Code %(code)s would add up %(one)s and %(other)s.")
            params = {"code": target.code, "one": measures[target.code, target.field], "other": target.measure}
            raise Invalid([Problem("", text, params)])
    return targets


def _name(row: PayRow) -> str:
    name = row.component_name or row.component
    return name if row.percentage is None else f"{name} ({row.percentage.normalize():f} %)"


def _value(row: PayRow, target: Target) -> Fraction:
    if target.measure is Measure.AMOUNT:
        return Fraction(row.amount_cents, 100) * Fraction(target.factor)
    if (row.quantity is None) is not (target.measure is Measure.HOURS):
        text = gettext_noop("%(component)s cannot be booked on code %(code)s: it is counted otherwise.")
        raise invalid("", text, component=_name(row), code=target.code)
    value = Fraction(row.minutes, 60) if row.quantity is None else Fraction(row.quantity)
    return value * Fraction(target.factor)


def rounded(value: Fraction) -> Decimal:
    """A value with two places, half away from nought."""
    return (Decimal(value.numerator) / Decimal(value.denominator)).quantize(_PLACES, ROUND_HALF_UP)


class Rounding:
    """Rounds the parts of a sum so that they add up to the rounded sum.

    7 h 20 on three days is 22 hours: 7.33, 7.34, 7.33.
    """

    def __init__(self) -> None:
        self._exact: dict[Hashable, Fraction] = defaultdict(Fraction)
        self._given: dict[Hashable, Decimal] = defaultdict(Decimal)

    def part(self, of: Hashable, value: Fraction) -> Decimal:
        """The next part of the sum `of`."""
        self._exact[of] += value
        total = rounded(self._exact[of])
        part = total - self._given[of]
        self._given[of] = total
        return part
