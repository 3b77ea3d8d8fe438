import datetime as dt

import pytest

from kis.payroll.rules import Invalid
from kis.payroll.rules.model import Tier, version_on
from tests.payroll.rules.weeks import STANDARD, beyond, rules, standard

CHRISTMAS = dt.date(2026, 12, 25)


def test_the_latest_valid_version_counts() -> None:
    old, new = standard(), standard(version=2, valid_from="2027-01-01")
    assert version_on([new, old], dt.date(2026, 12, 31)) == old
    assert version_on([old, new], dt.date(2027, 1, 1)) == new


def test_a_version_ends_after_its_last_day() -> None:
    ended = standard(valid_to="2026-12-31")
    assert ended.holds_on(dt.date(2026, 12, 31))
    with pytest.raises(Invalid, match="no version is valid on 2027-01-01"):
        version_on([ended], dt.date(2027, 1, 1))


def test_a_holiday_has_a_row_of_its_own_where_the_rules_have_one() -> None:
    assert STANDARD.kind_of(CHRISTMAS) == "holiday"
    assert rules().kind_of(CHRISTMAS) == "fri"


def test_the_holidays_are_those_named_and_dates_of_its_own() -> None:
    liberation = dt.date(2027, 5, 5)
    assert liberation not in STANDARD.holidays
    assert liberation in rules(holidays={"named": ["liberation-day"]}).holidays
    assert CHRISTMAS not in rules(holidays={"named": []}).holidays
    assert dt.date(2026, 11, 24) in rules(holidays={"extra": ["2026-11-24"]}).holidays


def test_the_tie_order_ranks_labels() -> None:
    assert [STANDARD.rank(label) for label in ("holiday", "evening", "unknown", "normal")] == [0, 12, 13, 14]


def test_an_order_without_normal_ends_with_it() -> None:
    short = rules(tie_order=["a"])
    assert short.rank("a") < short.rank("unknown") < short.rank("normal")


def test_overtime_can_leave_out_weekdays_and_holidays() -> None:
    kind = rules(overtime=[beyond("day", 480, 25, excluded_days=["sat", "holiday"])])
    overtime = kind.overtime[0]
    assert kind.excludes(overtime, dt.date(2026, 11, 28))
    assert kind.excludes(overtime, CHRISTMAS)
    assert not kind.excludes(overtime, dt.date(2026, 12, 18))


def test_a_tier_holds_from_its_first_minute_to_before_its_last() -> None:
    tier = Tier(STANDARD.bands[0].surcharge, after=10, upto=20)
    assert [tier.holds_at(depth) for depth in (9, 10, 19, 20)] == [False, True, True, False]


def test_an_average_per_workable_day_becomes_the_threshold_of_the_period() -> None:
    overtime = rules(overtime=[beyond("pay_period", 9120, 25, minutes_per_workable_day=456)]).overtime[0]
    assert [overtime.limit(days) for days in (None, 5, 23)] == [9120, 2280, 10488]


def test_equal_rule_sets_have_one_hash() -> None:
    assert hash(standard()) == hash(STANDARD)
    assert standard() == STANDARD
