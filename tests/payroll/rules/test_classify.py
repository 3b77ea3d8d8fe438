"""The tests of the standard template (domain rules, section 4), and the calendar's hard days."""

import datetime as dt
from decimal import Decimal

import pytest

from kis.core.weeks import Week
from kis.payroll.rules import Invalid, Quantity, Rate, classify
from tests.payroll.rules.weeks import over_the_week, paid, rules, shift, standard, told, worked

WORKDAYS = ("mon", "tue", "wed", "thu", "fri")

A = [shift("tue", "14:00-22:30", "18:00-18:30")]
B = [shift("wed", "08:00-19:30", "12:00-12:30")]
C = [*(shift(day, "07:00-15:30", "12:00-12:30") for day in WORKDAYS), shift("sat", "22:00-06:00", "02:00-02:30")]
D = [*(shift(day, "07:00-16:30", "12:00-12:30") for day in WORKDAYS), shift("sat", "07:00-15:30", "12:00-12:30")]


def test_a_late_shift_is_half_evening() -> None:
    result = paid(*A)
    assert told(result) == [("tue", "normal", 240, "100", 6400), ("tue", "evening", 240, "130", 8320)]
    assert result.amount_cents == 14720


def test_the_higher_of_evening_and_day_overtime_counts() -> None:
    result = paid(*B)
    assert told(result) == [
        ("wed", "normal", 480, "100", 12800),
        ("wed", "day-ot", 90, "125", 3000),
        ("wed", "evening", 90, "130", 3120),
    ]
    assert result.amount_cents == 18920


def test_under_sum_evening_and_day_overtime_are_added() -> None:
    assert paid(*B, by=standard(combination="SUM")).amount_cents == 19520


def test_a_weekend_night_follows_the_calendar_and_stays_with_saturday() -> None:
    result = paid(*C)
    assert over_the_week(result) == {"100": (2400, 64000), "150": (120, 4800), "200": (330, 17600)}
    assert {line.day for line in result.lines if line.percentage > 130} == {dt.date(2026, 11, 28)}
    assert result.amount_cents == 86400


def test_day_overtime_does_not_count_for_the_week() -> None:
    result = paid(*D)
    assert over_the_week(result) == {"100": (2400, 64000), "125": (300, 10000), "150": (480, 19200)}
    assert {line.label for line in result.lines if line.percentage == 150} == {"saturday"}
    assert result.amount_cents == 93200


def test_with_pyramiding_day_overtime_counts_for_the_week() -> None:
    assert paid(*D, by=standard(count_day_ot_in_week=True)).amount_cents == 96800


def test_a_bill_is_the_pay_times_the_factor() -> None:
    result = paid(*A, at=[Rate(dt.date(2026, 1, 1), 1600, factor=Decimal("2.10"))])
    assert result.amount_cents == 30912
    assert {line.factor for line in result.lines} == {Decimal("2.10")}


def test_a_bill_may_have_a_factor_and_a_fixed_price_per_type() -> None:
    rate = Rate(dt.date(2026, 1, 1), 1600, Decimal(2), factors={"day-ot": Decimal("1.8")}, fixed={"evening": 4550})
    lines = {line.label: line for line in paid(*B, at=[rate]).lines}
    assert lines["normal"].amount_cents == 8 * 3200
    assert lines["day-ot"].amount_cents == 5400  # 1.5 x 16 x 1.25 x 1.8
    assert (int(lines["evening"].percentage), lines["evening"].rate_cents) == (100, 4550)
    assert lines["evening"].amount_cents == 6825


def test_the_night_the_clock_goes_back_has_an_hour_more() -> None:
    result = paid(shift("2026-10-24", "22:00-06:00"), week=Week(2026, 43))
    assert over_the_week(result) == {"150": (120, 4800), "200": (420, 22400)}
    assert result.minutes == 540


def test_the_night_the_clock_goes_forward_has_an_hour_less() -> None:
    result = paid(shift("2027-03-27", "22:00-06:00"), week=Week(2027, 12))
    assert told(result) == [("sat", "saturday", 120, "150", 4800), ("sat", "holiday", 300, "200", 16000)]


def test_both_hours_of_the_double_hour_lie_in_the_same_band() -> None:
    early = rules(bands=[{"label": "early", "days": ["sun"], "from": "02:00", "to": "02:30", "surcharge": 10}])
    result = paid(shift("2026-10-25", "01:00-04:00"), by=early, week=Week(2026, 43))
    assert told(result) == [("sun", "normal", 180, "100", 4800), ("sun", "early", 60, "110", 1760)]
    assert [piece.end - piece.start for piece in result.lines[1].pieces] == [30, 30]


