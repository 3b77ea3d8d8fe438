"""Computing paid weeks anew: have them looked at, choose, and see what waits for the next run."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Count, Sum
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from kis.core import clock
from kis.core.weeks import Week
from kis.payroll import recalculation, recheck
from kis.payroll.models import PayrollRun, Recalculated, Recalculation, Recheck, RecheckRow
from kis.timesheets.operations import Overtaken
from kis.web.access import ActorRequest, audience
from kis.web.agency.payroll_words import why_words
from kis.web.paging import page_of

USUAL_WEEKS = 13  # how far back one looks when nothing says otherwise
_PEOPLE = ("timesheet__worker__user", "timesheet__client")


@require_GET
@audience("agency")
def recalculate(request: ActorRequest) -> HttpResponse:
    """From which week on to look, and what was confirmed and waits."""
    day = recheck.agreed_backwards()
    waiting = recalculation.waiting()
    page = page_of(request, waiting.select_related(*_PEOPLE), order=("pk",))
    context = {
        "agreed_from": day,
        "since": Week.of(day) if day else Week.of(clock.today()) + -USUAL_WEEKS,
        "page": page,
        "rows": [{"of": row, "why": why_words(row.reasons)} for row in page.rows],
        "sums": waiting.aggregate(n=Count("pk"), cents=Sum("cents", default=0)),
        "latest": Recheck.objects.first(),
    }
    return render(request, "agency/recalculate.html", context)


@require_POST
@audience("agency")
def recheck_ask(request: ActorRequest) -> HttpResponse:
    """Have the paid weeks looked at."""
    try:
        week = Week.parse(request.POST.get("week", ""))
    except ValueError:
        messages.warning(request, _("Write the week like 2026-W48."))
        return redirect("agency:recalculate")
    return redirect("agency:recheck", recheck.ask(week, by=request.actor, at=clock.now()).pk)


@require_GET
@audience("agency")
def recheck_found(request: ActorRequest, pk: int) -> HttpResponse:
    """What a look has found, to choose from; a bar as long as it lasts."""
    found = get_object_or_404(Recheck, pk=pk)
    context: dict[str, Any] = {"recheck": found}
    if found.finished_at is None:
        return render(request, "agency/recheck_progress.html" if request.htmx else "agency/recheck.html", context)
    page = page_of(request, found.rows.select_related(*_PEOPLE, "timesheet__placement"), order=("pk",))
    confirmed = Recalculation.objects.filter(timesheet__in=[row.timesheet_id for row in page.rows])
    numbers = set(confirmed.values_list("timesheet", "number"))
    context |= {
        "page": page,
        "rows": [
            {"of": row, "why": why_words(row.reasons), "is_confirmed": (row.timesheet_id, row.number) in numbers}
            for row in page.rows
        ],
        "sums": found.rows.aggregate(n=Count("pk"), cents=Sum("cents", default=0), bill=Sum("bill_cents", default=0)),
        "still_holds": recheck.still_holds(found),
    }
    response = render(request, "agency/recheck.html", context)
    if request.htmx:
        response["HX-Refresh"] = "true"
    return response


@require_POST
@audience("agency")
def recheck_confirm(request: ActorRequest, pk: int) -> HttpResponse:
    """Have the chosen differences, or all of them, paid in the next run."""
    found = get_object_or_404(Recheck, pk=pk, finished_at__isnull=False)
    if not recheck.still_holds(found):
        messages.warning(request, _("Something has changed since you looked. Look again and confirm."))
        return redirect("agency:recheck", found.pk)
    rows = found.rows.order_by("pk")
    if "all" not in request.POST:
        rows = rows.filter(pk__in=[int(row) for row in request.POST.getlist("row") if row.isdecimal()])
    chosen: list[RecheckRow] = list(rows)
    done = recalculation.confirm(chosen, by=request.actor, at=clock.now())
    said = ngettext("%(n)s week goes with the next run.", "%(n)s weeks go with the next run.", done) % {"n": done}
    if done:
        messages.success(request, said)
    if left := len(chosen) - done:
        text = ngettext("%(n)s was confirmed already.", "%(n)s were confirmed already.", left)
        messages.warning(request, text % {"n": left})
    return redirect("agency:recalculate" if done else "agency:recheck", *([] if done else [found.pk]))


@require_POST
@audience("agency")
def recalculation_withdraw(request: ActorRequest, pk: int) -> HttpResponse:
    """Take one back that no run has settled."""
    found = get_object_or_404(Recalculation, pk=pk)
    try:
        recalculation.withdraw(found, by=request.actor, at=clock.now())
    except Overtaken:
        messages.warning(request, _("A run has settled it, or somebody has taken it back already."))
    else:
        messages.success(request, _("It is taken back; nothing is paid for it."))
    return redirect("agency:recalculate")


@require_GET
@audience("agency")
def run_recalculated(request: ActorRequest, pk: int) -> HttpResponse:
    """The weeks of before whose difference a run paid, and those it left."""
    run = get_object_or_404(PayrollRun, pk=pk)
    settled = Recalculated.objects.filter(run=run)
    people = [f"recalculation__{name}" for name in _PEOPLE]
    page = page_of(request, settled.select_related("recalculation", *people), order=("pk",))
    if not page.rows:
        raise Http404
    context = {
        "run": run,
        "page": page,
        "rows": [
            {"of": row.recalculation, "why": why_words(row.recalculation.reasons), "is_paid": row.is_paid}
            for row in page.rows
        ],
        "sums": settled.filter(is_paid=True).aggregate(n=Count("pk"), cents=Sum("recalculation__cents", default=0)),
        "left": settled.filter(is_paid=False).count(),
    }
    return render(request, "agency/run_recalculated.html", context)
