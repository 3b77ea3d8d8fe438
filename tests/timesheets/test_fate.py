import pytest

from kis.core import clock
from kis.staffing.parties import Party
from kis.timesheets import corrections
from kis.timesheets.calendar import Calendar
from kis.timesheets.fate import Fate, fate
from kis.timesheets.models import Timesheet
from kis.timesheets.workflow import State
from tests.support import people, walk

pytestmark = pytest.mark.django_db
FRIDAY = clock.at(people.WEEK.days[4], 15 * 60)


def fate_of(sheet: Timesheet) -> Fate:
    return fate(sheet, Calendar.load(), at=FRIDAY)


def test_a_draft_is_up_to_its_worker_by_name() -> None:
    found = fate_of(people.sheet(people.ana()))
    assert (found.turn, found.names) == (Party.WORKER, ("Ana Kowalska",))


def test_a_week_handed_in_is_up_to_the_contacts_of_its_department() -> None:
    people.carla()
    people.contact("Pim Pakker", "pim@bakery.example", people.bakery(), people.department("Inpak"))
    job = people.placement(people.ana(), department=people.department("Broodlijn"))
    found = fate_of(walk.to(people.sheet(job), State.SUBMITTED))
    assert (found.turn, found.names) == (Party.CLIENT, ("Carla de Groot",))


def test_in_time_it_is_paid_on_tuesday() -> None:
    found = fate_of(walk.to(people.sheet(people.ana()), State.SUBMITTED))
    assert (found.pays.run_on.isoformat(), found.late) == ("2026-12-01", False)


def test_a_paid_week_is_nobody_s() -> None:
    found = fate_of(walk.to(people.sheet(people.ana()), State.PAID))
    assert (found.turn, found.names) == (None, ())


def test_a_correction_is_due_with_the_run_that_comes_next_and_never_late() -> None:
    paid = walk.to(people.sheet(), State.PAID)
    at = clock.at(people.WEEK.next.next.days[2], 9 * 60)  # long after the week's own Monday
    fresh = corrections.open_correction(paid, by=people.actor(people.ana()), at=at, reason="Zaterdag vergeten.")
    found = fate(fresh, Calendar.load(), at=at)
    assert found.due == found.pays
    assert found.due.approve_by == clock.at(people.WEEK.next.next.next.monday, 17 * 60)
    assert not found.late
