"""How one's own week becomes pay."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from kis.payroll.calculation import calculate
from kis.payroll.models import Stream
from kis.timesheets.models import Timesheet
from kis.web.access import ActorRequest, audience
from kis.web.pay_page import pay_view


@require_GET
@audience("worker")
def sheet_pay(request: ActorRequest, pk: int) -> HttpResponse:
    """The lines of one's own timesheet, with their reasons."""
    sheet = get_object_or_404(Timesheet.objects.visible_to(request.actor).with_people(), pk=pk)
    found = calculate(sheet)
    if not found:
        raise Http404
    return render(request, "worker/pay.html", {"sheet": sheet, "pay": pay_view(found[Stream.PAY])})
