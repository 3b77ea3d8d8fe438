"""Paid weeks of all kinds, made by chance from a seed, and walked through the real operations."""

from __future__ import annotations

import datetime as dt
import random

from kis.core import clock
from kis.core.weeks import Week
from kis.staffing import operations as staffing
from kis.staffing.actor import SYSTEM
from kis.staffing.models import Client, Placement
from kis.timesheets import corrections
from kis.timesheets.hours import Break, Day, Expense, Hours, Shift
from kis.timesheets.models import Timesheet
from kis.timesheets.workflow import State
from tests.support import people, walk

# The clock goes back on the Sunday of the first and forward on that of the third; the second holds New Year's Day.
WEEKS = (Week(2026, 43), Week(2026, 53), Week(2027, 12), people.WEEK)
KINDS = ("days", "nights", "split", "placed_breaks", "weekend", "totals", "not_worked", "only_costs", "everything")
NAMES = (
    "Ana Kowalska",
    "Łukasz Brzęczyszczykiewicz-Świętopełk",
    "Đặng Thị Ngọc “Hà” & Zoon <Öztürk>",
    "Ștefan O'Țepeș",
    "Ева Иванова",
    "Maria " + "van der Lange-Naam " * 7,
)
_FREE = Day()


def identified() -> Client:
    """The bakery and the agency with their numbers in the trade register."""
    people.agency()
    staffing.configure_agency(by=SYSTEM, at=people.BEFORE, legal_id="61979007", vat_id="NL123456782B12")
    numbers = {"legal_id": "12345678", "vat_id": "NL000099998B57", "supplier_number": "CRED-77"}
    return staffing.change_client(people.bakery(), by=SYSTEM, at=people.BEFORE, **numbers)


def hours(chance: random.Random, week: Week, kind: str) -> Hours:
    """A possible week of that kind."""
    for _ in range(200):
        days = tuple(_day(chance, kind, weekday) for weekday in range(7))
        expenses = _expenses(chance, week) if kind in {"only_costs", "everything"} else ()
        found = Hours(week, days, expenses, chance.choice(("", "Vrijdag eerder weg, zie app’je 😀")))
        if not found.problems():
            return found
    raise AssertionError(f"no possible week of kind {kind} in {week}")


def job(number: int, kind: str) -> Placement:
    """A job at the bakery, of a worker of its own; totals where the kind wants them, often with a department."""
    name = NAMES[number % len(NAMES)][:150].strip()
    worker = people.worker(name, f"{100_001 + number}", f"werker{number}@worker.example")
    entry = Placement.Entry.TOTALS if kind == "totals" else Placement.Entry.TIMES
    department = people.department() if number % 3 else None
    return people.placement(worker, people.bakery(), entry=entry, department=department)


def approved(jobs: list[Placement], week: Week, written: list[Hours]) -> list[Timesheet]:
    """The weeks of these jobs, ready to be paid."""
    return [
        walk.to(people.sheet(job, week), State.APPROVED, hours=each) for job, each in zip(jobs, written, strict=True)
    ]


def correction(paid: Timesheet, right: Hours, at: dt.datetime | None = None) -> Timesheet:
    """A correction that the worker asked for, ready to be paid."""
    paid.refresh_from_db()
    at = at or clock.at(paid.week.next.days[2], 9 * 60)
    fresh = corrections.open_correction(paid, by=people.actor(paid.worker), at=at, reason="Dat klopte niet.")
    return walk.to(fresh, State.APPROVED, hours=right, at=at + dt.timedelta(hours=1))


def _day(chance: random.Random, kind: str, weekday: int) -> Day:
    if kind == "everything":
        kind = chance.choice(KINDS[:5])
    km = chance.choice((0, 0, 7, 42))
    if kind in {"not_worked", "only_costs"}:
        return Day(not_worked=kind == "not_worked", km=km if kind == "only_costs" else 0)
    if (weekday >= 5) is not (kind == "weekend") and kind not in {"nights", "split"}:
        return _FREE
    if kind == "totals":
        return Day(total=chance.choice((0, 440, 475, 480)), km=km)
    return Day(tuple(_shifts(chance, kind)), km=km)


def _shifts(chance: random.Random, kind: str) -> list[Shift]:
    if kind == "nights":
        start = 22 * 60 + chance.randrange(0, 60)
        return [Shift(start, start + chance.randrange(300, 460), (Break(chance.randrange(0, 31)),))]
    start = chance.randrange(6 * 60, 9 * 60)
    if kind == "split":
        return [Shift(start, start + 200), Shift(start + 230, start + chance.randrange(300, 500), (Break(15),))]
    end = start + chance.randrange(400, 600)
    if kind == "placed_breaks":
        return [Shift(start, end, (Break(15, start + 120), Break(30, start + 240), Break(5)))]
    return [Shift(start, end, (Break(30),))]


def _expenses(chance: random.Random, week: Week) -> tuple[Expense, ...]:
    words = ("Parkeren <P+R> & tol", "Überfahrt €", "Koffie 'to go' ☕")
    return tuple(
        Expense(chance.choice(week.days), chance.randrange(1, 99_999), chance.choice(words))
        for _ in range(chance.randrange(1, 4))
    )
