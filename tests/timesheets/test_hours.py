import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kis.core.weeks import Week
from kis.timesheets.hours import Break, Day, Expense, Hours, Shift, changed_days, touched_days

WEEK = Week(2026, 48)
MONDAY = WEEK.monday
CLOCK_BACK = Week(2026, 43)  # Sunday 25 October 2026 has 25 hours
CLOCK_FORWARD = Week(2027, 12)  # Sunday 28 March 2027 has 23 hours


def week(*days: Day, of: Week = WEEK) -> Hours:
    return Hours(of, tuple(days) + (Day(),) * (7 - len(days)))


def codes(hours: Hours) -> list[tuple[str, str]]:
    return [(problem.where, problem.code) for problem in hours.problems()]


def test_a_day_counts_its_shifts_without_the_breaks() -> None:
    day = Day((Shift(480, 720, (Break(15),)), Shift(780, 1020)))
    assert day.worked(MONDAY) == 225 + 240


def test_a_shift_over_midnight_belongs_to_the_day_it_starts() -> None:
    hours = week(Day((Shift(22 * 60, 30 * 60, (Break(30),)),)))
    assert [day.worked(date) for date, day in hours.dated()] == [450, 0, 0, 0, 0, 0, 0]


def test_the_saturday_night_in_which_the_clock_goes_back_has_an_hour_more() -> None:
    night = Day((Shift(22 * 60, 30 * 60),))
    assert week(*[Day()] * 5, night, of=CLOCK_BACK).minutes == 9 * 60


def test_the_saturday_night_in_which_the_clock_goes_forward_has_an_hour_less() -> None:
    night = Day((Shift(22 * 60, 30 * 60),))
    assert week(*[Day()] * 5, night, of=CLOCK_FORWARD).minutes == 7 * 60


def test_a_time_that_the_clock_skips_is_refused() -> None:
    sunday = Day((Shift(150, 600),))  # 02:30 does not exist on 28 March 2027
    assert codes(week(*[Day()] * 6, sunday, of=CLOCK_FORWARD)) == [("days.6.shifts.0.start", "no_such_time")]


@pytest.mark.parametrize(
    ("day", "problem"),
    [
        (Day((Shift(480, 480),)), ("days.0.shifts.0.end", "end_is_start")),
        (Day((Shift(480, 480 + 1440),)), ("days.0.shifts.0.end", "too_long")),
        (Day((Shift(480, 540, (Break(60),)),)), ("days.0.shifts.0.pause", "break_too_long")),
        (Day((Shift(480, 960, (Break(30, 470),)),)), ("days.0.shifts.0.pause", "break_outside")),
        (Day((Shift(480, 960, (Break(-1),)),)), ("days.0.shifts.0.pause", "below_zero")),
        (Day(total=1441), ("days.0.total", "day_too_long")),
        (Day(total=-1), ("days.0.total", "below_zero")),
        (Day(km=-1), ("days.0.km", "below_zero")),
        (Day(km=2001), ("days.0.km", "too_many_km")),
        (Day((Shift(480, 960),), not_worked=True), ("days.0.not_worked", "worked_and_not")),
    ],
)
def test_what_cannot_be_is_named_with_its_place(day: Day, problem: tuple[str, str]) -> None:
    assert codes(week(day)) == [problem]


def test_a_whole_week_at_once_is_possible_when_each_day_is() -> None:
    assert codes(week(*[Day((Shift(420, 1380, (Break(60),)),))] * 7)) == []


def test_the_hours_of_a_day_fit_in_it_also_when_the_clock_changes() -> None:
    totals = [Day(total=24 * 60)] * 6
    assert codes(week(*totals, Day(total=25 * 60), of=CLOCK_BACK)) == []
    assert codes(week(*totals, Day(total=25 * 60))) == [("days.6.total", "day_too_long")]
    assert codes(week(*totals, Day(total=24 * 60), of=CLOCK_FORWARD)) == [("days.6.total", "day_too_long")]


def test_an_expense_is_within_the_week_and_not_below_zero() -> None:
    expenses = (Expense(MONDAY - dt.timedelta(days=1), 100, "bus"), Expense(MONDAY, -1, "bus"))
    found = codes(Hours(WEEK, expenses=expenses))
    assert found == [("expenses.0.date", "outside_week"), ("expenses.1.cents", "below_zero")]


def test_the_night_part_is_what_lies_between_ten_and_six() -> None:
    assert Shift(20 * 60, 31 * 60).night == 8 * 60
    assert Shift(4 * 60, 12 * 60).night == 2 * 60


def test_changed_days_names_the_dates_that_differ() -> None:
    old, new = week(Day(total=60), Day(total=60)), week(Day(total=60), Day(total=90))
    assert changed_days(old, new) == (MONDAY + dt.timedelta(days=1),)


def test_the_digest_changes_with_the_content_the_week_and_the_placement() -> None:
    hours = week(Day(total=60))
    other_week = Hours(WEEK.next, hours.days)
    digests = {hours.digest("P1"), hours.digest("P2"), week(Day(total=61)).digest("P1"), other_week.digest("P1")}
    assert len(digests) == 4


shifts = st.builds(
    lambda start, length, pause: Shift(start, start + length, (Break(pause),) if pause else ()),
    st.integers(0, 1439), st.integers(61, 1439), st.integers(0, 60),
)  # fmt: skip
days = st.builds(Day, st.lists(shifts, max_size=3).map(tuple), st.none(), st.just(False), st.integers(0, 300))
weeks = st.builds(
    lambda seven, note: Hours(WEEK, tuple(seven), (), note), st.lists(days, min_size=7, max_size=7), st.text()
)


@given(weeks)
def test_hours_read_back_as_they_were_written(hours: Hours) -> None:
    again = Hours.from_json(WEEK, hours.to_json())
    assert again == hours
    assert again.digest("P1") == hours.digest("P1")


def test_of_two_expenses_alike_one_taken_out_touches_its_day() -> None:
    parking = Expense(MONDAY, 400, "Parkeren")
    twice, once = Hours(WEEK, expenses=(parking, parking)), Hours(WEEK, expenses=(parking,))
    assert touched_days(twice, once) == (MONDAY,)
    assert touched_days(twice, twice) == ()
