import datetime as dt

from kis.core import clock
from kis.core.weeks import Week
from kis.timesheets.deadlines import Rhythm, deadline


def test_a_usual_week_is_approved_on_monday_and_paid_on_tuesday() -> None:
    found = deadline(Week(2026, 47), Rhythm())
    assert found.approve_by == clock.at(dt.date(2026, 11, 23), 17 * 60)
    assert found.run_on == dt.date(2026, 11, 24)
    assert not found.moved_for_holiday


def test_easter_monday_moves_both_a_day() -> None:
    found = deadline(Week(2027, 12), Rhythm())
    assert found.approve_by.date() == dt.date(2027, 3, 30)
    assert found.run_on == dt.date(2027, 3, 31)
    assert found.moved_for_holiday


def test_kings_day_on_tuesday_moves_only_the_run() -> None:
    found = deadline(Week(2027, 16), Rhythm())
    assert found.approve_by.date() == dt.date(2027, 4, 26)
    assert found.run_on == dt.date(2027, 4, 28)


def test_a_thursday_rhythm_stays_within_the_same_week() -> None:
    found = deadline(Week(2026, 47), Rhythm(approval_weekday=3, payroll_weekday=4))
    assert (found.approve_by.date(), found.run_on) == (dt.date(2026, 11, 25), dt.date(2026, 11, 26))


def test_a_run_on_an_earlier_weekday_than_the_approval_is_a_week_later() -> None:
    found = deadline(Week(2026, 47), Rhythm(approval_weekday=4, payroll_weekday=2))
    assert found.run_on == dt.date(2026, 12, 1)


def test_week_53_of_2026_is_approved_in_the_new_year() -> None:
    found = deadline(Week(2026, 53), Rhythm())
    assert found.approve_by.date() == dt.date(2027, 1, 4)


def test_the_minute_of_the_deadline_still_counts() -> None:
    found = deadline(Week(2026, 47), Rhythm())
    assert not found.has_passed(found.approve_by)
    assert found.has_passed(found.approve_by + dt.timedelta(seconds=1))
