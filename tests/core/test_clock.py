import datetime as dt

from kis.core import clock
from tests.support.time import Freeze


def test_now_is_aware_and_in_utc():
    assert clock.now().utcoffset() == dt.timedelta(0)


def test_today_is_the_date_where_the_agency_is(freeze: Freeze):
    freeze("2026-07-01 00:30")
    assert clock.now() == dt.datetime(2026, 6, 30, 22, 30, tzinfo=dt.UTC)
    assert clock.today() == dt.date(2026, 7, 1)


def test_a_minute_past_midnight_falls_on_the_following_day():
    assert clock.at(dt.date(2026, 12, 31), 1440 + 90).isoformat() == "2027-01-01T01:30:00+01:00"


def test_an_hour_that_comes_twice_means_the_first():
    assert clock.at(dt.date(2026, 10, 25), 150).isoformat() == "2026-10-25T02:30:00+02:00"


def test_the_night_the_clock_goes_forward_is_an_hour_short():
    night = dt.date(2027, 3, 28)
    begin, end = (clock.at(night, minute).astimezone(dt.UTC) for minute in (0, 480))
    assert end - begin == dt.timedelta(hours=7)


def test_a_day_has_24_hours_but_for_the_two_in_which_the_clock_changes():
    days = (dt.date(2026, 10, 24), dt.date(2026, 10, 25), dt.date(2027, 3, 28))
    assert [clock.day_length(day) for day in days] == [24 * 60, 25 * 60, 23 * 60]


def test_noon_is_noon_in_summer_and_in_winter():
    assert clock.at(dt.date(2026, 7, 1), 720).astimezone(dt.UTC).hour == 10
    assert clock.at(dt.date(2026, 12, 1), 720).astimezone(dt.UTC).hour == 11
