"""Which weeks somebody asks for, and the rows of a week."""

import datetime as dt

import pytest

from kis.core.weeks import Week
from kis.timesheets.hours import Break, Day, Hours, Shift
from kis.timesheets.models import Timesheet
from kis.timesheets.workflow import State
from kis.web.hours_record import NoSuchWeeks, handed_in, shift_rows, weeks_asked
from tests.support import people, walk

MONDAY = dt.date(2026, 11, 23)


def test_two_years_in_a_row_are_weeks():
    assert weeks_asked({"first": "2024-W48", "last": "2026-W48"}) == (Week(2024, 48), Week(2026, 48))


@pytest.mark.parametrize(
    "asked",
    [
        {},
        {"first": "2026-W48"},
        {"first": "2026-W54", "last": "2026-W48"},
        {"first": "2026-W48", "last": "2026-W47"},
        {"first": "2024-W01", "last": "2026-W48"},
    ],
)
def test_what_is_no_row_of_weeks_is_refused(asked: dict[str, str]):
    with pytest.raises(NoSuchWeeks):
        weeks_asked(asked)


def test_each_shift_has_its_row_and_the_kilometres_stand_once():
    split = Day((Shift(360, 600), Shift(1320, 1560, (Break(15),))), km=12)
    total = Day(total=480)
    week = Hours(people.WEEK, (split, total, *(Day(),) * 5))
    assert list(shift_rows(week)) == [
        (MONDAY, ["06:00", "10:00", 0, 240, 12]),
        (MONDAY, ["22:00", "02:00", 15, 225, 0]),
        (MONDAY + dt.timedelta(days=1), ["", "", 0, 480, 0]),
    ]


@pytest.mark.django_db
def test_weeks_come_in_their_order_over_the_turn_of_the_year():
    for week in (Week(2027, 1), Week(2026, 53), Week(2026, 40)):
        walk.to(people.sheet(people.placement(people.ana()), week), State.SUBMITTED)
    found = handed_in(Timesheet.objects.with_people(), Week(2026, 53), Week(2027, 1))
    assert [sheet.week for sheet, _hours in found] == [Week(2026, 53), Week(2027, 1)]
    assert found[0][1].week == Week(2026, 53)
