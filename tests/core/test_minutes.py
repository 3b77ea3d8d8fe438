import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kis.core.minutes import DAY, Unreadable, clock_text, duration_text, parse_duration, parse_time


@pytest.mark.parametrize(
    ("typed", "minute"),
    [
        ("7:30", 450),
        ("07:30", 450),
        ("07.30", 450),
        ("7,30", 450),
        ("0730", 450),
        ("730", 450),
        ("7h30", 450),
        ("7u30", 450),
        ("7,5", 450),
        ("7.5", 450),
        (" 7:30 uur ", 450),
        ("7.30u", 450),
        ("7", 420),
        ("0", 0),
        ("00:00", 0),
        ("24:00", DAY),
        ("24", DAY),
        ("23:59", 1439),
    ],
)
def test_a_time_is_understood_as_people_type_it(typed: str, minute: int):
    assert parse_time(typed) == minute


@pytest.mark.parametrize(
    "typed",
    ["", " ", "25:00", "24:01", "2401", "7:60", "0760", "-7:30", "7:3", "7:300", "12345", "zeven", "7:30:00", "30 min"],
)
def test_an_impossible_time_is_refused(typed: str):
    with pytest.raises(Unreadable):
        parse_time(typed)


@pytest.mark.parametrize(
    ("typed", "minutes"),
    [
        ("7:30", 450),
        ("0730", 450),
        ("730", 450),
        ("7.30", 450),
        ("7u30", 450),
        ("7,5", 450),
        ("7.5 uur", 450),
        ("7,25", 435),
        ("7,50", 450),
        ("7,75", 465),
        ("7,05", 425),
        ("8", 480),
        ("8u", 480),
        ("8 hours", 480),
        ("0:15", 15),
        ("45 min", 45),
        ("45min", 45),
        ("90 minuten", 90),
    ],
)
def test_a_duration_is_understood_as_people_type_it(typed: str, minutes: int):
    assert parse_duration(typed) == minutes


@pytest.mark.parametrize(
    ("typed", "minutes"),
    [("30", 30), ("100", 100), ("0030", 30), ("0:30", 30), ("0,5", 30), ("1 uur", 60), ("45 min", 45)],
)
def test_a_break_counts_a_bare_number_in_minutes(typed: str, minutes: int):
    assert parse_duration(typed, whole_number="minutes") == minutes


@pytest.mark.parametrize("typed", ["", "-1", "7:60", "0790", "790", "7,123", "7,61", "8 dagen", "acht", "99999"])
def test_an_impossible_duration_is_refused(typed: str):
    with pytest.raises(Unreadable):
        parse_duration(typed)


@given(st.integers(min_value=0, max_value=DAY))
def test_a_time_on_screen_reads_back_as_itself(minute: int):
    assert parse_time(clock_text(minute)) == minute


@given(st.integers(min_value=0, max_value=99 * 60 + 59))
def test_a_duration_on_screen_reads_back_as_itself(minutes: int):
    assert parse_duration(duration_text(minutes)) == minutes


@given(st.text(max_size=12))
def test_whatever_is_typed_is_either_read_or_refused(typed: str):
    for parse, most in ((parse_time, DAY), (parse_duration, 100 * 60)):
        with contextlib.suppress(Unreadable):
            assert 0 <= parse(typed) <= most


def test_the_clock_starts_again_past_midnight_but_the_day_ends_at_24():
    assert [clock_text(minute) for minute in (0, 450, DAY, DAY + 90)] == ["00:00", "07:30", "24:00", "01:30"]


def test_a_negative_duration_bears_its_sign():
    assert [duration_text(minutes) for minutes in (450, 0, -15, -90)] == ["7:30", "0:00", "-0:15", "-1:30"]
