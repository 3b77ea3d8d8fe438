"""Dutch public holidays, and the working days around them.

Worked out here: a package that knows the holidays of the whole world takes 20 MB in every process.
"""

import datetime as dt
import functools

_FROM_EASTER = (0, 1, 39, 49, 50)  # Easter, Ascension Day, Whitsun; Good Friday is no public holiday


@functools.cache
def public_holidays(year: int) -> frozenset[dt.date]:
    """The days on which the Netherlands rests; Liberation Day only in lustrum years, Good Friday not."""
    fixed = [(1, 1), (12, 25), (12, 26)] + ([(5, 5)] if year % 5 == 0 else [])
    return frozenset(
        [
            *(dt.date(year, month, day) for month, day in fixed),
            *(easter(year) + dt.timedelta(days=days) for days in _FROM_EASTER),
            kings_day(year),
        ]
    )


def easter(year: int) -> dt.date:
    """Easter Sunday, by the Gregorian computus as Meeus gives it (Astronomical Algorithms, chapter 8)."""
    century, year_of_century = divmod(year, 100)
    golden = year % 19
    leap_centuries, century_rest = divmod(century, 4)
    moon_correction = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + century - leap_centuries - moon_correction + 15) % 30
    leap_years, year_rest = divmod(year_of_century, 4)
    weekday = (32 + 2 * century_rest + 2 * leap_years - epact - year_rest) % 7
    late = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * late + 114, 31)
    return dt.date(year, month, day + 1)


def kings_day(year: int) -> dt.date:
    """27 April (30 April until 2013, Queen's Day), or the Saturday before when that is a Sunday."""
    day = dt.date(year, 4, 27 if year >= 2014 else 30)
    return day - dt.timedelta(days=1) if day.isoweekday() == 7 else day


def is_working_day(date: dt.date) -> bool:
    """Monday to Friday, and no public holiday."""
    return date.isoweekday() <= 5 and date not in public_holidays(date.year)


def working_day_from(date: dt.date) -> dt.date:
    """`date` itself, or the first working day after it."""
    while not is_working_day(date):
        date += dt.timedelta(days=1)
    return date
