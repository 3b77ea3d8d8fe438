"""The readings P1 to P25 of the domain rules, section 13: one test or more for each."""

import datetime as dt

import pytest

from kis.core.weeks import Week
from kis.payroll.rules import Invalid, Rate, templates, walltime
from tests.payroll.rules.weeks import (
    STANDARD,
    W48,
    band,
    beyond,
    over_the_week,
    paid,
    rules,
    shift,
    standard,
    told,
)

WORKDAYS = ("mon", "tue", "wed", "thu", "fri")


def test_p1_money_is_rounded_once_per_day_type_percentage_and_wage() -> None:
    quarter = rules(bands=[band("extra", 75)])
    pieces = ("08:00-08:10", "12:00-12:20")  # together half an hour at 26.25
    result = paid(*(shift(day, times) for day in ("mon", "tue") for times in pieces), by=quarter, at=1500)
    assert [line.amount_cents for line in result.lines] == [1313, 1313]


@pytest.mark.parametrize("mode", ["SUM", "COMPOUND"])
def test_p2_band_and_overtime_together_have_a_composite_label(mode: str) -> None:
    result = paid(shift("wed", "04:00-19:00"), by=standard(combination=mode))
    assert {line.label for line in result.lines} == {"night", "normal", "day-ot", "evening+day-ot"}


def test_p2_compound_counts_one_over_the_other() -> None:
    result = paid(shift("wed", "10:00-19:00"), by=standard(combination="COMPOUND"))
    assert told(result)[-1] == ("wed", "evening+day-ot", 60, "162.5", 2600)


def test_p3_labels_missing_in_the_tie_order_stand_just_before_normal() -> None:
    parts = {
        "bands": [band("late", 25, hours="18:00-24:00"), band("early", 25, hours="00:00-06:00")],
        "overtime": [beyond("day", 60, 25, "day-ot")],
    }
    day = shift("mon", "17:00-20:00")
    known_wins = rules(**parts, tie_order=["day-ot", "normal"])
    assert "late" not in {line.label for line in paid(day, by=known_wins).lines}
    before_normal = rules(**parts, tie_order=["normal", "day-ot"])
    assert {line.label for line in paid(day, by=before_normal).lines} == {"normal", "late"}


def test_p3_of_two_labels_that_are_both_missing_the_band_wins() -> None:
    neither = rules(bands=[band("late", 25)], overtime=[beyond("day", 60, 25)], tie_order=["normal"])
    assert {line.label for line in paid(shift("mon", "17:00-20:00"), by=neither).lines} == {"late"}


def test_p4_the_hourly_rate_with_surcharge_is_not_rounded() -> None:
    extra = rules(bands=[band("extra", 25)])
    assert paid(shift("mon", "08:00-16:00"), by=extra, at=1499).amount_cents == 14990  # 8 x 18.74 were 149.92


def test_p5_minutes_beyond_eight_hours_are_day_overtime_whatever_they_are_paid_as() -> None:
    late = [shift(day, "10:00-20:00") for day in WORKDAYS]  # two evening hours a day are beyond eight
    result = paid(*late)
    assert over_the_week(result) == {"100": (2400, 64000), "130": (600, 20800)}


def test_p6_minutes_with_a_band_surcharge_count_towards_the_thresholds() -> None:
    result = paid(shift("mon", "02:00-12:00"))
    assert told(result)[1:] == [("mon", "day-ot", 120, "125", 4000), ("mon", "night", 240, "150", 9600)]


def test_p7_a_shift_over_sunday_midnight_belongs_to_its_week_but_its_bands_to_the_calendar() -> None:
    result = paid(shift("sun", "22:00-06:00"))
    assert told(result) == [("sun", "night", 360, "150", 14400), ("sun", "sunday", 120, "200", 6400)]
    with pytest.raises(Invalid, match=r"shifts\[0\].start: does not lie in week 2026-W49"):
        paid(shift("sun", "22:00-06:00"), week=Week(2026, 49))


def test_p8_with_pyramiding_the_higher_overtime_counts() -> None:
    days = [shift(day, "08:00-17:00") for day in WORKDAYS]
    result = paid(*days, by=standard(count_day_ot_in_week=True))
    assert over_the_week(result) == {"100": (2160, 57600), "125": (240, 8000), "150": (300, 12000)}


