"""By when a week's hours must be approved, and when payroll runs over them."""

from __future__ import annotations

import dataclasses
import datetime as dt

from kis.core import clock
from kis.core.public_holidays import working_day_from
from kis.core.weeks import Week


@dataclasses.dataclass(frozen=True, slots=True)
class Rhythm:
    """The usual week: ISO weekdays in the week after the work, and the minute of the day by which to approve."""

    approval_weekday: int = 1
    approval_minute: int = 17 * 60
    payroll_weekday: int = 2


@dataclasses.dataclass(frozen=True, slots=True)
class Deadline:
    """For one week of work: approved until `approve_by`, it is paid in the run of `run_on`."""

    week: Week
    approve_by: dt.datetime
    run_on: dt.date
    moved_for_holiday: bool = False
    reason: str = ""

    def has_passed(self, at: dt.datetime) -> bool:
        return at > self.approve_by


def deadline(week: Week, rhythm: Rhythm) -> Deadline:
    """The usual deadline of a week, moved past public holidays.

    The week ends on Sunday, so a deadline can only move forward: an approval day that is a holiday becomes the
    next working day, and payroll always runs on a working day after the approval day.
    """
    usual_approval = _day_after(week, rhythm.approval_weekday)
    usual_run = _day_after(week, rhythm.payroll_weekday)
    if usual_run <= usual_approval:
        usual_run += dt.timedelta(weeks=1)
    approval = working_day_from(usual_approval)
    run = working_day_from(max(usual_run, approval + dt.timedelta(days=1)))
    moved = (approval, run) != (usual_approval, usual_run)
    return Deadline(week, clock.at(approval, rhythm.approval_minute), run, moved_for_holiday=moved)


def _day_after(week: Week, weekday: int) -> dt.date:
    return week.next.monday + dt.timedelta(days=weekday - 1)
