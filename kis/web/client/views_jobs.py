"""Jobs: everybody who works at the client through the agency, with the history of their hours."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from kis.core import clock
from kis.core.folding import fold
from kis.core.weeks import Week
from kis.staffing.models import Department, Placement
from kis.timesheets.models import Timesheet, TimesheetQuerySet
from kis.timesheets.workflow import OPEN
from kis.web import chart
from kis.web.access import ActorRequest, audience
from kis.web.paging import page_of

WEEKS_SHOWN = 8


@require_GET
@audience("client")
def jobs(request: ActorRequest) -> HttpResponse:
    """The list, with a search box and filters; a short picture of each job's last weeks."""
    filters = {name: request.GET.get(name, "") for name in ("q", "department", "which")}
    page = page_of(request, _found(request, filters), order=("worker__search", "pk"))
    first = Week.of(clock.today()) + -(WEEKS_SHOWN - 1)
    recent = _handed_in(request).filter(placement__in=page.rows).filter(_since(first))
    weeks: dict[int, dict[Week, Timesheet]] = {}
    for sheet in recent:
        weeks.setdefault(sheet.placement_id, {})[sheet.week] = sheet
    columns = [first + n for n in range(WEEKS_SHOWN)]
    rows = [(job, [weeks.get(job.pk, {}).get(week) for week in columns]) for job in page.rows]
    departments = Department.objects.filter(placements__in=Placement.objects.visible_to(request.actor)).distinct()
    context = {"rows": rows, "page": page, "columns": columns, "filters": filters, "departments": departments}
    running = Placement.objects.visible_to(request.actor).filter(_not_ended(), start__lte=clock.today())
    context["at_work"] = running.values("worker").distinct().count()
    this = Week.of(clock.today())
    context["record"] = {
        "first": request.GET.get("first", str(this + -(WEEKS_SHOWN - 1))), "last": request.GET.get("last", str(this)),
    }  # fmt: skip
    return render(request, "client/jobs.html", context)


@require_GET
@audience("client")
def job(request: ActorRequest, pk: int) -> HttpResponse:
    """One job: its weeks as a picture and as a table. Only what was handed in."""
    visible = Placement.objects.visible_to(request.actor).select_related("worker__user", "department", "client")
    placement = get_object_or_404(visible, pk=pk)
    sheets = _handed_in(request).filter(placement=placement).order_by("-iso_year", "-iso_week", "-revision")
    page = page_of(request, sheets, order=("-iso_year", "-iso_week", "-revision", "-pk"), length=26)
    bars = [chart.WeekBar(sheet.week, sheet.minutes, sheet.state in OPEN) for sheet in reversed(page.rows)]
    label = _("Hours per week of %(name)s") % {"name": placement.worker}
    context: dict[str, Any] = {
        "job": placement,
        "page": page,
        "chart": chart.draw(bars, label) if bars else "",
        "total": sum(sheet.minutes for sheet in page.rows),
    }
    return render(request, "client/job.html", context)


def _found(request: ActorRequest, filters: dict[str, str]) -> QuerySet[Placement]:
    found = Placement.objects.visible_to(request.actor).select_related("worker__user", "department")
    if filters["q"].strip():
        found = found.filter(Q(worker__search__contains=fold(filters["q"].strip())))
    if filters["department"].isdecimal():
        found = found.filter(department=int(filters["department"]))
    if filters["which"] == "ended":
        return found.exclude(_not_ended())
    return found if filters["which"] == "all" else found.filter(_not_ended())


def _not_ended() -> Q:
    return Q(end__isnull=True) | Q(end__gte=clock.today())


def _handed_in(request: ActorRequest) -> TimesheetQuerySet:
    """What a client may see of hours: weeks that are handed in, not what a worker is still writing."""
    return Timesheet.objects.visible_to(request.actor).handed_in()


def _since(first: Week) -> Q:
    return Q(iso_year__gt=first.year) | Q(iso_year=first.year, iso_week__gte=first.number)