def test_p8_with_pyramiding_equal_overtime_is_named_by_the_tie_order() -> None:
    overtime = [beyond("day", 480, 50, "day-ot"), beyond("week", 480, 50, "week-ot")]
    both = {"overtime": overtime, "count_day_ot_in_week": True}
    long_day = shift("mon", "08:00-17:00")
    assert told(paid(long_day, by=rules(**both)))[-1][1] == "week-ot"
    day_first = rules(**both, tie_order=["day-ot", "week-ot", "normal"])
    assert told(paid(long_day, by=day_first))[-1][1] == "day-ot"


def test_p9_chronological_is_absolute_time_within_the_assigned_day() -> None:
    early, late = shift("mon", "08:00-14:00"), shift("tue", "08:00-12:00", on="mon")
    result = paid(late, early)
    overtime = result.lines[-1]
    assert (overtime.day, overtime.label, overtime.minutes) == (W48.monday, "day-ot", 120)
    assert walltime.moment_text(overtime.pieces[0].start) == "2026-11-24T10:00+01:00"


def test_p9_chronological_is_absolute_time_within_the_week() -> None:
    days = [shift(day, "08:00-16:00") for day in WORKDAYS]
    result = paid(
        *days, shift("sat", "08:00-10:00", on="wed"), by=standard(bands=[], overtime=[beyond("week", 2400, 50)])
    )
    assert [(line.day, line.minutes) for line in result.lines if line.percentage == 150] == [(W48.days[2], 120)]


def test_p10_a_shift_may_be_assigned_to_any_day_of_its_week() -> None:
    result = paid(shift("wed", "08:00-12:00", on="sun"))
    assert told(result) == [("sun", "normal", 240, "100", 6400)]


def test_p10_a_shift_may_not_be_assigned_to_another_week() -> None:
    with pytest.raises(Invalid, match=r"shifts\[0\].day: must lie in the week in which the shift starts"):
        paid(shift("sun", "22:00-06:00", on="2026-11-30"))


def test_p11_splitting_at_midnight_changes_nothing_while_the_day_stays() -> None:
    whole = paid(shift("fri", "20:00-06:00"))
    parts = [shift("fri", "20:00-24:00"), shift("sat", "00:00-06:00", on="fri")]
    assert paid(*parts) == whole


def test_p11_splitting_at_midnight_without_a_day_starts_a_new_count() -> None:
    parts = paid(shift("wed", "14:00-24:00"), shift("thu", "00:00-01:00"))
    assert {line.day for line in parts.lines} == {W48.days[2], W48.days[3]}


def test_p12_a_break_under_fifteen_minutes_is_unpaid() -> None:
    assert paid(shift("mon", "08:00-12:00", "10:00-10:10")).minutes == 230


def test_p12_a_rule_set_may_count_a_short_break_as_work() -> None:
    kind = standard(breaks={"paid": False, "minimum_minutes": 15})
    assert paid(shift("mon", "08:00-12:00", "10:00-10:10"), by=kind).minutes == 240
    assert paid(shift("mon", "08:00-12:00", "10:00-10:10", "10:10-10:15"), by=kind).minutes == 225


def test_p13_a_time_that_comes_twice_means_the_first() -> None:
    first = walltime.read("2026-10-25T02:30")
    assert first == walltime.read("2026-10-25T02:30+02:00")
    assert walltime.read("2026-10-25T02:30+01:00") - first.astimezone(dt.UTC) == dt.timedelta(hours=1)


def test_p13_a_time_that_does_not_exist_is_refused() -> None:
    with pytest.raises(Invalid, match="does not exist: the clock goes forward that night"):
        walltime.read("2027-03-28T02:30")


def test_p14_the_wage_is_that_of_the_calendar_day_of_the_minute() -> None:
    rates = [Rate(dt.date(2026, 1, 1), 1600), Rate(dt.date(2026, 11, 25), 1700)]
    result = paid(shift("tue", "22:00-02:00"), at=rates, by=rules())
    assert [(line.day, line.rate_cents, line.minutes) for line in result.lines] == [
        (W48.days[1], 1600, 120),
        (W48.days[1], 1700, 120),
    ]


