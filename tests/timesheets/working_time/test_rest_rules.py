import pytest

from kis.timesheets.working_time import Option, Severity, WorkedShift
from tests.timesheets.working_time.shifts import OF_16, agreed, between, findings, keys, on, told, work


def pair(rest: int) -> list[WorkedShift]:
    """Two shifts of four hours with so much rest between them, and a long day after, so that no other rest helps."""
    first = between(on(0, "07:00"), on(0, "18:00"), ref="first")
    return [first, between(first.end + rest, first.end + rest + 120, ref="second")]


@pytest.mark.parametrize(("rest", "expected"), [(659, ["W05.once"]), (660, []), (661, [])])
def test_eleven_hours_of_rest_within_24(rest: int, expected: list[str]) -> None:
    assert keys(pair(rest), "W05") == expected


@pytest.mark.parametrize(("minutes", "expected"), [(959, ["W05.once"]), (960, ["W05.once"]), (961, ["W05.too_short"])])
def test_less_than_eight_hours_of_rest_is_red_at_once(minutes: int, expected: list[str]) -> None:
    found = findings([between(on(0, "06:00"), on(0, "06:00") + minutes)], "W05")
    assert [each.key for each in found] == expected
    assert found[0].measured == 1440 - minutes


def test_a_short_rest_names_both_shifts_and_its_window() -> None:
    (found,) = findings(pair(600), "W05")
    assert found.references == ("first", "second")
    assert (found.measured, found.limit, found.severity) == (600, 660, Severity.AMBER)
    assert told(found.start) == "2026-11-02T07:00"
    assert told(found.end) == "2026-11-03T07:00"


def test_a_shift_that_starts_when_the_window_ends_has_no_part_in_it() -> None:
    shifts = [between(on(0, "08:00"), on(0, "21:30"), ref="first"), work(on(1, "08:00"), 60, ref="next")]
    assert findings(shifts, "W05")[0].references == ("first",)


def weekly(rest: int, *, terms_of: tuple[Option, ...] = ()) -> list[WorkedShift]:
    """Work from Monday 07:00 to Saturday, a rest that begins on Saturday 15:00, and work after it."""
    terms = agreed(*terms_of)
    days = [between(on(day, "07:00"), on(day, "15:00"), ref=day, terms=terms) for day in range(6)]
    back = on(5, "15:00") + rest
    return [*days, between(back, back + 60, ref="back", terms=terms)]


@pytest.mark.parametrize(("rest", "expected"), [(2159, ["W06"]), (2160, []), (2161, [])])
def test_thirty_six_hours_of_rest_in_seven_days(rest: int, expected: list[str]) -> None:
    found = [each for each in findings(weekly(rest), "W06") if 0 in each.references]
    assert [each.key for each in found] == expected


def test_the_weekly_rest_is_the_longest_in_the_window() -> None:
    found = findings(weekly(2159), "W06")[0]
    assert (found.measured, found.limit, found.severity) == (2159, 2160, Severity.AMBER)
    assert found.references == (0, 1, 2, 3, 4, 5, "back")
    assert (told(found.start), told(found.end)) == ("2026-11-02T07:00", "2026-11-09T07:00")


@pytest.mark.parametrize(("rest", "expected"), [(2159, ["Y06"]), (2160, []), (2161, [])])
def test_the_young_have_thirty_six_hours_too(rest: int, expected: list[str]) -> None:
    found = [each for each in findings(weekly(rest), "Y06", born=OF_16) if 0 in each.references]
    assert [each.key for each in found] == expected
    assert all(each.severity is Severity.RED for each in found)


def fortnight(first: int, second: int, *, terms_of: tuple[Option, ...] = (Option.FORTNIGHT_REST,)) -> list[WorkedShift]:
    """Fourteen days of work with two longer rests in them."""
    terms, shifts, start = agreed(*terms_of), [], on(0, "07:00")
    for number in range(13):
        shifts.append(between(start, start + 480, ref=number, terms=terms))
        rest = {5: first, 10: second}.get(number, 960)
        start += 480 + rest
    return shifts


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        (1920, 2399, True),  # 71:59 together
        (1920, 2400, False),  # 72:00
        (1921, 2400, False),
        (1919, 2401, True),  # a part of less than 32 hours does not count
    ],
)
def test_seventy_two_hours_in_fourteen_days_in_parts_of_thirty_two(first: int, second: int, expected: bool) -> None:
    found = findings(fortnight(first, second), "W06")
    assert any(each.references[0] == 0 for each in found) is expected


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ("06:00", "14:00", []),
        ("05:59", "14:00", ["Y04.night"]),
        ("15:00", "23:00", []),
        ("15:00", "23:01", ["Y04.night"]),
    ],
)
def test_the_young_do_not_work_between_eleven_and_six(start: str, end: str, expected: list[str]) -> None:
    assert keys([between(on(0, start), on(0, end))], "Y04", born=OF_16) == expected


@pytest.mark.parametrize(("back", "expected"), [("07:59", ["Y04.rest"]), ("08:00", []), ("08:01", [])])
def test_the_young_rest_twelve_hours(back: str, expected: list[str]) -> None:
    shifts = [between(on(0, "12:00"), on(0, "20:00")), between(on(1, back), on(1, "13:00"))]
    assert keys(shifts, "Y04", born=OF_16) == expected


def test_the_night_of_the_young_counts_the_minutes_worked_in_it() -> None:
    (found,) = findings([work(on(0, "20:00"), 6 * 60)], "Y04", born=OF_16)
    assert (found.measured, found.limit) == (180, 0)
    assert (told(found.start), told(found.end)) == ("2026-11-02T20:00", "2026-11-03T20:00")
