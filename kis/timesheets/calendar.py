"""The payroll calendar as this agency has it: its rhythm, a client's own, and days moved by hand."""

from __future__ import annotations

import dataclasses
import datetime as dt

from kis.core.weeks import Week
from kis.staffing.actor import Actor
from kis.staffing.models import AgencySettings, Client
from kis.staffing.parties import Party
from kis.timesheets.deadlines import Deadline, Rhythm, deadline
from kis.timesheets.models import CalendarOverride
from kis.timesheets.workflow import NotAllowed


@dataclasses.dataclass(frozen=True, slots=True)
class Calendar:
    """Deadlines for any week and client, with two queries in all: `Calendar.load()`."""

    rhythm: Rhythm
    moved: dict[Week, CalendarOverride]

    @classmethod
    def load(cls) -> Calendar:
        agency = AgencySettings.objects.first()
        rhythm = Rhythm(agency.approval_weekday, agency.approval_minute, agency.payroll_weekday) if agency else Rhythm()
        moved = {Week(row.iso_year, row.iso_week): row for row in CalendarOverride.objects.all()}
        return cls(rhythm, moved)

    def deadline(self, week: Week, client: Client | None = None) -> Deadline:
        """The deadline of a week; a client's own weekday and hour go before the agency's.

        A day moved by hand holds for everybody.
        """
        if row := self.moved.get(week):
            return Deadline(week, row.approve_by, row.run_on, reason=row.reason)
        rhythm = self.rhythm
        if client and client.approval_weekday:
            rhythm = dataclasses.replace(rhythm, approval_weekday=client.approval_weekday)
        if client and client.approval_minute is not None:
            rhythm = dataclasses.replace(rhythm, approval_minute=client.approval_minute)
        return deadline(week, rhythm)

    def current_week(self, at: dt.datetime) -> Week:
        """The week of work that payroll is waiting for: the oldest whose run is today or still to come."""
        week = Week.of(at.date()).previous.previous
        while self.deadline(week).run_on < at.date():
            week = week.next
        return week

    def run_for(self, week: Week, ready_at: dt.datetime) -> Deadline:
        """Whose run pays hours of `week` that are approved at `ready_at`: a late one goes with a later one."""
        found = self.deadline(week)
        while found.has_passed(ready_at):
            found = self.deadline(found.week.next)
        return found


def move_deadline(
    week: Week, *, approve_by: dt.datetime, run_on: dt.date, reason: str, by: Actor, at: dt.datetime
) -> CalendarOverride:
    """Set the deadline and the run of one week by hand. Raises NotAllowed, ValueError when the run is too early."""
    if by.party != Party.AGENCY:
        raise NotAllowed("only the agency moves a deadline")
    if run_on < approve_by.date() or approve_by.date() <= week.sunday - dt.timedelta(days=7):
        raise ValueError("the run cannot come before the approval")
    row, _ = CalendarOverride.objects.update_or_create(
        iso_year=week.year,
        iso_week=week.number,
        defaults={"approve_by": approve_by, "run_on": run_on, "reason": reason},
    )
    return row


def reset_deadline(week: Week, *, by: Actor, at: dt.datetime) -> None:
    """Give a week its usual deadline back. Raises NotAllowed."""
    if by.party != Party.AGENCY:
        raise NotAllowed("only the agency moves a deadline")
    CalendarOverride.objects.filter(iso_year=week.year, iso_week=week.number).delete()
