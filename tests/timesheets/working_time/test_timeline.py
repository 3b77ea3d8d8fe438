import collections
import itertools

from hypothesis import given
from hypothesis import strategies as st

from kis.timesheets.working_time import Profile, Terms, WorkedShift, WorkRecord
from kis.timesheets.working_time.calendar import DAY, day_of, midnight, six_o_clock, week_of
from kis.timesheets.working_time.timeline import Timeline
from tests.timesheets.working_time.shifts import OF_16, between, on, work

MONDAY = on(0, "00:00")


def timeline(*shifts: WorkedShift) -> Timeline:
    return Timeline(WorkRecord(shifts))


def test_work_at_two_placements_at_once_is_worked_once() -> None:
    one = between(on(0, "08:00"), on(0, "12:00"), ref="one")
    other = between(on(0, "10:00"), on(0, "16:00"), (on(0, "11:00"), on(0, "11:30")), ref="other")
    (duty,) = timeline(one, other).duties
    assert (duty.minutes, duty.pause) == (480, 0)
    assert list(duty.references) == ["one", "other"]


def test_a_break_at_the_edge_of_a_shift_is_rest() -> None:
    shift = between(on(0, "08:00"), on(0, "16:30"), (on(0, "16:00"), on(0, "16:30")))
    (duty,) = timeline(shift).duties
    assert (duty.end, duty.minutes, duty.pause) == (on(0, "16:00"), 480, 0)


def test_eight_hours_off_within_one_written_shift_make_two_duties() -> None:
    shift = between(on(0, "06:00"), on(0, "22:00"), (on(0, "10:00"), on(0, "18:00")))
    assert len(timeline(shift).duties) == 2


def test_drivers_are_left_to_their_own_law() -> None:
    assert timeline(work(on(0, "08:00"), 900, terms=Terms(Profile.DRIVER))).duties == []


def test_high_earners_are_exempt_when_adult() -> None:
    shift = work(on(0, "08:00"), 900, terms=Terms(Profile.EXEMPT))
    assert timeline(shift).duties == []
    assert len(Timeline(WorkRecord((shift,), OF_16)).duties) == 1


def test_there_is_nothing_in_an_empty_record() -> None:
    empty = timeline()
    assert (empty.duties, empty.sundays, list(empty.windows(16)), empty.heaviest_week) == ([], [], [], 0)


def test_a_window_of_weeks_slides_over_all_that_is_known() -> None:
    found = [mean.total for mean in timeline(work(on(0, "08:00"), 60), work(on(14, "08:00"), 6)).windows(2)]
    assert found == [60, 60, 6, 6]


def minutes_of(shift: WorkedShift) -> set[int]:
    """The minutes of work, one by one: all but breaks of fifteen or more."""
    breaks = {minute for start, end in shift.breaks if end - start >= 15 for minute in range(start, end)}
    return set(range(shift.start, shift.end)) - breaks


@st.composite
def written_shifts(draw: st.DrawFn) -> list[WorkedShift]:
    """Shifts in the two weeks around the night in which the clock goes forward or stands as it was."""
    origin = draw(st.sampled_from([MONDAY, MONDAY + 20 * 7 * DAY, MONDAY - 2 * 7 * DAY]))
    shifts = []
    for number in range(draw(st.integers(1, 6))):
        start = origin + draw(st.integers(0, 10 * DAY))
        length = draw(st.integers(1, 900))
        first = draw(st.integers(0, length - 1))
        last = draw(st.integers(first + 1, length))
        breaks = [(start + first, start + last)] if draw(st.booleans()) else []
        shifts.append(between(start, start + length, *breaks, ref=number))
    return shifts


@given(written_shifts())
def test_the_timeline_counts_as_one_would_minute_by_minute(shifts: list[WorkedShift]) -> None:
    worked = set().union(*map(minutes_of, shifts))
    line = timeline(*shifts)
    assert sum(duty.minutes for duty in line.duties) == len(worked)
    at_night = {minute for minute in worked if minute < six_o_clock(day_of(minute))}
    assert sum(duty.night for duty in line.duties) == len(at_night)
    per_week = collections.Counter(week_of(day_of(minute)) for minute in worked)
    assert {week: minutes for week, minutes in line.minutes.items() if minutes} == per_week
    sundays = {day_of(minute) for minute in worked if (day_of(minute) + 3) % 7 == 6}
    assert line.sundays == sorted(sundays)


@given(written_shifts())
def test_duties_are_parted_by_eight_hours_without_work_and_by_nothing_less(shifts: list[WorkedShift]) -> None:
    worked = sorted(set().union(*map(minutes_of, shifts)))
    gaps = [(one + 1, other) for one, other in itertools.pairwise(worked) if other > one + 1]
    duties = timeline(*shifts).duties
    rests = [gap for gap in gaps if gap[1] - gap[0] >= 480]
    assert [(one.end, other.start) for one, other in itertools.pairwise(duties)] == rests
    breaks = [end - start for start, end in gaps if 15 <= end - start < 480]
    assert sum(duty.pause for duty in duties) == sum(breaks)


@given(written_shifts(), st.sampled_from([DAY, 7 * DAY, 14 * DAY]), st.integers(1, 3000))
def test_a_rest_is_found_exactly_when_the_longest_is_long_enough(
    shifts: list[WorkedShift], window: int, needed: int
) -> None:
    line = timeline(*shifts)
    for number, duty in enumerate(line.duties):
        busy = [False] * window
        for other in line.duties:
            for minute in range(max(other.start, duty.start), min(other.end, duty.start + window)):
                busy[minute - duty.start] = True
        longest = max(map(len, "".join("x" if each else " " for each in busy).split("x")))
        assert line.longest_rest(number, window) == longest
        assert line.has_rest(number, window, needed) is (longest >= needed)


def test_midnight_belongs_to_the_day_it_begins() -> None:
    assert midnight(day_of(MONDAY)) == MONDAY
