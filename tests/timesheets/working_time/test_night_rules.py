import pytest

from kis.timesheets.working_time import Option, Severity, WorkedShift
from tests.timesheets.working_time.shifts import agreed, between, findings, keys, nights, on, told, work


@pytest.mark.parametrize(("end", "is_night"), [("00:59", False), ("01:00", False), ("01:01", True)])
def test_a_night_shift_has_more_than_an_hour_of_work_at_night(end: str, is_night: bool) -> None:
    shift = between(on(0, "14:00"), on(1, end))  # about eleven hours
    assert bool(keys([shift], "N01")) is is_night


@pytest.mark.parametrize(
    ("minutes", "expected"),
    [(599, []), (600, []), (601, ["N01.at_times"]), (720, ["N01.at_times"]), (721, ["N01.too_long"])],
)
def test_ten_hours_in_a_night_shift_and_at_times_twelve(minutes: int, expected: list[str]) -> None:
    assert keys([work(on(0, "20:00"), minutes, pause=45)], "N01") == expected


@pytest.mark.parametrize(("rest", "expected"), [(719, "N01.rest"), (720, "N01.at_times"), (721, "N01.at_times")])
def test_twelve_hours_of_rest_after_a_long_night_shift(rest: int, expected: str) -> None:
    first = work(on(0, "20:00"), 650, pause=45, ref="long")
    (found,) = findings([first, work(first.end + rest, 240, ref="next")], "N01")
    assert found.key == expected
    assert found.references == (("long", "next") if expected == "N01.rest" else ("long",))


def test_five_long_night_shifts_in_a_fortnight() -> None:
    found = findings(nights(range(0, 12, 2), minutes=650), "N01")
    assert [each.key for each in found] == ["N01.at_times"] * 5 + ["N01.fortnight"]
    assert found[-1].params == {"times": 6, "allowed": 5}
    assert found[-1].references == (0, 2, 4, 6, 8, 10)


@pytest.mark.parametrize(("day", "expected"), [(13, "N01.fortnight"), (14, "N01.at_times")])
def test_a_long_night_shift_fourteen_days_back_no_longer_counts(day: int, expected: str) -> None:
    found = findings(nights([0, 2, 4, 6, 8, day], minutes=650), "N01")
    assert found[-1].key == expected


def test_twenty_two_long_night_shifts_in_a_year() -> None:
    found = findings(nights(range(0, 23 * 7, 7), minutes=650), "N01")
    assert [each.key for each in found] == ["N01.at_times"] * 22 + ["N01.year"]


@pytest.mark.parametrize(("day", "expected"), [(363, "N01.year"), (364, "N01.at_times")])
def test_a_long_night_shift_52_weeks_back_no_longer_counts(day: int, expected: str) -> None:
    assert keys(nights([*range(0, 22 * 7, 7), day], minutes=650), "N01")[-1] == expected


@pytest.mark.parametrize(("rest", "expected"), [(839, ["N02.once"]), (840, []), (841, [])])
def test_fourteen_hours_of_rest_after_a_night_shift(rest: int, expected: list[str]) -> None:
    first = between(on(0, "22:00"), on(1, "06:00"), ref="night")
    found = findings([first, work(first.end + rest, 240, ref="next")], "N02")
    assert [each.key for each in found] == expected
    assert all(each.references == ("night", "next") for each in found)
    assert all((told(each.start), told(each.end)) == ("2026-11-03T06:00", "2026-11-03T20:00") for each in found)


@pytest.mark.parametrize(("end", "expected"), [("01:59", []), ("02:00", []), ("02:01", ["N02.once"])])
def test_only_after_a_night_shift_that_ends_after_two(end: str, expected: list[str]) -> None:
    first = between(on(0, "18:00"), on(1, end))
    assert keys([first, work(first.end + 720, 240)], "N02") == expected


def test_a_short_rest_after_a_night_shift_is_red_the_second_time() -> None:
    shifts = [between(on(day, "22:00"), on(day + 1, "06:00"), ref=day) for day in (0, 3)]
    shifts += [work(on(1, "19:00"), 60, ref="late"), work(on(4, "19:00"), 60, ref="late again")]
    found = findings(shifts, "N02")
    assert [(each.key, each.severity) for each in found] == [("N02.once", Severity.AMBER), ("N02.again", Severity.RED)]
    assert found[1].references == (0, 3, "late again")


@pytest.mark.parametrize(("start", "expected"), [("05:59", ["N02.once"]), ("06:00", [])])
def test_the_night_of_a_shift_is_the_first_it_has_work_in(start: str, expected: list[str]) -> None:
    first = between(on(0, start), on(1, "01:59"))
    assert keys([first, work(first.end + 720, 240)], "N02") == expected


@pytest.mark.parametrize(("rest", "expected"), [(2759, ["N03"]), (2760, []), (2761, [])])
def test_forty_six_hours_of_rest_after_three_nights(rest: int, expected: list[str]) -> None:
    three = nights([0, 1, 2])
    found = findings([*three, work(three[-1].end + rest, 240, ref="next")], "N03")
    assert [each.key for each in found] == expected
    assert all(each.references == (0, 1, 2, "next") for each in found)


