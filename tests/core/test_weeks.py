import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kis.core.weeks import Week

DATES = st.dates(min_value=dt.date(2000, 1, 3), max_value=dt.date(2100, 12, 31))


@given(DATES)
def test_a_date_lies_in_its_own_week_and_in_no_other(date: dt.date):
    week = Week.of(date)
    assert date in week
    assert date not in week.next
    assert date not in week.previous
    assert week.days[date.weekday()] == date


@given(DATES, st.integers(min_value=-200, max_value=200))
def test_weeks_count_forth_and_back(date: dt.date, weeks: int):
    week = Week.of(date)
    assert (week + weeks) - week == weeks
    assert (week + weeks) + -weeks == week


@given(DATES, DATES)
def test_weeks_order_by_time(one: dt.date, other: dt.date):
    if Week.of(one) != Week.of(other):
        assert (Week.of(one) < Week.of(other)) == (one < other)


@given(DATES)
def test_a_week_reads_back_from_its_own_text(date: dt.date):
    assert Week.parse(str(Week.of(date))) == Week.of(date)


def test_the_first_days_of_january_may_belong_to_the_old_year():
    assert str(Week.of(dt.date(2027, 1, 3))) == "2026-W53"
    assert str(Week.of(dt.date(2027, 1, 4))) == "2027-W01"
    assert str(Week.of(dt.date(2024, 12, 30))) == "2025-W01"


def test_a_week_runs_from_monday_to_sunday():
    week = Week(2026, 53)
    assert (week.monday, week.sunday) == (dt.date(2026, 12, 28), dt.date(2027, 1, 3))
    assert week.next == Week(2027, 1)
    assert week.previous == Week(2026, 52)


@pytest.mark.parametrize("text", ["2026-W54", "2025-W53", "2026-W00", "2026-48", "2026-W7", "W48", "", " 2026-W48"])
def test_what_is_no_week_is_refused(text: str):
    with pytest.raises(ValueError):  # noqa: PT011 -- no message is promised
        Week.parse(text)


@pytest.mark.parametrize("year", [0, 10_000])
def test_a_year_beyond_the_calendar_is_refused(year: int):
    with pytest.raises(ValueError):  # noqa: PT011 -- no message is promised
        Week(year, 1)
