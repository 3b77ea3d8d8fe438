import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kis.core import clock
from kis.staffing import operations as staffing
from kis.staffing.actor import SYSTEM
from kis.staffing.models import Placement, Worker
from kis.timesheets import corrections, gathering, operations
from kis.timesheets.gathering import signals_if_handed_in
from kis.timesheets.hours import Break, Day, Hours, Shift
from kis.timesheets.models import Timesheet
from kis.timesheets.workflow import State
from kis.timesheets.working_time import Terms
from tests.support import people, walk

pytestmark = pytest.mark.django_db


def codes(sheet: Timesheet, *days: Day) -> set[str]:
    hours = Hours(sheet.week, days + (Day(),) * (7 - len(days)))
    return {signal.code for signal in signals_if_handed_in(sheet, hours)}


def day(start: int, end: int, pause: int = 0) -> Day:
    """A day with one shift by its hours."""
    return Day((Shift(start * 60, end * 60, (Break(pause),) if pause else ()),))


def elsewhere(worker: Worker) -> Timesheet:
    """The worker's timesheet at the transport firm, for whatever hours there are."""
    return people.sheet(people.placement(worker, people.transport(), pattern=[]))


def test_work_elsewhere_at_the_same_time_is_found_once_it_is_handed_in() -> None:
    here, there = people.sheet(people.ana()), elsewhere(people.ana())
    by = people.actor(people.ana())
    operations.save_draft(there, hours=people.hours(), version=1, by=by, at=there.state_since)
    assert "overlap_elsewhere" not in codes(here, day(9, 12)), "a draft warns nobody but its writer"
    there.refresh_from_db()
    walk.to(there, State.SUBMITTED)
    assert "overlap_elsewhere" in codes(here, day(9, 12))


def test_the_usual_week_comes_from_the_placement() -> None:
    here = people.sheet(people.ana())
    (found,) = signals_if_handed_in(here, Hours(here.week, (day(8, 10),) + (Day(),) * 6))
    assert (found.code, found.figures) == ("unusual", {"worked_minutes": 120, "usual_minutes": 480})


def test_what_was_agreed_for_the_placement_holds() -> None:
    here = people.sheet(people.ana())
    assert "W07" in codes(here, day(8, 16, pause=15))
    staffing.change_placement(here.placement, working_time_options=["short_breaks"], by=SYSTEM, at=people.BEFORE)
    assert "W07" not in codes(here, day(8, 16, pause=15))
    staffing.change_placement(here.placement, working_time_profile="driver", by=SYSTEM, at=people.BEFORE)
    assert not codes(here, day(0, 23)) & {"W01", "W07", "W08", "N01.too_long"}


def test_the_terms_of_a_placement_are_those_of_the_checks() -> None:
    assert gathering.terms_of(Placement()) == Terms()


def test_the_birth_date_decides_which_rules_protect() -> None:
    here = people.sheet(people.ana())
    assert not codes(here, day(18, 23, pause=45)) & {"Y08"}
    staffing.change_worker(people.ana(), birth_date=clock.at(people.START, 0).date().replace(year=2010), by=SYSTEM,
                           at=people.BEFORE)  # fmt: skip
    assert {"Y08"} <= codes(here, day(15, 20, pause=45))


def test_the_law_looks_back_over_sixteen_weeks_and_more() -> None:
    job = people.placement(people.ana(), start=people.WEEK.monday.replace(month=1, day=5), pattern=[])
    long_days = (day(7, 18, pause=60),) * 5
    for weeks_ago in range(16, 0, -1):
        sheet = people.sheet(job, people.WEEK + -weeks_ago)
        walk.to(sheet, State.SUBMITTED, hours=Hours(sheet.week, (*long_days, Day(), Day())))
    assert "W04" in codes(people.sheet(job), *long_days)
    assert "W04" not in codes(people.sheet(job), *long_days[:1])


def test_of_a_corrected_week_the_last_revision_counts() -> None:
    """A correction of the week before takes its Sunday evening away."""
    job = people.placement(people.ana(), pattern=[])
    before = people.sheet(job, people.WEEK.previous)
    late = Hours(before.week, (*(Day(),) * 6, day(16, 22, pause=30)))
    walk.to(before, State.PAID, hours=late)
    here = people.sheet(job)
    assert "W05.once" in codes(here, day(6, 10))
    by = people.actor(people.ana())
    correction = corrections.open_correction(
        before, by=by, at=before.state_since, reason_code="other", reason="Zondag was ik vrij."
    )
    assert "W05.once" in codes(here, day(6, 10)), "as long as it is being written"
    free = Hours(before.week, (day(8, 12),) + (Day(),) * 6)
    operations.submit(correction, hours=free, version=correction.version, by=by, at=before.state_since)
    assert "W05.once" not in codes(here, day(6, 10))


def test_a_year_of_weeks_at_two_clients_costs_two_queries() -> None:
    here, there = people.sheet(people.ana()), elsewhere(people.ana())
    for weeks_ago in range(1, 9):
        walk.to(people.sheet(here.placement, people.WEEK + -weeks_ago), State.SUBMITTED)
    with CaptureQueriesContext(connection) as captured:
        gathering.notebook(here.worker_id, here.week).signals()
    assert len(captured) == 2
    assert there.worker_id == here.worker_id
