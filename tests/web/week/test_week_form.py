from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kis.core.weeks import Week
from kis.timesheets.hours import Break, Day, Expense, Hours, Shift
from kis.web.week import week_form
from kis.web.week.week_form import NOTE_LENGTH, fields_in, fields_of, read

WEEK = Week(2026, 48)
DAY_SHIFT = {"days.0.shifts.0.start": "8:00", "days.0.shifts.0.end": "1630", "days.0.shifts.0.pause": "30"}


def errors(fields: Mapping[str, str], week: Week = WEEK) -> dict[str, str]:
    return read(week, fields).errors


def test_a_day_as_people_type_it() -> None:
    reading = read(WEEK, DAY_SHIFT)
    assert reading.errors == {}
    assert reading.hours.days[0] == Day((Shift(480, 990, (Break(30),)),))
    assert reading.hours.minutes == 480


def test_an_empty_form_is_an_empty_week() -> None:
    assert read(WEEK, {}) == week_form.Reading(Hours(WEEK), {})
    assert read(WEEK, dict.fromkeys(DAY_SHIFT, "")) == week_form.Reading(Hours(WEEK), {})


def test_an_end_before_the_start_is_on_the_next_day() -> None:
    fields = {"days.4.shifts.0.start": "22", "days.4.shifts.0.end": "6:00", "days.4.shifts.0.pause": "2:00-2:30"}
    assert read(WEEK, fields).hours.days[4] == Day((Shift(1320, 1800, (Break(30, 1560),)),))


def test_two_shifts_of_a_day_stay_in_the_order_typed() -> None:
    fields = DAY_SHIFT | {"days.0.shifts.1.start": "19", "days.0.shifts.1.end": "21"}
    assert [shift.start for shift in read(WEEK, fields).hours.days[0].shifts] == [480, 1140]


@pytest.mark.parametrize(
    ("field", "text", "code"),
    [
        ("days.0.shifts.0.start", "25:00", "time"),
        ("days.0.shifts.0.end", "8:00", "end_is_start"),
        ("days.0.shifts.0.end", "", "missing"),
        ("days.0.shifts.0.start", "", "missing"),
        ("days.0.shifts.0.pause", "9:00", "break_too_long"),
        ("days.0.shifts.0.pause", "18:00-18:30", "break_outside"),
        ("days.0.shifts.0.pause", "-30", "below_zero"),
        ("days.0.km", "-5", "below_zero"),
        ("days.0.km", "2001", "too_many_km"),
        ("days.0.km", "ver", "number"),
        ("days.0.total", "25:00", "day_too_long"),
        ("days.0.total", "-1", "below_zero"),
        ("days.0.not_worked", "on", "worked_and_not"),
        ("note", "x" * (NOTE_LENGTH + 1), "text_too_long"),
    ],
)
def test_what_cannot_be_is_told_at_its_field(field: str, text: str, code: str) -> None:
    assert errors(DAY_SHIFT | {field: text}) == {field: code}


def test_a_day_has_no_more_than_its_hours() -> None:
    fields = {"days.0.shifts.0.start": "0", "days.0.shifts.0.end": "23:00"}
    fields |= {"days.0.shifts.1.start": "12", "days.0.shifts.1.end": "18"}
    assert errors(fields) == {"days.0.shifts.1.end": "day_too_long"}
    assert errors({"days.6.total": "24:30"}) == {"days.6.total": "day_too_long"}
    october = Week(2026, 43)
    assert errors({"days.6.total": "24:30"}, october) == {}


def test_a_time_that_the_clock_skips_does_not_exist() -> None:
    spring = Week(2026, 13)
    fields = {"days.6.shifts.0.start": "2:30", "days.6.shifts.0.end": "8:00"}
    assert errors(fields, spring) == {"days.6.shifts.0.start": "no_such_time"}


def test_an_error_leaves_the_rest_of_the_week_alone() -> None:
    reading = read(WEEK, DAY_SHIFT | {"days.1.shifts.0.start": "acht", "days.1.shifts.0.end": "17", "days.1.km": "12"})
    assert reading.hours.days[0].shifts
    assert reading.hours.days[1] == Day(km=12)
    assert reading.errors == {"days.1.shifts.0.start": "time"}


def test_an_error_is_told_at_the_shift_that_was_typed_also_after_one_that_does_not_count() -> None:
    fields = {"days.0.shifts.0.start": "x", "days.0.shifts.0.end": "9"}
    fields |= {"days.0.shifts.3.start": "10", "days.0.shifts.3.end": "10"}
    assert errors(fields) == {"days.0.shifts.0.start": "time", "days.0.shifts.3.end": "end_is_start"}


