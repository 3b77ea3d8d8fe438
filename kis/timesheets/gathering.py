"""Gathers from the database what the pure checks need to know about a week."""

from __future__ import annotations

import datetime as dt

from django.db.models import Q

from kis.core.weeks import Week
from kis.timesheets.hours import Hours
from kis.timesheets.models import Timesheet
from kis.timesheets.signals import Facts, Signal, signals


def signals_of(timesheet: Timesheet, hours: Hours) -> tuple[Signal, ...]:
    """The signals of `hours` if this timesheet held them."""
    placement = timesheet.placement
    usual = tuple(
        sum(end - start - pause for start, end, pause in placement.usual(date)) for date in timesheet.week.days
    )
    facts = Facts(
        first=placement.start,
        last=placement.end,
        usual=usual if placement.pattern else (),
        elsewhere=tuple(_elsewhere(timesheet)),
    )
    return signals(hours, facts)


def _elsewhere(timesheet: Timesheet) -> list[tuple[dt.datetime, dt.datetime]]:
    """Shifts of the same worker on other timesheets of this week and the nights beside it.

    Of a corrected week the newest version counts, and no version of this very week.
    """
    weeks = Q()
    for week in (timesheet.week.previous, timesheet.week, timesheet.week.next):
        weeks |= Q(iso_year=week.year, iso_week=week.number)
    itself = {"placement": timesheet.placement_id, "iso_year": timesheet.iso_year, "iso_week": timesheet.iso_week}
    others = Timesheet.objects.newest().filter(weeks, worker=timesheet.worker_id).exclude(**itself)
    found = []
    for year, number, content in others.values_list("iso_year", "iso_week", "content"):
        for date, day in Hours.from_json(Week(year, number), content).dated():
            found += [shift.bounds(date) for shift in day.shifts]
    return found
