"""A written week as rows for a page: planned beside handed in, what changed, what stands out."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Collection, Sequence

from kis.staffing.models import Placement
from kis.staffing.parties import Party
from kis.timesheets.hours import Day, Hours
from kis.timesheets.models import Submission, Timesheet
from kis.timesheets.signals import Signal, seen_by
from kis.timesheets.workflow import EDITABLE
from kis.web import strip


@dataclasses.dataclass(frozen=True, slots=True)
class WeekRow:
    """One day. `before` are its minutes in the version before this one, where they differ from now."""

    date: dt.date
    day: Day
    minutes: int
    usual: int
    signals: tuple[Signal, ...]
    disputed: bool
    changed: bool
    before: int | None


@dataclasses.dataclass(frozen=True, slots=True)
class WeekView:
    """What `web/parts/week_table.html` needs."""

    hours: Hours
    rows: tuple[WeekRow, ...]
    usual_total: int
    show_usual: bool

    @property
    def strip_days(self) -> list[strip.StripDay]:
        """The week strip of exactly these hours, whatever the timesheet holds by now."""
        return strip.days_of(self.hours, {row.date.isoformat() for row in self.rows if row.disputed})


def week_view(
    hours: Hours,
    placement: Placement,
    *,
    signals: Sequence[Signal] = (),
    before: Hours | None = None,
    disputed: Collection[str] = (),
) -> WeekView:
    """`hours` day by day; `before` is the version handed in earlier, `disputed` has ISO dates."""
    rows = []
    for index, (date, day) in enumerate(hours.dated()):
        earlier = before.days[index] if before else day
        rows.append(
            WeekRow(
                date=date,
                day=day,
                minutes=day.worked(date),
                usual=usual_minutes(placement, date),
                signals=tuple(signal for signal in signals if signal.date == date),
                disputed=date.isoformat() in disputed,
                changed=earlier != day,
                before=earlier.worked(date) if earlier != day else None,
            )
        )
    return WeekView(hours, tuple(rows), sum(row.usual for row in rows), bool(placement.pattern))


def usual_minutes(placement: Placement, date: dt.date) -> int:
    """How long the placement's pattern has the worker work on a date."""
    return sum(end - start - pause for start, end, pause in placement.usual(date))


def submitted_view(timesheet: Timesheet) -> WeekView | None:
    """The version that counts, against the one before it; None when nothing was ever handed in.

    This, and never the working copy, is what a client sees.
    """
    if timesheet.submitted_version is None:
        return None
    now = timesheet.version_of(timesheet.submitted_version)
    signals = seen_by(Party.CLIENT, signals_handed_in(timesheet, now))
    return week_view(
        now.hours, timesheet.placement, signals=signals,
        before=handed_in_before(timesheet), disputed=timesheet.disputed,
    )  # fmt: skip


def signals_handed_in(timesheet: Timesheet, frozen: Submission) -> tuple[Signal, ...]:
    """What is known by now of the version that counts; while the worker mends it, what was known when it was frozen."""
    stored = frozen.signals if timesheet.state in EDITABLE else timesheet.signals
    return tuple(map(Signal.from_json, stored))


def handed_in_before(timesheet: Timesheet) -> Hours | None:
    """What was handed in before the version that counts now; proposals that came to nothing are passed over."""
    last = timesheet.submitted_version or 0
    before = [version for version in timesheet.submissions.all() if version.number < last and not version.is_proposal]
    return before[-1].hours if before else None