def test_an_expense_needs_a_day_an_amount_and_what_it_was() -> None:
    fields = {"expenses.0.date": "2026-11-23", "expenses.0.amount": "12,50", "expenses.0.what": "Parkeren"}
    assert read(WEEK, fields).hours.expenses == (Expense(WEEK.monday, 1250, "Parkeren"),)
    for field in fields:
        assert errors(fields | {field: ""}) == {field: "missing"}


@pytest.mark.parametrize(
    ("part", "text", "code"),
    [
        ("date", "2026-11-30", "outside_week"),
        ("date", "30 november", "date"),
        ("amount", "10000,01", "amount_too_high"),
        ("amount", "-3", "below_zero"),
        ("what", "x" * 121, "text_too_long"),
    ],
)
def test_an_impossible_expense_is_told_at_its_field(part: str, text: str, code: str) -> None:
    fields = {"expenses.2.date": "2026-11-23", "expenses.2.amount": "12,50", "expenses.2.what": "Parkeren"}
    reading = read(WEEK, fields | {f"expenses.2.{part}": text})
    assert reading.errors == {f"expenses.2.{part}": code}
    assert reading.hours.expenses == ()


def test_a_row_with_only_a_day_chosen_is_no_expense() -> None:
    assert read(WEEK, {"expenses.0.date": "2026-11-23"}) == week_form.Reading(Hours(WEEK), {})


def test_only_fields_of_the_form_are_taken_from_what_is_posted() -> None:
    posted = {"days.0.km": " 12 ", "days.7.km": "3", "version": "4", "note": "a\x00b", "days.0.shifts.100.start": "8"}
    assert fields_in(posted) == {"days.0.km": "12", "note": "ab"}


# Any hours that can be come back from the form as they were; any text at all is read without an exception.

minutes = st.integers(0, 1440)


@st.composite
def shifts(draw: st.DrawFn) -> Shift:
    start = draw(st.integers(0, 1439))
    length = draw(st.integers(2, 1000))
    at = draw(st.none() | st.integers(start, start + length - 1))
    longest = (start + length - at) if at is not None else length
    pause = draw(st.integers(0, min(longest, length - 1)))
    return Shift(start, start + length, (Break(pause, at),) if pause else ())


days = st.one_of(
    st.builds(Day, shifts=st.tuples(shifts()), km=st.integers(0, 2000)),
    st.builds(Day, total=minutes, km=st.integers(0, 2000)),
    st.builds(Day, not_worked=st.just(True)),
    st.just(Day()),
)
texts = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=20).map(str.strip).filter(bool)
expenses = st.builds(
    Expense, st.sampled_from(WEEK.days), st.integers(1, 1_000_000), texts, st.none() | st.uuids().map(str)
)
weeks = st.builds(Hours, st.just(WEEK), st.tuples(*[days] * 7), st.lists(expenses, max_size=3).map(tuple), texts)


@given(weeks)
def test_every_week_comes_back_from_the_form_as_it_was(hours: Hours) -> None:
    reading = read(WEEK, fields_in(fields_of(hours)))
    assert reading.errors == {}
    assert reading.hours == hours


names = st.one_of(
    st.sampled_from([f"days.0.shifts.{number}.{part}" for number in (0, 1) for part in ("start", "end", "pause")]),
    st.sampled_from(["days.0.total", "days.0.km", "days.0.not_worked", "note"]),
    st.sampled_from([f"expenses.0.{part}" for part in ("date", "amount", "what", "receipt")]),
)
likely = st.sampled_from(["", "8", "16:30", "30", "23:00", "-1", "99:59", "9999", "12:00-12:30", "2026-11-24", "on"])


@given(st.dictionaries(names, likely | st.text(max_size=8)))
def test_whatever_is_typed_gives_hours_that_can_be(fields: dict[str, str]) -> None:
    reading = read(WEEK, fields_in(fields))
    assert reading.hours.problems() == ()
    assert reading.hours.minutes <= 7 * 1440
    assert set(reading.errors) <= set(fields) | {"days.0.shifts.0.start", "days.0.shifts.0.end"} | {
        "days.0.shifts.1.start", "days.0.shifts.1.end", "expenses.0.date", "expenses.0.amount", "expenses.0.what"
    }  # fmt: skip
