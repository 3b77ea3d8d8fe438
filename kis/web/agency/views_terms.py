"""What an hour of a job is worth: the wage and the tariff over time, and new ones from a day on."""

from __future__ import annotations

import dataclasses
import datetime as dt
from decimal import Decimal
from typing import Any, cast

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kis.core import clock
from kis.core.weeks import Week
from kis.payroll.agreements import agree_terms
from kis.payroll.labels import label_words
from kis.payroll.minimum_wage import BelowMinimum
from kis.payroll.models import PlacementTerms
from kis.payroll.rules.lines import time_amount
from kis.payroll.rules.model import Rounding
from kis.payroll.wage_checks import DayWage, first_day_below
from kis.staffing.models import AgencySettings, Placement
from kis.timesheets.models import Timesheet
from kis.timesheets.workflow import State
from kis.web.access import ActorRequest, audience
from kis.web.agency.terms_form import TermsForm


@dataclasses.dataclass(frozen=True, slots=True)
class Meaning:
    """What the terms on the form come to: the tariff, a wage below the law, weeks that are paid already."""

    wage_cents: int
    bill_cents: int | None
    below: BelowMinimum | None
    paid_weeks: int


@require_http_methods(["GET", "HEAD", "POST"])
@audience("agency")
def placement_terms(request: ActorRequest, pk: int) -> HttpResponse:
    """The terms over time, and a form for new ones; while somebody types, what they come to."""
    visible = Placement.objects.visible_to(request.actor).select_related("worker__user", "client", "department")
    job = get_object_or_404(visible, pk=pk)
    billing = bool(AgencySettings.objects.values_list("billing", flat=True).first())
    terms = list(PlacementTerms.objects.filter(placement=job).order_by("-valid_from", "-pk"))
    now = next((row for row in terms if row.valid_from <= clock.today()), terms[-1] if terms else None)
    initial = TermsForm.initial_of(now, job, today=clock.today())
    form = TermsForm(request.POST or None, job=job, billing=billing, now=now, initial=initial)
    context = {"job": job, "form": form, "terms": terms, "now": now, "billing": billing, "single": _single(now)}
    if request.method == "POST":
        valid = form.is_valid()
        if request.htmx:
            return render(request, "agency/terms_meaning.html", {"meaning": _meaning(job, form) if valid else None})
        if valid:
            agree_terms(job, by=request.actor, at=clock.now(), **form.values())
            messages.success(request, _("Agreed."), extra_tags="good")
            return redirect("agency:placement_terms", pk)
        return render(request, "agency/terms.html", context, status=422)
    return render(request, "agency/terms.html", context)


def _single(terms: PlacementTerms | None) -> list[tuple[str, Decimal | None, int | None]]:
    """The hour types that have a tariff of their own: words, factor, price; a price goes before a factor."""
    if terms is None or not terms.is_billed:
        return []
    factors, fixed = terms.bill_factors, terms.bill_fixed
    return [
        (label_words(label), None if label in fixed else Decimal(factors[label]), fixed.get(label))
        for label in sorted({*factors, *fixed})
    ]


def _meaning(job: Placement, form: TermsForm) -> Meaning:
    values = form.values()
    since, wage = values["valid_from"], values["wage_cents"]
    below = first_day_below([DayWage(since, wage)], birth_date=job.worker.birth_date, since=since, until=job.end)
    return Meaning(wage, _tariff(values), below, _paid_since(job, since))


def _tariff(values: dict[str, Any]) -> int | None:
    """Cents for an hour at 100 %, as the run works it out; None is not billed."""
    factor: Decimal | None = values["bill_factor"]
    if factor is None:
        return cast("int | None", values["bill_cents"])
    return time_amount(60, values["wage_cents"], Decimal(100), factor, Rounding.HALF_UP)


def _paid_since(job: Placement, day: dt.date) -> int:
    """How many paid weeks the terms reach back into."""
    paid = Timesheet.objects.newest().filter(placement=job, state=State.PAID)
    weeks = (Week(*row) for row in paid.values_list("iso_year", "iso_week"))
    return sum(week.sunday >= day for week in weeks)
