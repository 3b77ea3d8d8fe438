"""One worker's week before the client: look, accept, refuse, undo, and on to the next."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from kis.core import clock
from kis.staffing.parties import Party
from kis.timesheets import corrections, operations
from kis.timesheets.calendar import Calendar
from kis.timesheets.fate import fate
from kis.timesheets.models import Timesheet
from kis.timesheets.refusals import REASONS
from kis.timesheets.signal_keeping import Gone
from kis.timesheets.workflow import NotAllowed, State, acts
from kis.web.access import ActorRequest, audience
from kis.web.chosen import version_shown
from kis.web.client.refusal_form import RefusalForm
from kis.web.client.review import after, on_to, queue_of, sheet_for
from kis.web.client.views_status import undo_offer
from kis.web.corrections import correction_view
from kis.web.differences import proposal_view
from kis.web.receipts import receipt_among
from kis.web.signal_list import SignalList, Typed, acknowledge, signal_list
from kis.web.week_rows import signals_handed_in, submitted_view


@require_GET
@audience("client")
def timesheet_review(request: ActorRequest, pk: int) -> HttpResponse:
    """The hours of one week, with the two buttons."""
    return _page(request, sheet_for(request, pk))


@require_POST
@audience("client")
def timesheet_accept(request: ActorRequest, pk: int) -> HttpResponse:
    """Accept the version that was shown, and go on to the next."""
    sheet = sheet_for(request, pk)
    following = after(request, sheet)
    try:
        operations.accept(sheet, version=version_shown(request), by=request.actor, at=clock.now())
    except (operations.Overtaken, NotAllowed) as error:
        return _too_late(request, sheet, error)
    messages.success(request, _("The hours of %(name)s are accepted.") % {"name": sheet.worker})
    return on_to(following, undo=sheet.pk)


@require_POST
@audience("client")
def timesheet_refuse(request: ActorRequest, pk: int) -> HttpResponse:
    """Refuse with a reason, for the week or for the days pointed at; what was typed is kept when it is not right."""
    sheet = sheet_for(request, pk)
    form = RefusalForm(sheet, request.POST)
    if not form.is_valid():
        return _page(request, sheet, form, status=422)
    following = after(request, sheet)
    try:
        operations.refuse(sheet, version=version_shown(request), by=request.actor, at=clock.now(), **form.cleaned_data)
    except (operations.Overtaken, NotAllowed) as error:
        return _too_late(request, sheet, error, form)
    messages.success(request, _("The hours are back with %(name)s, with your reason.") % {"name": sheet.worker})
    return on_to(following)


@require_POST
@audience("client")
def timesheet_undo(request: ActorRequest, pk: int) -> HttpResponse:
    """Take an acceptance back, as long as the agency has not approved."""
    sheet = sheet_for(request, pk)
    try:
        operations.undo(sheet, version=version_shown(request), by=request.actor, at=clock.now())
    except (operations.Overtaken, NotAllowed) as error:
        return _too_late(request, sheet, error)
    messages.success(request, _("The acceptance is taken back."))
    return redirect("client:timesheet_review", pk)


@require_GET
@audience("client")
def timesheet_receipt(request: ActorRequest, pk: int, receipt: uuid.UUID) -> FileResponse:
    """A receipt of the hours that were handed in."""
    submitted = sheet_for(request, pk).submitted_hours()
    return receipt_among(submitted.receipts if submitted else (), receipt)


@require_POST
@audience("client")
def timesheet_acknowledge(request: ActorRequest, pk: int) -> HttpResponse:
    """A signal is seen, with a reason; accepting never waits for it."""
    sheet = sheet_for(request, pk)
    try:
        typed = acknowledge(request, sheet)
    except (Gone, NotAllowed) as error:
        return _too_late(request, sheet, error)
    if typed:
        return _page(request, sheet, typed=typed, status=422)
    messages.success(request, _("Marked as seen. The worker and the agency read your reason."))
    return redirect(f"{reverse('client:timesheet_review', args=[pk])}#signals")


@require_POST
@audience("client")
def timesheet_drop(request: ActorRequest, pk: int) -> HttpResponse:
    """Let an own correction come to nothing."""
    sheet = sheet_for(request, pk)
    try:
        corrections.drop(sheet, version=version_shown(request), by=request.actor, at=clock.now())
    except (operations.Overtaken, NotAllowed) as error:
        return _too_late(request, sheet, error)
    messages.success(request, _("The correction is dropped. What was paid stays as it is."))
    return redirect("client:timesheet_review", pk)


def _page(
    request: ActorRequest,
    sheet: Timesheet,
    form: RefusalForm | None = None,
    *,
    typed: Typed | None = None,
    status: int = 200,
) -> HttpResponse:
    sheet.bring_history()
    queue = queue_of(request)
    place = queue.index(sheet.pk) if sheet.pk in queue else None
    context = {
        "sheet": sheet,
        "undo": undo_offer(request),
        "view": submitted_view(sheet),
        "signals": _signals(sheet, typed),
        "allowed": {rule.act.value for rule in acts(Party.CLIENT, State(sheet.state), given=sheet.given)},
        "form": form or RefusalForm(sheet),
        "refusing": form is not None,
        "reasons": REASONS,
        "proposal": proposal_view(sheet),
        "correction": correction_view(sheet, sheet.submitted_hours()),
        "steps": list(reversed(sheet.steps.all())),
        "fate": fate(sheet, Calendar.load(), at=clock.now()),
        "place": place + 1 if place is not None else None,
        "queue_length": len(queue),
        "previous": queue[place - 1] if place else None,
        "following": queue[place + 1] if place is not None and place + 1 < len(queue) else None,
    }
    return render(request, "client/timesheet_review.html", context, status=status)


def _signals(sheet: Timesheet, typed: Typed | None) -> SignalList | None:
    """Those of the version that counts; None when nothing was ever handed in."""
    if sheet.submitted_version is None:
        return None
    handed_in = signals_handed_in(sheet, sheet.version_of(sheet.submitted_version))
    return signal_list(sheet, Party.CLIENT, stored=handed_in, typed=typed)


def _too_late(
    request: ActorRequest, sheet: Timesheet, error: Exception, form: RefusalForm | None = None
) -> HttpResponse:
    """Somebody was faster, or it may not be: the page as it is now, with what was typed."""
    text = (
        _("Nobody accepts their own hours.")
        if isinstance(error, operations.OwnHours)
        else _("Someone was faster: this week has changed since you opened it. Here is how it is now.")
    )
    messages.warning(request, text)
    sheet.refresh_from_db()
    return _page(request, sheet, form, status=409)
