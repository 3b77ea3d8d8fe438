"""Pay periods: the weeks that are paid together. A week always goes whole with one period.

Hours are judged on whole ISO weeks whatever the pay period, so a period is a run of weeks: four of them from the first
of the year on (a week 53 goes with the last), or those whose Sunday lies in a month.
"""

from __future__ import annotations

import dataclasses
import datetime as dt

from kis.core.weeks import Week
from kis.staffing.models import PayPeriod

FOUR_WEEK_PERIODS = 13


@dataclasses.dataclass(frozen=True, slots=True)
class Period:
    """The `number`th pay period of its kind in `year`, from its first to its last week."""

    kind: PayPeriod
    year: int
    number: int
    first: Week
    last: Week

    @property
    def weeks(self) -> tuple[Week, ...]:
        """Its weeks in order."""
        return tuple(self.first + n for n in range(self.last - self.first + 1))

    @property
    def workable_days(self) -> int:
        """Days from Monday to Friday: 20 in four weeks (reading P17)."""
        return 5 * len(self.weeks)


def period_of(week: Week, kind: PayPeriod) -> Period:
    """The pay period that a week of work belongs to."""
    match kind:
        case PayPeriod.FOUR_WEEKS:
            number = min((week.number - 1) // 4 + 1, FOUR_WEEK_PERIODS)
            first = Week(week.year, 4 * number - 3)
            last = Week.of(dt.date(week.year, 12, 28)) if number == FOUR_WEEK_PERIODS else first + 3
            return Period(kind, week.year, number, first, last)
        case PayPeriod.MONTH:
            month = week.sunday.replace(day=1)
            first = _first_ending_from(month)
            last = _first_ending_from((month + dt.timedelta(days=31)).replace(day=1)).previous
            return Period(kind, month.year, month.month, first, last)
        case _:
            return Period(PayPeriod.WEEK, week.year, week.number, week, week)


def _first_ending_from(day: dt.date) -> Week:
    """The first week whose Sunday is `day` or later."""
    return Week.of(day)
