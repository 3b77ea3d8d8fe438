"""Whether every hour of a week adds up: where it stands, what of it was paid and billed, and what differs."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from kis.core import clock
from kis.core.weeks import Week
from kis.payroll import reconciliation as sums
from kis.timesheets.calendar import Calendar
from kis.web.access import ActorRequest, audience
from kis.web.agency.payroll_words import REASONS


@require_GET
@audience("agency")
def reconciliation(request: ActorRequest, week: Week | None = None) -> HttpResponse:
    """One week, client by client; the last paid one unless another is asked for."""
    week = week or Calendar.load().current_week(clock.local(clock.now())).previous
    found = sums.reconcile(week)
    context = {
        "week": week,
        "sums": found,
        "differences": [{"of": one, "reason": REASONS[one.reason]} for one in sums.differences(week)],
    }
    return render(request, "agency/reconciliation.html", context)
