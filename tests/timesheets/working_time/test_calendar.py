import datetime as dt

import pytest

from kis.timesheets.working_time.calendar import (
    AMSTERDAM,
    date_of,
    day_of,
    eleven_at_night,
    midnight,
    minute_of,
    moment_of,
    monday_of,
    number_of,
    on_the_clock,
    six_o_clock,
    sunday_of,
    two_o_clock,
    week_of,
    week_start,
)

BACK = dt.date(2026, 10, 25)
FORWARD = dt.date(2027, 3, 28)


def clock(date: dt.date, hour: int, minute: int = 0, *, fold: int = 0) -> int:
    return minute_of(dt.datetime.combine(date, dt.time(hour, minute, fold=fold), tzinfo=AMSTERDAM))


@pytest.mark.parametrize(("date", "hours"), [(BACK, 25), (FORWARD, 23), (dt.date(2026, 11, 2), 24)])
def test_a_day_is_as_long_as_it_really_is(date: dt.date, hours: int) -> None:
    day = number_of(date)
    assert midnight(day + 1) - midnight(day) == hours * 60


@pytest.mark.parametrize("date", [BACK, FORWARD, dt.date(2026, 7, 1), dt.date(2026, 12, 31)])
def test_the_hours_of_the_law_are_those_on_the_clock(date: dt.date) -> None:
    day = number_of(date)
    assert six_o_clock(day) == clock(date, 6)
    assert eleven_at_night(day) == clock(date, 23)


def test_two_o_clock_is_the_first_when_it_comes_twice_and_the_change_when_it_does_not_come() -> None:
    assert two_o_clock(number_of(BACK)) == clock(BACK, 2) == clock(BACK, 2, fold=1) - 60
    assert two_o_clock(number_of(FORWARD)) == clock(FORWARD, 3)


@pytest.mark.parametrize("date", [BACK, FORWARD, dt.date(2026, 7, 1), dt.date(2027, 1, 1)])
def test_a_minute_lies_in_its_day_from_midnight_to_midnight(date: dt.date) -> None:
    day = number_of(date)
    assert day_of(midnight(day)) == day
    assert day_of(midnight(day) - 1) == day - 1
    assert day_of(midnight(day + 1) - 1) == day
    assert date_of(day) == date


@pytest.mark.parametrize(
    "date", [dt.date(2026, 12, 28), dt.date(2027, 1, 3), dt.date(1969, 12, 30), dt.date(2024, 2, 29)]
)
def test_weeks_are_iso_weeks(date: dt.date) -> None:
    week = week_of(number_of(date))
    monday = date - dt.timedelta(days=date.weekday())
    assert date_of(monday_of(week)) == monday
    assert date_of(sunday_of(week)) == monday + dt.timedelta(days=6)
    assert week_start(week) == clock(monday, 0)


def test_a_moment_is_a_minute_in_every_zone() -> None:
    moment = dt.datetime(2026, 10, 25, 0, 30, tzinfo=dt.UTC)
    assert minute_of(moment) == minute_of(moment.astimezone(AMSTERDAM))
    assert moment_of(minute_of(moment)) == moment
    assert moment_of(minute_of(moment)).isoformat() == "2026-10-25T00:30:00+00:00"


@pytest.mark.parametrize("moment", [dt.datetime(2026, 11, 2, 8), dt.datetime(2026, 11, 2, 8, 0, 1, tzinfo=dt.UTC)])
def test_only_whole_aware_minutes_are_taken(moment: dt.datetime) -> None:
    with pytest.raises(ValueError, match="moment must"):
        minute_of(moment)


@pytest.mark.parametrize("date", [BACK, FORWARD, dt.date(2026, 11, 24)])
def test_a_time_after_midnight_is_the_one_on_the_clock(date: dt.date) -> None:
    day = number_of(date)
    assert on_the_clock(day, 8 * 60 + 15) == clock(date, 8, 15)
    assert on_the_clock(day - 1, 32 * 60 + 15) == clock(date, 8, 15), "of a shift that began the evening before"
    assert on_the_clock(day, 24 * 60) == midnight(day + 1)
