"""Hours, wall-clock times and days of a card."""

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kis.core.clock import AMSTERDAM
from kis.exchange.timecards import Id, Interval, elapsed, hours_of, moment_of, wall_clock

SUMMER_ENDS = dt.datetime(2026, 10, 25, tzinfo=AMSTERDAM)
SUMMER_STARTS = dt.datetime(2027, 3, 28, tzinfo=AMSTERDAM)


@pytest.mark.parametrize(
    ("minutes", "hours"), [(480, "8.00"), (3, "0.05"), (440, "7.3333"), (1, "0.0167"), (0, "0.00")]
)
def test_hours_have_two_places_where_that_is_exact(minutes: int, hours: str) -> None:
    assert str(hours_of(minutes)) == hours


@given(st.integers(0, 100_000))
def test_whole_minutes_survive_as_hours(minutes: int) -> None:
    at = dt.datetime(2026, 11, 16, 8)
    assert Interval(Id("1"), "HT100", at, hours=hours_of(minutes)).minutes == minutes


def test_without_hours_the_time_between_start_and_end_counts() -> None:
    at = dt.datetime(2026, 11, 16, 8)
    assert Interval(Id("1"), "HT100", at, at.replace(hour=16, minute=30)).minutes == 510
    assert Interval(Id("1"), "HT100", at).minutes == 0


def test_a_night_in_which_the_clock_goes_back_has_an_hour_more() -> None:
    start, end = dt.datetime(2026, 10, 24, 22), dt.datetime(2026, 10, 25, 6)
    assert elapsed(start, end) == 9 * 3600
    assert elapsed(dt.datetime(2027, 3, 27, 22), dt.datetime(2027, 3, 28, 6)) == 7 * 3600


@given(st.integers(-2000, 2000), st.sampled_from([SUMMER_ENDS, SUMMER_STARTS]))
def test_a_moment_on_a_card_is_never_doubtful(minutes: int, midnight: dt.datetime) -> None:
    moment = (midnight.astimezone(dt.UTC)) + dt.timedelta(minutes=minutes)
    assert moment_of(wall_clock(moment)) == moment


def test_only_the_hour_that_comes_twice_carries_its_offset() -> None:
    first = dt.datetime(2026, 10, 25, 0, 30, tzinfo=dt.UTC)
    texts = [wall_clock(first + dt.timedelta(hours=n)).isoformat() for n in (-1, 0, 1, 2)]
    assert texts == [
        "2026-10-25T01:30:00",
        "2026-10-25T02:30:00+02:00",
        "2026-10-25T02:30:00+01:00",
        "2026-10-25T03:30:00",
    ]


def test_half_a_minute_counts_as_one() -> None:
    at = dt.datetime(2026, 11, 16, 8)
    assert Interval(Id("1"), "HT100", at, hours=Decimal("0.025")).minutes == 2
