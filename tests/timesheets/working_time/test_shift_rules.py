import datetime as dt

import pytest

from kis.timesheets.working_time import Option, Profile, Severity, Standby, Terms
from tests.timesheets.working_time.shifts import OF_15, OF_16, agreed, between, findings, keys, on, work

MORNING = on(0, "07:00")


@pytest.mark.parametrize(("minutes", "expected"), [(719, []), (720, []), (721, ["W01"])])
def test_an_adult_may_work_twelve_hours_in_a_shift(minutes: int, expected: list[str]) -> None:
    assert keys([work(MORNING, minutes, pause=45)], "W01") == expected


@pytest.mark.parametrize(("minutes", "expected"), [(539, []), (540, []), (541, ["Y01"])])
def test_someone_of_16_may_work_nine_hours_in_a_shift(minutes: int, expected: list[str]) -> None:
    assert keys([work(MORNING, minutes, pause=45)], "Y01", born=OF_16) == expected


@pytest.mark.parametrize(
    ("minutes", "pause", "expected"),
    [(329, 0, []), (330, 0, []), (331, 0, ["W07"]), (331, 29, ["W07"]), (331, 30, []), (331, 31, [])],
)
def test_more_than_five_and_a_half_hours_wants_half_an_hour_of_break(
    minutes: int, pause: int, expected: list[str]
) -> None:
    assert keys([work(MORNING, minutes, pause=pause)], "W07") == expected


@pytest.mark.parametrize(
    ("minutes", "pause", "expected"),
    [(599, 30, []), (600, 30, []), (601, 30, ["W08"]), (601, 44, ["W08"]), (601, 45, []), (601, 46, [])],
)
def test_more_than_ten_hours_wants_three_quarters_of_break(minutes: int, pause: int, expected: list[str]) -> None:
    assert keys([work(MORNING, minutes, pause=pause)], "W08") == expected


@pytest.mark.parametrize(
    ("minutes", "pause", "expected"), [(269, 0, []), (270, 0, []), (271, 29, ["Y05"]), (271, 30, []), (271, 31, [])]
)
def test_at_16_more_than_four_and_a_half_hours_wants_half_an_hour_of_break(
    minutes: int, pause: int, expected: list[str]
) -> None:
    assert keys([work(MORNING, minutes, pause=pause)], "Y05", born=OF_16) == expected


@pytest.mark.parametrize(("pause", "expected"), [(14, ["W07"]), (15, []), (16, [])])
def test_under_the_cao_option_a_quarter_of_an_hour_of_break_is_enough(pause: int, expected: list[str]) -> None:
    shift = work(MORNING, 500, pause=pause, terms=agreed(Option.SHORT_BREAKS))
    assert keys([shift], "W07") == expected


def test_a_break_may_be_split_in_parts_of_a_quarter() -> None:
    parts = [(on(0, "10:00"), on(0, "10:15")), (on(0, "13:00"), on(0, "13:15"))]
    assert keys([between(MORNING, on(0, "15:30"), *parts)]) == []


@pytest.mark.parametrize(("pause", "expected"), [(14, ["W09"]), (15, []), (16, [])])
def test_less_than_a_quarter_is_no_break(pause: int, expected: list[str]) -> None:
    assert keys([work(MORNING, 300, pause=pause)], "W09") == expected


def test_a_break_that_is_too_short_is_work() -> None:
    (found,) = findings([work(MORNING, 710, pause=14)], "W01")
    assert found.measured == 724


def test_the_missing_break_says_how_much_there_was_and_what_is_needed() -> None:
    (found,) = findings([work(MORNING, 400, pause=20, ref="Monday")], "W07")
    assert (found.measured, found.limit, found.params) == (20, 30, {"worked_minutes": 400})
    assert (found.severity, found.references) == (Severity.AMBER, ("Monday",))


def test_under_16_any_shift_must_stop() -> None:
    (found,) = findings([work(MORNING, 60, ref="one")], "K01", born=OF_15)
    assert (found.severity, found.references) == (Severity.RED, ("one",))
    assert (found.measured, found.limit) == (60, 0)


def test_a_child_is_stopped_as_a_driver_too() -> None:
    assert keys([work(MORNING, 60, terms=Terms(Profile.DRIVER))], born=OF_15) == ["K01"]


@pytest.mark.parametrize(
    ("born", "expected"),
    [
        (dt.date(2010, 11, 3), ["K01"]),
        (dt.date(2010, 11, 2), []),
    ],
)
def test_a_child_is_none_from_the_sixteenth_birthday(born: dt.date, expected: list[str]) -> None:
    assert keys([work(MORNING, 60)], "K01", born=born) == expected


@pytest.mark.parametrize(
    ("born", "expected"),
    [(OF_15, []), (OF_16, ["Y07"]), (dt.date(2008, 11, 3), ["Y07"]), (dt.date(2008, 11, 2), [])],
)
def test_standby_is_not_for_16_and_17(born: dt.date, expected: list[str]) -> None:
    call = Standby(on(0, "18:00"), on(0, "22:00"), "call")
    assert [found.key for found in findings([], "Y07", born=born, standby=(call,))] == expected


def test_without_a_birth_date_the_worker_counts_as_an_adult() -> None:
    assert keys([work(MORNING, 721, pause=45)], born=None) == ["W01"]
