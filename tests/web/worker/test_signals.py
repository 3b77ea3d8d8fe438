"""What stands out in a worker's own week: beside the day while typing, over all jobs, with the law behind it."""

import pytest
from django.test import Client as Browser

from kis.staffing.parties import Party
from kis.timesheets import operations
from kis.timesheets.hours import Day, Hours, Shift
from kis.timesheets.signal_keeping import acknowledge, shown_to
from kis.timesheets.workflow import State
from kis.web.week.week_form import fields_of
from tests.support import people, two_clients, walk
from tests.support.time import Freeze
from tests.web.worker.posting import WEEK_URL, text_of, type_along

pytestmark = pytest.mark.django_db
LONG = {"days.0.shifts.0.start": "8:00", "days.0.shifts.0.end": "16:00"}


@pytest.fixture(autouse=True)
def friday(freeze: Freeze) -> None:
    freeze("2026-11-27 15:00")


@pytest.fixture
def visitor() -> Browser:
    return people.signed_in(people.ana())


def test_a_missing_break_is_told_below_its_day_while_typing(visitor: Browser) -> None:
    sheet = two_clients.at_bakery()
    html = type_along(visitor, sheet, LONG).content.decode()
    day = html[html.index(f'id="s{sheet.pk}-d0-out"') : html.index(f'id="s{sheet.pk}-d1-out"')]
    assert "Let op:" in day
    assert "minstens 0:30 is nodig" in day
    assert 'href="https://wetten.overheid.nl/jci1.3:c:BWBR0007671&amp;artikel=5:4" rel="external noreferrer"' in day


def test_it_goes_as_soon_as_the_break_is_there(visitor: Browser) -> None:
    sheet = two_clients.at_bakery()
    type_along(visitor, sheet, LONG)
    sheet.refresh_from_db()
    assert "Let op:" not in type_along(visitor, sheet, LONG | {"days.0.shifts.0.pause": "30"}).content.decode()


def test_a_week_too_long_over_two_jobs_is_told_below_the_week_with_its_figures(visitor: Browser) -> None:
    two_clients.at_bakery()
    walk.to(two_clients.at_transport(), State.SUBMITTED, hours=two_clients.evenings())
    sheet = two_clients.at_bakery()
    html = type_along(visitor, sheet, fields_of(two_clients.long_days())).content.decode()
    week = html[html.index(f'id="s{sheet.pk}-week-out"') :]
    assert "Niet toegestaan:" in week
    assert "Deze week telt 65:25 uur werk; hoogstens 60:00 is toegestaan." in week


def test_shifts_that_the_law_takes_for_one_are_explained(visitor: Browser) -> None:
    split = {"days.0.shifts.0.start": "6:00", "days.0.shifts.0.end": "13:00",
             "days.0.shifts.1.start": "17:00", "days.0.shifts.1.end": "23:00"}  # fmt: skip
    said = text_of(type_along(visitor, two_clients.at_bakery(), split))
    assert "Diensten met minder dan 8 uur rust ertussen tellen als één." in said


def test_in_english_it_is_told_in_english() -> None:
    ana = people.ana()
    ana.user.language = "en"
    ana.user.save()
    said = text_of(type_along(people.signed_in(ana), two_clients.at_bakery(), LONG))
    assert "Please check: This shift has 8:00 hours of work with 0:00 of break" in said
    assert "Working Hours Act 5:4" in said


def test_handing_in_is_never_stopped(visitor: Browser) -> None:
    two_clients.handed_in()
    assert "Signalen" in text_of(visitor.get(WEEK_URL))


def test_what_the_client_and_the_agency_say_about_it_stands_with_it(visitor: Browser) -> None:
    sheet = walk.to(two_clients.at_bakery(), State.SUBMITTED,
                    hours=Hours(people.WEEK, (Day((Shift(480, 960),)),) + (Day(),) * 6))  # fmt: skip
    for person, party, reason in (
        (people.carla(), Party.CLIENT, "Samen gegeten aan de lijn."),
        (people.esra(), Party.AGENCY, "Besproken met Carla."),
    ):
        (signal,) = shown_to(sheet, party)
        acknowledge(sheet, key=signal.key, reason=reason, by=people.actor(person), at=sheet.state_since)
    said = text_of(visitor.get(WEEK_URL))
    assert "Samen gegeten aan de lijn. Gezien door Carla de Groot (de opdrachtgever)" in said
    assert "Besproken met Carla. Gezien door Esra Yilmaz (het uitzendbureau)" in said
    assert "Als gezien markeren" not in said, "a worker explains in the week itself"


def test_a_week_taken_back_tells_it_below_the_day_again(visitor: Browser) -> None:
    sheet = walk.to(two_clients.at_bakery(), State.SUBMITTED,
                    hours=Hours(people.WEEK, (Day((Shift(480, 960),)),) + (Day(),) * 6))  # fmt: skip
    operations.withdraw(sheet, version=sheet.version, by=people.actor(people.ana()), at=sheet.state_since)
    html = visitor.get(WEEK_URL).content.decode()
    assert "minstens 0:30 is nodig" in html[html.index(f'id="s{sheet.pk}-d0-out"') :]
