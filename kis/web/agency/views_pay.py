"""How a week becomes pay, and what the client is billed for it."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from kis.payroll.calculation import calculate, set_aside
from kis.payroll.models import RuleVersion, Stream
from kis.timesheets.models import Timesheet
from kis.web.access import ActorRequest, audience
from kis.web.pay_page import pay_view


@require_GET
@audience("agency")
def timesheet_pay(request: ActorRequest, pk: int) -> HttpResponse:
    """The pay lines and the bill lines of a timesheet, with their reasons."""
    sheet = get_object_or_404(Timesheet.objects.visible_to(request.actor).with_people(), pk=pk)
    found = calculate(sheet, (Stream.PAY, Stream.BILL))
    if not found:
        raise Http404
    bill = found.get(Stream.BILL)
    context = {
        "sheet": sheet,
        "pay": pay_view(found[Stream.PAY]),
        "bill": pay_view(bill) if bill else None,
        "aside": set_aside(sheet),
        "rule_links": {
            str(each): reverse("agency:rule_version", args=(each.pk,)) for each in RuleVersion.objects.all()
        },
    }
    return render(request, "agency/timesheet_pay.html", context)
