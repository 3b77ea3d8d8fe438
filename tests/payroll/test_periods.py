import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kis.core.weeks import Week
from kis.payroll.periods import Period, period_of
from kis.staffing.models import PayPeriod

weeks = st.dates(dt.date(2020, 1, 6), dt.date(2035, 12, 20)).map(Week.of)


@pytest.mark.parametrize(
    ("week", "number", "first", "last"),
    [
        (Week(2026, 1), 1, Week(2026, 1), Week(2026, 4)),
        (Week(2026, 48), 12, Week(2026, 45), Week(2026, 48)),
        (Week(2026, 53), 13, Week(2026, 49), Week(2026, 53)),
        (Week(2027, 52), 13, Week(2027, 49), Week(2027, 52)),
    ],
)
def test_four_weeks_go_together_and_week_53_with_the_last(week: Week, number: int, first: Week, last: Week) -> None:
    assert period_of(week, PayPeriod.FOUR_WEEKS) == Period(PayPeriod.FOUR_WEEKS, week.year, number, first, last)


def test_a_week_belongs_to_the_month_in_which_it_ends() -> None:
    found = period_of(Week(2026, 48), PayPeriod.MONTH)  # Sunday 29 November
    assert (found.year, found.number, found.first, found.last) == (2026, 11, Week(2026, 44), Week(2026, 48))
    assert period_of(Week(2026, 53), PayPeriod.MONTH).number == 1  # Sunday 3 January 2027


@given(weeks, st.sampled_from(PayPeriod))
def test_every_week_is_in_exactly_one_period_and_periods_follow_each_other(week: Week, kind: PayPeriod) -> None:
    period = period_of(week, kind)
    assert week in period.weeks
    assert all(period_of(other, kind) == period for other in period.weeks)
    assert period_of(period.last.next, kind).first == period.last.next


def test_four_weeks_have_twenty_workable_days() -> None:
    assert period_of(Week(2026, 48), PayPeriod.FOUR_WEEKS).workable_days == 20
