"""Dutch public holidays, and the working days around them."""

import datetime as dt
import functools

from dateutil.easter import easter


@functools.cache
def public_holidays(year: int) -> frozenset[dt.date]:
    """The days on which the Netherlands rests; Liberation Day only in lustrum years, Good Friday not."""
    sunday = easter(year)
    moving = [sunday + dt.timedelta(days=n) for n in (0, 1, 39, 49, 50)]  # Easter, Ascension, Whitsun
    kings_day = dt.date(year, 4, 27)
    if kings_day.weekday() == 6:
        kings_day -= dt.timedelta(days=1)
    fixed = [dt.date(year, 1, 1), kings_day, dt.date(year, 12, 25), dt.date(year, 12, 26)]
    lustrum = [dt.date(year, 5, 5)] if year % 5 == 0 else []
    return frozenset(moving + fixed + lustrum)


def is_working_day(date: dt.date) -> bool:
    """Monday to Friday, and no public holiday."""
    return date.isoweekday() <= 5 and date not in public_holidays(date.year)


def working_day_from(date: dt.date) -> dt.date:
    """`date` itself, or the first working day after it."""
    while not is_working_day(date):
        date += dt.timedelta(days=1)
    return date
