import datetime as dt

import pytest

from kis.core import clock
from kis.payroll import agreements
from kis.payroll.wage_checks import DayWage, first_day_below, low_wage_of, low_wages, lowest, worked_days
from kis.staffing import operations as staffing
from kis.staffing.actor import SYSTEM
from kis.timesheets.hours import Day, Hours, Shift
from tests.support import people

WEEK = people.WEEK  # from Monday 23 November 2026: 14.99 at 21 and over, 11.99 at 20
MONDAY = WEEK.monday
ADULT = dt.date(1998, 4, 12)
OF_20 = dt.date(2006, 11, 25)  # 20 on the Wednesday


def days(wage: int, born: dt.date | None, hours: Hours | None = None) -> list[tuple[int, int]]:
    """Weekday and minimum of each day that is too low."""
    found = low_wages(hours or people.hours(), lambda _: wage, birth_date=born)
    return [(each.day.isoweekday(), each.floor_cents) for each in found]


def test_a_base_wage_at_the_minimum_is_enough() -> None:
    assert days(1499, ADULT) == []
    assert days(1498, ADULT) == [(day, 1499) for day in range(1, 6)]


def test_a_birthday_in_the_week_raises_the_minimum_from_that_day_on() -> None:
    assert days(1000, OF_20) == [(3, 1199), (4, 1199), (5, 1199)]


def test_without_a_birth_date_the_amount_for_adults_holds() -> None:
    assert days(1200, None) == [(day, 1499) for day in range(1, 6)]


def test_only_days_with_work_and_a_known_wage_are_looked_at() -> None:
    hours = Hours(WEEK, (Day(total=480), *(Day(),) * 6))
    assert days(1000, ADULT, hours) == [(1, 1499)]
    assert low_wages(people.hours(), lambda _: None, birth_date=ADULT) == ()


def test_a_night_is_worked_on_both_its_days() -> None:
    night = Hours(WEEK, (*(Day(),) * 6, Day((Shift(22 * 60, 30 * 60),))))
    assert worked_days(night) == (WEEK.sunday, WEEK.next.monday)
    until_midnight = Hours(WEEK, (Day((Shift(18 * 60, 24 * 60),)), *(Day(),) * 6))
    assert worked_days(until_midnight) == (MONDAY,)


def test_a_wage_that_changes_in_the_week_is_looked_at_per_day() -> None:
    found = low_wages(people.hours(), lambda day: 1400 if day < WEEK.days[2] else 1600, birth_date=ADULT)
    assert [each.day for each in found] == list(WEEK.days[:2])


def test_the_lowest_is_the_one_furthest_below() -> None:
    found = low_wages(people.hours(), lambda day: 1400 + day.day, birth_date=ADULT)
    worst = lowest(found)
    assert worst
    assert (worst.day, worst.rate_cents) == (MONDAY, 1423)
    assert lowest(()) is None


def test_days_of_next_year_cannot_be_judged_unless_they_are_too_low_for_sure() -> None:
    hours = people.hours(WEEK + 8)
    assert [each.is_below for each in low_wages(hours, lambda _: 1600, birth_date=ADULT)] == [False] * 5
    assert [each.is_below for each in low_wages(hours, lambda _: 1400, birth_date=ADULT)] == [True] * 5


# A job over time.


def test_a_wage_becomes_too_low_when_the_law_s_amount_rises() -> None:
    wages = [DayWage(dt.date(2026, 1, 1), 1480)]
    found = first_day_below(wages, birth_date=ADULT, since=dt.date(2026, 2, 1))
    assert found
    assert (found.day, found.rate_cents, found.floor_cents) == (dt.date(2026, 7, 1), 1480, 1499)


def test_or_on_a_birthday() -> None:
    found = first_day_below([DayWage(dt.date(2026, 1, 1), 1000)], birth_date=OF_20, since=dt.date(2026, 7, 2))
    assert found
    assert (found.day, found.floor_cents) == (dt.date(2026, 11, 25), 1199)


def test_not_when_the_wage_rises_in_time_or_the_job_has_ended() -> None:
    wages = [DayWage(dt.date(2026, 1, 1), 1480), DayWage(dt.date(2026, 7, 1), 1500)]
    assert first_day_below(wages, birth_date=ADULT, since=dt.date(2026, 2, 1)) is None
    ended = dt.date(2026, 6, 30)
    assert first_day_below(wages[:1], birth_date=ADULT, since=dt.date(2026, 2, 1), until=ended) is None
    assert first_day_below([], birth_date=ADULT, since=dt.date(2026, 2, 1)) is None


@pytest.mark.django_db
def test_a_job_is_looked_at_by_its_agreed_terms_of_which_the_later_written_counts() -> None:
    job = people.placement()
    staffing.change_worker(job.worker, birth_date=ADULT, by=SYSTEM, at=people.BEFORE)
    assert low_wage_of(job, since=MONDAY) is None, "no wage is known"
    by, at = people.actor(people.esra()), clock.at(MONDAY, 600)
    agreements.agree_terms(job, valid_from=people.START, wage_cents=1400, by=by, at=at)
    found = low_wage_of(job, since=MONDAY)
    assert found
    assert (found.day, found.floor_cents) == (MONDAY, 1499)
    agreements.agree_terms(job, valid_from=people.START, wage_cents=1600, by=by, at=at)
    assert low_wage_of(job, since=MONDAY) is None
