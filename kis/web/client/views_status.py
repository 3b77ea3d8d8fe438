"""Werkbriefje status: the guide's table with its three counts, the list behind each, and accepting several at once."""

from __future__ import annotations

import dataclasses

from django.contrib import messages
from django.db.models import Count, Sum
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from kis.core import clock
from kis.core.minutes import duration_text
from kis.core.weeks import Week
from kis.staffing.actor import Actor
from kis.timesheets import operations
from kis.timesheets.calendar import Calendar
from kis.timesheets.deadlines import Deadline
from kis.timesheets.models import Timesheet
from kis.timesheets.workflow import OPEN, PHASES
from kis.web import words
from kis.web.access import ActorRequest, audience
from kis.web.chosen import chosen_versions
from kis.web.client.review import review_queue

LIST_LENGTH = 200  # a client's open weeks; more come after these are dealt with


@dataclasses.dataclass(frozen=True, slots=True)
class StatusRow:
    """One week of the table: a count per phase, and its deadline."""

    week: Week
    counts: dict[str, int]
    deadline: Deadline


@require_GET
@audience("client")
def status(request: ActorRequest) -> HttpResponse:
    """The table: last week, this week, and older weeks in which something is still open."""
    rows = _rows(request.actor)
    total = {phase: sum(row.counts[phase] for row in rows) for phase in PHASES}
    waiting = [row for row in rows if row.counts["intermediate"]]
    in_time = [row for row in waiting if not row.deadline.has_passed(clock.now())]
    context = {
        "rows": rows,
        "total": total,
        "phases": words.PHASES,
        "waiting": total["intermediate"],
        "late": sum(row.counts["intermediate"] for row in waiting if row not in in_time),
        "deadline": min((row.deadline for row in in_time or waiting), key=lambda each: each.approve_by, default=None),
        "next": review_queue(request.actor).first(),
        "undo": undo_offer(request),
    }
    return render(request, "client/status.html", context)


@require_GET
@audience("client")
def phase_list(request: ActorRequest, week: Week, phase: str) -> HttpResponse:
    """The timesheets one count stands for."""
    found = Timesheet.objects.visible_to(request.actor).of_week(week).in_phase(phase).with_people()
    sheets = list(found.order_by("worker__user__name", "pk")[:LIST_LENGTH])
    context = {
        "week": week,
        "phase": phase,
        "phase_name": words.PHASES[phase],
        "phase_means": words.phase_short(phase),
        "sheets": sheets,
        "minutes": sum(sheet.minutes for sheet in sheets),
        "signals": any(sheet.signal_count for sheet in sheets),
        "deadline": _deadline(
            request.actor, week, Calendar.load(), corrected=bool(sheets) and all(sheet.revision for sheet in sheets)
        ),
    }
    return render(request, f"client/list_{phase}.html", context)


@require_POST
@audience("client")
def accept_many(request: ActorRequest) -> HttpResponse:
    """First shows what would be accepted, with its total; the confirmed form accepts it."""
    chosen = chosen_versions(request)
    if request.POST.get("confirmed"):
        return _accept(request, chosen)
    found = Timesheet.objects.visible_to(request.actor).awaiting_client().filter(pk__in=chosen).with_people()
    sheets = sorted(found, key=lambda sheet: str(sheet.worker))
    if not sheets:
        messages.warning(request, _("Nothing was chosen that still waits for you."))
        return redirect("client:status")
    context = {
        "sheets": sheets,
        "versions": chosen,
        "minutes": sum(sheet.minutes for sheet in sheets),
        "signals": sum(1 for sheet in sheets if sheet.signal_count),
    }
    return render(request, "client/accept_many.html", context)


def undo_offer(request: ActorRequest) -> Timesheet | None:
    """The timesheet that was just accepted, while its acceptance can still be taken back."""
    pk = request.GET.get("undo", "")
    if not pk.isdecimal():
        return None
    return Timesheet.objects.visible_to(request.actor).awaiting_agency().with_people().filter(pk=pk[:18]).first()


def _accept(request: ActorRequest, chosen: dict[int, int]) -> HttpResponse:
    outcome = operations.accept_many(chosen.items(), by=request.actor, at=clock.now())
    if outcome.done:
        done = Timesheet.objects.visible_to(request.actor).filter(pk__in=outcome.done)
        minutes = done.aggregate(sum=Sum("minutes", default=0))["sum"]
        text = ngettext(
            "%(n)s timesheet accepted, %(hours)s hours in all.", "%(n)s timesheets accepted, %(hours)s hours in all.",
            len(outcome.done),
        )  # fmt: skip
        messages.success(request, text % {"n": len(outcome.done), "hours": duration_text(minutes)})
    if outcome.overtaken:
        left = Timesheet.objects.visible_to(request.actor).filter(pk__in=outcome.overtaken).with_people()
        names = ", ".join(sorted(str(sheet.worker) for sheet in left))
        if names:
            messages.warning(request, _("Changed meanwhile, and therefore not accepted: %(names)s.") % {"names": names})
    return redirect("client:status")


def _rows(actor: Actor) -> list[StatusRow]:
    """Newest week first; counted by the database in one go."""
    now = Week.of(clock.today())
    counted = (
        Timesheet.objects.visible_to(actor).counted().filter(state__in=OPEN)
        .values("iso_year", "iso_week", "state", "revision").annotate(n=Count("pk")).order_by()
    )  # fmt: skip
    weeks: dict[Week, dict[str, int]] = {week: dict.fromkeys(PHASES, 0) for week in (now, now.previous)}
    ordinary = set(weeks)
    for row in counted:
        week = Week(row["iso_year"], row["iso_week"])
        counts = weeks.setdefault(week, dict.fromkeys(PHASES, 0))
        if not row["revision"]:
            ordinary.add(week)
        for phase, states in PHASES.items():
            if row["state"] in states:
                counts[phase] += row["n"]
    calendar = Calendar.load()
    return [
        StatusRow(week, weeks[week], _deadline(actor, week, calendar, corrected=week not in ordinary))
        for week in sorted(weeks, reverse=True)
    ]


def _deadline(actor: Actor, week: Week, calendar: Calendar, *, corrected: bool) -> Deadline:
    """The deadline of a week; where only corrections are open, that of the run that comes next."""
    if corrected:
        return calendar.run_for(week, clock.now())
    return calendar.deadline(week, actor.contact.client if actor.contact else None)
