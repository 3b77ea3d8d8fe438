"""Pages that belong to no party: the agency's colour, and help."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_GET

from kis.staffing.models import AgencySettings
from kis.web.access import audience
from kis.web.formats import is_dutch


@require_GET
@cache_control(public=True, max_age=86_400)
@audience("everyone")
def accent(request: HttpRequest, hue: int) -> HttpResponse:
    """The agency's own colour as one line of style sheet: lightness and strength stay ours, so contrast holds."""
    if hue > 359:
        raise Http404
    return HttpResponse(f":root {{ --accent-h: {hue}; }}\n", content_type="text/css")


@require_GET
@audience("everyone")
def help_page(request: HttpRequest, party: str = "") -> HttpResponse:
    """The werkwijzer: one's own party's first, the others a tab away."""
    actor = getattr(request, "actor", None)
    own = actor.party.value if actor else "client"
    party = party or own
    if party not in {"client", "worker", "agency"}:
        raise Http404
    agency = AgencySettings.objects.prefetch_related("links").first()
    context = {"party": party, "agency": agency, "links": agency.links.all() if agency else []}
    return render(request, f"web/help/{party}.{'nl' if is_dutch() else 'en'}.html", context)
