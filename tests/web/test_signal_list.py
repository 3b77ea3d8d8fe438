"""The signals of a timesheet as each reader gets them; how they look stands in the tests of the pages."""

import datetime as dt

import pytest

from kis.staffing.parties import Party
from kis.timesheets.hours import Day, Hours, Shift
from kis.timesheets.models import Timesheet
from kis.timesheets.signal_keeping import acknowledge
from kis.timesheets.workflow import State
from kis.web.signal_list import SignalList, Typed, signal_list
from tests.support import people, two_clients, walk

pytestmark = pytest.mark.django_db


def handed_in(*days: Day) -> Timesheet:
    hours = Hours(people.WEEK, days + (Day(),) * (7 - len(days)))
    return walk.to(two_clients.at_bakery(), State.SUBMITTED, hours=hours)


def codes(found: SignalList) -> list[str]:
    return [row.signal.code for row in found.rows]


def day(start: int, end: int) -> Day:
    return Day((Shift(start * 60, end * 60),))


def test_the_gravest_stands_first_and_what_is_only_to_be_known_last() -> None:
    sheet = handed_in(day(8, 16), day(6, 20), *(Day(),) * 4, day(10, 12))
    assert codes(signal_list(sheet, Party.AGENCY)) == ["W01", "W07", "W05.once", "W07", "W08", "W10"]
    assert signal_list(sheet, Party.AGENCY).asking == 5


def test_a_worker_is_asked_nothing() -> None:
    found = signal_list(handed_in(day(8, 16)), Party.WORKER)
    assert (codes(found), found.may_acknowledge) == (["W07"], False)


def test_each_acknowledgement_stands_with_its_signal_for_all_and_settles_it_for_its_own_party() -> None:
    sheet = handed_in(day(8, 16), day(8, 15))
    first = signal_list(sheet, Party.CLIENT).rows[0]
    carla = people.actor(people.carla())
    acknowledge(sheet, key=first.key, reason="Zo afgesproken.", by=carla, at=sheet.state_since + dt.timedelta(hours=1))
    for party, asked in ((Party.CLIENT, [False, True]), (Party.AGENCY, [True, True])):
        rows = signal_list(sheet, party).rows
        assert [[said.row.reason for said in row.said] for row in rows] == [["Zo afgesproken."], []]
        assert [row.asks for row in rows] == asked


def test_what_a_client_acknowledged_of_shared_work_stands_with_the_whole_finding_of_the_agency() -> None:
    bakery, _ = two_clients.handed_in()
    (seen,) = (row for row in signal_list(bakery, Party.CLIENT).rows if row.signal.code == "W02")
    assert seen.signal.figures == {}
    acknowledge(bakery, key=seen.key, reason="We halen er een dag af.", by=people.actor(people.carla()),
                at=bakery.state_since)  # fmt: skip
    (whole,) = (row for row in signal_list(bakery, Party.AGENCY).rows if row.signal.code == "W02")
    assert whole.signal.figures["measured_minutes"] == 65 * 60 + 25
    assert [(said.row.reason, said.still) for said in whole.said] == [("We halen er een dag af.", True)]
    assert whole.asks


def test_what_was_typed_comes_back_with_its_signal() -> None:
    sheet = handed_in(day(8, 16))
    key = signal_list(sheet, Party.CLIENT).rows[0].key
    (row,) = signal_list(sheet, Party.CLIENT, typed=Typed(key, "Nog niet af", "Vul meer in.")).rows
    assert (row.typed, row.error) == ("Nog niet af", "Vul meer in.")
