"""The forecast of a run: asked for, watched while it is worked out, looked at, and from there the run itself."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from kis.core import clock
from kis.core.minutes import parse_duration
from kis.payroll import forecast as forecasts
from kis.payroll import operations
from kis.payroll.agreements import agree_top_up
from kis.payroll.labels import label_words
from kis.payroll.models import Forecast, PayrollRun
from kis.staffing.models import PayPeriod
from kis.timesheets.models import Timesheet
from kis.timesheets.operations import Overtaken
from kis.web.access import ActorRequest, audience
from kis.web.agency.payroll_words import SIGNALS
from kis.web.agency.views_payroll import period_named, shown


@require_POST
@audience("agency")
def ask(request: ActorRequest) -> HttpResponse:
    """Have what the payroll page showed worked out."""
    week, _sequence, cut_off, figures = shown(request)
    preview = operations.preview(week, cut_off=cut_off, pay_period=period_named(request.POST.get("period", "")))
    if preview.fingerprint != figures:
        messages.warning(request, _("The figures have changed since you looked. Look again and confirm."))
        return redirect("agency:payroll")
    return redirect("agency:forecast", forecasts.ask(preview, by=request.actor, at=clock.now()).pk)


@require_GET
@audience("agency")
def forecast(request: ActorRequest, pk: int) -> HttpResponse:
    """What a run would come to; a bar as long as it is being worked out."""
    found = get_object_or_404(Forecast, pk=pk)
    context: dict[str, Any] = {"forecast": found}
    if found.figures is None:
        return render(request, "agency/forecast_progress.html" if request.htmx else "agency/forecast.html", context)
    preview = operations.preview(found.week, cut_off=found.cut_off, pay_period=PayPeriod(found.pay_period))
    context |= {
        "preview": preview,
        "still_holds": forecasts.of(preview) == found,
        "running": PayrollRun.objects.filter(state=PayrollRun.State.RUNNING).first(),
        "components": [
            {**row, "words": label_words(row["label"]), "percentage": float(row["percentage"])}
            for row in found.figures["components"]
        ],
        "signals": [
            {"heading": heading, "advice": advice, "rows": found.figures["signals"][code],
             "count": found.figures["signal_counts"][code]}
            for code, (heading, advice) in SIGNALS.items() if code in found.figures["signals"]
        ],
        "difference": found.figures["cents"] - found.figures["before_cents"],
    }  # fmt: skip
    response = render(request, "agency/forecast.html", context)
    if request.htmx:
        response["HX-Refresh"] = "true"
    return response


@require_POST
@audience("agency")
def top_up(request: ActorRequest, pk: int) -> HttpResponse:
    """Pay a call that was too short up to its minimum, or as far as is typed."""
    sheet = get_object_or_404(Timesheet.objects.visible_to(request.actor), pk=pk)
    shown_on = request.POST.get("forecast", "")
    found = get_object_or_404(Forecast, pk=shown_on if shown_on.isdecimal() else 0)
    try:
        date = dt.date.fromisoformat(request.POST.get("date", ""))
        minutes = parse_duration(request.POST.get("minutes", ""))
        agree_top_up(sheet, date=date, minutes=minutes, by=request.actor, at=clock.now())
    except ValueError:
        messages.warning(request, _("Say how much is paid besides, such as 1:30."))
        return redirect("agency:forecast", found.pk)
    except Overtaken:
        messages.warning(request, _("Someone has decided on this day already."))
        return redirect("agency:forecast", found.pk)
    messages.success(request, _("It is paid in this run."))
    week, period = found.week, PayPeriod(found.pay_period)
    preview = operations.preview(week, cut_off=found.cut_off, pay_period=period)
    return redirect("agency:forecast", forecasts.ask(preview, by=request.actor, at=clock.now()).pk)
