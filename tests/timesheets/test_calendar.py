import datetime as dt

import pytest

from kis.core import clock
from kis.core.weeks import Week
from kis.timesheets.calendar import Calendar, move_deadline, reset_deadline
from kis.timesheets.workflow import NotAllowed
from tests.support import people

pytestmark = pytest.mark.django_db
WEEK = people.WEEK
MONDAY_NOON = clock.at(WEEK.next.monday, 720)


def test_a_client_s_own_rhythm_goes_before_the_agency_s() -> None:
    client = people.bakery()
    client.approval_weekday, client.approval_minute = 2, 600
    assert Calendar.load().deadline(WEEK, client).approve_by == clock.at(dt.date(2026, 12, 1), 600)


def test_a_day_moved_by_hand_holds_for_everybody_until_it_is_given_back() -> None:
    esra = people.actor(people.esra())
    noon = clock.at(dt.date(2026, 12, 1), 720)
    move_deadline(WEEK, approve_by=noon, run_on=dt.date(2026, 12, 2), reason="Storing", by=esra, at=MONDAY_NOON)
    assert Calendar.load().deadline(WEEK, people.bakery()).approve_by == noon
    reset_deadline(WEEK, by=esra, at=MONDAY_NOON)
    assert Calendar.load().deadline(WEEK).run_on == dt.date(2026, 12, 1)


def test_only_the_agency_moves_a_deadline() -> None:
    with pytest.raises(NotAllowed):
        move_deadline(
            WEEK, approve_by=MONDAY_NOON, run_on=WEEK.next.sunday, reason="x",
            by=people.actor(people.carla()), at=MONDAY_NOON,
        )  # fmt: skip


@pytest.mark.parametrize(
    ("at", "week"),
    [
        (dt.datetime(2026, 11, 30, 9), Week(2026, 48)),
        (dt.datetime(2026, 12, 1, 9), Week(2026, 48)),
        (dt.datetime(2026, 12, 2, 9), Week(2026, 49)),
    ],
)
def test_the_current_week_is_the_one_whose_run_is_still_to_come(at: dt.datetime, week: Week) -> None:
    assert Calendar.load().current_week(at) == week


def test_what_is_approved_too_late_is_paid_in_the_run_after() -> None:
    late = clock.at(dt.date(2026, 12, 1), 600)
    assert Calendar.load().run_for(WEEK, MONDAY_NOON).run_on == dt.date(2026, 12, 1)
    assert Calendar.load().run_for(WEEK, late).run_on == dt.date(2026, 12, 8)