def test_p15_without_a_holiday_band_a_holiday_is_an_ordinary_day() -> None:
    ordinary = rules(bands=[band("friday", 10, "fri")])
    result = paid(shift("2026-12-25", "08:00-12:00"), by=ordinary, week=Week(2026, 52))
    assert told(result) == [("fri", "friday", 240, "110", 7040)]


def test_p15_with_a_holiday_band_the_whole_weekday_is_replaced() -> None:
    morning = rules(bands=[band("friday", 10, "fri"), band("holiday", 100, "holiday", "00:00-10:00")])
    result = paid(shift("2026-12-25", "08:00-12:00"), by=morning, week=Week(2026, 52))
    assert told(result) == [("fri", "normal", 120, "100", 3200), ("fri", "holiday", 120, "200", 6400)]


@pytest.mark.parametrize("name", templates.names())
def test_p16_every_template_has_the_holidays_of_the_standard_one(name: str) -> None:
    assert templates.load(name).holidays == STANDARD.holidays


def test_p17_the_last_minutes_of_the_period_carry_the_average_overtime() -> None:
    before = tuple(shift(day, "08:00-16:00", week=Week(2026, week)) for week in (45, 46, 47) for day in WORKDAYS)
    now = [shift(day, "08:00-16:00") for day in WORKDAYS]
    result = paid(*now, by=templates.load("CLEANING-1"), preceding=before)
    assert told(result)[-1] == ("fri", "period-ot", 480, "125", 16000)  # 160 h against 20 x 7.6 h
    assert result.amount_cents == 32 * 1600 + 16000


def test_p17_day_overtime_is_not_counted_again_for_the_period() -> None:
    days = [shift("mon", "07:00-18:00"), *(shift(day, "08:00-15:36") for day in WORKDAYS[1:])]
    result = paid(*days, by=templates.load("CLEANING-1"), workable_days=5)
    assert [(line.label, line.minutes) for line in result.lines if line.percentage == 125] == [
        ("day-ot", 120),
        ("period-ot", 84),  # 9 h + 4 x 7.6 h less 38 h
    ]


def test_p18_cleaning_counts_the_ninth_hour_per_assigned_day() -> None:
    shifts = [shift("tue", "06:00-11:00"), shift("tue", "12:00-17:00")]
    assert over_the_week(paid(*shifts, by=templates.load("CLEANING-1")))["125"] == (60, 2000)


def test_p18_per_shift_is_a_setting() -> None:
    per_shift = rules(overtime=[beyond("shift", 540, 25)])
    shifts = [shift("tue", "06:00-11:00"), shift("tue", "12:00-17:00"), shift("wed", "06:00-16:00")]
    assert told(paid(*shifts, by=per_shift))[-1] == ("wed", "shift-ot", 60, "125", 2000)
    assert list(over_the_week(paid(*shifts[:2], by=per_shift))) == ["100"]


def test_p19_retail_counts_beyond_160_hours_in_four_weeks_without_day_overtime() -> None:
    retail = templates.load("RETAIL-NON-FOOD-1")
    before = tuple(shift(day, "08:00-16:24", week=Week(2026, week)) for week in (45, 46, 47) for day in WORKDAYS)
    now = [shift("mon", "08:00-19:00"), *(shift(day, "08:00-16:24") for day in WORKDAYS[1:])]
    result = paid(*now, by=retail, preceding=before)
    # 126 h before; 10 + 33.6 h now, the eleventh hour of Monday apart: 9.6 h beyond 160
    assert sum(line.minutes for line in result.lines if line.label == "four-weeks-ot") == 576
    assert told(result)[1] == ("mon", "day-ot", 60, "125", 2000)


def test_p19_a_single_week_has_no_four_week_overtime() -> None:
    days = [shift(day, "08:00-18:00") for day in WORKDAYS]
    assert list(over_the_week(paid(*days, by=templates.load("RETAIL-NON-FOOD-1")))) == ["100"]


