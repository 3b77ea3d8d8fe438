"""Papers about a timesheet, for the agency."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET

from kis.staffing.parties import Party
from kis.timesheets.models import Timesheet
from kis.web.access import ActorRequest, audience
from kis.web.papers import KINDS, evidence_file, made_now


@require_GET
@audience("agency")
def timesheet_evidence(request: ActorRequest, pk: int, kind: str) -> HttpResponse:
    """The evidence file of a timesheet, with everything the agency may see."""
    sheet = get_object_or_404(Timesheet.objects.visible_to(request.actor).with_people(), pk=pk)
    if kind not in KINDS or not sheet.submissions.exists():
        raise Http404
    return evidence_file(sheet, Party.AGENCY, kind, at=made_now())