@pytest.mark.parametrize(("number", "expected"), [(2, []), (3, ["N03"]), (4, ["N03"])])
def test_only_after_three_nights_or_more(number: int, expected: list[str]) -> None:
    in_a_row = nights(range(number))
    assert keys([*in_a_row, work(in_a_row[-1].end + 1620, 240)], "N03") == expected


def test_a_day_shift_ends_a_series_of_night_shifts() -> None:
    day = work(on(2, "22:00"), 100)
    assert keys([*nights([0, 1]), day, *nights([3, 4])], "N03") == []


def in_a_row(number: int, *, night: int | None, terms_of: tuple[Option, ...] = ()) -> list[WorkedShift]:
    """Late shifts on consecutive days; one of them may run into the night."""
    terms = agreed(*terms_of)
    return [
        between(on(day, "16:00"), on(day + 1, "02:00") if day == night else on(day, "23:00"), ref=day, terms=terms)
        for day in range(number)
    ]


@pytest.mark.parametrize(("number", "expected"), [(6, []), (7, []), (8, ["N04"])])
def test_seven_shifts_in_a_row_with_a_night_shift_among_them(number: int, expected: list[str]) -> None:
    assert keys(in_a_row(number, night=2), "N04") == expected


@pytest.mark.parametrize(("number", "expected"), [(7, []), (8, []), (9, ["N04"])])
def test_eight_shifts_in_a_row_by_agreement(number: int, expected: list[str]) -> None:
    assert keys(in_a_row(number, night=2, terms_of=(Option.EIGHT_SHIFTS,)), "N04") == expected


def test_without_a_night_shift_a_series_may_be_longer() -> None:
    assert keys(in_a_row(12, night=None), "N04") == []


def late_nights(number: int, *, per_week: int, terms_of: tuple[Option, ...] = ()) -> list[WorkedShift]:
    days = [7 * (each // per_week) + each % per_week for each in range(number)]
    return nights(days, start="23:00", minutes=270, terms=agreed(*terms_of))


@pytest.mark.parametrize(("number", "expected"), [(35, 0), (36, 0), (37, 1)])
def test_thirty_six_late_nights_in_sixteen_weeks(number: int, expected: int) -> None:
    spread = nights([7 * (each % 16) + each // 16 for each in range(number)], start="23:00", minutes=360)
    found = findings(spread, "N05")
    assert [(each.key, each.measured, each.limit) for each in found] == [("N05", 37, 36)] * expected


@pytest.mark.parametrize(("last_week", "expected"), [(15, {"N05"}), (16, set())])
def test_late_nights_are_counted_within_sixteen_weeks(last_week: int, expected: set[str]) -> None:
    spread = nights([*(7 * (each % 15) + each // 15 for each in range(36)), 7 * last_week], start="23:00", minutes=360)
    assert set(keys(spread, "N05")) == expected


@pytest.mark.parametrize(("number", "expected"), [(139, set()), (140, set()), (141, {"N05.year"})])
def test_a_hundred_and_forty_late_nights_a_year_by_agreement(number: int, expected: set[str]) -> None:
    shifts = late_nights(number, per_week=5, terms_of=(Option.NIGHTS_PER_YEAR,))
    assert set(keys(shifts, "N05")) == expected


@pytest.mark.parametrize(("minutes", "expected"), [(226, []), (228, []), (229, ["N05.hours"])])
def test_thirty_eight_hours_at_night_in_two_weeks_by_agreement(minutes: int, expected: list[str]) -> None:
    terms = agreed(Option.NIGHT_HOURS)
    days = [0, 1, 2, 3, 4, 7, 8, 9, 10, 11]
    shifts = [work(on(day, "22:00"), 120 + minutes, ref=day, terms=terms) for day in days]
    found = findings(shifts, "N05")
    assert [each.key for each in found] == expected
    assert all((told(each.start), told(each.end)) == ("2026-11-02T00:00", "2026-11-16T00:00") for each in found)


def test_night_hours_hold_a_year_of_nights_within_their_own_limit() -> None:
    assert keys(late_nights(150, per_week=5, terms_of=(Option.NIGHT_HOURS,)), "N05") == []


def test_one_placement_without_the_agreement_brings_back_the_law() -> None:
    shifts = late_nights(50, per_week=5, terms_of=(Option.NIGHTS_PER_YEAR,))
    shifts[9] = shifts[9]._replace(terms=agreed())
    assert set(keys(shifts, "N05")) == {"N05"}


def sixteen_weeks(number_of_nights: int, *, extra: int) -> list[WorkedShift]:
    """Forty hours a week, one shift in some weeks a night shift, and `extra` minutes in the last."""
    shifts = []
    for week in range(16):
        for day in range(5):
            start = "21:00" if day == 0 and week < number_of_nights else "08:00"
            shifts.append(work(on(7 * week + 2 * (day > 0) + day, start), 480, ref=(week, day)))
    shifts[-1] = work(shifts[-1].start, 480 + extra)
    return shifts


@pytest.mark.parametrize(
    ("number_of_nights", "extra", "expected"),
    [(15, 1, []), (16, -1, []), (16, 0, []), (16, 1, ["N06"])],
)
def test_sixteen_nights_lower_the_mean_to_forty(number_of_nights: int, extra: int, expected: list[str]) -> None:
    assert keys(sixteen_weeks(number_of_nights, extra=extra), "N06") == expected
