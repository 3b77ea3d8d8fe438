"""Light, dark, or as the system has it: the reader's choice, kept in a cookie so that a page arrives in its colours."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from kis.web.access import audience

COOKIE = "theme"
CHOICES = ("system", "light", "dark")
_YEAR = 365 * 86400


def chosen(request: HttpRequest) -> str:
    """What the reader chose; "system" without a choice."""
    choice = request.COOKIES.get(COOKIE, "")
    return choice if choice in CHOICES else "system"


@audience("everyone")
@require_POST
def choose(request: HttpRequest) -> HttpResponse:
    """Keep the choice on this device, and go back to the page it was made on."""
    choice = request.POST.get("theme", "")
    if choice not in CHOICES:
        raise Http404
    response = HttpResponseRedirect(_page_before(request))
    response.set_cookie(COOKIE, choice, max_age=_YEAR, samesite="Lax", httponly=True, secure=request.is_secure())
    return response


def _page_before(request: HttpRequest) -> str:
    wanted = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if safe else "/"
