"""A worker's own papers: the evidence file of a week, and a copy of the hours of a time."""

from __future__ import annotations

import io
from collections.abc import Iterator

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from kis.core.minutes import clock_text
from kis.core.weeks import Week
from kis.exchange.tables import Cell, CsvStyle, write_csv
from kis.staffing.parties import Party
from kis.timesheets.hours import Hours
from kis.timesheets.models import Submission, Timesheet
from kis.timesheets.workflow import State
from kis.web import words
from kis.web.access import ActorRequest, audience
from kis.web.papers import KINDS, PDF, evidence_file, handed_out, hours_copy, made_now

MOST_WEEKS = 106  # two years


@require_GET
@audience("worker")
def sheet_evidence(request: ActorRequest, pk: int, kind: str) -> HttpResponse:
    """The evidence file of one's own timesheet."""
    sheet = get_object_or_404(Timesheet.objects.visible_to(request.actor).with_people(), pk=pk)
    if kind not in KINDS or not sheet.submissions.exists():
        raise Http404
    return evidence_file(sheet, Party.WORKER, kind, at=made_now())


@require_GET
@audience("worker")
def hours(request: ActorRequest, kind: str) -> HttpResponse:
    """The own hours from one week to another as PDF or CSV, as they were handed in last."""
    if kind not in {"pdf", "csv"}:
        raise Http404
    typed = {name: request.GET.get(name, "") for name in ("first", "last")}
    back = f"{reverse('worker:history')}?{urlencode(typed)}#copy"
    try:
        first, last = Week.parse(typed["first"]), Week.parse(typed["last"])
    except ValueError:
        messages.warning(request, _("Choose the first and the last week."))
        return redirect(back)
    if not 0 <= last - first <= MOST_WEEKS:
        messages.warning(request, _("The last week comes after the first, within two years."))
        return redirect(back)
    found = list(_handed_in(request, first, last))
    if not found:
        messages.warning(request, _("In these weeks nothing was handed in."))
        return redirect(back)
    word = _("hours-copy")
    name = f"{word}-{first}-{last}.{kind}"
    if kind == "pdf":
        return handed_out(hours_copy(str(request.actor.name), found, at=made_now()), PDF, name)
    content = io.BytesIO()
    header = [_("Week"), _("Date"), _("Client"), _("Job"), _("Start"), _("End"), _("Break, minutes"), _("Minutes"),
              _("Km"), _("Status")]  # fmt: skip
    write_csv(content, header, _rows(found), CsvStyle())
    return handed_out(content.getvalue(), "text/csv; charset=utf-8", name)


def _handed_in(request: ActorRequest, first: Week, last: Week) -> Iterator[tuple[Timesheet, Hours]]:
    """Every timesheet with the version of it that counts, oldest first."""
    sheets = Timesheet.objects.visible_to(request.actor).newest().with_people()
    within = sheets.filter(submitted_version__isnull=False, iso_year__gte=first.year, iso_year__lte=last.year)
    rows = [sheet for sheet in within.order_by("iso_year", "iso_week", "pk") if first <= sheet.week <= last]
    frozen = {
        (version.timesheet_id, version.number): version.content
        for version in Submission.objects.filter(timesheet__in=[sheet.pk for sheet in rows])
    }
    for sheet in rows:
        yield sheet, Hours.from_json(sheet.week, frozen[sheet.pk, sheet.submitted_version or 0])


def _rows(found: list[tuple[Timesheet, Hours]]) -> Iterator[list[Cell]]:
    """A row for each shift; for a day without shifts one, with its total or nothing worked."""
    for sheet, written in found:
        beside: list[Cell] = [str(words.STATES[State(sheet.state)])]
        for date, day in written.dated():
            place: list[Cell] = [str(sheet.week), date, sheet.client.name, sheet.placement.job_title]
            for n, shift in enumerate(day.shifts):
                km = day.km if n == 0 else 0
                times: list[Cell] = [
                    clock_text(shift.start),
                    clock_text(shift.end),
                    shift.pause,
                    shift.worked(date),
                    km,
                ]
                yield [*place, *times, *beside]
            if not day.shifts and not day.is_empty:
                yield [*place, "", "", 0, day.worked(date), day.km, *beside]
