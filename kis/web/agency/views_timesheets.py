"""All timesheets of the agency: the list, one of them with everything about it, and what the agency does to it."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from django.contrib import messages
from django.db.models import Sum
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from kis.core import clock
from kis.core.folding import fold
from kis.core.minutes import duration_text
from kis.core.weeks import Week
from kis.staffing.models import Client
from kis.staffing.parties import Party
from kis.timesheets import operations
from kis.timesheets.calendar import Calendar
from kis.timesheets.fate import fate
from kis.timesheets.models import Timesheet, TimesheetQuerySet
from kis.timesheets.signal_keeping import Gone, shown_to
from kis.timesheets.workflow import EDITABLE, NotAllowed, ReasonNeeded, State
from kis.web import signal_list, words
from kis.web.access import ActorRequest, audience
from kis.web.agency import act_form
from kis.web.chosen import chosen_versions, reason_typed, version_shown
from kis.web.corrections import correction_view
from kis.web.differences import proposal_view
from kis.web.paging import page_of
from kis.web.receipts import receipt_among
from kis.web.week_rows import handed_in_before, week_view

ORDER = ("-iso_year", "-iso_week", "worker__search", "pk")


@require_GET
@audience("agency")
def timesheets(request: ActorRequest) -> HttpResponse:
    """The list, by week, state, client and name."""
    filters = {name: request.GET.get(name, "") for name in ("week", "state", "client", "q", "signals")}
    page = page_of(request, _found(request, filters).with_people(), order=ORDER)
    context = {
        "page": page,
        "filters": filters,
        "states": words.STATES,
        "clients": Client.objects.order_by("search"),
        "approvable": any(sheet.state == State.ACCEPTED for sheet in page.rows),
    }
    return render(request, "agency/timesheets.html", context)


@require_POST
@audience("agency")
def approve_many(request: ActorRequest) -> HttpResponse:
    """First shows what would be approved, with its total; the confirmed form approves it."""
    chosen = chosen_versions(request)
    if request.POST.get("confirmed"):
        return _approve(request, chosen)
    found = Timesheet.objects.visible_to(request.actor).awaiting_agency().filter(pk__in=chosen).with_people()
    sheets = sorted(found, key=lambda sheet: (str(sheet.client), str(sheet.worker)))
    if not sheets:
        messages.warning(request, _("Nothing was chosen that still waits for the last approval."))
        return redirect("agency:timesheets")
    context = {
        "sheets": sheets,
        "versions": chosen,
        "minutes": sum(sheet.minutes for sheet in sheets),
        "signals": sum(1 for sheet in sheets if sheet.agency_signal_count),
    }
    return render(request, "agency/approve_many.html", context)


@require_GET
@audience("agency")
def timesheet(request: ActorRequest, pk: int) -> HttpResponse:
    """Everything about one timesheet."""
    return _page(request, _sheet(request, pk))


@require_POST
@audience("agency")
def act(request: ActorRequest, pk: int) -> HttpResponse:
    """Do one thing to a timesheet, with a reason where it needs one; what was typed is kept when it is not right."""
    sheet = _sheet(request, pk)
    by_value = {choice.value: choice for choice in act_form.choices(sheet)}
    choice = by_value.get(request.POST.get("act", ""))
    reason = reason_typed(request)
    if choice is None:
        return _too_late(request, sheet, reason)
    try:
        act_form.carry_out(
            choice, sheet, version=version_shown(request), reason=reason, days=_days(request, sheet),
            by=request.actor, at=clock.now(),
        )  # fmt: skip
    except ReasonNeeded:
        error = _("Give a reason. The others see it in the history.")
        return _page(request, sheet, error=error, reason=reason, chosen=choice.value, status=422)
    except operations.OwnHours:
        return _page(request, sheet, error=_("Nobody approves their own hours."), reason=reason, status=409)
    except (operations.Overtaken, NotAllowed):
        return _too_late(request, sheet, reason)
    messages.success(request, _("Done: %(act)s.") % {"act": str(choice.label).lower()}, extra_tags="good")
    return _next(request, sheet)


@require_GET
@audience("agency")
def timesheet_receipt(request: ActorRequest, pk: int, receipt: uuid.UUID) -> FileResponse:
    """A receipt of the hours as they stand."""
    return receipt_among(_sheet(request, pk).hours.receipts, receipt)


@require_POST
@audience("agency")
def acknowledge(request: ActorRequest, pk: int) -> HttpResponse:
    """A signal is seen, with a reason."""
    sheet = _sheet(request, pk)
    try:
        typed = signal_list.acknowledge(request, sheet)
    except (Gone, NotAllowed):
        return _too_late(request, sheet, "")
    if typed:
        return _page(request, sheet, typed=typed, status=422)
    messages.success(request, _("Marked as seen. The worker and the client read your reason."), extra_tags="good")
    return redirect(f"{reverse('agency:timesheet', args=[pk])}#signals")


def _next(request: ActorRequest, sheet: Timesheet) -> HttpResponse:
    """On to the next one that waits for the last approval in this week; else this one again."""
    waiting = Timesheet.objects.visible_to(request.actor).awaiting_agency().of_week(sheet.week)
    following = waiting.exclude(pk=sheet.pk).order_by("worker__search", "pk").first()
    return redirect("agency:timesheet", following.pk if following else sheet.pk)


def _approve(request: ActorRequest, chosen: dict[int, int]) -> HttpResponse:
    outcome = operations.approve_many(chosen.items(), by=request.actor, at=clock.now())
    if outcome.done:
        done = Timesheet.objects.visible_to(request.actor).filter(pk__in=outcome.done)
        text = ngettext(
            "%(n)s timesheet approved, %(hours)s hours.",
            "%(n)s timesheets approved, %(hours)s hours.",
            len(outcome.done),
        )
        minutes = done.aggregate(sum=Sum("minutes", default=0))["sum"]
        hours = duration_text(minutes)
        messages.success(request, text % {"n": len(outcome.done), "hours": hours}, extra_tags="good")
    if outcome.overtaken:
        left = Timesheet.objects.visible_to(request.actor).filter(pk__in=outcome.overtaken).with_people()
        names = ", ".join(sorted(str(sheet.worker) for sheet in left))
        messages.warning(request, _("Changed meanwhile, and therefore not approved: %(names)s.") % {"names": names})
    return redirect("agency:timesheets")


def _sheet(request: ActorRequest, pk: int) -> Timesheet:
    return get_object_or_404(Timesheet.objects.visible_to(request.actor).with_people(), pk=pk)


def _page(
    request: ActorRequest, sheet: Timesheet, *, typed: signal_list.Typed | None = None, status: int = 200, **form: Any
) -> HttpResponse:
    sheet.bring_history()
    steps = {step.number: step for step in reversed(sheet.steps.all())}
    versions = [(version, steps.get(version.number)) for version in reversed(sheet.submissions.all())]
    signals = shown_to(sheet, Party.AGENCY)
    context = {
        "sheet": sheet,
        "view": week_view(
            sheet.hours, sheet.placement, signals=signals, before=handed_in_before(sheet), disputed=sheet.disputed
        ),
        "signals": signal_list.signal_list(sheet, Party.AGENCY, typed=typed),
        "choices": act_form.choices(sheet),
        "proposal": proposal_view(sheet),
        "correction": correction_view(sheet, sheet.hours),
        "may_write": sheet.state in EDITABLE,
        "may_propose": act_form.may_propose(sheet),
        "may_correct": act_form.may_correct(sheet),
        "steps": list(steps.values()),
        "versions": versions,
        "fate": fate(sheet, Calendar.load(), at=clock.now()),
        "form": form,
    }
    return render(request, "agency/timesheet.html", context, status=status)


def _too_late(request: ActorRequest, sheet: Timesheet, reason: str) -> HttpResponse:
    messages.warning(
        request, _("Someone was faster: this week has changed since you opened it. Here is how it is now.")
    )
    sheet.refresh_from_db()
    return _page(request, sheet, reason=reason, status=409)


def _days(request: ActorRequest, sheet: Timesheet) -> list[dt.date]:
    posted = set(request.POST.getlist("days"))
    return [day for day in sheet.week.days if day.isoformat() in posted]


def _found(request: ActorRequest, filters: dict[str, str]) -> TimesheetQuerySet:
    found = Timesheet.objects.visible_to(request.actor)
    if filters["week"]:
        try:
            found = found.of_week(Week.parse(filters["week"]))
        except ValueError as error:
            raise Http404 from error
    if filters["state"] in set(State):
        found = found.filter(state=filters["state"])
    if filters["client"].isdecimal():
        found = found.filter(client=int(filters["client"][:18]))
    if filters["signals"]:
        column = "finding_level" if filters["signals"] == "law" else "agency_signal_count"
        found = found.filter(**{f"{column}__gt": 0})
    if filters["q"].strip():
        found = found.filter(worker__search__contains=fold(filters["q"].strip()))
    return found
