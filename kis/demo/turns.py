"""The turns that things take: times that a client proposes, a mistake found after the wage, rules being written."""

from __future__ import annotations

import dataclasses
import datetime as dt

from kis.core import clock
from kis.core.weeks import Week
from kis.demo import cast
from kis.demo.staff import Staff
from kis.payroll import agreements
from kis.payroll.models import RuleVersion
from kis.staffing.models import Client, Placement
from kis.timesheets import corrections, operations, proposals
from kis.timesheets.hours import Hours, Shift
from kis.timesheets.models import Timesheet

CORRECTS = "K1002"  # a client
SHORTER = "Om 16.00 uur was het werk klaar; de planning stuurde iedereen naar huis."
LONGER = "Er is een half uur langer doorgewerkt aan de storing."
FORGOTTEN = "Ik ben vergeten dat ik vrijdag een uur langer ben gebleven."
HALF_HOUR = 30


def take_turns(staff: Staff, now: dt.datetime) -> None:
    """As `now` is, all that lies in the past of it."""
    this = Week.of(clock.local(now).date())
    _propose(staff, this.previous, now)
    _correct(staff, this + -2, now)
    _write_rules(staff, now)


def _propose(staff: Staff, week: Week, now: dt.datetime) -> None:
    """Of two weeks that wait for a client, one gets shorter, which the worker must answer, and one longer.

    The client of the demo's log-in stays as the guide's picture has it.
    """
    at = now - dt.timedelta(hours=2)
    waiting = Timesheet.objects.awaiting_client().of_week(week).exclude(client__number=cast.COMPANIES[0].number)
    written = waiting.filter(minutes__gt=0, placement__entry=Placement.Entry.TIMES, state_since__lt=at)
    turns = ((-HALF_HOUR, SHORTER), (HALF_HOUR, LONGER))
    for n, (sheet, (minutes, reason)) in enumerate(zip(written.with_people().order_by("pk"), turns, strict=False)):
        contact, moment = staff.contacts[sheet.client_id], at + dt.timedelta(minutes=9 * n)
        hours = _moved(sheet.hours, minutes)
        proposals.propose(sheet, hours=hours, version=sheet.version, by=contact, at=moment, reason=reason)


def _correct(staff: Staff, week: Week, now: dt.datetime) -> None:
    """Somebody asks for a correction of a paid week: it is handed in, accepted, and waits for the agency."""
    client = Client.objects.get(number=CORRECTS)
    paid = Timesheet.objects.newest().of_week(week).filter(client=client, state="paid", minutes__gt=0)
    sheet = paid.with_people().order_by("-pk").first()
    if sheet is None or sheet.state_since > now - dt.timedelta(days=3):
        return
    worker, asked = staff.workers[sheet.worker_id], sheet.state_since + dt.timedelta(days=1, hours=9)
    fresh = corrections.open_correction(sheet, by=worker, at=asked, reason=FORGOTTEN)
    operations.submit(
        fresh, hours=_moved(fresh.hours, 2 * HALF_HOUR), version=fresh.version, by=worker,
        at=asked + dt.timedelta(minutes=6),
    )  # fmt: skip
    operations.accept(fresh, version=fresh.version, by=staff.contacts[client.pk], at=asked + dt.timedelta(hours=14))


def _write_rules(staff: Staff, now: dt.datetime) -> None:
    """A colleague has written the next version of the agency's rules, which waits for a second person."""
    content = RuleVersion.objects.get(code=cast.RULES).content
    later = [{**band, "surcharge": "35"} if band["label"] == "evening" else band for band in content["bands"]]
    new_year = dt.date(clock.local(now).year + 1, 1, 1).isoformat()
    agreements.save_draft(
        {**content, "bands": later, "valid_from": new_year}, by=staff.consultants[0], at=now - dt.timedelta(days=1)
    )


def _moved(hours: Hours, minutes: int) -> Hours:
    """The hours with the end of the last day's last shift moved."""
    days = list(hours.days)
    last = max(index for index, day in enumerate(days) if day.shifts)
    *before, shift = days[last].shifts
    moved = Shift(shift.start, shift.end + minutes, shift.breaks)
    days[last] = dataclasses.replace(days[last], shifts=(*before, moved))
    return dataclasses.replace(hours, days=tuple(days))
