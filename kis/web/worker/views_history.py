"""All weeks of a worker, newest first."""

from __future__ import annotations

import datetime as dt

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from kis.core import clock
from kis.core.weeks import Week
from kis.staffing.models import Placement
from kis.timesheets.models import Timesheet
from kis.timesheets.workflow import EDITABLE
from kis.web.access import ActorRequest, audience
from kis.web.paging import page_of


@require_GET
@audience("worker")
def history(request: ActorRequest) -> HttpResponse:
    """The weeks with their strip, hours, state and the day they were paid; of all jobs or of one."""
    today = Week.of(clock.today())
    placements = list(Placement.objects.visible_to(request.actor).select_related("client"))
    chosen = next((job for job in placements if str(job.pk) == request.GET.get("job")), None)
    sheets = (
        Timesheet.objects.visible_to(request.actor)
        .newest_of_worker()
        .filter(Q(iso_year__lt=today.year) | Q(iso_year=today.year, iso_week__lte=today.number))
    )
    if chosen:
        sheets = sheets.filter(placement=chosen)
    page = page_of(request, sheets.with_people(), order=("-iso_year", "-iso_week", "-pk"))
    context = {
        "page": page,
        "rows": [(sheet, paid_on(sheet)) for sheet in page.rows],
        "placements": placements,
        "chosen": chosen,
        "copy": {
            "first": request.GET.get("first", str(page.rows[-1].week) if page.rows else ""),
            "last": request.GET.get("last", str(today)),
        },
        "open_count": sheets.counted().filter(state__in=EDITABLE).count(),
    }
    return render(request, "worker/history.html", context)


def paid_on(sheet: Timesheet) -> dt.date | None:
    """The day on which the week was paid."""
    return clock.local(sheet.paid_at).date() if sheet.paid_at else None
