"""For every placement that is active in a week there is a timesheet, also when nobody has touched it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from kis.core import clock
from kis.core.weeks import Week
from kis.staffing.models import Placement
from kis.timesheets.models import Timesheet
from kis.timesheets.workflow import State


def open_week(week: Week, *, at: dt.datetime) -> int:
    """Open the timesheets of a week that are not there yet; safe to run twice. Answers how many it opened."""
    there = Timesheet.objects.of_week(week).filter(revision=0).values("placement")
    missing = Placement.objects.active_in(week).exclude(pk__in=there)
    return _open((placement, week) for placement in missing)


def open_placement(placement: Placement, *, at: dt.datetime, since: Week | None = None) -> int:
    """Open the weeks of one placement, from its start up to and including this week."""
    now = Week.of(clock.local(at).date())
    first = max(Week.of(placement.start), since) if since else Week.of(placement.start)
    last = min(now, Week.of(placement.end)) if placement.end else now
    return _open((placement, first + n) for n in range(max(0, last - first + 1)))


def close_placement(placement: Placement) -> int:
    """Take away the untouched weeks that lie outside the placement after its dates changed."""
    untouched = Timesheet.objects.filter(
        placement=placement, state=State.DRAFT, minutes=0, submitted_version__isnull=True, steps__isnull=True
    )
    gone = [row.pk for row in untouched if row.week.sunday < placement.start or _after(placement, row.week)]
    Timesheet.objects.filter(pk__in=gone, version=1).delete()
    return len(gone)


def _after(placement: Placement, week: Week) -> bool:
    return placement.end is not None and placement.end < week.monday


def _open(pairs: Iterable[tuple[Placement, Week]]) -> int:
    fresh = [
        Timesheet(
            placement=placement,
            worker_id=placement.worker_id,
            client_id=placement.client_id,
            department_id=placement.department_id,
            iso_year=week.year,
            iso_week=week.number,
            state_since=clock.at(max(week.monday, placement.start), 0),
        )
        for placement, week in pairs
    ]
    Timesheet.objects.bulk_create(fresh, ignore_conflicts=True, batch_size=1000)
    return len(fresh)
