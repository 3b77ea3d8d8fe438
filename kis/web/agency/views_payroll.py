"""Payroll: preview what a run would pay, start it, watch it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib import messages
from django.db.models import Count, Q, Sum
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from kis.core import clock
from kis.core.weeks import Week
from kis.payroll import operations, recheck
from kis.payroll.labels import label_words
from kis.payroll.models import PayLine, PayrollRun, SetAside
from kis.payroll.periods import period_of
from kis.staffing.models import AgencySettings, PayPeriod
from kis.timesheets.calendar import Calendar
from kis.timesheets.operations import Overtaken
from kis.timesheets.workflow import NotAllowed
from kis.web.access import ActorRequest, audience
from kis.web.agency.payroll_words import PERIOD_WORDS
from kis.web.paging import page_of


@require_GET
@audience("agency")
def payroll(request: ActorRequest) -> HttpResponse:
    """The next run with its figures, and all runs before it."""
    calendar = Calendar.load()
    period = period_named(request.GET.get("period", ""))
    week = period_of(calendar.current_week(clock.local(clock.now())), period).last
    deadline = calendar.deadline(week)
    until_now = request.GET.get("until") == "now"
    cut_off = clock.now() if until_now else min(deadline.approve_by, clock.now())
    preview = operations.preview(week, cut_off=cut_off, pay_period=period)
    before = operations.totals_of_week(period_of(week, period).first.previous, period)
    context = {
        "deadline": deadline,
        "preview": preview,
        "period": period,
        "periods": operations.pay_periods_in_use() if period == PayPeriod.WEEK else list(PayPeriod),
        "period_words": PERIOD_WORDS,
        "billing": AgencySettings.objects.filter(billing=True).exists(),
        "before": before,
        "difference": preview.minutes - before["minutes"],
        "clients": operations.per_client(week, cut_off, period),
        "until_now": until_now,
        "agreed_backwards": recheck.agreed_backwards(),
        "running": PayrollRun.objects.filter(state=PayrollRun.State.RUNNING).first(),
        "page": page_of(request, PayrollRun.objects.all(), order=("-pk",), length=20),
    }
    return render(request, "agency/payroll.html", context)


@require_POST
@audience("agency")
def start(request: ActorRequest) -> HttpResponse:
    """Start the run that was shown. When the figures have changed since, they are shown again first."""
    week, sequence, cut_off, figures = shown(request)
    period = period_named(request.POST.get("period", ""))
    if operations.preview(week, cut_off=cut_off, pay_period=period).fingerprint != figures:
        messages.warning(request, _("The figures have changed since you looked. Look again and confirm."))
        return redirect("agency:payroll")
    try:
        run = operations.start_run(
            week, sequence=sequence, cut_off=cut_off, pay_period=period, by=request.actor, at=clock.now()
        )
    except Overtaken:
        messages.warning(request, _("Someone was faster: this run has been started already, or another is under way."))
        return redirect("agency:payroll")
    except (operations.NothingToPay, NotAllowed):
        messages.warning(request, _("There is nothing to pay in this run."))
        return redirect("agency:payroll")
    return redirect("agency:payroll_run", run.pk)


@require_GET
@audience("agency")
def run(request: ActorRequest, pk: int) -> HttpResponse:
    """One run: its progress while it runs; totals, timesheets and files when it is locked."""
    found = get_object_or_404(PayrollRun, pk=pk)
    sheets = found.run_sheets.select_related("timesheet__worker__user", "timesheet__client", "timesheet__placement")
    totals = found.lines.values("kind", "label", "percentage").annotate(
        minutes=Sum("minutes"), quantity=Sum("quantity"), cents=Sum("cents")
    )
    page = page_of(request, sheets, order=("timesheet_id",))
    paid = found.lines.filter(timesheet__in=[row.timesheet_id for row in page.rows]).values_list("timesheet")
    context: dict[str, Any] = {
        "run": found,
        "paid": operations.paid_so_far(found),
        "recalculated": found.recalculated.aggregate(
            n=Count("pk"), cents=Sum("recalculation__cents", filter=Q(is_paid=True), default=0)
        ),
        "totals": [{**row, "words": label_words(row["label"])} for row in sorted(totals.order_by(), key=_hours_first)],
        "page": page,
        "cents": dict(paid.annotate(sum=Sum("cents")).order_by()),
        "aside": operations.put_aside(found),
    }
    return render(request, "agency/payroll_run.html", context)


@require_POST
@audience("agency")
def try_again(request: ActorRequest, pk: int) -> HttpResponse:
    """Let the next run try a timesheet that was set aside."""
    aside = get_object_or_404(SetAside, pk=pk)
    operations.try_again(aside, by=request.actor, at=clock.now())
    messages.success(request, _("It goes with the next run."))
    return redirect("agency:payroll_run", aside.run_id)


@require_GET
@audience("agency")
def progress(request: ActorRequest, pk: int) -> HttpResponse:
    """The bar of a run under way, asked for every second."""
    found = get_object_or_404(PayrollRun, pk=pk)
    response = render(request, "agency/payroll_progress.html", {"run": found, "paid": operations.paid_so_far(found)})
    if found.state == PayrollRun.State.LOCKED:
        response["HX-Refresh"] = "true"
    return response


def _hours_first(row: Any) -> tuple[int, Any, str]:
    """Where a total stands: hours from the plain ones up, then what is paid besides."""
    kinds = (PayLine.Kind.TIME, PayLine.Kind.TOP_UP, PayLine.Kind.QUANTITY, PayLine.Kind.EXPENSES)
    return kinds.index(row["kind"]), row["percentage"], row["label"]


def period_named(word: str) -> PayPeriod:
    """The pay period a page or form is about; the week, if it says nothing that we know."""
    return PayPeriod(word) if word in PayPeriod.values else PayPeriod.WEEK


def shown(request: ActorRequest) -> tuple[Week, int, dt.datetime, str]:
    """The run as the page showed it: week, sequence, cut-off and figures."""
    try:
        week = Week.parse(request.POST.get("week", ""))
        sequence = int(request.POST.get("sequence", ""))
        cut_off = dt.datetime.fromisoformat(request.POST.get("cut_off", ""))
    except ValueError as error:
        raise Http404 from error
    if cut_off.tzinfo is None or cut_off > clock.now():
        raise Http404
    return week, sequence, cut_off, request.POST.get("figures", "")
