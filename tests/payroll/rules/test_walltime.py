import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kis.payroll.rules import Invalid, walltime

NOVEMBER = dt.datetime(2026, 11, 24, 14, 0, tzinfo=walltime.AMSTERDAM)


@pytest.mark.parametrize(
    "text",
    [
        "2026-11-24T14:00",
        "2026-11-24T14:00:00",
        "2026-11-24T14:00+01:00",
        "2026-11-24T13:00Z",
        "2026-11-24T13:00+00:00",
    ],
)
def test_one_moment_can_be_written_in_several_ways(text: str) -> None:
    assert walltime.read(text) == NOVEMBER


def test_24_00_is_the_end_of_the_day() -> None:
    assert walltime.read("2026-11-24T24:00") == walltime.read("2026-11-25T00:00")


@pytest.mark.parametrize(
    "text", ["2026-11-24 14:00", "2026-11-24T14:00:30", "2026-11-24T25:00", "2026-02-30T10:00", "14:00", "", 14, None]
)
def test_what_is_no_date_and_time_is_refused(text: object) -> None:
    with pytest.raises(Invalid, match=r"must be a (date|time)"):
        walltime.read(text)


def test_an_offset_that_the_dutch_clock_does_not_have_then_is_refused() -> None:
    with pytest.raises(Invalid, match="is not Dutch time"):
        walltime.read("2026-11-24T14:00+02:00")


def test_a_moment_must_be_aware_and_a_whole_minute() -> None:
    with pytest.raises(Invalid, match="must say in which zone it is"):
        walltime.minute_of(NOVEMBER.replace(tzinfo=None))
    with pytest.raises(Invalid, match="must be a whole minute"):
        walltime.minute_of(NOVEMBER.replace(second=1))


@given(st.datetimes(dt.datetime(2000, 1, 1), dt.datetime(2099, 12, 31), timezones=st.just(dt.UTC)))
def test_minutes_and_moments_are_two_ways_of_saying_the_same(moment: dt.datetime) -> None:
    whole = moment.replace(second=0, microsecond=0)
    minute = walltime.minute_of(whole)
    assert walltime.moment_of(minute) == whole
    assert walltime.read(walltime.moment_text(minute)) == whole


@given(st.dates(dt.date(2000, 1, 1), dt.date(2099, 12, 30)))
def test_the_runs_of_a_day_fill_it(day: dt.date) -> None:
    runs = walltime.runs(day)
    assert sum(length for _, _, length in runs) == walltime.midnight(day + dt.timedelta(days=1)) - walltime.midnight(
        day
    )
    for start, clock, length in runs:
        for minute in (0, length - 1):
            local = walltime.moment_of(start + minute)
            assert (local.date(), local.hour * 60 + local.minute) == (day, clock + minute)


@pytest.mark.parametrize(("day", "hours"), [("2026-10-25", 25), ("2027-03-28", 23), ("2026-11-24", 24)])
def test_days_have_as_many_hours_as_the_clock_shows(day: str, hours: int) -> None:
    assert sum(length for _, _, length in walltime.runs(dt.date.fromisoformat(day))) == hours * 60
