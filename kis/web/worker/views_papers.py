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

from kis.exchange.tables import Cell, CsvStyle, write_csv
from kis.staffing.parties import Party
from kis.timesheets.hours import Hours
from kis.timesheets.models import Timesheet
from kis.web import words
from kis.web.access import ActorRequest, audience
from kis.web.hours_record import NoSuchWeeks, handed_in, shift_rows, weeks_asked
from kis.web.papers import KINDS, PDF, evidence_file, handed_out, hours_copy, made_now


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
        first, last = weeks_asked(typed)
    except NoSuchWeeks as wrong:
        messages.warning(request, str(wrong))
        return redirect(back)
    found = handed_in(Timesheet.objects.visible_to(request.actor).newest().with_people(), first, last)
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


def _rows(found: list[tuple[Timesheet, Hours]]) -> Iterator[list[Cell]]:
    for sheet, written in found:
        status = words.state(sheet)
        for date, times in shift_rows(written):
            yield [str(sheet.week), date, sheet.client.name, sheet.placement.job_title, *times, status]
