"""A page on which a client or the agency names other hours: days to change, what that means, and a reason.

The pages of both areas, for a week that is handed in and for one that is paid, are this one with their own words.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from kis.core import clock
from kis.staffing.parties import Party
from kis.timesheets import gathering
from kis.timesheets.calendar import Calendar
from kis.timesheets.fate import fate
from kis.timesheets.hours import Hours
from kis.timesheets.models import Timesheet
from kis.timesheets.moves import Overtaken
from kis.timesheets.operations import NothingWritten
from kis.timesheets.proposals import NothingProposed
from kis.timesheets.signals import seen_by
from kis.timesheets.workflow import Act, NotAllowed, ReasonNeeded, State, acts
from kis.web.access import ActorRequest
from kis.web.chosen import version_shown
from kis.web.differences import Difference, difference
from kis.web.reason_form import ReasonForm, asked_for
from kis.web.week.card import Doors, FormCard
from kis.web.week.posted import Posted, rearrange
from kis.web.week.sheet_form import SheetForm, sheet_form
from kis.web.week.week_form import fields_in, fields_of, read

# What sends a proposal: the hours, the version that was shown, and the reason; answers where to go on.
Send = Callable[[Hours, int, dict[str, Any]], HttpResponse]


@dataclasses.dataclass(frozen=True, kw_only=True)
class ProposalCard(FormCard):
    """The form, with what it would mean for the worker."""

    difference: Difference
    reasons: ReasonForm
    open: bool  # it may still be sent
    act: Act
    asks: Party  # whose wish it is, which takes no yes any more
    address: str

    @property
    def needs_worker(self) -> bool:
        return self.asks != Party.WORKER and self.difference.is_worse

    @property
    def needs_client(self) -> bool:
        return self.asks != Party.CLIENT

    @property
    def takes_receipts(self) -> bool:
        return False

    @property
    def was_label(self) -> str:
        return _("Paid:") if self.act == Act.CORRECT else _("Handed in:")


@dataclasses.dataclass(frozen=True, slots=True)
class Proposing:
    """One such page: the act, by whom, its template, the name of its address and where the week stands.

    `reason_form` may ask for whom it is done, where that can be another than `by`.
    """

    act: Act
    by: Party
    template: str
    address: str
    week_address: str
    reason_form: Callable[..., ReasonForm] = ReasonForm

    @property
    def receipt_address(self) -> str:
        """The name of the address of a receipt, in the same area."""
        return f"{self.address.partition(':')[0]}:timesheet_receipt"

    def page(self, request: ActorRequest, sheet: Timesheet, before: Hours, send: Send) -> HttpResponse:
        """Show the days of `before`; once sent, the way on."""
        if request.method != "POST":
            return self._page(request, sheet, before, Posted(fields_of(before), sheet.version, "", ""))
        posted = _posted(request, sheet, before)
        if posted.do != "propose":
            return self._page(request, sheet, before, posted)
        return self._send(request, sheet, before, posted, send)

    def is_open(self, sheet: Timesheet) -> bool:
        """Whether this may be proposed for the timesheet now; what is paid, while no correction is there."""
        allowed = any(rule.act == self.act for rule in acts(self.by, State(sheet.state)))
        return allowed and not (self.act == Act.CORRECT and sheet.corrections.exists())

    def _send(self, request: ActorRequest, sheet: Timesheet, before: Hours, posted: Posted, send: Send) -> HttpResponse:
        reasons, reading = self.reason_form(request.POST), read(sheet.week, posted.fields)
        if not reasons.is_valid() or reading.errors:
            return self._page(request, sheet, before, posted, reasons, status=422)
        try:
            return send(_with_the_note(reading.hours, before), posted.version, reasons.cleaned_data)
        except NothingProposed:
            said = _("You have not changed anything yet. Change a day, or leave the hours as they are.")
            return self._page(request, sheet, before, posted, reasons, said=said, status=422)
        except NothingWritten:
            said = _("There are no hours left. Fill in hours, or tick “not worked” on the days that were not worked.")
            return self._page(request, sheet, before, posted, reasons, said=said, status=422)
        except ReasonNeeded:
            reasons.add_error("reason", _("Say in your own words why."))
            return self._page(request, sheet, before, posted, reasons, status=422)
        except (Overtaken, NotAllowed):
            messages.warning(request, _("Someone was faster: this week has changed since you opened it."))
            sheet.refresh_from_db()
            posted.version = sheet.version
            return self._page(request, sheet, sheet.submitted_hours() or before, posted, reasons, status=409)

    def _page(
        self,
        request: ActorRequest,
        sheet: Timesheet,
        before: Hours,
        posted: Posted,
        reasons: ReasonForm | None = None,
        *,
        said: str = "",
        status: int = 200,
    ) -> HttpResponse:
        """The whole page; its form alone for a pressed button; only figures and the verdict while somebody types."""
        form = _form(sheet, before, posted, request.actor.party)
        card = ProposalCard(
            sheet=sheet,
            form=form,
            doors=Doors(draft=self.address, submit="", withdraw="", receipt=self.receipt_address),
            page_url=self.week_address,
            refusal=None,
            can_copy=False,
            said=said,
            checked=status == 422,
            difference=difference(before, _with_the_note(form.reading.hours, before)),
            reasons=reasons or self.reason_form(initial=request.POST.dict()),
            open=self.is_open(sheet),
            act=self.act,
            asks=asked_for(request.POST) or self.by,
            address=request.path,
        )
        template = self.template
        if request.htmx:
            template = "web/week/proposal_form.html" if posted.do else "web/week/proposal_figures.html"
        found = fate(sheet, Calendar.load(), at=clock.now())
        context = {"card": card, "sheet": sheet, "week": sheet.week, "fate": found, "shown": posted.version}
        return render(request, template, context, status=status)


def _posted(request: ActorRequest, sheet: Timesheet, before: Hours) -> Posted:
    """The form as it came in, with a row added or taken away; nothing is kept of it. Receipts are those of before."""
    fields = fields_in(request.POST.dict())
    strange = {name for name, text in fields.items() if name.endswith(".receipt") and text not in before.receipts}
    fields = {name: text for name, text in fields.items() if name not in strange | {"note"}}
    posted = Posted(fields, version_shown(request), "", request.POST.get("do", ""))
    if posted.do.startswith(("shift:", "expense", "drop:")):
        rearrange(posted, sheet)
    return posted


def _with_the_note(typed: Hours, before: Hours) -> Hours:
    """What was typed; the note stays the worker's."""
    return dataclasses.replace(typed, note=before.note)


def _form(sheet: Timesheet, before: Hours, posted: Posted, reader: Party) -> SheetForm:
    """The form of what was typed, with the signals of exactly that."""
    typed = read(sheet.week, posted.fields).hours
    found = gathering.signals_if_handed_in(sheet, typed, at_client_only=reader == Party.CLIENT)
    return sheet_form(
        sheet, posted.fields, signals=seen_by(reader, found), quiet=posted.do != "propose", new=posted.new,
        before=before,
    )  # fmt: skip
