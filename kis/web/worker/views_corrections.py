"""A worker finds a mistake in a paid week: asks for a correction, lets it drop, and still reads what was paid."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from kis.core import clock
from kis.timesheets import corrections
from kis.timesheets.models import Timesheet
from kis.timesheets.moves import Overtaken
from kis.timesheets.workflow import NotAllowed, ReasonNeeded
from kis.web.access import ActorRequest, audience
from kis.web.chosen import reason_typed, version_shown
from kis.web.worker.week_page import card_of, one_sheet_page, sheets_of, week_page


@require_GET
@audience("worker")
def sheet(request: ActorRequest, pk: int) -> HttpResponse:
    """One timesheet: a week as it was paid, before it was corrected. The newest stands on the page of its week."""
    found = _sheet(request, pk)
    if not found.corrections.exists():
        return redirect("worker:week", found.week)
    return one_sheet_page(request, found)


@require_POST
@audience("worker")
def sheet_correct(request: ActorRequest, pk: int) -> HttpResponse:
    """Ask for a correction, with a reason; the paid hours are then there to be changed."""
    found = _sheet(request, pk)
    reason = reason_typed(request)
    try:
        corrections.open_correction(found, by=request.actor, at=clock.now(), reason=reason)
    except ReasonNeeded:
        card = card_of(found, correcting=_("Say what is not right. The client and the agency read it."))
        return week_page(request, found.week, card, status=422)
    except (Overtaken, NotAllowed):
        messages.warning(request, _("This week has changed since you opened it. Here is how it is now."))
        return redirect("worker:week", found.week)
    messages.success(request, _("Change what is not right, and hand the week in again."))
    return redirect("worker:week", found.week)


@require_POST
@audience("worker")
def sheet_drop(request: ActorRequest, pk: int) -> HttpResponse:
    """Let a correction come to nothing."""
    found = _sheet(request, pk)
    try:
        corrections.drop(found, version=version_shown(request), by=request.actor, at=clock.now())
    except (Overtaken, NotAllowed):
        messages.warning(request, _("This week has changed since you opened it. Here is how it is now."))
        return redirect("worker:week", found.week)
    messages.success(request, _("The correction is dropped. What was paid stays as it is."))
    return redirect("worker:week", found.week)


def _sheet(request: ActorRequest, pk: int) -> Timesheet:
    return get_object_or_404(sheets_of(request), pk=pk)
