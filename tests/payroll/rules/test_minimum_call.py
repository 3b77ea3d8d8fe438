from decimal import Decimal

from kis.payroll.rules import Rate, TopUp
from tests.payroll.rules.weeks import W48, paid, rules, shift, standard


def test_a_short_call_lacks_what_is_missing_to_three_hours() -> None:
    assert paid(shift("mon", "09:00-11:00"), on_call=True).top_ups == (
        TopUp(W48.monday, 60, 1600, 1600, "STANDARD-1 v1"),
    )


def test_a_break_does_not_make_two_calls() -> None:
    assert paid(shift("mon", "09:00-11:30", "10:00-10:30"), on_call=True).top_ups[0].missing == 60


def test_shifts_that_touch_are_one_call() -> None:
    assert paid(shift("mon", "09:00-10:30"), shift("mon", "10:30-12:00"), on_call=True).top_ups == ()


def test_two_calls_of_three_hours_or_more_need_no_question() -> None:
    assert paid(shift("mon", "08:00-11:00"), shift("mon", "13:00-17:00"), on_call=True).top_ups == ()


def test_the_agency_is_asked_about_two_calls_of_which_one_is_short() -> None:
    top_up = paid(shift("mon", "08:00-12:00"), shift("mon", "13:00-14:00"), on_call=True).top_ups[0]
    assert (top_up.missing, top_up.amount_cents, top_up.rate_cents) == (None, None, 1600)


def test_each_day_is_a_call_of_its_own() -> None:
    result = paid(shift("wed", "09:00-10:00"), shift("mon", "09:00-11:00"), on_call=True)
    assert [(top_up.day, top_up.missing) for top_up in result.top_ups] == [(W48.days[0], 60), (W48.days[2], 120)]


def test_the_top_up_is_at_100_percent_of_the_wage_of_that_day() -> None:
    rates = [Rate(W48.monday, 1600), Rate(W48.days[6], 1700, Decimal(2))]
    assert paid(shift("sun", "09:00-11:00"), at=rates, on_call=True).top_ups[0].amount_cents == 3400


def test_rules_without_a_minimum_propose_nothing() -> None:
    assert paid(shift("mon", "09:00-10:00"), by=rules(), on_call=True).top_ups == ()
    assert paid(shift("mon", "09:00-10:00"), by=standard(minimum_call_minutes=60), on_call=True).top_ups == ()
