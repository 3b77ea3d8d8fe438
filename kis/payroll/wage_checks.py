"""Agreed base wages held against the statutory minimum: of the days of a timesheet, and of a job over time.

They warn, they never block: hours that were worked are paid, and a wage that is too low is put right beside them.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final

from kis.core.minutes import DAY
from kis.payroll.minimum_wage import ADULT_AGE, YOUNGEST, BelowMinimum, MinimumWageTable, below_minimum
from kis.payroll.models import PlacementTerms
from kis.staffing.models import Placement
from kis.timesheets.hours import Hours
from kis.timesheets.working_time.ages import birthday

WageOn = Callable[[dt.date], int | None]  # cents per hour on a day, None where no wage is known
TABLE: Final = MinimumWageTable()


@dataclasses.dataclass(frozen=True, slots=True)
class DayWage:
    """The base wage of one worked day."""

    day: dt.date
    rate_cents: int


def low_wages(hours: Hours, wage_on: WageOn, *, birth_date: dt.date | None) -> tuple[BelowMinimum, ...]:
    """Each worked day of a week whose base wage is below the minimum, or cannot be judged yet.

    A day without a known wage is left out: that is told by itself. A birthday in the middle of the week changes the
    minimum from that day on, and a night shift is worked on both its days (domain reading P14).
    """
    wages = (DayWage(day, wage) for day in worked_days(hours) if (wage := wage_on(day)) is not None)
    return below_minimum(wages, birth_date=birth_date, table=TABLE)


def worked_days(hours: Hours) -> tuple[dt.date, ...]:
    """The calendar days on which there is any work."""
    days = set()
    for date, day in hours.dated():
        if day.total:
            days.add(date)
        for shift in day.shifts:
            days |= {date + dt.timedelta(days=n) for n in range(shift.start // DAY, (shift.end - 1) // DAY + 1)}
    return tuple(sorted(days))


def first_day_below(
    wages: Sequence[DayWage], *, birth_date: dt.date | None, since: dt.date, until: dt.date | None = None
) -> BelowMinimum | None:
    """The first day from `since` on at which an agreed wage is below the minimum, as far as the law's amounts tell.

    `wages` are in order of the day from which each holds. A wage is looked at where something changes: a wage, an
    amount of the law, a birthday.
    """
    edges = {since, *(wage.day for wage in wages), *_changes(birth_date)}
    for day in sorted(edge for edge in edges if since <= edge <= (until or dt.date.max)):
        valid = [wage.rate_cents for wage in wages if wage.day <= day]
        looked_at = below_minimum([DayWage(day, rate) for rate in valid[-1:]], birth_date=birth_date, table=TABLE)
        for found in looked_at:
            if found.is_below:
                return found
    return None


def low_wage_of(placement: Placement, *, since: dt.date) -> BelowMinimum | None:
    """The same of a job, by the terms that were agreed for it."""
    terms = PlacementTerms.objects.filter(placement=placement).order_by("valid_from", "pk")
    wages = [DayWage(*row) for row in terms.values_list("valid_from", "wage_cents")]  # of one day the later written
    return first_day_below(
        wages, birth_date=placement.worker.birth_date, since=max(since, placement.start), until=placement.end
    )


def _changes(birth_date: dt.date | None) -> Iterator[dt.date]:
    """The days on which the minimum changes."""
    yield from (wages.valid_from for wages in TABLE.wages)
    if birth_date:
        yield from (birthday(birth_date, age) for age in range(YOUNGEST, ADULT_AGE + 1))


def lowest(found: Iterable[BelowMinimum]) -> BelowMinimum | None:
    """The one furthest below its minimum, the first of equals."""
    return min(found, key=lambda each: (each.rate_cents - each.floor_cents, each.day), default=None)
