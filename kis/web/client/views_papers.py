"""Papers about a timesheet, for the client: its own part."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_GET

from kis.staffing.parties import Party
from kis.web.access import ActorRequest, audience
from kis.web.client.review import sheet_for
from kis.web.papers import KINDS, evidence_file, made_now


@require_GET
@audience("client")
def timesheet_evidence(request: ActorRequest, pk: int, kind: str) -> HttpResponse:
    """The evidence file of a timesheet at this client, without what is the worker's and the agency's alone."""
    sheet = sheet_for(request, pk)
    if kind not in KINDS or not sheet.submissions.exists():
        raise Http404
    return evidence_file(sheet, Party.CLIENT, kind, at=made_now())
