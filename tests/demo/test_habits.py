"""What the demo's workers write down is possible, lifelike, and the same each time."""

from __future__ import annotations

import datetime as dt

import pytest

from kis.core import clock
from kis.core.minutes import DAY
from kis.core.weeks import Week
from kis.demo import cast, habits
from kis.demo.habits import Fate, Plan

WEEK = Week(2026, 48)
JOBS = [job for company in cast.COMPANIES for job in company.jobs]
PLANS = [
    (job, habits.plan(job, f"P{n}", WEEK + -ago, ago, may_lag=True)) for n, job in enumerate(JOBS) for ago in range(26)
]


def test_no_hours_are_impossible() -> None:
    assert [problem for _, plan in PLANS for hours in (plan.written, plan.mended) for problem in hours.problems()] == []


def test_the_same_week_is_written_the_same_each_time() -> None:
    assert habits.plan(JOBS[0], "P0", WEEK, 0, may_lag=True) == PLANS[0][1]


def test_a_week_is_handed_in_after_its_last_shift_and_before_monday_morning() -> None:
    for _, plan in PLANS:
        ends = [shift.bounds(date)[1] for date, day in plan.mended.dated() for shift in day.shifts]
        monday = clock.at(plan.mended.week.sunday, DAY)
        assert max(ends, default=monday - dt.timedelta(days=7)) <= plan.handed_in + dt.timedelta(hours=2, minutes=30)
        assert plan.handed_in < monday + dt.timedelta(hours=7)


@pytest.mark.parametrize("fate", Fate)
def test_every_fate_happens_but_most_weeks_go_well(fate: Fate) -> None:
    share = sum(plan.fate is fate for _, plan in PLANS) / len(PLANS)
    assert 0.8 < share < 1 if fate is Fate.ON_TIME else 0 < share < 0.1


def test_a_refused_week_is_mended_on_the_day_that_was_pointed_at() -> None:
    refused = [plan for _, plan in PLANS if plan.fate is Fate.REFUSED]
    for plan in refused:
        assert _changed(plan) == [plan.disputed]
        assert plan.reason


def test_some_weeks_have_nights_weekends_kilometres_expenses_notes_and_absence() -> None:
    weeks = [plan.mended for _, plan in PLANS]
    assert any(day.night for hours in weeks for day in hours.days)
    assert any(hours.days[6].shifts for hours in weeks)
    assert any(hours.km for hours in weeks)
    assert any(hours.expenses for hours in weeks)
    assert any(hours.note in habits.NOTES for hours in weeks)
    assert any(hours.note in habits.AWAY and not hours.minutes for hours in weeks)


def test_until_a_moment_only_the_days_before_it_are_written() -> None:
    job, plan = PLANS[0]
    wednesday = clock.at(WEEK.days[2], 10 * 60)
    written = habits.until(plan.mended, wednesday)
    assert written.days[:2] == plan.mended.days[:2]
    assert all(day.is_empty for day in written.days[2:])
    assert job.pattern[2]


def _changed(plan: Plan) -> list[dt.date]:
    pairs = zip(plan.written.dated(), plan.mended.days, strict=True)
    return [date for (date, before), after in pairs if before != after]
