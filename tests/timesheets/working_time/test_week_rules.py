import pytest

from kis.core.weeks import Week
from kis.staffing.working_terms import Option, Profile
from kis.timesheets.working_time import Severity, Terms, WorkedShift
from tests.timesheets.working_time.shifts import (
    ADULT,
    OF_15,
    OF_16,
    agreed,
    between,
    findings,
    keys,
    on,
    told,
    total,
    work,
)


def weeks(number: int, minutes: int, *, extra: int = 0, terms_of: tuple[Option, ...] = ()) -> list[WorkedShift]:
    """So many weeks of six equal days, and `extra` minutes on the last."""
    terms, each = agreed(*terms_of), minutes // 6
    shifts = [
        work(on(7 * week + day, "07:00"), each, ref=(week, day), terms=terms)
        for week in range(number)
        for day in range(6)
    ]
    shifts[-1] = work(shifts[-1].start, each + extra, ref=shifts[-1].reference, terms=terms)
    return shifts


@pytest.mark.parametrize(("extra", "expected"), [(-1, []), (0, []), (1, ["W02"])])
def test_sixty_hours_in_a_week(extra: int, expected: list[str]) -> None:
    assert keys(weeks(1, 3600, extra=extra), "W02") == expected


@pytest.mark.parametrize(("extra", "expected"), [(-1, []), (0, []), (1, ["Y02"])])
def test_forty_five_hours_in_a_week_at_16(extra: int, expected: list[str]) -> None:
    assert keys(weeks(1, 2700, extra=extra), "Y02", born=OF_16) == expected


@pytest.mark.parametrize(("extra", "expected"), [(-1, []), (0, []), (1, ["W03"])])
def test_fifty_five_hours_a_week_on_average_over_four(extra: int, expected: list[str]) -> None:
    assert keys(weeks(4, 3300, extra=extra), "W03") == expected


@pytest.mark.parametrize(("extra", "expected"), [(-1, []), (0, []), (1, ["W04"])])
def test_forty_eight_hours_a_week_on_average_over_sixteen(extra: int, expected: list[str]) -> None:
    assert keys(weeks(16, 2880, extra=extra), "W04") == expected


@pytest.mark.parametrize(("extra", "expected"), [(-1, []), (0, []), (1, ["Y03"])])
def test_forty_hours_a_week_on_average_over_four_at_16(extra: int, expected: list[str]) -> None:
    assert keys(weeks(4, 2400, extra=extra), "Y03", born=OF_16) == expected


@pytest.mark.parametrize(("extra", "expected"), [(0, []), (1, ["W03"])])
def test_weeks_may_differ_as_long_as_their_mean_is_within_the_limit(extra: int, expected: list[str]) -> None:
    light_and_heavy = [
        work(on(7 * week + day, "07:00"), 500 if week % 2 else 600 + extra * (week == day == 0))
        for week in range(4)
        for day in range(6)
    ]
    assert keys(light_and_heavy, "W03") == expected


def test_a_mean_is_told_per_week_rounded_up_with_its_total() -> None:
    (found,) = findings(weeks(4, 3300, extra=1), "W03")
    assert (found.measured, found.limit, found.params) == (3301, 3300, {"weeks": 4, "total_minutes": 13201})
    assert found.severity is Severity.AMBER
    assert (told(found.start), told(found.end)) == ("2026-11-02T00:00", "2026-11-30T00:00")


def test_another_arrangement_over_four_weeks_takes_its_place() -> None:
    assert keys(weeks(4, 3480, terms_of=(Option.FOUR_WEEK_MEAN,)), "W03") == []


def test_another_arrangement_holds_only_where_all_shifts_have_it() -> None:
    shifts = weeks(4, 3480, terms_of=(Option.FOUR_WEEK_MEAN,))
    shifts[7] = shifts[7]._replace(terms=agreed())
    assert keys(shifts, "W03") == ["W03"]


def test_a_mean_with_leave_in_it_says_so() -> None:
    (found,) = findings(weeks(3, 3300), "W03", credited={Week(2026, 48): 3301})
    assert found.credited
    assert not findings(weeks(4, 3300, extra=1), "W03", credited={Week(2026, 30): 60})[-1].credited


@pytest.mark.parametrize(("end", "expected"), [((5, "23:59"), 0), ((6, "00:00"), 0), ((6, "00:01"), 1)])
def test_a_minute_on_sunday_is_work_on_sunday(end: tuple[int, str], expected: int) -> None:
    found = findings([between(on(5, "16:00"), on(*end))], "W10")
    assert [each.measured for each in found] == [1] * expected


def sundays(number: int, *, terms_of: tuple[Option, ...] = ()) -> list[WorkedShift]:
    terms = agreed(*terms_of)
    return [work(on(6 + 7 * week, "10:00"), 120, ref=week, terms=terms) for week in range(number)]


@pytest.mark.parametrize(("number", "free"), [(38, []), (39, []), (40, [12] * 13)])
def test_thirteen_free_sundays_in_a_year(number: int, free: list[int]) -> None:
    found = findings(sundays(number), "W11")
    assert [each.measured for each in found] == free
    assert all(each.references == tuple(range(number)) for each in found)


def test_more_sundays_by_agreement_still_want_consent() -> None:
    assert set(keys(sundays(40, terms_of=(Option.WORKED_SUNDAYS,)), "W11")) == {"W11.consent"}


def test_a_year_of_sundays_does_not_reach_past_52_weeks() -> None:
    spread = [work(on(6 + 7 * week, "10:00"), 120, ref=week) for week in range(80) if week % 2 == 0]
    assert keys(spread, "W11") == []


def test_school_is_brought_to_mind_once_for_each_week_of_the_young() -> None:
    shifts = [work(on(day, "10:00"), 120) for day in (0, 2, 7)]
    found = findings(shifts, "Y08", born=OF_16)
    assert [each.measured for each in found] == [240, 120]
    assert findings(shifts, "Y08", born=ADULT) == []


def test_days_of_which_only_the_length_is_known_count_in_the_week() -> None:
    shifts = weeks(1, 3000)
    (found,) = findings(shifts, "W02", totals=(total(2, 601, ref="here"),))
    assert (found.measured, found.references[2:4]) == (3601, ("here", (0, 2))), "in order of time"
    assert findings(shifts, "W02", totals=(total(2, 600),)) == []
    assert findings(shifts, "W02", totals=(total(2, 601, terms=Terms(Profile.DRIVER)),)) == []


def test_such_days_count_in_means_and_on_sundays_but_not_in_rest() -> None:
    days = tuple(total(7 * week + day, 470) for week in range(16) for day in range(7))
    found = {each.key for each in findings([], totals=days)}
    assert found == {"W04", "W10"}, "54:50 a week, every day"


def test_somebody_young_or_a_child_is_seen_by_such_a_day_too() -> None:
    assert [each.key for each in findings([], born=OF_16, totals=(total(0, 240),))] == ["Y08"]
    (found,) = findings([], "K01", born=OF_15, totals=(total(0, 240),))
    assert found.measured == 240
