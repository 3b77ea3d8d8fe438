import datetime as dt
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kis.timesheets.working_time import RULES, Finding, WorkedShift, WorkRecord, check
from kis.timesheets.working_time.check import TESTS
from kis.timesheets.working_time.record import Span
from tests.timesheets.working_time.shifts import OF_15, OF_16, between, findings, keys, on, work

REST_FINDINGS = ("W05", "W06", "Y04", "Y06", "N02")


def that_week(day: int, start: str, end: str, *breaks: tuple[str, str], ref: object = None) -> WorkedShift:
    """A shift in the week of Monday 23 November 2026."""
    spans = [(on(21 + day, first), on(21 + day, last)) for first, last in breaks]
    ends_on = day if end > start else day + 1
    return between(on(21 + day, start), on(21 + ends_on, end), *spans, ref=str(ref))


# The examples of domain-rules section 4, column ATW


def test_example_a_a_late_shift_has_no_findings() -> None:
    assert keys([that_week(1, "14:00", "22:30", ("18:00", "18:30"))]) == []


def test_example_b_eleven_hours_with_half_an_hour_of_break() -> None:
    (found,) = findings([that_week(2, "08:00", "19:30", ("12:00", "12:30"))])
    assert (found.key, found.measured, found.limit, found.params) == ("W08", 30, 45, {"worked_minutes": 660})


def test_example_c_a_full_week_and_a_saturday_night() -> None:
    week = [that_week(day, "07:00", "15:30", ("12:00", "12:30")) for day in range(5)]
    pause = (on(27, "02:00"), on(27, "02:30"))
    saturday_night = between(on(26, "22:00"), on(27, "06:00"), pause)
    weekly_rest, sunday = findings([*week, saturday_night])
    assert (weekly_rest.key, weekly_rest.measured) == ("W06", 30 * 60 + 30)
    assert (sunday.key, sunday.measured) == ("W10", 5 * 60 + 30)


def test_example_c_the_saturday_night_is_a_night_shift() -> None:
    night = between(on(26, "22:00"), on(27, "06:00"))
    assert keys([night, work(night.end + 600, 60)], "N") == ["N02.once"]


def test_example_d_fifty_three_hours_in_six_days_have_no_findings() -> None:
    week = [that_week(day, "07:00", "16:30", ("12:00", "12:30")) for day in range(5)]
    assert keys([*week, that_week(5, "07:00", "15:30", ("12:00", "12:30"))]) == []


# The table and the tests


def test_every_rule_of_the_table_is_tested_and_no_other() -> None:
    assert list(TESTS) == list(RULES)


def test_no_shifts_no_findings() -> None:
    assert check(WorkRecord()) == ()


# The nights in which the clock changes

BACK, FORWARD = -8, 146  # Sunday 25 October 2026 and Sunday 28 March 2027, in days from the Monday


def test_the_days_of_the_clock_are_where_these_tests_think() -> None:
    assert dt.date(2026, 11, 2) + dt.timedelta(days=BACK) == dt.date(2026, 10, 25)
    assert dt.date(2026, 11, 2) + dt.timedelta(days=FORWARD) == dt.date(2027, 3, 28)


def test_a_night_shift_in_october_is_an_hour_longer() -> None:
    (found,) = findings([between(on(BACK - 1, "20:30"), on(BACK, "06:30"))], "N01")
    assert found.measured == 11 * 60


def test_a_night_shift_in_march_is_an_hour_shorter() -> None:
    assert keys([between(on(FORWARD - 1, "20:30"), on(FORWARD, "07:30"))], "N01") == []


@pytest.mark.parametrize(("back", "expected"), [("06:59", ["W05.once"]), ("07:00", [])])
def test_ten_hours_on_the_clock_are_eleven_in_the_october_night(back: str, expected: list[str]) -> None:
    shifts = [between(on(BACK - 1, "11:00"), on(BACK - 1, "21:00")), work(on(BACK, back), 240)]
    assert keys(shifts, "W05") == expected


@pytest.mark.parametrize(("back", "expected"), [("08:59", ["W05.once"]), ("09:00", [])])
def test_eleven_hours_on_the_clock_are_ten_in_the_march_night(back: str, expected: list[str]) -> None:
    shifts = [between(on(FORWARD - 1, "12:00"), on(FORWARD - 1, "21:00")), work(on(FORWARD, back), 180)]
    assert keys(shifts, "W05") == expected


def test_a_day_of_25_hours_has_24_in_its_window() -> None:
    shifts = [between(on(BACK, "00:00"), on(BACK, "12:01"))]  # thirteen hours and a minute
    (found,) = findings(shifts, "W05")
    assert found.measured == 24 * 60 - 13 * 60 - 1


