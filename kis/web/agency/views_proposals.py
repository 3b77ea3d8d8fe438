"""Other hours by the agency: for a client who cannot propose them, and as a correction of what is paid."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kis.core import clock
from kis.staffing.parties import Party
from kis.timesheets import corrections, proposals
from kis.timesheets.hours import Hours
from kis.timesheets.models import Timesheet
from kis.timesheets.workflow import Act, State
from kis.web.access import ActorRequest, audience
from kis.web.reason_form import AgencyReasonForm, ReasonForm
from kis.web.week.proposing import Proposing, Send


@require_http_methods(["GET", "HEAD", "POST"])
@audience("agency")
def timesheet_propose(request: ActorRequest, pk: int) -> HttpResponse:
    """The days as they were handed in, to be changed for the client; sent with a reason."""
    sheet = _sheet(request, pk)

    def send(hours: Hours, version: int, why: dict[str, Any]) -> HttpResponse:
        step = proposals.propose(
            sheet, hours=hours, version=version, by=request.actor, at=clock.now(), on_behalf_of=Party.CLIENT, **why
        )  # fmt: skip
        if step.end == State.ACCEPTED:
            messages.success(request, _("The hours are accepted for the client, with your changes."))
        else:
            messages.success(request, _("The proposal is with %(name)s.") % {"name": sheet.worker})
        return redirect("agency:timesheet", pk)

    return _page(request, sheet, Act.PROPOSE, Party.CLIENT, send)


@require_http_methods(["GET", "HEAD", "POST"])
@audience("agency")
def timesheet_correct(request: ActorRequest, pk: int) -> HttpResponse:
    """The days as they were paid, to be changed; sent with a reason, for oneself or for who asked."""
    sheet = _sheet(request, pk)

    def send(hours: Hours, version: int, why: dict[str, Any]) -> HttpResponse:
        whole: dict[str, Any] = {**why, "hours": hours, "by": request.actor, "at": clock.now()}
        if whole["on_behalf_of"] == Party.WORKER:
            del whole["on_behalf_of"]
            fresh = corrections.correct_for_worker(sheet, **whole)
        else:
            fresh = corrections.open_correction(sheet, **whole)
        if fresh.state == State.ACCEPTED:
            messages.success(request, _("The correction is accepted for the client; your approval is what remains."))
        else:
            whom = sheet.client.name if fresh.state == State.SUBMITTED else str(sheet.worker)
            messages.success(request, _("The correction is with %(whom)s.") % {"whom": whom})
        return redirect("agency:timesheet", fresh.pk)

    reason_form = functools.partial(AgencyReasonForm, sheet=sheet)
    return _page(request, sheet, Act.CORRECT, Party.AGENCY, send, reason_form)


def _page(
    request: ActorRequest,
    sheet: Timesheet,
    act: Act,
    by: Party,
    send: Send,
    reason_form: Callable[..., ReasonForm] = ReasonForm,
) -> HttpResponse:
    proposing = Proposing(
        act=act,
        by=by,
        template=f"agency/timesheet_{act}.html",
        address=f"agency:timesheet_{act}",
        week_address=reverse("agency:timesheet", args=[sheet.pk]),
        reason_form=reason_form,
    )
    before = sheet.submitted_hours()
    if before is None or (request.method != "POST" and not proposing.is_open(sheet)):
        return redirect("agency:timesheet", sheet.pk)
    return proposing.page(request, sheet, before, send)


def _sheet(request: ActorRequest, pk: int) -> Timesheet:
    return get_object_or_404(Timesheet.objects.visible_to(request.actor).with_people(), pk=pk)
