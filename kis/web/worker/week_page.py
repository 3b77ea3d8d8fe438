"""What the page of a week shows: every timesheet of the worker in it, its fate, and what else is open."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any

from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from kis.core import clock
from kis.core.weeks import Week
from kis.staffing.parties import Party
from kis.timesheets.calendar import Calendar
from kis.timesheets.fate import Fate, fate
from kis.timesheets.models import Step, Timesheet, TimesheetQuerySet
from kis.timesheets.signal_keeping import shown_to
from kis.timesheets.workflow import EDITABLE, Act, State, acts
from kis.web.access import ActorRequest
from kis.web.corrections import CorrectionView, correction_view
from kis.web.differences import ProposalView, proposal_view
from kis.web.signal_list import SignalList, signal_list
from kis.web.week.card import Doors, FormCard, Stale, history_of, refusal, view_of
from kis.web.week.posted import last_week
from kis.web.week.sheet_form import SheetForm, sheet_form
from kis.web.week.week_form import read
from kis.web.week_rows import WeekView
from kis.web.worker import words

MOST_OPEN_WEEKS = 6


DOORS = Doors(
    draft="worker:sheet_draft",
    submit="worker:sheet_submit",
    withdraw="worker:sheet_withdraw",
    receipt="worker:sheet_receipt",
)


@dataclasses.dataclass(frozen=True, kw_only=True)
class SheetCard(FormCard):
    """One timesheet on the page: its form while it is the worker's turn, else what was handed in."""

    fate: Fate
    view: WeekView
    signals: SignalList
    allowed: frozenset[str]
    steps: list[Step]
    proposal: ProposalView | None
    edited: bool  # the reader is at work in the form
    correction: CorrectionView | None
    correcting: str  # what is the matter with the reason for a correction

    @property
    def may_correct(self) -> bool:
        """Whether a correction can be asked for: of what is paid, one at a time."""
        return "correct" in self.allowed and not (self.correction and self.correction.newer)

    @property
    def folds_form(self) -> bool:
        """Whether the form stands folded below a proposal that is still to be answered."""
        untouched = self.sheet.version == self.sheet.proposed_version and not self.edited
        return self.proposal is not None and self.proposal.waits and untouched

    @property
    def turn_name(self) -> str:
        """Whose turn it is, beside the badge; empty where the badge says enough."""
        return words.turn_name(self.sheet)

    @property
    def turn_words(self) -> str:
        return words.turn(self.sheet, self.fate)

    @property
    def payment_words(self) -> str:
        return words.payment(self.sheet, self.fate)


def sheets_of(request: ActorRequest) -> TimesheetQuerySet:
    """The worker's own timesheets, with what a card shows."""
    return Timesheet.objects.visible_to(request.actor).with_people().with_history()


def card_of(
    sheet: Timesheet,
    *,
    form: SheetForm | None = None,
    stale: Stale | None = None,
    typed: Mapping[str, str] | None = None,
    said: str = "",
    checked: bool = False,
    correcting: str = "",
) -> SheetCard:
    """The card of one timesheet. `typed` is what came too late to be saved, and is shown beside it."""
    rules = acts(Party.WORKER, State(sheet.state), given=sheet.given)
    allowed = frozenset(rule.act.value for rule in rules)
    edited = form is not None
    if form is None and Act.SUBMIT in allowed:
        form = sheet_form(sheet, signals=shown_to(sheet, Party.WORKER))
    return SheetCard(
        sheet=sheet,
        fate=fate(sheet, Calendar.load(), at=clock.now()),
        form=form,
        doors=DOORS,
        page_url=reverse("worker:week", args=[sheet.week]),
        view=view_of(sheet, sheet.hours, shown_to(sheet, Party.WORKER)),
        signals=signal_list(sheet, Party.WORKER),
        allowed=allowed,
        refusal=refusal(sheet),
        steps=history_of(sheet),
        proposal=proposal_view(sheet),
        edited=edited,
        correction=correction_view(sheet, sheet.hours),
        correcting=correcting,
        can_copy=bool(form) and last_week(sheet) is not None,
        stale=stale,
        kept=view_of(sheet, read(sheet.week, typed).hours) if typed else None,
        said=said,
        checked=checked,
    )


def week_page(request: ActorRequest, week: Week, changed: SheetCard | None = None, status: int = 200) -> HttpResponse:
    """The page of a week; `changed` takes the place of its timesheet's card."""
    sheets = list(sheets_of(request).newest_of_worker().of_week(week).order_by("placement__start", "pk"))
    today = Week.of(clock.today())
    if not sheets and not _is_near(request, week, today):
        raise Http404
    cards = [changed if changed and changed.sheet.pk == sheet.pk else card_of(sheet) for sheet in sheets]
    context = {
        "week": week,
        "is_now": week == today,
        "cards": cards,
        "lead": words.lead([card.sheet for card in cards], [card.fate for card in cards]) if cards else "",
        "minutes": sum(card.form.minutes if card.form else card.sheet.minutes for card in cards),
        "previous": week.previous if _is_near(request, week.previous, today) else None,
        "following": week.next if week < today or _has_sheets(request, week.next) else None,
        "others": _other_open_weeks(request, week, today),
    }
    return render(request, "worker/week.html", context, status=status)


def one_sheet_page(request: ActorRequest, sheet: Timesheet) -> HttpResponse:
    """The page of one timesheet that is not the newest of its week."""
    return render(request, "worker/sheet_page.html", {"card": card_of(sheet), "week": sheet.week})


def sheet_part(request: ActorRequest, card: SheetCard, part: str = "worker/sheet.html") -> HttpResponse:
    """Only one card of the page, or less of it, for a page that is open."""
    return render(request, part, {"card": card, "week": card.sheet.week, **_context(card)})


def open_weeks(request: ActorRequest, today: Week) -> list[Week]:
    """Weeks up to now in which the worker still has something to do, oldest first."""
    until_now = Q(iso_year__lt=today.year) | Q(iso_year=today.year, iso_week__lte=today.number)
    rows = Timesheet.objects.visible_to(request.actor).counted().filter(until_now, state__in=EDITABLE)
    return [Week(*row) for row in rows.order_by("iso_year", "iso_week").values_list("iso_year", "iso_week").distinct()]


def _context(card: SheetCard) -> dict[str, Any]:
    return {"minutes": card.form.minutes if card.form else card.sheet.minutes}


def _other_open_weeks(request: ActorRequest, week: Week, today: Week) -> list[Week]:
    return [other for other in open_weeks(request, today) if other != week][:MOST_OPEN_WEEKS]


def _is_near(request: ActorRequest, week: Week, today: Week) -> bool:
    """Whether a week has a page though it has no timesheet: from the worker's first week to the next."""
    first = Timesheet.objects.visible_to(request.actor).order_by("iso_year", "iso_week").first()
    return (first.week if first else today) <= week <= today.next


def _has_sheets(request: ActorRequest, week: Week) -> bool:
    return Timesheet.objects.visible_to(request.actor).of_week(week).exists()