def test_p20_fifteen_minutes_too_long_are_none_and_sixteen_are_all() -> None:
    retail = templates.load("RETAIL-NON-FOOD-1")
    assert list(over_the_week(paid(shift("mon", "08:00-18:15"), by=retail))) == ["100"]
    assert over_the_week(paid(shift("mon", "08:00-18:16"), by=retail))["125"] == (16, 533)


def test_p21_only_the_first_hour_of_overtime_between_7_and_20_is_at_25_percent() -> None:
    orsima = templates.load("INDUSTRIAL-CLEANING-1")
    late = paid(shift("tue", "11:30-21:00"), by=orsima)  # overtime from 19:30
    assert over_the_week(late) == {"100": (480, 12800), "125": (30, 1000), "150": (60, 2400)}
    later = paid(shift("tue", "12:30-21:30"), by=orsima)  # overtime from 20:30
    assert over_the_week(later) == {"100": (480, 12800), "150": (60, 2400)}


def test_p22_industrial_cleaning_has_no_overtime_on_a_weekend_day_by_assignment() -> None:
    orsima = templates.load("INDUSTRIAL-CLEANING-1")
    assert list(over_the_week(paid(shift("sat", "07:00-17:00"), by=orsima))) == ["100"]
    assert "150" in over_the_week(paid(shift("sat", "07:00-17:00", on="fri"), by=orsima))


def test_p22_metaal_has_its_bands_on_all_seven_days() -> None:
    metaal = templates.load("METAAL-TECHNIEK-1")
    for day in ("wed", "sat", "sun"):
        assert list(over_the_week(paid(shift(day, "18:00-20:00"), by=metaal))) == ["115"]


def test_p22_in_road_transport_a_holiday_is_an_ordinary_day() -> None:
    christmas = shift("2026-12-25", "08:00-12:00")
    assert list(over_the_week(paid(christmas, by=templates.load("ROAD-TRANSPORT-1"), week=Week(2026, 52)))) == ["100"]


def test_p23_under_band_wins_a_band_of_0_percent_is_no_band() -> None:
    day_window = rules(bands=[band("day", 0)], overtime=[beyond("day", 60, 30, "day-ot")], combination="BAND_WINS")
    result = paid(shift("mon", "08:00-10:00"), by=day_window)
    assert told(result) == [("mon", "day", 60, "100", 1600), ("mon", "day-ot", 60, "130", 2080)]


def test_p24_a_short_call_is_filled_up_at_100_percent_as_a_proposal() -> None:
    result = paid(shift("sun", "08:00-10:30", "09:00-09:15"), on_call=True)
    assert [(top_up.missing, top_up.amount_cents) for top_up in result.top_ups] == [(45, 1200)]
    assert result.minutes == 135  # a proposal is in no total


def test_p24_with_several_calls_on_a_day_the_agency_is_asked() -> None:
    result = paid(shift("mon", "09:00-11:00"), shift("mon", "13:00-14:00"), on_call=True)
    assert [(top_up.day, top_up.missing, top_up.amount_cents) for top_up in result.top_ups] == [
        (W48.monday, None, None)
    ]


def test_p24_nothing_is_proposed_for_three_hours_or_without_an_on_call_contract() -> None:
    assert paid(shift("mon", "09:00-12:00"), on_call=True).top_ups == ()
    assert paid(shift("mon", "09:00-10:00")).top_ups == ()


def test_p25_an_overtime_minute_that_fits_no_tier_has_0_percent_and_a_label_by_tie_order() -> None:
    morning = {"surcharge": 25, "from": "06:00", "to": "12:00"}
    parts = {"overtime": [beyond("day", 60, 0, "day-ot", tiers=[morning])]}
    day = shift("mon", "10:00-14:00")
    assert told(paid(day, by=rules(**parts))) == [
        ("mon", "day-ot", 120, "100", 3200),
        ("mon", "normal", 60, "100", 1600),
        ("mon", "day-ot", 60, "125", 2000),
    ]
    normal_first = rules(**parts, tie_order=["normal", "day-ot"])
    assert told(paid(day, by=normal_first))[0] == ("mon", "normal", 180, "100", 4800)
