import dataclasses

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from kis.core.weeks import Week
from kis.timesheets.consent import is_worse, worse_days
from kis.timesheets.hours import Break, Day, Expense, Hours, Shift

WEEK = Week(2026, 48)
MONDAY, TUESDAY = WEEK.days[:2]
CLOCK_BACK = Week(2026, 43)  # Sunday 25 October 2026 has 25 hours


def monday(*shifts: Shift, **fields: int) -> Hours:
    return Hours(WEEK, (Day(shifts, **fields), *[Day()] * 6))


def shift(start: int, end: int, *breaks: Break) -> Shift:
    return Shift(start * 60, end * 60, breaks)


LUNCH, HALF_HOUR, QUARTER = Break(30, 720), Break(30), Break(15)
DAY = shift(8, 16, HALF_HOUR)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (monday(DAY), monday(DAY)),
        (monday(DAY), monday(shift(7, 16, HALF_HOUR))),  # from earlier
        (monday(DAY), monday(shift(8, 18, HALF_HOUR))),  # until later
        (monday(DAY), monday(shift(8, 16, QUARTER))),
        (monday(DAY), monday(shift(8, 16))),
        (monday(DAY), monday(DAY, shift(18, 20))),
        (monday(DAY), monday(DAY, shift(18, 22, HALF_HOUR))),  # the new break lies in new hours
        (monday(shift(8, 16, LUNCH)), monday(shift(8, 12), Shift(750, 960))),  # the same, written as two shifts
        (monday(shift(8, 12), shift(13, 17)), monday(shift(8, 17))),
        (monday(shift(8, 12, QUARTER), shift(13, 17, QUARTER)), monday(shift(8, 17, HALF_HOUR))),
        (monday(), monday(DAY)),
        (monday(not_worked=True), monday(DAY)),
        (monday(total=480), monday(total=481)),
        (monday(), monday(total=60)),
        (monday(DAY, km=20), monday(DAY, km=21)),
        (monday(DAY), dataclasses.replace(monday(DAY), expenses=(Expense(MONDAY, 250, "Bus"),))),
        (monday(DAY), dataclasses.replace(monday(DAY), note="Was ook op de andere lijn.")),
    ],
)  # fmt: skip
def test_what_takes_nothing_from_the_worker_needs_no_yes(before: Hours, after: Hours) -> None:
    assert worse_days(before, after) == ()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (monday(DAY), monday()),
        (monday(DAY), monday(not_worked=True)),
        (monday(DAY), monday(shift(9, 16, HALF_HOUR))),
        (monday(DAY), monday(shift(8, 15, HALF_HOUR))),
        (monday(DAY), monday(shift(8, 16, Break(45)))),
        (monday(DAY), monday(shift(9, 18, HALF_HOUR))),  # longer, but an hour of before is gone: it may have paid more
        (monday(shift(14, 23)), monday(shift(8, 17))),
        (monday(shift(8, 16, LUNCH)), monday(shift(8, 16, Break(30, 780)))),  # the break lies elsewhere
        (monday(DAY), monday(shift(8, 16, LUNCH))),  # nobody knows where it was
        (monday(shift(8, 16, LUNCH)), monday(DAY)),
        (monday(shift(8, 12, QUARTER)), monday(shift(6, 9, QUARTER), shift(9, 12))),
        (monday(shift(8, 12), shift(8, 12)), monday(shift(8, 12), shift(18, 22))),  # written twice, counted twice
        (monday(total=480), monday(total=479)),
        (monday(DAY), monday(total=600)),  # a total tells no times
        (monday(total=450), monday(shift(0, 23))),
        (monday(DAY, km=20), monday(DAY, km=19)),
        (dataclasses.replace(monday(DAY), expenses=(Expense(MONDAY, 250, "Bus"),)), monday(DAY)),
    ],
)  # fmt: skip
def test_what_may_take_something_needs_the_yes_of_the_worker(before: Hours, after: Hours) -> None:
    assert worse_days(before, after) == (MONDAY,)


def test_more_on_one_day_does_not_make_up_for_less_on_another() -> None:
    before = Hours(WEEK, (Day((DAY,)), Day((DAY,)), *[Day()] * 5))
    after = Hours(WEEK, (Day((shift(6, 22),)), Day(), *[Day()] * 5))
    assert worse_days(before, after) == (TUESDAY,)


