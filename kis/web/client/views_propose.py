"""Other times instead of a refusal, and a correction of what is paid: the client names the right hours."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kis.core import clock
from kis.staffing.parties import Party
from kis.timesheets import corrections, proposals
from kis.timesheets.hours import Hours
from kis.timesheets.workflow import Act, State
from kis.web.access import ActorRequest, audience
from kis.web.client.review import after, on_to, sheet_for
from kis.web.week.proposing import Proposing


@require_http_methods(["GET", "HEAD", "POST"])
@audience("client")
def timesheet_propose(request: ActorRequest, pk: int) -> HttpResponse:
    """The days as they were handed in, to be changed; sent with a reason."""
    sheet = sheet_for(request, pk)
    proposing, handed_in = _proposing(Act.PROPOSE, "timesheet_propose", pk), sheet.submitted_hours()
    if handed_in is None or (request.method != "POST" and not proposing.is_open(sheet)):
        return redirect("client:timesheet_review", pk)

    def send(hours: Hours, version: int, why: dict[str, Any]) -> HttpResponse:
        following = after(request, sheet)
        step = proposals.propose(sheet, hours=hours, version=version, by=request.actor, at=clock.now(), **why)
        name = {"name": sheet.worker}
        if step.end == State.ACCEPTED:
            messages.success(request, _("The hours of %(name)s are accepted, with your changes.") % name)
            return on_to(following, undo=sheet.pk)
        messages.success(request, _("Your proposal is with %(name)s, with your reason.") % name)
        return on_to(following)

    return proposing.page(request, sheet, handed_in, send)


@require_http_methods(["GET", "HEAD", "POST"])
@audience("client")
def timesheet_correct(request: ActorRequest, pk: int) -> HttpResponse:
    """The days as they were paid, to be changed; sent with a reason."""
    sheet = sheet_for(request, pk)
    proposing, paid = _proposing(Act.CORRECT, "timesheet_correct", pk), sheet.submitted_hours()
    if paid is None or (request.method != "POST" and not proposing.is_open(sheet)):
        return redirect("client:timesheet_review", pk)

    def send(hours: Hours, version: int, why: dict[str, Any]) -> HttpResponse:
        fresh = corrections.open_correction(sheet, hours=hours, by=request.actor, at=clock.now(), **why)
        text = (
            _("Your correction is with the agency. The difference goes with a later payroll run.")
            if fresh.state == State.ACCEPTED
            else _("Your correction is with %(name)s, with your reason.") % {"name": sheet.worker}
        )
        messages.success(request, text)
        return redirect("client:timesheet_review", fresh.pk)

    return proposing.page(request, sheet, paid, send)


def _proposing(act: Act, page: str, pk: int) -> Proposing:
    return Proposing(
        act=act,
        by=Party.CLIENT,
        template=f"client/{page}.html",
        address=f"client:{page}",
        week_address=reverse("client:timesheet_review", args=[pk]),
    )
