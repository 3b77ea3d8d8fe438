import pytest

from kis.timesheets import operations
from kis.timesheets.gathering import signals_of
from kis.timesheets.hours import Day, Hours, Shift
from tests.support import people

pytestmark = pytest.mark.django_db


def test_work_elsewhere_at_the_same_time_is_found_and_nothing_of_it_told() -> None:
    here = people.sheet(people.placement(people.ana()))
    there = people.sheet(people.placement(people.ana(), people.transport()))
    by = people.actor(people.ana())
    operations.save_draft(there, hours=people.hours(), version=there.version, by=by, at=there.state_since)
    found = signals_of(here, Hours(here.week, (Day((Shift(540, 700),)),) + (Day(),) * 6))
    assert "overlap_elsewhere" in {signal.code for signal in found}


def test_the_usual_week_comes_from_the_placement() -> None:
    here = people.sheet(people.ana())
    short = Hours(here.week, (Day((Shift(480, 600),)),) + (Day(),) * 6)
    assert [(signal.code, signal.minutes, signal.usual) for signal in signals_of(here, short)] == [
        ("unusual", 120, 480)
    ]
