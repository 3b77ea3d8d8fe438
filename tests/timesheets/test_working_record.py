"""What of a worker's weeks becomes a signal, of which timesheet, and on which day."""

import datetime as dt

import pytest

from kis.core.weeks import Week
from kis.timesheets.hours import Break, Day, Hours, Shift
from kis.timesheets.signals import Signal
from kis.timesheets.working_record import WrittenWeek, record_of, signals_of
from kis.timesheets.working_time import Terms
from kis.timesheets.working_time.calendar import moment_of
from kis.timesheets.working_time.rules import Severity

WEEK = Week(2026, 48)
BAKERY, TRANSPORT = 1, 2
ADULT = dt.date(1990, 6, 1)
DAY = Shift(8 * 60, 16 * 60 + 30, (Break(30),))


def written(*days: Day, sheet: int = 10, client: int = BAKERY, week: Week = WEEK) -> WrittenWeek:
    """A week with these days, from Monday on."""
    return WrittenWeek(sheet, client, week, Hours(week, days + (Day(),) * (7 - len(days))), Terms())


def shifts(*spans: tuple[int, int], pause: int = 0) -> Day:
    """A day with shifts by their hours, each with a break of which only the length is known."""
    breaks = (Break(pause),) if pause else ()
    return Day(tuple(Shift(start * 60, end * 60, breaks) for start, end in spans))


def told(*weeks: WrittenWeek, of: int = 10) -> list[tuple[str, str]]:
    """The signals of one timesheet: code, and weekday or week."""
    found = signals_of(weeks, ADULT, [of])[of]
    return sorted((signal.code, f"{signal.date:%a}" if signal.date else "week") for signal in found)


def signal(*weeks: WrittenWeek, of: int = 10, rule: str = "") -> Signal:
    (found,) = (each for each in signals_of(weeks, ADULT, [of])[of] if each.code.startswith(rule))
    return found


def test_an_ordinary_week_has_none() -> None:
    assert told(written(*[Day((DAY,))] * 5)) == []


def test_a_missing_break_is_told_on_its_day() -> None:
    found = signal(written(Day((DAY,)), shifts((8, 16))))
    assert (found.code, found.date, found.level, found.shared) == ("W07", WEEK.days[1], Severity.AMBER, False)
    assert found.figures == {"measured_minutes": 0, "limit_minutes": 30, "worked_minutes": 480}


def test_a_break_of_which_only_the_length_is_known_lies_in_one_piece_in_the_middle() -> None:
    (shift,) = record_of([written(shifts((8, 16), pause=30))], ADULT).shifts
    [(first, last)] = shift.breaks
    assert (first - shift.start, last - first) == (225, 30)


def test_such_a_break_keeps_clear_of_those_with_a_place() -> None:
    breaks = (Break(20), Break(30, 12 * 60), Break(15))
    (shift,) = record_of([written(Day((Shift(8 * 60, 17 * 60, breaks),)))], ADULT).shifts
    assert len(shift.breaks) == 3
    assert sum(last - first for first, last in shift.breaks) == 65


def test_a_break_on_the_night_the_clock_goes_forward_stays_within_its_shift() -> None:
    week = Week(2027, 12)
    night = Day((Shift(22 * 60, 27 * 60, (Break(60, 25 * 60 + 30),)),))
    (shift,) = record_of([written(*[Day()] * 5, night, week=week)], ADULT).shifts
    assert shift.end - shift.start == 4 * 60
    assert all(shift.start <= first < last <= shift.end for first, last in shift.breaks)


def test_times_are_those_on_the_dutch_clock() -> None:
    (shift,) = record_of([written(shifts((22, 30), pause=30))], ADULT).shifts
    assert moment_of(shift.start).isoformat() == "2026-11-23T21:00:00+00:00"
    assert moment_of(shift.end).isoformat() == "2026-11-24T05:00:00+00:00"


def test_too_little_rest_between_two_clients_is_told_to_both_on_their_own_day_and_as_shared() -> None:
    here = written(shifts((14, 22), pause=30))
    there = written(Day(), shifts((6, 12), pause=30), sheet=20, client=TRANSPORT)
    assert told(here, there) == [("W05.once", "Mon")]
    assert told(here, there, of=20) == [("W05.once", "Tue")]
    assert signal(here, there).shared
    assert signal(here, there, of=20).shared


