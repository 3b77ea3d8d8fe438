"""What a worker does to one timesheet: keep a draft, hand it in, take it back."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST
from django_htmx.http import reswap, retarget

from kis.core import clock
from kis.staffing.parties import Party
from kis.timesheets import operations, proposals
from kis.timesheets.models import Timesheet
from kis.timesheets.operations import NothingCorrected, NothingWritten, Overtaken
from kis.timesheets.signal_keeping import shown_to
from kis.timesheets.workflow import EDITABLE, Act, NotAllowed, State, acts
from kis.web.access import ActorRequest, audience
from kis.web.chosen import version_shown
from kis.web.receipts import receipt_among
from kis.web.week.card import Stale
from kis.web.week.posted import Posted, posted_form, typed_of
from kis.web.week.sheet_form import fields_kept, sheet_form
from kis.web.week.week_form import fields_in, read
from kis.web.worker.week_page import SheetCard, card_of, sheet_part, sheets_of, week_page


@require_POST
@audience("worker")
def sheet_draft(request: ActorRequest, pk: int) -> HttpResponse:
    """Keep what was typed, readable or not; add or take away a row; fill days."""
    sheet = _sheet(request, pk)
    posted = posted_form(request, sheet)
    try:
        _keep(request, sheet, posted)
    except (Overtaken, NotAllowed):
        return _too_late(request, sheet, posted)
    form = sheet_form(
        sheet, posted.fields, signals=shown_to(sheet, Party.WORKER), page=posted.page, refused=posted.refused,
        new=posted.new, quiet=posted.do != "save",
    )  # fmt: skip
    card = card_of(sheet, form=form, said=_said(posted), checked=bool(posted.refused))
    if request.htmx:
        return sheet_part(request, card, "web/week/autosaved.html" if posted.saves_itself else "worker/sheet.html")
    if posted.do == "save" and not form.errors:
        messages.success(request, _("Saved. Nothing has been handed in yet."))
        return redirect("worker:week", sheet.week)
    return week_page(request, sheet.week, card, status=422 if form.errors else 200)


@require_POST
@audience("worker")
def sheet_submit(request: ActorRequest, pk: int) -> HttpResponse:
    """Hand the week in, as it stands on the screen."""
    sheet = _sheet(request, pk)
    posted = posted_form(request, sheet)
    reading = read(sheet.week, posted.fields)
    try:
        if reading.errors or posted.refused:
            _keep(request, sheet, posted)
            return _not_yet(request, sheet, posted)
        operations.submit(sheet, hours=reading.hours, version=posted.version, by=request.actor, at=clock.now())
    except NothingWritten:
        said = _("There is nothing to hand in yet. Fill in your hours, or choose “Not worked this week”.")
        return _not_yet(request, sheet, posted, said)
    except NothingCorrected:
        said = _("These are the hours that were paid. Change what is not right, or let the correction drop.")
        return _not_yet(request, sheet, posted, said)
    except (Overtaken, NotAllowed):
        return _too_late(request, sheet, posted)
    messages.success(request, _("Your hours are with %(client)s.") % {"client": sheet.client.name})
    return redirect("worker:week", sheet.week)


@require_POST
@audience("worker")
def sheet_withdraw(request: ActorRequest, pk: int) -> HttpResponse:
    """Take the week back; with a form in it, what was typed there is saved in the week."""
    sheet = _sheet(request, pk)
    posted = posted_form(request, sheet)
    try:
        operations.withdraw(sheet, version=posted.version, by=request.actor, at=clock.now())
        if posted.fields:
            posted.version = sheet.version
            _keep(request, sheet, posted)
    except (Overtaken, NotAllowed):
        if posted.fields:
            return _too_late(request, sheet, posted)
        messages.warning(request, _("This week has changed since you opened it. Here is how it is now."))
        return redirect("worker:week", sheet.week)
    messages.success(request, _("The week is yours again. Do not forget to hand it in."))
    return redirect("worker:week", sheet.week)


@require_POST
@audience("worker")
def sheet_agree(request: ActorRequest, pk: int) -> HttpResponse:
    """Say yes to the hours that were proposed."""
    sheet = _sheet(request, pk)
    try:
        proposals.agree(sheet, version=version_shown(request), by=request.actor, at=clock.now())
    except (Overtaken, NotAllowed):
        messages.warning(request, _("This week has changed since you opened it. Here is how it is now."))
        return redirect("worker:week", sheet.week)
    messages.success(request, _("You agreed. Your hours are with the agency."))
    return redirect("worker:week", sheet.week)


@require_GET
@audience("worker")
def sheet_receipt(request: ActorRequest, pk: int, receipt: uuid.UUID) -> FileResponse:
    """A receipt of one's own week."""
    sheet = _sheet(request, pk)
    fields = {**fields_in(sheet.typed.get("fields", {}) if sheet.typed else {}), **fields_kept(sheet)}
    return receipt_among(fields.values(), receipt)


