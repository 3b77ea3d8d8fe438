import datetime as dt

import pytest

from kis.core.weeks import Week
from kis.payroll.rules import Break, Invalid, WorkedShift, WorkedWeek, walltime
from kis.payroll.rules.worked import paid_time
from tests.payroll.rules.weeks import STANDARD, W48, rules, shift, worked


def told(week: WorkedWeek, **parts: object) -> list[tuple[str, str, bool]]:
    """The paid stretches by rules of these parts: from, to, and whether they are work."""
    return [(clock(s.start), clock(s.end), s.worked) for s in paid_time(week, [rules(**parts)])]


def clock(minute: int) -> str:
    return f"{walltime.moment_of(minute):%H:%M}"


def test_an_unpaid_break_leaves_a_gap_at_its_place() -> None:
    week = worked(shift("tue", "14:00-22:30", "18:00-18:30"))
    assert told(week) == [("14:00", "18:00", True), ("18:30", "22:30", True)]


def test_a_paid_break_is_paid_and_no_work() -> None:
    assert told(worked(shift("tue", "14:00-22:30", "18:00-18:30")), breaks={"paid": True}) == [
        ("14:00", "18:00", True),
        ("18:00", "18:30", False),
        ("18:30", "22:30", True),
    ]
    start, end = walltime.read("2026-11-24T10:00"), walltime.read("2026-11-24T10:30")
    one_paid = WorkedShift(start, walltime.read("2026-11-24T12:00"), (Break(start, end, paid=True),))
    assert told(worked(one_paid)) == [("10:00", "10:30", False), ("10:30", "12:00", True)]


def test_a_break_shorter_than_the_minimum_is_work() -> None:
    week = worked(shift("tue", "08:00-12:00", "10:00-10:14"))
    assert told(week, breaks={"minimum_minutes": 15}) == [("08:00", "12:00", True)]


def test_breaks_that_touch_are_one() -> None:
    week = worked(shift("tue", "08:00-12:00", "10:10-10:20", "10:00-10:10"))
    assert told(week, breaks={"minimum_minutes": 15}) == [("08:00", "10:00", True), ("10:20", "12:00", True)]


def test_breaks_at_the_edges_shorten_the_shift() -> None:
    week = worked(shift("tue", "08:00-12:00", "08:00-08:30", "11:30-12:00"))
    assert told(week) == [("08:30", "11:30", True)]


def test_shifts_that_touch_on_one_assigned_day_are_one_shift() -> None:
    touching = worked(shift("tue", "08:00-12:00"), shift("tue", "12:00-16:00"), shift("tue", "17:00-18:00"))
    assert [stretch.shift for stretch in paid_time(touching, [STANDARD])] == [0, 0, 1]
    two_days = worked(shift("tue", "08:00-12:00"), shift("tue", "12:00-16:00", on="wed"))
    assert [stretch.shift for stretch in paid_time(two_days, [STANDARD])] == [0, 1]


def test_stretches_come_in_order_of_time_preceding_weeks_first() -> None:
    before = shift("mon", "08:00-09:00", week=Week(2026, 47))
    week = worked(shift("tue", "08:00-09:00"), shift("mon", "08:00-09:00"), preceding=(before,))
    assert [stretch.day for stretch in paid_time(week, [STANDARD])] == [dt.date(2026, 11, 16), *W48.days[:2]]


@pytest.mark.parametrize(
    ("week", "problem"),
    [
        (worked(shift("mon", "08:00-12:00"), shift("mon", "11:59-13:00")), "shifts[1].start: overlaps shifts[0]"),
        (worked(shift("mon", "08:00-12:00", week=Week(2026, 49))), "shifts[0].start: does not lie in week 2026-W48"),
        (worked(preceding=(shift("mon", "08:00-12:00"),)), "preceding[0].start: must lie before week 2026-W48"),
        (
            worked(shift("mon", "08:00-12:00", "11:30-12:30")),
            "shifts[0].breaks[0]: must lie within the shift",
        ),
        (
            worked(shift("mon", "08:00-12:00", "10:00-10:30", "10:15-10:45")),
            "shifts[0].breaks[1]: overlaps breaks[0]",
        ),
    ],
)
def test_what_cannot_be_is_refused_with_its_path(week: WorkedWeek, problem: str) -> None:
    with pytest.raises(Invalid) as wrong:
        paid_time(week, [STANDARD])
    assert str(wrong.value) == problem


def test_a_shift_must_end_after_its_start_and_be_aware() -> None:
    eight = walltime.read("2026-11-24T08:00")
    with pytest.raises(Invalid, match=r"shifts\[0\].end: must be later than the start"):
        paid_time(worked(WorkedShift(eight, eight)), [STANDARD])
    with pytest.raises(Invalid, match=r"shifts\[0\].start: must say in which zone it is"):
        paid_time(worked(WorkedShift(eight.replace(tzinfo=None), eight)), [STANDARD])
    turned = Break(eight + dt.timedelta(hours=2), eight + dt.timedelta(hours=1))
    with pytest.raises(Invalid, match=r"shifts\[0\].breaks\[0\].end: must be later than the start"):
        paid_time(worked(WorkedShift(eight, eight + dt.timedelta(hours=8), (turned,))), [STANDARD])


def test_a_shift_may_be_given_in_any_zone() -> None:
    start, end = (walltime.read(text).astimezone(dt.UTC) for text in ("2026-11-24T08:00", "2026-11-24T12:00"))
    assert told(worked(WorkedShift(start, end))) == [("08:00", "12:00", True)]
