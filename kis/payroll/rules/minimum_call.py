"""The three-hour minimum per call (BW 7:628a): proposed to the agency, never paid of itself (reading P24)."""

from __future__ import annotations

import dataclasses
import datetime as dt
import itertools
from collections.abc import Callable, Iterable

from kis.payroll.rules.worked import Stretch


@dataclasses.dataclass(frozen=True, slots=True)
class TopUp:
    """A call on `day` was shorter than the minimum.

    `missing` minutes at 100 % would fill it up. None: there were several calls that day, and only the agency
    knows whether the time between them counts.
    """

    day: dt.date
    missing: int | None
    rate_cents: int
    amount_cents: int | None
    rules: str


def short_calls(stretches: Iterable[Stretch], price: Callable[[Stretch, int], tuple[int, int]]) -> list[TopUp]:
    """The calls shorter than the minimum of their rules, in order of day.

    `price` gives the hourly rate and the amount of so many minutes on the day of a stretch, in cents.
    """
    found = []
    by_day = sorted(stretches, key=lambda stretch: (stretch.day, stretch.start))
    for day, of_day in itertools.groupby(by_day, key=lambda stretch: stretch.day):
        first, calls = _calls(of_day)
        minimum = first.rules.minimum_call or 0
        shortest = min(calls)
        if shortest >= minimum:
            continue
        missing = minimum - shortest if len(calls) == 1 else None
        rate, amount = price(first, missing or 0)
        found.append(TopUp(day, missing, rate, None if missing is None else amount, first.rules.name))
    return found


def _calls(of_day: Iterable[Stretch]) -> tuple[Stretch, list[int]]:
    """The first stretch of a day, and the paid minutes of each of its shifts."""
    stretches = list(of_day)
    minutes: dict[int, int] = {}
    for stretch in stretches:
        minutes[stretch.shift] = minutes.get(stretch.shift, 0) + stretch.minutes
    return stretches[0], list(minutes.values())
