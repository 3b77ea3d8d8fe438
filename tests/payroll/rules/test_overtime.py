from typing import Any

import pytest

from kis.payroll.rules import Invalid, WorkedShift
from kis.payroll.rules.overtime import tag_overtime
from kis.payroll.rules.worked import paid_time
from tests.payroll.rules.weeks import W48, beyond, rules, shift, worked

WORKDAYS = ("mon", "tue", "wed", "thu", "fri")


def told(
    *shifts: WorkedShift, overtime: list[Any], pyramiding: bool = False, **more: Any
) -> list[tuple[str, int, str]]:
    """The stretches: day, minutes, and the overtime rules they fall under."""
    kind = rules(overtime=overtime, count_day_ot_in_week=pyramiding)
    week = worked(*shifts, **more)
    return [
        (f"{stretch.day:%a}", stretch.minutes, "+".join(tag.overtime.label for tag in stretch.tags))
        for stretch in tag_overtime(paid_time(week, [kind]), week)
    ]


def test_minutes_beyond_the_threshold_of_the_day_are_tagged() -> None:
    late = shift("mon", "08:00-18:00")
    assert told(late, overtime=[beyond("day", 480, 25)]) == [("Mon", 480, ""), ("Mon", 120, "day-ot")]


def test_a_day_of_exactly_the_threshold_has_no_overtime() -> None:
    assert told(shift("mon", "08:00-16:00"), overtime=[beyond("day", 480, 25)]) == [("Mon", 480, "")]


def test_a_threshold_of_nothing_makes_every_minute_overtime() -> None:
    assert told(shift("mon", "08:00-09:00"), overtime=[beyond("day", 0, 25)]) == [("Mon", 60, "day-ot")]


def test_the_day_counts_over_its_shifts_and_the_shift_alone() -> None:
    two = [shift("mon", "08:00-13:00"), shift("mon", "14:00-19:00")]
    assert told(*two, overtime=[beyond("day", 480, 25)])[1:] == [("Mon", 180, ""), ("Mon", 120, "day-ot")]
    assert told(*two, overtime=[beyond("shift", 240, 25)]) == [("Mon", 240, ""), ("Mon", 60, "shift-ot")] * 2


def test_the_order_of_the_rules_in_the_set_does_not_matter() -> None:
    days = [shift(day, "08:00-17:00") for day in WORKDAYS]
    day, week = beyond("day", 480, 25), beyond("week", 2400, 50)
    assert told(*days, overtime=[day, week]) == told(*days, overtime=[week, day])


def test_with_pyramiding_a_minute_can_fall_under_two_rules() -> None:
    days = [shift(day, "08:00-17:00") for day in WORKDAYS]
    stretches = told(*days, overtime=[beyond("day", 480, 25), beyond("week", 2400, 50)], pyramiding=True)
    assert stretches[-3:] == [("Fri", 240, ""), ("Fri", 240, "week-ot"), ("Fri", 60, "day-ot+week-ot")]


def test_the_roster_of_the_day_is_the_threshold() -> None:
    roster = {W48.monday: 300}
    shifts = [shift("mon", "08:00-14:00"), shift("tue", "08:00-09:00")]
    assert told(*shifts, overtime=[beyond("roster", 0, 25)], roster=roster) == [
        ("Mon", 300, ""),
        ("Mon", 60, "roster-ot"),
        ("Tue", 60, "roster-ot"),
    ]


def test_a_roster_rule_without_a_roster_is_refused() -> None:
    with pytest.raises(Invalid, match="roster: is needed for the overtime rule “roster-ot”"):
        told(shift("mon", "08:00-14:00"), overtime=[beyond("roster", 0, 25)])


def test_an_excluded_day_neither_counts_nor_has_overtime() -> None:
    shifts = [shift("mon", "08:00-10:00"), shift("tue", "08:00-10:00")]
    stretches = told(*shifts, overtime=[beyond("week", 90, 25, excluded_days=["mon"])])
    assert stretches == [("Mon", 120, ""), ("Tue", 90, ""), ("Tue", 30, "week-ot")]


def test_grace_lets_a_little_go_and_then_takes_all() -> None:
    rule = beyond("day", 480, 25, grace_minutes=15)
    assert told(shift("mon", "08:00-16:15"), overtime=[rule]) == [("Mon", 495, "")]
    assert told(shift("mon", "08:00-16:16"), overtime=[rule]) == [("Mon", 480, ""), ("Mon", 16, "day-ot")]


def test_what_grace_lets_go_still_counts_for_the_week() -> None:
    overtime = [beyond("day", 480, 25, grace_minutes=15), beyond("week", 490, 50)]
    assert told(shift("mon", "08:00-16:15"), overtime=overtime) == [("Mon", 490, ""), ("Mon", 5, "week-ot")]


def test_overtime_is_cut_where_a_tier_ends() -> None:
    tiers = [{"surcharge": 25, "upto_minutes": 60}, {"surcharge": 50, "after_minutes": 60, "upto_minutes": 90}]
    late = shift("mon", "08:00-18:30")
    assert [minutes for _, minutes, _ in told(late, overtime=[beyond("day", 480, 0, tiers=tiers)])] == [480, 60, 30, 60]


def test_a_paid_break_counts_for_no_overtime() -> None:
    kind = rules(overtime=[beyond("day", 480, 25)], breaks={"paid": True})
    week = worked(shift("mon", "08:00-16:30", "12:00-12:30"))
    assert [stretch.tags for stretch in tag_overtime(paid_time(week, [kind]), week)] == [(), (), ()]