def test_two_placements_at_one_client_share_nothing() -> None:
    here = written(shifts((14, 22), pause=30))
    there = written(Day(), shifts((6, 12), pause=30), sheet=20)
    assert not signal(here, there).shared


def test_hours_at_two_clients_make_one_long_week_of_which_each_hears() -> None:
    here = written(*[shifts((8, 16), pause=30)] * 5)
    there = written(*[shifts((17, 22))] * 5, sheet=20, client=TRANSPORT)
    for sheet in (10, 20):
        found = signal(here, there, of=sheet, rule="W02")
        assert (found.date, found.level, found.shared) == (None, Severity.RED, True)


def test_a_mean_is_told_in_the_last_week_of_its_window_only() -> None:
    weeks = [written(*[shifts((7, 17), pause=30)] * 6, sheet=n, week=WEEK + n) for n in range(4)]
    signals = signals_of(weeks, ADULT, range(4))
    assert [[each.code for each in signals[n] if each.code == "W03"] for n in range(4)] == [[], [], [], ["W03"]]


def test_an_earlier_short_rest_that_makes_a_later_one_graver_is_not_told_again() -> None:
    """Sunday evening to Monday morning, and again from Thursday to Friday."""
    before = written(*[Day()] * 5, shifts((14, 22), pause=30), shifts((6, 12), pause=30), week=WEEK.previous)
    late, early = shifts((14, 22), pause=30), shifts((6, 12), pause=30)
    now = written(Day(), Day(), Day(), late, early, sheet=20)
    assert told(before, now) == [("W05.once", "Sat"), ("W10", "Sun")]
    assert told(before, now, of=20) == [("W05.again", "Thu")]


def test_a_shift_that_begins_before_the_week_is_told_on_the_first_shift_in_it() -> None:
    sunday = written(*[Day()] * 6, shifts((16, 22), pause=30), week=WEEK.previous)
    monday = written(shifts((6, 12), pause=30), sheet=20)
    assert ("W05.once", "Sun") in told(sunday, monday)
    assert told(sunday, monday, of=20) == [("W05.once", "Mon")]


def test_a_rest_after_a_night_shift_is_told_on_the_night_and_in_the_week_of_the_next_shift() -> None:
    sunday = written(*[Day()] * 6, shifts((22, 30), pause=30), week=WEEK.previous)
    monday = written(shifts((18, 22)), sheet=20)
    assert ("N02.once", "Sun") in told(sunday, monday)
    assert ("N02.once", "Mon") in told(sunday, monday, of=20)


def test_weeks_without_rest_are_told_once_in_each_week_with_the_shortest() -> None:
    first = written(*[shifts((8, 14), pause=30)] * 7)
    second = written(*[shifts((8, 14), pause=30)] * 7, sheet=20, week=WEEK.next)
    for sheet in (10, 20):
        assert [code for code, _ in told(first, second, of=sheet)].count("W06") == 1


def test_a_total_counts_in_the_week() -> None:
    days = [Day(total=11 * 60)] * 6
    found = signal(written(*days))
    assert (found.code, found.date, found.figures["measured_minutes"]) == ("W02", None, 66 * 60)


@pytest.mark.parametrize(("born", "expected"), [(dt.date(2010, 6, 1), "Y04.night"), (dt.date(1990, 6, 1), None)])
def test_the_age_of_the_worker_counts(born: dt.date, expected: str | None) -> None:
    found = signals_of([written(shifts((18, 24), pause=45))], born, [10])[10]
    assert {each.code for each in found if each.counts} == ({expected} if expected else set())


def test_only_the_timesheets_asked_for_are_answered() -> None:
    here, there = written(shifts((8, 16))), written(shifts((8, 16)), sheet=20, client=TRANSPORT)
    assert signals_of([here, there], ADULT, [20]).keys() == {20}
    assert signals_of([], ADULT, [20]) == {20: []}
