"""Other times instead of a refusal: the client changes days, sees what that means for the worker, and sends it."""

from __future__ import annotations

import dataclasses

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kis.core import clock
from kis.staffing.parties import Party
from kis.timesheets import gathering, proposals
from kis.timesheets.calendar import Calendar
from kis.timesheets.hours import Hours
from kis.timesheets.models import Timesheet
from kis.timesheets.moves import Overtaken
from kis.timesheets.signals import seen_by
from kis.timesheets.workflow import Act, NotAllowed, State, acts
from kis.web.access import ActorRequest, audience
from kis.web.chosen import version_shown
from kis.web.client.refusal_form import ReasonForm
from kis.web.client.review import after, on_to, sheet_for
from kis.web.differences import Difference, difference
from kis.web.week.card import Doors, FormCard
from kis.web.week.posted import Posted, rearrange
from kis.web.week.sheet_form import SheetForm, sheet_form
from kis.web.week.week_form import fields_in, fields_of, read

DOORS = Doors(draft="client:timesheet_propose", submit="", withdraw="", receipt="")


@dataclasses.dataclass(frozen=True, kw_only=True)
class ProposalCard(FormCard):
    """The form, with what it would mean for the worker."""

    difference: Difference
    reasons: ReasonForm
    open: bool  # it may still be proposed


@require_http_methods(["GET", "HEAD", "POST"])
@audience("client")
def timesheet_propose(request: ActorRequest, pk: int) -> HttpResponse:
    """The days as they were handed in, to be changed; sent with a reason."""
    sheet = sheet_for(request, pk)
    handed_in = sheet.submitted_hours()
    if handed_in is None or (request.method != "POST" and not _is_open(sheet)):
        return redirect("client:timesheet_review", pk)
    if request.method != "POST":
        return _page(request, sheet, handed_in, Posted(_fields(handed_in), sheet.version, "", ""))
    posted = _posted(request, sheet)
    if posted.do != "propose":
        return _page(request, sheet, handed_in, posted)
    return _send(request, sheet, handed_in, posted)


def _send(request: ActorRequest, sheet: Timesheet, handed_in: Hours, posted: Posted) -> HttpResponse:
    """Propose what was typed; or the page again, with what is the matter."""
    reasons, reading = ReasonForm(request.POST), read(sheet.week, posted.fields)
    if not reasons.is_valid() or reading.errors:
        return _page(request, sheet, handed_in, posted, reasons, status=422)
    following = after(request, sheet)
    try:
        step = proposals.propose(
            sheet, hours=_with_the_rest(reading.hours, handed_in), version=posted.version, by=request.actor,
            at=clock.now(), **reasons.cleaned_data,
        )  # fmt: skip
    except proposals.NothingProposed:
        said = _("You have not changed anything yet. Change a day, or accept the hours as they are.")
        return _page(request, sheet, handed_in, posted, reasons, said=said, status=422)
    except (Overtaken, NotAllowed):
        messages.warning(request, _("Someone was faster: this week has changed since you opened it."))
        sheet.refresh_from_db()
        posted.version = sheet.version
        return _page(request, sheet, sheet.submitted_hours() or handed_in, posted, reasons, status=409)
    if step.end == State.ACCEPTED:
        messages.success(request, _("The hours of %(name)s are accepted, with your changes.") % {"name": sheet.worker})
        return on_to(following, undo=sheet.pk)
    messages.success(request, _("Your proposal is with %(name)s, with your reason.") % {"name": sheet.worker})
    return on_to(following)


def _posted(request: ActorRequest, sheet: Timesheet) -> Posted:
    """The form as it came in, with a shift added or taken away; nothing is kept of it."""
    fields = {name: text for name, text in fields_in(request.POST.dict()).items() if name.startswith("days.")}
    posted = Posted(fields, version_shown(request), "", request.POST.get("do", ""))
    if posted.do.startswith(("shift:", "drop:days.")):
        rearrange(posted, sheet)
    return posted


def _fields(hours: Hours) -> dict[str, str]:
    return {name: text for name, text in fields_of(hours).items() if name.startswith("days.")}


def _with_the_rest(typed: Hours, handed_in: Hours) -> Hours:
    """What was typed, with the expenses and the note as they were handed in."""
    return dataclasses.replace(typed, expenses=handed_in.expenses, note=handed_in.note)


def _is_open(sheet: Timesheet) -> bool:
    return any(rule.act == Act.PROPOSE for rule in acts(Party.CLIENT, State(sheet.state)))


def _form(sheet: Timesheet, handed_in: Hours, posted: Posted) -> SheetForm:
    """The form of what was typed, with the signals of exactly that."""
    typed = read(sheet.week, posted.fields).hours
    signals = seen_by(Party.CLIENT, gathering.signals_if_handed_in(sheet, typed, at_client_only=True))
    before = dataclasses.replace(handed_in, expenses=())
    return sheet_form(
        sheet, posted.fields, signals=signals, quiet=posted.do != "propose", new=posted.new, before=before
    )


def _page(
    request: ActorRequest,
    sheet: Timesheet,
    handed_in: Hours,
    posted: Posted,
    reasons: ReasonForm | None = None,
    *,
    said: str = "",
    status: int = 200,
) -> HttpResponse:
    """The whole page; its form alone for a pressed button; only figures and the verdict while somebody types."""
    form = _form(sheet, handed_in, posted)
    card = ProposalCard(
        sheet=sheet,
        form=form,
        doors=DOORS,
        page_url=request.path,
        refusal=None,
        can_copy=False,
        said=said,
        checked=status == 422,
        difference=difference(handed_in, _with_the_rest(form.reading.hours, handed_in)),
        reasons=reasons or ReasonForm(initial=request.POST.dict()),
        open=_is_open(sheet),
    )
    template = "client/timesheet_propose.html"
    if request.htmx:
        template = "client/proposal_form.html" if posted.do else "client/proposal_figures.html"
    deadline = Calendar.load().deadline(sheet.week, sheet.client)
    context = {"card": card, "sheet": sheet, "week": sheet.week, "deadline": deadline, "shown": posted.version}
    return render(request, template, context, status=status)
