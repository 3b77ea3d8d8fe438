import datetime as dt

import pytest

from kis.timesheets.working_time import Option, Terms, standby, worked_shift
from kis.timesheets.working_time.calendar import AMSTERDAM, minute_of
from kis.timesheets.working_time.record import Impossible, merged, shift_in_minutes


def at(hour: int) -> dt.datetime:
    return dt.datetime(2026, 11, 2, hour, tzinfo=AMSTERDAM)


def test_a_shift_is_made_from_aware_moments() -> None:
    shift = worked_shift(at(8), at(17), [(at(12), at(13))], reference="Monday")
    assert (shift.start, shift.end, shift.reference) == (minute_of(at(8)), minute_of(at(17)), "Monday")
    assert shift.breaks == ((minute_of(at(12)), minute_of(at(13))),)


def test_breaks_are_put_in_order_and_joined() -> None:
    shift = shift_in_minutes(0, 600, [(300, 310), (100, 120), (120, 130), (305, 320)])
    assert shift.breaks == ((100, 130), (300, 320))


@pytest.mark.parametrize(
    ("start", "end", "breaks", "where"),
    [
        (60, 60, [], "end"),
        (60, 30, [], "end"),
        (0, 60, [(10, 10)], "breaks[0].end"),
        (0, 60, [(0, 20), (50, 61)], "breaks[1]"),
        (10, 60, [(0, 20)], "breaks[0]"),
    ],
)
def test_what_cannot_be_is_refused_with_its_place(
    start: int, end: int, breaks: list[tuple[int, int]], where: str
) -> None:
    with pytest.raises(Impossible) as refused:
        shift_in_minutes(start, end, breaks)
    assert refused.value.where == where


def test_standby_ends_after_it_starts() -> None:
    assert standby(at(8), at(9), reference="call").reference == "call"
    with pytest.raises(Impossible):
        standby(at(9), at(9))


def test_nights_are_limited_in_one_way() -> None:
    with pytest.raises(Impossible):
        Terms(options=frozenset({Option.NIGHT_HOURS, Option.NIGHTS_PER_YEAR}))


def test_merged_time_is_the_same_time() -> None:
    assert merged([(5, 9), (0, 3), (3, 4), (6, 7)]) == [(0, 4), (5, 9)]