def _sheet(request: ActorRequest, pk: int) -> Timesheet:
    return get_object_or_404(sheets_of(request), pk=pk)


def _keep(request: ActorRequest, sheet: Timesheet, posted: Posted) -> None:
    """Save the draft, after which `sheet` is as it now stands."""
    reading = read(sheet.week, posted.fields)
    operations.save_draft(
        sheet, hours=reading.hours, version=posted.version, by=request.actor, at=clock.now(),
        typed=typed_of(posted, reading.errors),
    )  # fmt: skip
    sheet.refresh_from_db()


def _not_yet(request: ActorRequest, sheet: Timesheet, posted: Posted, said: str = "") -> HttpResponse:
    """The page again, with what is the matter."""
    signals = shown_to(sheet, Party.WORKER)
    form = sheet_form(sheet, posted.fields, signals=signals, page=posted.page, refused=posted.refused)
    return week_page(request, sheet.week, card_of(sheet, form=form, said=said, checked=True), status=422)


def _too_late(request: ActorRequest, sheet: Timesheet, posted: Posted) -> HttpResponse:
    """Somebody was faster, or the same form came twice. What was typed stays, and can be saved on purpose."""
    sheet.refresh_from_db()
    came_twice = sheet.state not in EDITABLE and read(sheet.week, posted.fields).hours == sheet.hours
    said = _("These hours were handed in already. You do not have to do anything.")
    if came_twice and not request.htmx:
        messages.info(request, said)
        return redirect("worker:week", sheet.week)
    card = card_of(sheet, said=said) if came_twice else _overtaken(sheet, posted)
    if not request.htmx:
        return week_page(request, sheet.week, card, status=409)
    if posted.saves_itself and card.form:
        return sheet_part(request, card, "web/week/overtaken.html")
    whole = retarget(sheet_part(request, card), f"#sheet-{sheet.pk}")
    return reswap(whole, "outerHTML")


def _overtaken(sheet: Timesheet, posted: Posted) -> SheetCard:
    form = sheet_form(sheet, posted.fields, signals=shown_to(sheet, Party.WORKER), page=posted.page)
    if sheet.state in EDITABLE:
        return card_of(sheet, form=form, stale=Stale(sheet.version))
    allowed = {rule.act for rule in acts(Party.WORKER, State(sheet.state))}
    if Act.WITHDRAW in allowed:
        return card_of(sheet, form=form, stale=Stale(sheet.version, takes_back=True))
    return card_of(sheet, typed=posted.fields)


def _said(posted: Posted) -> str:
    """What became of a pressed button, for the reader who cannot see it."""
    return {
        "previous": _("The days that were empty are now as last week."),
        "usual": _("The days that were empty are now as usual."),
        "nothing": _("The days without hours are now “not worked”."),
        "work": _("The days are open again."),
        "restore": _("What you typed before is back, and saved."),
    }.get(posted.do, "")