# What must hold for any input


def facts(found: list[Finding]) -> list[tuple[object, ...]]:
    return [(each.key, each.severity, each.start, each.end, each.measured, each.limit) for each in found]


@st.composite
def rosters(draw: st.DrawFn) -> list[WorkedShift]:
    """Up to twelve shifts, each at least eight hours after the one before."""
    start = on(draw(st.integers(-20, 20)), "00:00")
    shifts = []
    for number in range(draw(st.integers(1, 12))):
        start += draw(st.sampled_from([480, 600, 659, 660, 720, 840, 960, 1500, 2160, 2800])) + draw(st.integers(0, 60))
        minutes = draw(st.sampled_from([60, 240, 331, 480, 600, 660, 721]))
        shifts.append(work(start, minutes, pause=draw(st.sampled_from([0, 10, 30, 45])), ref=number))
        start = shifts[-1].end
    return shifts


births = st.sampled_from([None, OF_15, OF_16, dt.date(2008, 11, 4)])


@given(rosters(), births, st.data())
def test_the_order_of_the_input_does_not_matter(
    shifts: list[WorkedShift], born: dt.date | None, data: st.DataObject
) -> None:
    shuffled = data.draw(st.permutations(shifts))
    assert findings(shuffled, born=born) == findings(shifts, born=born)


@given(rosters(), births, st.data())
def test_a_shift_less_never_adds_a_rest_finding(
    shifts: list[WorkedShift], born: dt.date | None, data: st.DataObject
) -> None:
    gone = data.draw(st.sampled_from(shifts))
    before = {(each.rule.id, each.start) for each in findings(shifts, born=born)}
    after = {(each.rule.id, each.start) for each in findings([s for s in shifts if s is not gone], born=born)}
    assert {each for each in after - before if each[0] in REST_FINDINGS} == set()


@given(rosters(), births, st.data())
def test_splitting_a_shift_in_two_that_touch_changes_nothing(
    shifts: list[WorkedShift], born: dt.date | None, data: st.DataObject
) -> None:
    whole = data.draw(st.sampled_from(shifts))
    at = data.draw(st.integers(whole.start + 1, whole.end - 1))
    if any(first < at < last for first, last in whole.breaks):
        at = whole.breaks[0][0]
    one = whole._replace(end=at, breaks=tuple(pause for pause in whole.breaks if pause[1] <= at))
    other = whole._replace(start=at, breaks=tuple(pause for pause in whole.breaks if pause[0] >= at))
    parts = [shift for shift in shifts if shift is not whole] + [one, other]
    per_shift = {"K01"}  # is told of every written shift
    assert facts([each for each in findings(parts, born=born) if each.rule.id not in per_shift]) == facts(
        [each for each in findings(shifts, born=born) if each.rule.id not in per_shift]
    )


@given(rosters(), st.data())
def test_breaks_that_touch_are_one_however_they_are_cut(shifts: list[WorkedShift], data: st.DataObject) -> None:
    def cut(pause: Span) -> list[Span]:
        at = data.draw(st.integers(pause[0] + 1, pause[1] - 1))
        return [(pause[0], at), (at, pause[1])]

    in_parts = [
        between(shift.start, shift.end, *(part for pause in shift.breaks for part in cut(pause)), ref=shift.reference)
        for shift in shifts
    ]
    assert findings(in_parts) == findings(shifts)


@given(rosters(), births, st.integers(1, 8))
def test_the_same_roster_weeks_later_has_the_same_findings(
    shifts: list[WorkedShift], born: dt.date | None, weeks: int
) -> None:
    winter = [move(shift, 6 * 7) for shift in shifts]  # all of it clear of both changes of the clock
    later = [move(shift, 7 * weeks) for shift in winter]
    age = born if born in {None, OF_15} else OF_16
    assert [each.key for each in findings(later, born=age)] == [each.key for each in findings(winter, born=age)]


def move(shift: WorkedShift, days: int) -> WorkedShift:
    by = days * 1440
    breaks = [(first + by, last + by) for first, last in shift.breaks]
    return between(shift.start + by, shift.end + by, *breaks, ref=shift.reference)


@given(rosters(), births)
def test_findings_come_in_order_of_time_with_levels_of_the_table(
    shifts: list[WorkedShift], born: dt.date | None
) -> None:
    found = findings(shifts, born=born)
    assert all(one.start <= other.start for one, other in pairwise(found))
    assert all(each.severity in each.rule.levels for each in found)
    assert all(set(each.references) <= set(range(len(shifts))) for each in found)
