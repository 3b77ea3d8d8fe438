import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kis.core import clock
from kis.core.weeks import Week
from kis.payroll import agreements, forecast, operations
from kis.payroll.models import Forecast, PayLine
from kis.staffing.actor import SYSTEM, Actor
from kis.staffing.models import Placement
from kis.timesheets.hours import Day, Hours, Shift
from kis.timesheets.models import Timesheet
from kis.timesheets.workflow import NotAllowed, State
from tests.support import people, walk

pytestmark = pytest.mark.django_db
WEEK = people.WEEK
DEADLINE = clock.at(dt.date(2026, 11, 30), 17 * 60)
TUESDAY = clock.at(dt.date(2026, 12, 1), 9 * 60)


@pytest.fixture
def esra() -> Actor:
    return people.actor(people.esra())


def figures(esra: Actor, week: Week = WEEK, at: dt.datetime = TUESDAY) -> dict[str, Any]:
    cut_off = DEADLINE + dt.timedelta(weeks=week - WEEK)
    asked = forecast.ask(operations.preview(week, cut_off=cut_off), by=esra, at=at)
    forecast.carry_out(asked.pk)
    found: dict[str, Any] = Forecast.objects.get(pk=asked.pk).figures
    return found


def wage(job: Placement, cents: int = 1600, **values: Any) -> None:
    agreements.agree_terms(job, valid_from=people.START, wage_cents=cents, by=SYSTEM, at=people.BEFORE, **values)


def approved(hours: Hours | None = None, week: Week = WEEK) -> Timesheet:
    moment = clock.at(week.monday + dt.timedelta(days=4), 720)
    return walk.to(people.sheet(people.ana(), week), State.APPROVED, hours=hours, at=moment)


def run(esra: Actor, week: Week = WEEK) -> None:
    cut_off = DEADLINE + dt.timedelta(weeks=week - WEEK)
    started = operations.start_run(week, sequence=1, cut_off=cut_off, by=esra, at=TUESDAY)
    operations.carry_out(started.pk, clock=lambda: TUESDAY, report=lambda done, total: None)


def test_a_forecast_is_what_the_run_then_pays(esra: Actor) -> None:
    wage(approved().placement)
    found = figures(esra)
    assert PayLine.objects.count() == 0
    run(esra)
    assert found["cents"] == sum(PayLine.objects.values_list("cents", flat=True)) == 40 * 1600
    assert found["components"] == [
        {"label": "normal", "percentage": "100", "minutes": 2400, "quantity": 0, "cents": 64000}
    ]


def test_who_is_paid_far_more_than_in_the_run_before_is_named(esra: Actor) -> None:
    wage(approved(week=WEEK.previous).placement)
    run(esra, WEEK.previous)
    approved(Hours(WEEK, (Day((Shift(480, 720),)), *(Day(),) * 6)))
    found = figures(esra)
    assert found["before_cents"] == 64000
    assert found["differences"] == [{"worker": "Ana Kowalska", "cents": 6400, "before": 64000}]


def test_a_wage_below_the_minimum_is_signalled_with_its_worst_day(esra: Actor) -> None:
    sheet = approved()
    wage(sheet.placement, 1450)
    [row] = figures(esra)["signals"]["below_minimum"]
    assert (row["worker"], row["day"], row["wage"], row["minimum"]) == ("Ana Kowalska", "2026-11-23", 1450, 1499)


def test_a_wage_that_the_known_amounts_cannot_judge_is_signalled_as_such(esra: Actor) -> None:
    week = WEEK + 8
    wage(approved(week=week).placement, 1600)
    found = figures(esra, week, at=TUESDAY + dt.timedelta(weeks=8))
    assert set(found["signals"]) == {"minimum_unknown"}


def test_a_job_without_a_wage_and_hours_that_cannot_be_divided_are_signalled(esra: Actor) -> None:
    approved(Hours(WEEK, (Day((Shift(480, 720), Shift(600, 900))), *(Day(),) * 6)))
    walk.to(people.sheet(people.bram()), State.APPROVED)
    found = figures(esra)
    assert {code: [row["worker"] for row in rows] for code, rows in found["signals"].items()} == {
        "refused": ["Ana Kowalska"],
        "no_wage": ["Bram Willems"],
    }


def test_a_short_call_is_signalled_until_it_is_decided(esra: Actor) -> None:
    sheet = approved(Hours(WEEK, (Day((Shift(480, 600),)), *(Day(),) * 6)))
    wage(sheet.placement, on_call=True)
    assert figures(esra)["signals"]["short_call"][0]["missing"] == 60
    agreements.agree_top_up(sheet, date=WEEK.monday, minutes=60, by=esra, at=TUESDAY + dt.timedelta(minutes=1))
    found = figures(esra, at=TUESDAY + dt.timedelta(minutes=2))
    assert found["signals"] == {}
    assert found["cents"] == 3 * 1600


def test_the_same_figures_are_worked_out_once_until_something_else_is_agreed(esra: Actor) -> None:
    job = approved().placement
    shown = operations.preview(WEEK, cut_off=DEADLINE)
    first = forecast.ask(shown, by=esra, at=TUESDAY)
    assert forecast.ask(shown, by=esra, at=TUESDAY) == first
    agreements.agree_terms(job, valid_from=people.START, wage_cents=1700, by=esra, at=TUESDAY + dt.timedelta(minutes=1))
    assert forecast.ask(shown, by=esra, at=TUESDAY + dt.timedelta(minutes=2)) != first


def test_only_the_agency_asks(esra: Actor) -> None:
    shown = operations.preview(WEEK, cut_off=DEADLINE)
    for person in (people.ana(), people.carla()):
        with pytest.raises(NotAllowed):
            forecast.ask(shown, by=people.actor(person), at=TUESDAY)


def test_days_before_the_first_wage_are_told(esra: Actor) -> None:
    job = approved().placement
    agreements.agree_terms(job, valid_from=WEEK.days[3], wage_cents=1600, by=esra, at=TUESDAY)
    found = figures(esra, at=TUESDAY + dt.timedelta(minutes=1))
    assert found["cents"] == 2 * 8 * 1600
    assert [row["worker"] for row in found["signals"]["no_wage"]] == ["Ana Kowalska"]


def test_short_calls_cost_no_query_each(esra: Actor) -> None:
    counts = []
    for more in (3, 30):
        for worker in people.many_workers(more):
            short = Hours(WEEK, (Day((Shift(480, 600),)), *(Day(),) * 6))
            sheet = walk.to(people.sheet(worker), State.APPROVED, hours=short)
            wage(sheet.placement, on_call=True)
        at = TUESDAY + dt.timedelta(minutes=more)
        asked = forecast.ask(operations.preview(WEEK, cut_off=DEADLINE), by=esra, at=at)
        with CaptureQueriesContext(connection) as captured:
            forecast.carry_out(asked.pk)
        counts.append(len(captured))
    assert counts[0] == counts[1]
