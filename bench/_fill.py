"""Fills an empty portal for the measurements: an agency, one client that is looked at, and as many timesheets as asked.

Rows are written in bulk, and are what the operations would have written: frozen hours with their digest, a history,
wages. Run by portal.py in a process of its own, once Django is set up.
"""

from __future__ import annotations

import datetime as dt
import random
import sys
from collections.abc import Iterable, Iterator

from django.contrib.auth.hashers import make_password
from django.db import connection, transaction

from kis.accounts.models import User
from kis.core import clock
from kis.core.weeks import Week
from kis.payroll.models import PlacementTerms
from kis.staffing import operations
from kis.staffing.actor import SYSTEM
from kis.staffing.models import AgencySettings, Client, Placement, Worker
from kis.timesheets.hours import Break, Day, Hours, Shift
from kis.timesheets.models import Step, Submission, Timesheet

PASSWORD = "only-for-measuring-1"  # noqa: S105 -- of a portal that lives for minutes
WAITING = 600  # timesheets that wait for the client that is looked at
CLIENTS, CHUNK = 40, 2000
PATTERN = [[[480, 990, 30]]] * 5 + [[], []]
# What happened to a timesheet on its way to a state: act, start, end, party.
WAY = {
    "draft": (),
    "submitted": (("submit", "draft", "submitted", "worker"),),
    "approved": (
        ("submit", "draft", "submitted", "worker"),
        ("accept", "submitted", "accepted", "client"),
        ("approve", "accepted", "approved", "agency"),
    ),
}
WAY["paid"] = (*WAY["approved"], ("pay", "approved", "paid", "system"))


def agency() -> None:
    """The agency with one colleague and the contact of the client that is looked at."""
    at = clock.now() - dt.timedelta(days=400)
    operations.configure_agency(by=SYSTEM, at=at, name="Meetbureau", helpdesk_phone="088-0000000", billing=True)
    operations.add_agency_user(email="bureau@bench.example", name="Bo Bureau", role="back_office", by=SYSTEM, at=at)
    for n in range(CLIENTS):
        operations.add_client(number=f"K{n}", name=f"Opdrachtgever {n:03}", by=SYSTEM, at=at)
    looked_at = Client.objects.get(number="K0")
    operations.add_contact(client=looked_at, email="werkgever@bench.example", name="Wil Werkgever", by=SYSTEM, at=at)
    User.objects.update(password=make_password(PASSWORD))


def placements(count: int, client_of: Iterable[int]) -> list[Placement]:
    """So many new workers, each with a Job at the client of that number, and its wage."""
    first = Worker.objects.count()
    numbers = range(first, first + count)
    at, start = clock.now() - dt.timedelta(days=300), clock.today() - dt.timedelta(days=300)
    clients = {client.number: client for client in Client.objects.all()}
    users = User.objects.bulk_create(
        (User(email=f"w{n}@bench.example", name=f"Werker {n:06}", password="!") for n in numbers), batch_size=CHUNK
    )
    workers = Worker.objects.bulk_create(
        (Worker(user=user, number=f"W{n}", search=f"w{n} {user.name.lower()}", birth_date=dt.date(1990, 5, 17))
         for n, user in zip(numbers, users, strict=True)),
        batch_size=CHUNK,
    )  # fmt: skip
    jobs = Placement.objects.bulk_create(
        (Placement(number=f"P{n}", worker=worker, client=clients[f"K{client}"], job_title="Orderpicker", start=start,
                   pattern=PATTERN)
         for n, worker, client in zip(numbers, workers, client_of, strict=False)),
        batch_size=CHUNK,
    )  # fmt: skip
    PlacementTerms.objects.bulk_create(
        (PlacementTerms(placement=job, valid_from=start, wage_cents=1600, bill_factor="1.85", by_name="Bo", at=at)
         for job in jobs),
        batch_size=CHUNK,
    )  # fmt: skip
    return jobs


def hours(week: Week, chance: random.Random, *, days: int = 5) -> Hours:
    """A week of ordinary shifts, some of them into the evening."""
    start = chance.choice((360, 420, 480, 480, 720))
    worked = [
        Day((Shift(start, start + 510 + chance.choice((0, 0, 0, 30)), (Break(30),)),), km=chance.choice((0, 0, 24)))
        for _ in range(days)
    ]
    return Hours(week, (*worked, *[Day()] * (7 - days)))


def write(jobs: Iterable[Placement], week: Week, state: str, *, days: int = 5) -> None:
    """One timesheet for each Job in a state, with the way it went there."""
    chance = random.Random(str(week))
    since = min(clock.at(week.next.monday, 10 * 60), clock.now() - dt.timedelta(hours=5))
    for chunk in _chunks(list(jobs)):
        found = [(job, hours(week, chance, days=days)) for job in chunk]
        sheets = Timesheet.objects.bulk_create(_sheet(job, written, state, since) for job, written in found)
        if state == "draft":
            continue
        Submission.objects.bulk_create(
            Submission(timesheet=sheet, number=2, content=sheet.content, digest=sheet.digest, at=since)
            for sheet in sheets
        )
        Step.objects.bulk_create(
            Step(timesheet=sheet, number=number, act=act, start=start, end=end, party=party, actor_name="Iemand",
                 digest=sheet.digest, at=since)
            for sheet in sheets
            for number, (act, start, end, party) in enumerate(WAY[state], start=2)
        )  # fmt: skip


def _sheet(job: Placement, written: Hours, state: str, since: dt.datetime) -> Timesheet:
    frozen = state != "draft"
    return Timesheet(
        placement=job, worker_id=job.worker_id, client_id=job.client_id, iso_year=written.week.year,
        iso_week=written.week.number, state=state, state_since=since, version=1 + len(WAY[state]),
        content=written.to_json() if frozen else {}, minutes=written.minutes if frozen else 0,
        km=written.km if frozen else 0, submitted_version=2 if frozen else None,
        digest=written.digest(job.number) if frozen else "",
    )  # fmt: skip


def _chunks(rows: list[Placement]) -> Iterator[list[Placement]]:
    for start in range(0, len(rows), CHUNK):
        yield rows[start : start + CHUNK]


def portal(sheets: int) -> None:
    """What the pages are measured on: 600 that wait for one client, and the rest in the past, of all clients."""
    last = Week.of(clock.today()).previous
    agency()
    waiting = placements(WAITING, [0] * WAITING)
    write(waiting, last, "submitted")
    others = placements(max(400, min(sheets // 20, 5000)), (1 + n % (CLIENTS - 1) for n in range(5000)))
    left, week = sheets - WAITING, last
    while left > 0:
        week = week.previous
        jobs = (waiting + others)[:left]
        write(jobs, week, "paid")
        left -= len(jobs)


def approved(sheets: int) -> None:
    """What a payroll run is measured on: approved weeks with a shift on each of seven days."""
    if not AgencySettings.objects.exists():
        agency()
    per_week = min(sheets, 5000)
    jobs = placements(per_week, (1 + n % (CLIENTS - 1) for n in range(per_week)))
    week = Week.of(clock.today()).previous
    for start in range(0, sheets, per_week):
        write(jobs[: sheets - start], week, "approved", days=7)
        week = week.previous


def main() -> None:
    """`portal <sheets>` or `approved <sheets>`."""
    with transaction.atomic():
        {"portal": portal, "approved": approved}[sys.argv[1]](int(sys.argv[2]))
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")  # what autovacuum has done within a minute; rows do not come all at once
