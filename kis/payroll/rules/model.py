"""What a rule set says: which surcharge a worked minute carries, and how it becomes money.

A version is frozen: it is never changed once used, only superseded by one with a later `valid_from`.
Surcharges are percentages on the hourly wage as Decimal, durations are whole minutes, money is whole cents.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import enum
import functools
from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from kis.payroll.rules import public_holidays
from kis.payroll.rules.problems import gettext_noop, invalid

WEEKDAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
HOLIDAY: Final = "holiday"
DAYS: Final = (*WEEKDAYS, HOLIDAY)
NORMAL_LABEL: Final = "normal"


class Combination(enum.StrEnum):
    """What a minute is paid that falls in a band and is overtime as well."""

    HIGHEST = "HIGHEST"
    SUM = "SUM"
    BAND_WINS = "BAND_WINS"
    COMPOUND = "COMPOUND"


class Reference(enum.StrEnum):
    """The span over which worked minutes are counted for overtime, shortest first."""

    SHIFT = "shift"
    DAY = "day"
    ROSTER = "roster"
    WEEK = "week"
    FOUR_WEEKS = "four_weeks"
    PAY_PERIOD = "pay_period"
    YEAR = "year"


# These span several weeks: their overtime depends on the weeks before.
PERIODS: Final = frozenset({Reference.FOUR_WEEKS, Reference.PAY_PERIOD, Reference.YEAR})


class Rounding(enum.StrEnum):
    """How the amount of a line becomes whole cents."""

    HALF_UP = "half-up"
    HALF_EVEN = "half-even"


@dataclasses.dataclass(frozen=True, slots=True)
class Band:
    """A stretch of the clock, `start` to `end` in minutes after midnight, that carries a surcharge."""

    label: str
    days: tuple[str, ...]
    start: int
    end: int
    surcharge: Decimal


# A minute that no band covers is paid as it is.
NORMAL: Final = Band(NORMAL_LABEL, DAYS, 0, 1440, Decimal(0))


@dataclasses.dataclass(frozen=True, slots=True)
class Tier:
    """The surcharge of overtime from its `after`th to its `upto`th minute, at `start` to `end` on the clock."""

    surcharge: Decimal
    after: int = 0
    upto: int | None = None
    start: int = 0
    end: int = 1440

    def holds_at(self, depth: int) -> bool:
        """Whether the overtime minute that has `depth` overtime minutes before it can be in this tier."""
        return self.after <= depth and (self.upto is None or depth < self.upto)


@dataclasses.dataclass(frozen=True, slots=True)
class Overtime:
    """Minutes beyond a threshold, counted in order of time.

    `threshold` is None for the roster, whose threshold is the rostered time of the day. `grace`: up to so many
    minutes too long is no overtime, one more and all of them are (reading P20). Days in `excluded_days` stand
    outside: their minutes neither count nor are overtime.
    """

    label: str
    reference: Reference
    threshold: int | None
    tiers: tuple[Tier, ...]
    grace: int = 0
    excluded_days: tuple[str, ...] = ()
    minutes_per_workable_day: int | None = None

    def limit(self, workable_days: int | None) -> int:
        """The threshold in minutes; where it is an average per workable day, for so many days."""
        if self.minutes_per_workable_day and workable_days is not None:
            return self.minutes_per_workable_day * workable_days
        return self.threshold or 0


@dataclasses.dataclass(frozen=True, slots=True)
class Breaks:
    """Whether breaks are paid; one shorter than `minimum` minutes is no break but work."""

    paid: bool = False
    minimum: int = 0


@dataclasses.dataclass(frozen=True, slots=True)
class HolidayCalendar:
    """Which public holidays count: by name, and dates of its own."""

    named: tuple[str, ...] = public_holidays.USUAL
    extra: tuple[dt.date, ...] = ()

    def __contains__(self, date: dt.date) -> bool:
        return date in self.extra or any(name in self.named for name in public_holidays.names(date))


@dataclasses.dataclass(frozen=True, slots=True)
class Component:
    """A price per unit, such as 25 cents per kilometre."""

    code: str
    unit: str
    cents: int


@dataclasses.dataclass(frozen=True, slots=True)
class YearNorm:
    """A norm of hours per year, told per week, against which a balance is kept."""

    weekly_minutes: int
    weeks: int = 52


@dataclasses.dataclass(frozen=True)
class RuleSet:
    """One version of the rules of an agency, client or placement. Made by `form.parse`, which validates it."""

    code: str
    version: int
    valid_from: dt.date
    valid_to: dt.date | None
    title: str
    source: str
    bands: tuple[Band, ...]
    overtime: tuple[Overtime, ...]
    combination: Combination
    pyramiding: bool
    tie_order: tuple[str, ...]
    breaks: Breaks
    rounding: Rounding
    holidays: HolidayCalendar
    minimum_call: int | None
    components: tuple[Component, ...]
    year_norm: YearNorm | None

    def __hash__(self) -> int:
        return hash((self.code, self.version, self.valid_from))

    @property
    def name(self) -> str:
        """How a line refers to this version: `STANDARD-1 v1`."""
        return f"{self.code} v{self.version}"

    def holds_on(self, date: dt.date) -> bool:
        """Whether this version is valid on `date`."""
        return self.valid_from <= date and (self.valid_to is None or date <= self.valid_to)

    @functools.cached_property
    def has_holiday_band(self) -> bool:
        """Without one, a holiday is an ordinary day (reading P15)."""
        return any(HOLIDAY in band.days for band in self.bands)

    def kind_of(self, date: dt.date) -> str:
        """The row of the weekly grid that `date` falls in."""
        if self.has_holiday_band and date in self.holidays:
            return HOLIDAY
        return WEEKDAYS[date.weekday()]

    def excludes(self, overtime: Overtime, date: dt.date) -> bool:
        """Whether `date` stands outside this overtime rule."""
        excluded = overtime.excluded_days
        return bool(excluded) and (
            WEEKDAYS[date.weekday()] in excluded or (HOLIDAY in excluded and date in self.holidays)
        )

    def rank(self, label: str) -> int:
        """The place of a label when two surcharges are equal: the lowest wins."""
        return self._ranks.get(label, self._ranks[NORMAL_LABEL] - 1)

    @functools.cached_property
    def _ranks(self) -> dict[str, int]:
        """Even ranks; the odd one before `normal` is for labels the order does not name (reading P3)."""
        order = self.tie_order if NORMAL_LABEL in self.tie_order else (*self.tie_order, NORMAL_LABEL)
        return {label: 2 * place for place, label in enumerate(order)}


def version_on(versions: Sequence[RuleSet], date: dt.date) -> RuleSet:
    """The version valid on `date`, the latest if several are. Raises Invalid if there is none."""
    valid = [version for version in versions if version.holds_on(date)]
    if not valid:
        raise invalid("rules", gettext_noop("no version is valid on %(date)s"), date=date.isoformat())
    return max(valid, key=lambda version: (version.valid_from, version.version))
