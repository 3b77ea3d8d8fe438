"""The agency writes a week for a worker who cannot, and hands it in with a reason.

Nothing is kept before that: the draft stays the worker's, and what the agency typed comes back with the page.
"""

from __future__ import annotations

import dataclasses

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kis.core import clock
from kis.staffing.parties import Party
from kis.timesheets import gathering, operations
from kis.timesheets.models import Timesheet
from kis.timesheets.operations import NothingCorrected, NothingWritten, Overtaken
from kis.timesheets.signals import seen_by
from kis.timesheets.workflow import EDITABLE, NotAllowed, ReasonNeeded
from kis.web.access import ActorRequest, audience
from kis.web.chosen import reason_typed
from kis.web.week.card import Doors, FormCard, refusal
from kis.web.week.posted import Posted, last_week, posted_form
from kis.web.week.sheet_form import fields_kept, sheet_form
from kis.web.week.week_form import read

DOORS = Doors(
    draft="agency:timesheet_write",
    submit="agency:timesheet_write",
    withdraw="",
    receipt="agency:timesheet_receipt",
)


@dataclasses.dataclass(frozen=True, kw_only=True)
class WritingCard(FormCard):
    """The form, with the reason for filling it in."""

    why: str  # the hours are written for the worker
    wrong: str  # what is the matter with it
    open: bool  # it may still be handed in
    shown: int  # the version that what was typed belongs to
    overtaken: bool

    @property
    def was_label(self) -> str:
        return _("Now there is:") if self.overtaken else _("Paid:")


@require_http_methods(["GET", "HEAD", "POST"])
@audience("agency")
def timesheet_write(request: ActorRequest, pk: int) -> HttpResponse:
    """The worker's form, as far as it was filled; handed in with a reason."""
    sheet = get_object_or_404(Timesheet.objects.visible_to(request.actor).with_people(), pk=pk)
    if request.method == "POST":
        posted = posted_form(request, sheet)
        return _hand_in(request, sheet, posted) if posted.do == "submit" else _page(request, sheet, posted)
    if sheet.state not in EDITABLE:
        return redirect("agency:timesheet", pk)
    return _page(request, sheet, Posted(fields_kept(sheet), sheet.version, "", "look"))


def _hand_in(request: ActorRequest, sheet: Timesheet, posted: Posted) -> HttpResponse:
    reading = read(sheet.week, posted.fields)
    if reading.errors or posted.refused:
        return _page(request, sheet, posted, checked=True)
    try:
        operations.submit(
            sheet, hours=reading.hours, version=posted.version, by=request.actor, at=clock.now(),
            reason=reason_typed(request), on_behalf_of=Party.WORKER,
        )  # fmt: skip
    except ReasonNeeded:
        return _page(request, sheet, posted, checked=True, wrong=_("Say why you hand this in for the worker."))
    except NothingWritten:
        said = _("There is nothing to hand in yet. Fill in hours, or choose “Not worked this week”.")
        return _page(request, sheet, posted, checked=True, said=said)
    except NothingCorrected:
        said = _("These are the hours that were paid. Change what is not right.")
        return _page(request, sheet, posted, checked=True, said=said)
    except (Overtaken, NotAllowed):
        sheet.refresh_from_db()
        posted.version = sheet.version
        return _page(request, sheet, posted, overtaken=True)
    messages.success(
        request,
        _("The hours of %(name)s are with %(client)s; %(name)s gets a mail about it.")
        % {"name": sheet.worker, "client": sheet.client.name},
    )
    return redirect("agency:timesheet", sheet.pk)


def _page(
    request: ActorRequest,
    sheet: Timesheet,
    posted: Posted,
    *,
    checked: bool = False,
    overtaken: bool = False,
    wrong: str = "",
    said: str = "",
) -> HttpResponse:
    """The whole page; its form alone for a pressed button; only the figures while somebody types."""
    found = gathering.signals_if_handed_in(sheet, read(sheet.week, posted.fields).hours, at_client_only=False)
    form = sheet_form(
        sheet, posted.fields, signals=seen_by(Party.AGENCY, found), quiet=not checked, refused=posted.refused,
        new=posted.new, before=sheet.hours if overtaken else None,
    )  # fmt: skip
    card = WritingCard(
        sheet=sheet,
        form=form,
        doors=DOORS,
        page_url=reverse("agency:timesheet", args=[sheet.pk]),
        refusal=refusal(sheet),
        can_copy=last_week(sheet) is not None,
        said=said,
        checked=checked,
        why=reason_typed(request),
        wrong=wrong,
        open=sheet.state in EDITABLE,
        shown=posted.version,
        overtaken=overtaken,
    )
    template = "agency/timesheet_write.html"
    if request.htmx:
        template = "agency/timesheet_write_form.html" if posted.do else "web/week/figures.html"
    status = 409 if overtaken else 422 if checked else 200
    return render(request, template, {"card": card, "sheet": sheet, "week": sheet.week}, status=status)
