import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from kis.core.clock import local
from kis.core.weeks import Week
from kis.payroll.reading import quantities_of, shifts_of
from kis.payroll.rules.worked import WorkedShift
from kis.timesheets.hours import Break, Day, Hours, Shift

WEEK = Week(2026, 48)


def of_day(*shifts: Shift, total: int | None = None, week: Week = WEEK, index: int = 0) -> tuple[WorkedShift, ...]:
    days = [Day()] * 7
    days[index] = Day(shifts, total)
    return shifts_of(Hours(week, tuple(days)))


def clock(moment: dt.datetime) -> str:
    return f"{local(moment):%H:%M}"


def test_a_break_without_a_place_lies_in_the_middle() -> None:
    (shift,) = of_day(Shift(480, 990, (Break(30),)))
    assert [(clock(pause.start), clock(pause.end)) for pause in shift.breaks] == [("12:00", "12:30")]


def test_a_break_with_a_place_stays_there_and_another_takes_the_longest_stretch() -> None:
    (shift,) = of_day(Shift(480, 990, (Break(15, 600), Break(30))))
    assert [(clock(pause.start), clock(pause.end)) for pause in shift.breaks] == [
        ("10:00", "10:15"),
        ("13:07", "13:37"),
    ]


def test_a_total_lies_around_noon() -> None:
    (shift,) = of_day(total=480)
    assert (clock(shift.start), clock(shift.end), shift.day) == ("08:00", "16:00", WEEK.monday)


def test_a_night_shift_belongs_to_the_day_it_was_written_on() -> None:
    (shift,) = of_day(Shift(1320, 1800, (Break(30),)), index=6)
    assert shift.day == WEEK.sunday


def test_the_night_of_october_has_nine_hours_between_ten_and_six() -> None:
    (shift,) = of_day(Shift(1320, 1800), week=Week(2026, 43), index=5)
    assert (shift.end - shift.start) == dt.timedelta(hours=9)


def test_kilometres_are_a_quantity_of_their_day() -> None:
    days = (Day(km=42), *(Day(),) * 6)
    assert [(q.day, q.code, q.quantity) for q in quantities_of(Hours(WEEK, days))] == [(WEEK.monday, "km", 42)]


breaks = st.lists(st.integers(0, 40), max_size=3)


@given(st.integers(0, 1200), st.integers(200, 700), breaks, st.none() | st.integers(10, 100))
def test_no_minute_of_work_or_break_is_lost(start: int, length: int, pauses: list[int], place: int | None) -> None:
    placed = (Break(20, start + place),) if place is not None else ()
    shift = Shift(start, start + length, (*placed, *(Break(minutes) for minutes in pauses)))
    (read,) = of_day(shift)
    rest = sum(((pause.end - pause.start) for pause in read.breaks), dt.timedelta())
    assert (read.end - read.start - rest) == dt.timedelta(minutes=shift.worked(WEEK.monday))
    assert all(read.start <= pause.start < pause.end <= read.end for pause in read.breaks)
