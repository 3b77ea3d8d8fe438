"""What is agreed about working time for a placement: which law it falls under, and which deviations from it.

Pure. The checks themselves are `kis.timesheets.working_time`.
"""

from __future__ import annotations

import enum
from collections.abc import Collection


class Profile(enum.StrEnum):
    """Which law a placement falls under."""

    STANDARD = "standard"
    DRIVER = "driver"  # Arbeidstijdenbesluit vervoer and EU 561/2006 instead
    EXEMPT = "exempt"  # at least three times the minimum wage, no habitual night work, no serious danger: ATB 2.1:1


class Option(enum.StrEnum):
    """A deviation the law leaves to a collective agreement, the works council or consent, agreed for a placement."""

    FORTNIGHT_REST = "fortnight_rest"  # 72 h rest in 14 x 24 h instead of 36 h in 7 x 24 h: art. 5:5.2b
    SHORT_BREAKS = "short_breaks"  # 15 minutes above 5.5 h of work: art. 5:4.3
    FOUR_WEEK_MEAN = "four_week_mean"  # the mean of 55 h over 4 weeks is set aside: art. 5:7.4
    WORKED_SUNDAYS = "worked_sundays"  # 40 Sundays or more, with consent for each: art. 5:6.4
    EIGHT_SHIFTS = "eight_shifts"  # series of 8 shifts with a night shift in it: art. 5:8.7
    NIGHTS_PER_YEAR = "nights_per_year"  # 140 night shifts in 52 weeks: art. 5:8.9a
    NIGHT_HOURS = "night_hours"  # 38 h between 00:00 and 06:00 in 2 weeks: art. 5:8.9b


def exclude_each_other(options: Collection[str]) -> bool:
    """Whether nights are limited both per year and by their hours, where art. 5:8.9 lets one be agreed."""
    return {Option.NIGHTS_PER_YEAR, Option.NIGHT_HOURS} <= set(options)
