"""Papers for the client: its own part of a timesheet's evidence, and its own record of the hours it accepted."""

from __future__ import annotations

import io
from collections.abc import Iterator

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from kis.core.files import KINDS as FILE_KINDS
from kis.exchange.tables import Cell, Column, CsvStyle, write_csv, write_xlsx
from kis.staffing.parties import Party
from kis.timesheets.hours import Hours
from kis.timesheets.models import Step, Timesheet
from kis.timesheets.workflow import Act, State
from kis.web import words
from kis.web.access import ActorRequest, audience
from kis.web.client.review import sheet_for
from kis.web.formats import moment
from kis.web.hours_record import NoSuchWeeks, handed_in, shift_rows, weeks_asked
from kis.web.papers import KINDS, evidence_file, handed_out, made_now

ACCEPTED = (State.ACCEPTED, State.APPROVED, State.PAID)


@require_GET
@audience("client")
def timesheet_evidence(request: ActorRequest, pk: int, kind: str) -> HttpResponse:
    """The evidence file of a timesheet at this client, without what is the worker's and the agency's alone."""
    sheet = sheet_for(request, pk)
    if kind not in KINDS or not sheet.submissions.exists():
        raise Http404
    return evidence_file(sheet, Party.CLIENT, kind, at=made_now())


@require_GET
@audience("client")
def hours(request: ActorRequest, kind: str) -> HttpResponse:
    """The accepted hours from one week to another, for the client's own records (Uitvoeringsregeling 2004 art. 6.1).

    Who worked on which day, from when to when, at which department, and who accepted it; `csv` or `xlsx`.
    """
    if kind not in {"csv", "xlsx"}:
        raise Http404
    typed = {name: request.GET.get(name, "") for name in ("first", "last")}
    back = f"{reverse('client:jobs')}?{urlencode(typed)}#record"
    try:
        first, last = weeks_asked(typed)
    except NoSuchWeeks as wrong:
        messages.warning(request, str(wrong))
        return redirect(back)
    sheets = Timesheet.objects.visible_to(request.actor).handed_in().filter(state__in=ACCEPTED)
    found = handed_in(sheets.with_people(), first, last)
    if not found:
        messages.warning(request, _("In these weeks no hours were accepted."))
        return redirect(back)
    word = _("hours-record")
    content, name = io.BytesIO(), f"{word}-{first}-{last}.{kind}"
    if kind == "csv":
        write_csv(content, [column.name for column in _columns()], _rows(found), CsvStyle())
        return handed_out(content.getvalue(), "text/csv; charset=utf-8", name)
    write_xlsx(content, _("Hours"), _columns(), _rows(found))
    return handed_out(content.getvalue(), FILE_KINDS["xlsx"].content_type, name)


def _columns() -> list[Column]:
    return [
        Column(_("Week"), 10), Column(_("Date")), Column(_("Worker"), 26), Column(_("Job"), 26),
        Column(_("Job number")), Column(_("Department"), 20), Column(_("Cost centre")), Column(_("Start")),
        Column(_("End")), Column(_("Break, minutes"), 14), Column(_("Minutes")), Column(_("Km")),
        Column(_("Status"), 20), Column(_("Accepted by"), 26), Column(_("Accepted on"), 20),
    ]  # fmt: skip


def _rows(found: list[tuple[Timesheet, Hours]]) -> Iterator[list[Cell]]:
    """A row for each shift, with the last acceptance of its week."""
    steps = Step.objects.filter(timesheet__in=[sheet.pk for sheet, _written in found], act=Act.ACCEPT)
    accepted = {step.timesheet_id: step for step in steps.order_by("number")}
    for sheet, written in found:
        step, department = accepted.get(sheet.pk), sheet.department
        before: list[Cell] = [str(sheet.worker), sheet.placement.job_title, sheet.placement.number]
        where: list[Cell] = [department.name, department.cost_centre] if department else ["", ""]
        after: list[Cell] = [words.state(sheet)]
        after += [step.actor_name, moment(step.at)] if step else ["", ""]
        for date, times in shift_rows(written):
            yield [str(sheet.week), date, *before, *where, *times, *after]
