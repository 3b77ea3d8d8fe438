"""Hours from one week to another as they were handed in: the weeks that somebody asks for, and a row for each shift."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping

from django.utils.translation import gettext as _

from kis.core.minutes import clock_text
from kis.core.weeks import Week
from kis.exchange.tables import Cell
from kis.timesheets.hours import Hours
from kis.timesheets.models import Submission, Timesheet, TimesheetQuerySet

MOST_WEEKS = 106  # two years


class NoSuchWeeks(ValueError):
    """What was asked for are no weeks in a row; the message says why, in the reader's language."""


def weeks_asked(query: Mapping[str, str]) -> tuple[Week, Week]:
    """The weeks of `first` and `last`. Raises NoSuchWeeks."""
    try:
        first, last = Week.parse(query.get("first", "")), Week.parse(query.get("last", ""))
    except ValueError as error:
        raise NoSuchWeeks(_("Choose the first and the last week.")) from error
    if not 0 <= last - first <= MOST_WEEKS:
        raise NoSuchWeeks(_("The last week comes after the first, within two years."))
    return first, last


def handed_in(sheets: TimesheetQuerySet, first: Week, last: Week) -> list[tuple[Timesheet, Hours]]:
    """Every one of the timesheets (with its people) with the version of it that counts, oldest first; two queries."""
    within = sheets.filter(submitted_version__isnull=False, iso_year__gte=first.year, iso_year__lte=last.year)
    rows = [sheet for sheet in within.order_by("iso_year", "iso_week", "pk") if first <= sheet.week <= last]
    frozen = {
        (version.timesheet_id, version.number): version.content
        for version in Submission.objects.filter(timesheet__in=[sheet.pk for sheet in rows])
    }
    return [(sheet, Hours.from_json(sheet.week, frozen[sheet.pk, sheet.submitted_version or 0])) for sheet in rows]


def shift_rows(hours: Hours) -> Iterator[tuple[dt.date, list[Cell]]]:
    """Start, end, minutes of break, minutes of work and kilometres of each shift; of a day without shifts its total."""
    for date, day in hours.dated():
        for n, shift in enumerate(day.shifts):
            km = day.km if n == 0 else 0
            yield date, [clock_text(shift.start), clock_text(shift.end), shift.pause, shift.worked(date), km]
        if not day.shifts and not day.is_empty:
            yield date, ["", "", 0, day.worked(date), day.km]
