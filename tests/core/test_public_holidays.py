import datetime as dt

import holidays
import pytest

from kis.core.public_holidays import easter, is_working_day, public_holidays, working_day_from


def test_the_days_of_2026_are_those_of_the_calendar():
    assert sorted(public_holidays(2026)) == [
        dt.date(2026, 1, 1),
        dt.date(2026, 4, 5),
        dt.date(2026, 4, 6),
        dt.date(2026, 4, 27),
        dt.date(2026, 5, 14),
        dt.date(2026, 5, 24),
        dt.date(2026, 5, 25),
        dt.date(2026, 12, 25),
        dt.date(2026, 12, 26),
    ]


@pytest.mark.parametrize("year", range(1990, 2100))
def test_they_are_those_of_a_list_that_others_keep(year: int):
    theirs = set(holidays.country_holidays("NL", years=year)) - {easter(year) - dt.timedelta(days=2)}
    assert public_holidays(year) == theirs


@pytest.mark.parametrize(("year", "rests"), [(2025, True), (2026, False), (2030, True)])
def test_liberation_day_is_a_day_of_rest_every_fifth_year(year: int, rests: bool):
    assert (dt.date(year, 5, 5) in public_holidays(year)) is rests


def test_kings_day_moves_from_a_sunday_to_the_saturday_before():
    assert dt.date(2025, 4, 26) in public_holidays(2025)
    assert dt.date(2025, 4, 27) not in public_holidays(2025)


@pytest.mark.parametrize("year", range(2020, 2041))
def test_good_friday_is_an_ordinary_working_day(year: int):
    easter_monday = next(day for day in sorted(public_holidays(year)) if day.weekday() == 0 and day.month in {3, 4})
    assert is_working_day(easter_monday - dt.timedelta(days=3))


def test_the_working_day_after_christmas_2026_is_monday():
    assert working_day_from(dt.date(2026, 12, 25)) == dt.date(2026, 12, 28)
    assert working_day_from(dt.date(2026, 12, 28)) == dt.date(2026, 12, 28)
