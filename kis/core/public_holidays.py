"""Dutch public holidays, and the working days around them."""

import datetime as dt
import functools

import holidays


@functools.cache
def public_holidays(year: int) -> frozenset[dt.date]:
    """The days on which the Netherlands rests; Liberation Day only in lustrum years, Good Friday not.

    Good Friday is known by its place before Easter, not by its name: the spelling in the list has changed before.
    """
    days = set(holidays.country_holidays("NL", years=year))
    good_friday = {day for day in days if {day + dt.timedelta(days=2), day + dt.timedelta(days=3)} <= days}
    return frozenset(days - {day for day in good_friday if day.weekday() == 4})


def is_working_day(date: dt.date) -> bool:
    """Monday to Friday, and no public holiday."""
    return date.isoweekday() <= 5 and date not in public_holidays(date.year)


def working_day_from(date: dt.date) -> dt.date:
    """`date` itself, or the first working day after it."""
    while not is_working_day(date):
        date += dt.timedelta(days=1)
    return date
