"""The worker's week on one screen."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET

from kis.core import clock
from kis.core.weeks import Week
from kis.web.access import ActorRequest, audience
from kis.web.worker.week_page import open_weeks, week_page


@require_GET
@audience("worker")
def week_current(request: ActorRequest) -> HttpResponse:
    """To the week that wants attention: the oldest with something to do, else this week."""
    today = Week.of(clock.today())
    waiting = open_weeks(request, today)
    return redirect("worker:week", waiting[0] if waiting else today)


@require_GET
@audience("worker")
def week(request: ActorRequest, week: Week) -> HttpResponse:
    """All placements of one week: to fill in, or as they were handed in."""
    return week_page(request, week)