def test_an_expense_moved_to_another_day_is_missing_on_its_own() -> None:
    before = dataclasses.replace(monday(DAY), expenses=(Expense(MONDAY, 250, "Bus"),))
    assert worse_days(before, dataclasses.replace(before, expenses=(Expense(TUESDAY, 250, "Bus"),))) == (MONDAY,)


def test_the_hour_that_comes_twice_is_two_hours() -> None:
    """Saturday 22:00 to 02:30 lasts half an hour longer than its figures say when the clock goes back at three."""
    night = Hours(CLOCK_BACK, (*[Day()] * 5, Day((Shift(22 * 60, 27 * 60),)), Day()))
    shorter = Hours(CLOCK_BACK, (*[Day()] * 5, Day((Shift(22 * 60, 26 * 60 + 59),)), Day()))
    assert night.minutes - shorter.minutes == 61
    assert is_worse(night, shorter)
    assert not is_worse(shorter, night)


@st.composite
def _shifts(draw: st.DrawFn, *, placed: bool = False) -> Shift:
    start, length = draw(st.integers(0, 1380)), draw(st.integers(60, 900))
    pause = draw(st.integers(0, 45))
    where = draw(st.integers(start, start + length - pause)) if placed or draw(st.booleans()) else None
    return Shift(start, start + length, (Break(pause, where),) if pause else ())


def _weeks(*, placed: bool = False) -> st.SearchStrategy[Hours]:
    days = st.builds(Day, st.lists(_shifts(placed=placed), max_size=2).map(tuple), km=st.integers(0, 50))
    return st.builds(lambda some: Hours(WEEK, (*some, *[Day()] * 5)), st.tuples(days, days))


@given(_weeks())
def test_the_same_hours_are_never_worse(hours: Hours) -> None:
    assert not is_worse(hours, hours)


@given(_weeks(), _shifts(placed=True), st.integers(0, 20))
def test_adding_work_and_kilometres_is_never_worse(hours: Hours, extra: Shift, km: int) -> None:
    day = hours.days[0]
    more = dataclasses.replace(day, shifts=(*day.shifts, extra), km=day.km + km)
    assert not is_worse(hours, dataclasses.replace(hours, days=(more, *hours.days[1:])))


@given(_weeks(), st.integers(0, 60), st.integers(0, 60))
def test_making_shifts_longer_is_never_worse_and_making_them_shorter_always_is(
    hours: Hours, earlier: int, later: int
) -> None:
    def stretched(day: Day) -> Day:
        longer = (Shift(one.start - min(earlier, one.start), one.end + later, one.breaks) for one in day.shifts)
        return dataclasses.replace(day, shifts=tuple(longer))

    more = dataclasses.replace(hours, days=tuple(stretched(day) for day in hours.days))
    assert not is_worse(hours, more)
    assume(more.minutes > hours.minutes)
    assert is_worse(more, hours)


@given(_weeks(placed=True), _weeks(placed=True), _weeks(placed=True))
def test_what_is_not_worse_twice_in_a_row_is_not_worse_in_one_go(one: Hours, two: Hours, three: Hours) -> None:
    two = _both(one, two)
    three = _both(two, three)
    assert not is_worse(one, two)
    assert not is_worse(two, three)
    assert not is_worse(one, three)


@given(_weeks(placed=True), _weeks(placed=True), st.lists(st.integers(1, 9), min_size=24, max_size=24))
def test_no_wage_that_pays_each_hour_of_the_day_by_its_own_rate_goes_down_without_a_yes(
    one: Hours, two: Hours, rates: list[int]
) -> None:
    def wage(hours: Hours) -> int:
        paid = 0
        for day in hours.days:
            for work in day.shifts:
                off = {
                    minute
                    for pause in work.breaks
                    for minute in range(pause.start or 0, (pause.start or 0) + pause.minutes)
                }
                paid += sum(rates[minute // 60 % 24] for minute in range(work.start, work.end) if minute not in off)
        return paid + hours.km

    for after in (two, _both(one, two)):
        assert is_worse(one, after) or wage(after) >= wage(one)


def _both(one: Hours, two: Hours) -> Hours:
    """The work and the kilometres of two weeks in one."""
    pairs = zip(one.days, two.days, strict=True)
    return Hours(WEEK, tuple(Day(a.shifts + b.shifts, km=a.km + b.km) for a, b in pairs))
