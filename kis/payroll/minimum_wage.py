"""The statutory minimum hourly wage: the floor for a worked day by age, and base wages below it.

Pure. Amounts are gross cents per hour, without holiday allowance (Wet minimumloon en minimumvakantiebijslag art. 8,
domain-rules section 1.3). They warn, they never block.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Final, Protocol

from kis.timesheets.working_time.ages import age_on

ADULT_AGE: Final = 21
YOUNGEST: Final = 15


@dataclasses.dataclass(frozen=True, slots=True)
class MinimumWages:
    """The amounts that hold from a day on, by age; `apprentice` (BBL) has only the ages with an amount of its own."""

    valid_from: dt.date
    by_age: Mapping[int, int]
    apprentice: Mapping[int, int]

    def floor(self, age: int, *, apprentice: bool = False) -> int | None:
        """Cents per hour at an age; None below 15, for which the law has no amount."""
        if age < YOUNGEST:
            return None
        age = min(age, ADULT_AGE)
        return self.apprentice.get(age, self.by_age[age]) if apprentice else self.by_age[age]


def _wages(valid_from: dt.date, youngest_first: Sequence[int], apprentice: Sequence[int]) -> MinimumWages:
    ages = range(YOUNGEST, ADULT_AGE + 1)
    return MinimumWages(
        valid_from,
        dict(zip(ages, youngest_first, strict=True)),
        dict(zip((18, 19, 20), apprentice, strict=True)),
    )


# Published amounts. Those for apprentices before 1-7-2026 follow from the percentages (45.5, 52.5 and 61.5 % of the
# adult wage) that the amounts of 1-7-2026 show.
STATUTORY: Final = (
    _wages(dt.date(2025, 7, 1), (432, 497, 569, 720, 864, 1152, 1440), (655, 756, 886)),
    _wages(dt.date(2026, 1, 1), (441, 507, 581, 736, 883, 1177, 1471), (669, 772, 905)),
    _wages(dt.date(2026, 7, 1), (450, 517, 592, 750, 899, 1199, 1499), (682, 787, 922)),
)

# From 2027 other percentages hold for the young, and the adult amount is not published yet. Minimum wages only rise,
# so the last known amount still shows what is certainly too low; what lies above it cannot be called right.
KNOWN_UNTIL: Final = dt.date(2026, 12, 31)


class Paid(Protocol):
    """A pay line, as far as this check looks at it: the worked day, and the base wage in cents per hour."""

    @property
    def day(self) -> dt.date: ...

    @property
    def rate_cents(self) -> int: ...


@dataclasses.dataclass(frozen=True, slots=True)
class BelowMinimum:
    """A base wage on a day that is below the floor, or that cannot be judged: `certain` is False then.

    Uncertain are days for which no amount is known; `floor_cents` is the nearest known one.
    """

    day: dt.date
    rate_cents: int
    floor_cents: int
    certain: bool = True

    @property
    def is_below(self) -> bool:
        """Whether it is too low for sure."""
        return self.certain and self.rate_cents < self.floor_cents


@dataclasses.dataclass(frozen=True, slots=True)
class MinimumWageTable:
    """Amounts in order of their dates, and the last day for which they are complete."""

    wages: Sequence[MinimumWages] = STATUTORY
    known_until: dt.date = KNOWN_UNTIL

    def on(self, day: dt.date) -> MinimumWages:
        """The amounts that hold on a day; before the first, the first."""
        valid = [wages for wages in self.wages if wages.valid_from <= day]
        return valid[-1] if valid else self.wages[0]

    def knows(self, day: dt.date) -> bool:
        """Whether the amounts of a day are known."""
        return self.wages[0].valid_from <= day <= self.known_until


def below_minimum(
    lines: Iterable[Paid],
    *,
    birth_date: dt.date | None,
    apprentice: bool = False,
    table: MinimumWageTable = MinimumWageTable(),
) -> tuple[BelowMinimum, ...]:
    """Each day with a base wage below the floor for the age on that day, in order of day and wage.

    The base wage itself is held against the floor, before any allowance, so that every hour counts by itself.
    Without a birth date the adult amount holds, so that nothing is missed.
    """
    paid = sorted({(line.day, line.rate_cents) for line in lines})
    found = (_judged(day, rate, birth_date, apprentice=apprentice, table=table) for day, rate in paid)
    return tuple(each for each in found if each)


def _judged(
    day: dt.date, rate: int, birth_date: dt.date | None, *, apprentice: bool, table: MinimumWageTable
) -> BelowMinimum | None:
    age = age_on(birth_date, day) if birth_date else ADULT_AGE
    floor = table.on(day).floor(age, apprentice=apprentice)
    if floor is None:
        return None
    if table.knows(day):
        return BelowMinimum(day, rate, floor) if rate < floor else None
    too_low_for_sure = rate < floor and day > table.known_until
    return BelowMinimum(day, rate, floor, certain=too_low_for_sure)
