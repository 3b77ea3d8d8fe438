"""The fate of a week: whose turn it is by name, since when, and when it is paid if approved in time."""

from __future__ import annotations

import dataclasses
import datetime as dt

from django.db.models import Q

from kis.staffing.models import ClientContact
from kis.staffing.parties import Party
from kis.timesheets.calendar import Calendar
from kis.timesheets.deadlines import Deadline
from kis.timesheets.models import Timesheet
from kis.timesheets.workflow import State


@dataclasses.dataclass(frozen=True, slots=True)
class Fate:
    """`names` are the people whose turn it is; `pays` is the run that pays it if approved by its deadline.

    `late` says that the week's own deadline has passed, so that it goes with a later run.
    """

    turn: Party | None
    names: tuple[str, ...]
    since: dt.datetime
    due: Deadline
    pays: Deadline
    late: bool


def fate(timesheet: Timesheet, calendar: Calendar, *, at: dt.datetime) -> Fate:
    """The fate of one timesheet at a moment."""
    deadline = due(timesheet, calendar, at=at)
    ready_at = timesheet.state_since if timesheet.state in {State.APPROVED, State.PAID} else at
    return Fate(
        turn=timesheet.turn,
        names=_names(timesheet),
        since=timesheet.state_since,
        due=deadline,
        pays=calendar.run_for(timesheet.week, ready_at),
        late=deadline.has_passed(ready_at),
    )


def due(timesheet: Timesheet, calendar: Calendar, *, at: dt.datetime) -> Deadline:
    """The deadline of a timesheet. A correction comes long after its week: it goes with the run that comes next."""
    if timesheet.revision:
        return calendar.run_for(timesheet.week, at)
    return calendar.deadline(timesheet.week, timesheet.client)


def deciders(timesheet: Timesheet) -> list[ClientContact]:
    """The client's contacts who may decide on this timesheet: of its department, or of the whole client."""
    of_client = ClientContact.objects.filter(client=timesheet.client_id, user__is_active=True)
    covers = Q(departments=None)
    if timesheet.department_id:
        covers |= Q(departments=timesheet.department_id)
    return list(of_client.filter(covers).select_related("user").order_by("user__name", "pk"))


def _names(timesheet: Timesheet) -> tuple[str, ...]:
    if timesheet.turn == Party.WORKER:
        return (str(timesheet.worker),)
    if timesheet.turn == Party.CLIENT:
        return tuple(str(contact) for contact in deciders(timesheet))
    return ()
