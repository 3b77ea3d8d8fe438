"""The people of all tests, who keep their names, and the ways they reach a situation: always by the real operations.

    people.agency()                      the agency with its calendar; Esra is back office, Finn a consultant
    people.bakery(), people.transport()  two clients; Carla decides at the bakery, Dirk at the transport firm
    people.ana(), people.bram()          workers; `people.many_workers(30)` makes more
    people.placement(people.ana())       a Job, at the bakery unless said otherwise
    people.sheet(people.ana())           her timesheet of WEEK there, untouched
    people.signed_in(people.ana())       a test client that has her session
    walk.to(sheet, State.ACCEPTED)       the same timesheet, walked there (tests/support/walk.py)

Each is made once per test and found again after that.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.test import Client as Browser

from kis.accounts.models import User
from kis.core import clock
from kis.core.weeks import Week
from kis.staffing import operations
from kis.staffing.actor import SYSTEM, Actor, actor_of
from kis.staffing.models import AgencySettings, AgencyUser, Client, ClientContact, Department, Placement, Worker
from kis.timesheets.hours import Break, Day, Hours, Shift
from kis.timesheets.models import Timesheet
from kis.timesheets.opening import open_week

Person = Worker | ClientContact | AgencyUser

WEEK = Week(2026, 48)  # Monday 23 to Sunday 29 November 2026; to be approved before Monday 30, 17:00
START = dt.date(2026, 9, 1)
BEFORE = clock.at(START, 8 * 60)
DAY_SHIFT = [8 * 60, 16 * 60 + 30, 30]
PATTERN = [[DAY_SHIFT]] * 5 + [[], []]


def agency() -> AgencySettings:
    """Keser Interim Solutions, with the rhythm of the guide: approved on Monday, paid on Tuesday."""
    found = AgencySettings.objects.first()
    return found or operations.configure_agency(
        by=SYSTEM, at=BEFORE, name="Keser Interim Solutions", helpdesk_phone="088-6488999"
    )


def bakery() -> Client:
    """Bakkerij De Groot, with the departments Broodlijn and Inpak."""
    return _client("K100", "Bakkerij De Groot", (("Broodlijn", "4100"), ("Inpak", "4200")))


def transport() -> Client:
    """Visser Transport, without departments."""
    return _client("K200", "Visser Transport", ())


def department(name: str = "Broodlijn") -> Department:
    """A department of the bakery."""
    return Department.objects.get(client=bakery(), name=name)


def ana() -> Worker:
    return worker("Ana Kowalska", "W100", "ana@worker.example")


def bram() -> Worker:
    return worker("Bram Willems", "W200", "bram@worker.example")


def worker(name: str, number: str, email: str) -> Worker:
    """A worker with this name, number and address."""
    agency()
    found = Worker.objects.filter(number=number).select_related("user").first()
    return found or operations.add_worker(number=number, email=email, name=name, by=SYSTEM, at=BEFORE)


def many_workers(count: int) -> list[Worker]:
    """`count` more workers."""
    first = Worker.objects.count()
    return [worker(f"Werker {n:03d}", f"X{n:03d}", f"worker{n}@worker.example") for n in range(first, first + count)]


def carla() -> ClientContact:
    """Decides at the bakery, for all departments."""
    return contact("Carla de Groot", "carla@bakery.example", bakery())


def dirk() -> ClientContact:
    """Decides at the transport firm."""
    return contact("Dirk Visser", "dirk@transport.example", transport())


def contact(name: str, email: str, client: Client, *departments: Department) -> ClientContact:
    """Somebody of a client, for some departments or for all."""
    found = ClientContact.objects.filter(user__email=email).select_related("user", "client").first()
    return found or operations.add_contact(
        client=client, email=email, name=name, departments=departments, by=SYSTEM, at=BEFORE
    )


def esra() -> AgencyUser:
    """Back office."""
    return _colleague("Esra Yilmaz", "esra@agency.example", AgencyUser.Role.BACK_OFFICE)


def finn() -> AgencyUser:
    """Consultant."""
    return _colleague("Finn Bakker", "finn@agency.example", AgencyUser.Role.CONSULTANT)


def actor(person: Person) -> Actor:
    """The person as the one who acts, as a page would see them."""
    found = actor_of(User.objects.get(pk=person.user_id))
    assert found
    return found


def signed_in(person: Person) -> Browser:
    """A test client that has this person's session."""
    browser = Browser()
    browser.force_login(User.objects.get(pk=person.user_id))
    return browser


def placement(person: Worker | None = None, client: Client | None = None, **values: Any) -> Placement:
    """A Job of somebody (Ana) at a client (the bakery), by day from Monday to Friday; made once for the two."""
    person, client = person or ana(), client or bakery()
    if not values and (found := Placement.objects.filter(worker=person, client=client).first()):
        return found
    fields = {"job_title": "Productiemedewerker", "start": START, "pattern": PATTERN, **values}
    number = f"P{Placement.objects.count() + 1:04d}"
    return operations.add_placement(number=number, worker=person, client=client, by=SYSTEM, at=BEFORE, **fields)


def sheet(job: Placement | Worker | None = None, week: Week = WEEK) -> Timesheet:
    """The timesheet of a Job (or of somebody's Job at the bakery) in a week, opened as every Monday opens it."""
    job = job if isinstance(job, Placement) else placement(job)
    open_week(week, at=clock.at(week.monday, 5))
    return Timesheet.objects.with_people().of_week(week).get(placement=job)


def hours(week: Week = WEEK, days: int = 5, **values: Any) -> Hours:
    """A week of ordinary days: 08:00 to 16:30 with half an hour of break, from Monday on."""
    start, end, pause = DAY_SHIFT
    worked = (Day((Shift(start, end, (Break(pause),)),)),) * days
    return Hours(week, worked + (Day(),) * (7 - days), **values)


def _client(number: str, name: str, departments: tuple[tuple[str, str], ...]) -> Client:
    agency()
    found = Client.objects.filter(number=number).first()
    return found or operations.add_client(number=number, name=name, departments=departments, by=SYSTEM, at=BEFORE)


def _colleague(name: str, email: str, role: str) -> AgencyUser:
    agency()
    found = AgencyUser.objects.filter(user__email=email).select_related("user").first()
    return found or operations.add_agency_user(email=email, name=name, role=role, by=SYSTEM, at=BEFORE)
