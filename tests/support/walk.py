"""Walks a timesheet to a state by the real operations, each step taken by the person whose turn it is."""

from __future__ import annotations

import datetime as dt

from kis.core import clock
from kis.core.weeks import Week
from kis.payroll import operations as payroll
from kis.staffing.actor import Actor
from kis.staffing.models import ClientContact
from kis.timesheets import corrections, operations, proposals
from kis.timesheets.hours import Hours
from kis.timesheets.models import Timesheet
from kis.timesheets.workflow import State
from tests.support import people

_PATHS = {
    State.DRAFT: (),
    State.SUBMITTED: ("submit",),
    State.REFUSED: ("submit", "refuse"),
    State.ACCEPTED: ("submit", "accept"),
    State.APPROVED: ("submit", "accept", "approve"),
    State.PAID: ("submit", "accept", "approve", "pay"),
}


def to(sheet: Timesheet, state: State | str, *, hours: Hours | None = None, at: dt.datetime | None = None) -> Timesheet:
    """Walk an untouched timesheet to `state`; five ordinary days are handed in unless `hours` says otherwise.

    The first step is taken at `at` (Friday noon of the week), each further one an hour later.
    """
    moment = at or clock.at(sheet.week.monday + dt.timedelta(days=4), 12 * 60)
    for step in _PATHS[State(state)]:
        _take(step, sheet, hours or people.hours(sheet.week), moment)
        sheet.refresh_from_db()
        moment += dt.timedelta(hours=1)
    return sheet


def proposed(sheet: Timesheet, hours: Hours | None = None) -> Timesheet:
    """Hand in an untouched timesheet, and let the client propose other hours: four days of the five, unless `hours`
    says otherwise."""
    to(sheet, State.SUBMITTED)
    proposals.propose(
        sheet, hours=hours or people.hours(sheet.week, days=4), version=sheet.version, by=_client_of(sheet),
        at=sheet.state_since + dt.timedelta(hours=1), reason="Vrijdag was de bakkerij dicht.",
    )  # fmt: skip
    return sheet


def correction(sheet: Timesheet, state: State | str = State.DRAFT) -> Timesheet:
    """Pay an untouched timesheet, and walk the correction that its worker asks for to `state`: a sixth day."""
    to(sheet, State.PAID)
    asked_at = sheet.state_since + dt.timedelta(days=1)
    fresh = corrections.open_correction(
        sheet, by=people.actor(sheet.worker), at=asked_at, reason="Ik heb zaterdag ook gewerkt."
    )  # fmt: skip
    return to(fresh, state, hours=people.hours(sheet.week, days=6), at=asked_at + dt.timedelta(hours=1))


def corrected_by(person: people.Person, sheet: Timesheet, days: int) -> Timesheet:
    """Pay an untouched timesheet, and let somebody of the client or the agency say that it was so many days."""
    to(sheet, State.PAID)
    return corrections.open_correction(
        sheet, hours=people.hours(sheet.week, days=days), by=people.actor(person),
        at=sheet.state_since + dt.timedelta(days=1), reason="Dat stond anders op het rooster.",
    )  # fmt: skip


def taken_back_correction(sheet: Timesheet) -> Timesheet:
    """Pay an untouched timesheet, let its client correct it to six days, and take that back."""
    fresh = corrected_by(ClientContact.objects.get(user=_client_of(sheet).user_id), sheet, days=6)
    operations.undo(fresh, version=fresh.version, by=_client_of(sheet), at=fresh.state_since + dt.timedelta(hours=1))
    return fresh


def pay(sheet: Timesheet, at: dt.datetime | None = None) -> None:
    """Pay an approved timesheet, in a run that closes its week."""
    _pay(sheet, at or sheet.state_since)


def _take(step: str, sheet: Timesheet, hours: Hours, at: dt.datetime) -> None:
    if step == "submit":
        by = people.actor(sheet.worker)
        operations.submit(sheet, hours=hours, version=sheet.version, by=by, at=at)
    elif step == "refuse":
        tuesday = sheet.week.days[1]
        operations.refuse(
            sheet, version=sheet.version, by=_client_of(sheet), at=at,
            reason_code="break_missing", reason="De pauze van dinsdag klopt niet.", days=[tuesday],
        )  # fmt: skip
    elif step == "accept":
        operations.accept(sheet, version=sheet.version, by=_client_of(sheet), at=at)
    elif step == "approve":
        operations.approve(sheet, version=sheet.version, by=people.actor(people.esra()), at=at)
    else:
        _pay(sheet, at)


def _client_of(sheet: Timesheet) -> Actor:
    """Carla, Dirk, or whoever decides at the client of a timesheet."""
    if sheet.client_id == people.bakery().pk:
        return people.actor(people.carla())
    if sheet.client_id == people.transport().pk:
        return people.actor(people.dirk())
    return people.actor(ClientContact.objects.filter(client=sheet.client_id).earliest("pk"))


def _pay(sheet: Timesheet, at: dt.datetime) -> None:
    run(sheet.week, at)


def run(week: Week, at: dt.datetime) -> None:
    """A payroll run that closes a week, carried out here and now."""
    by = people.actor(people.esra())
    started = payroll.start_run(week, sequence=payroll.next_sequence(week), cut_off=at, by=by, at=at)
    payroll.carry_out(started.pk, clock=lambda: at, report=lambda done, planned: None)