def test_christmas_2026() -> None:
    nights = [shift("2026-12-24", "22:00-06:00"), shift("2026-12-26", "08:00-12:00")]
    assert told(paid(*nights, week=Week(2026, 52))) == [
        ("thu", "evening", 120, "130", 4160),
        ("thu", "holiday", 360, "200", 19200),
        ("sat", "holiday", 240, "200", 12800),
    ]


def test_week_53_of_2026_is_one_week_over_two_years() -> None:
    days = ("2026-12-28", "2026-12-29", "2026-12-30", "2026-12-31", "2027-01-01", "2027-01-02")
    result = paid(*(shift(day, "08:00-16:00") for day in days), week=Week(2026, 53))
    assert over_the_week(result) == {"100": (1920, 51200), "200": (480, 25600), "150": (480, 19200)}
    assert {line.label for line in result.lines if line.day.year == 2027} == {"holiday", "saturday"}
    assert result.amount_cents == 96000


def test_a_shift_over_the_end_of_a_month_stays_whole() -> None:
    result = paid(shift("2026-11-30", "20:00-04:00"), week=Week(2026, 49))
    assert told(result) == [("mon", "evening", 240, "130", 8320), ("mon", "night", 240, "150", 9600)]


def test_a_week_without_shifts_has_no_lines() -> None:
    result = paid()
    assert (result.lines, result.minutes, result.amount_cents) == ((), 0, 0)
    assert [version.code for version in result.rules] == ["STANDARD-1"]


def test_each_day_goes_by_the_version_valid_on_it() -> None:
    old = standard(valid_to="2026-12-31")
    new = standard(version=2, valid_from="2027-01-01", bands=[])
    shifts = [shift("2026-12-31", "20:00-02:00"), shift("2027-01-02", "08:00-12:00")]
    result = classify(worked(*shifts, week=Week(2026, 53)), [old, new], [Rate(dt.date(2026, 1, 1), 1600)])
    assert [(line.label, line.rules) for line in result.lines] == [
        ("evening", "STANDARD-1 v1"),
        ("holiday", "STANDARD-1 v1"),
        ("normal", "STANDARD-1 v2"),
    ]
    assert result.rules == (old, new)


def test_week_overtime_goes_on_counting_when_the_version_changes_within_the_week() -> None:
    old = standard(valid_to="2026-11-25")
    new = standard(version=2, valid_from="2026-11-26")
    shifts = [shift(day, "08:00-16:00") for day in ("mon", "tue", "wed", "thu", "fri")]
    shifts.append(shift("sat", "08:00-16:00"))
    whole = paid(*shifts)
    assert classify(worked(*shifts), [old, new], [Rate(dt.date(2026, 1, 1), 1600)]).lines == whole.lines


def test_quantities_are_priced_per_day_and_component() -> None:
    ridden = [Quantity(dt.date(2026, 11, 24), "km", Decimal(km)) for km in ("12.5", "8.6")]
    result = paid(*A, quantities=tuple(ridden))
    assert [(line.code, line.quantity, line.amount_cents) for line in result.quantities] == [
        ("km", Decimal("21.1"), 528)
    ]
    assert result.amount_cents == 14720 + 528


@pytest.mark.parametrize(
    ("entry", "problem"),
    [
        (Quantity(dt.date(2026, 11, 24), "meal", Decimal(1)), "quantities[0].code: is no component of the rules: meal"),
        (Quantity(dt.date(2026, 12, 1), "km", Decimal(1)), "quantities[0].day: does not lie in week 2026-W48"),
    ],
)
def test_a_quantity_that_fits_nowhere_is_refused(entry: Quantity, problem: str) -> None:
    with pytest.raises(Invalid, match=problem.replace("[", r"\[")):
        paid(quantities=(entry,))


def test_a_day_without_a_rate_is_refused() -> None:
    with pytest.raises(Invalid, match="rates: no rate is in force on 2026-11-24"):
        paid(*A, at=[Rate(dt.date(2026, 11, 25), 1600)])


def test_a_day_without_rules_is_refused() -> None:
    with pytest.raises(Invalid, match="rules: no version is valid on 2026-11-24"):
        paid(*A, by=standard(valid_from="2026-11-25"))


def test_the_lines_of_a_week_come_by_day_and_percentage() -> None:
    result = paid(*reversed(C))
    assert [line.key for line in result.lines] == sorted(line.key for line in result.lines)
    assert result == paid(*C)


def test_preceding_weeks_are_counted_and_not_paid() -> None:
    before = tuple(shift(day, "08:00-16:00", week=Week(2026, 47)) for day in WORKDAYS)
    four_weeks = rules(
        overtime=[{"label": "late", "reference": "four_weeks", "threshold_minutes": 2500, "tiers": [{"surcharge": 50}]}]
    )
    result = paid(shift("mon", "08:00-12:00"), by=four_weeks, preceding=before)
    assert told(result) == [("mon", "normal", 100, "100", 2667), ("mon", "late", 140, "150", 5600)]
