"""Who may open which page. Every view says so itself; a view that does not opens for nobody.

`@audience("worker")` stands above the view, whose request then is an `ActorRequest`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar
from urllib.parse import urlencode, urlsplit

from django.core.exceptions import ImproperlyConfigured
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django_htmx.http import HttpResponseClientRedirect
from django_htmx.middleware import HtmxDetails

from kis.accounts.models import User
from kis.staffing.actor import Actor, actor_of
from kis.staffing.parties import Party

EVERYONE = "everyone"
SIGNED_IN = "signed_in"
PARTIES = frozenset({Party.WORKER, Party.CLIENT, Party.AGENCY})

View = TypeVar("View", bound=Callable[..., Any])


class ActorRequest(HttpRequest):
    """A request of somebody who is signed in and belongs to a party."""

    actor: Actor
    user: User
    htmx: HtmxDetails


def audience(*names: str) -> Callable[[View], View]:
    """Mark a view with its readers: parties ("worker", "client", "agency"), or "signed_in", or "everyone"."""
    known = set(names) <= PARTIES or names in {(EVERYONE,), (SIGNED_IN,)}
    if not names or not known:
        raise ImproperlyConfigured(f"no audience: {names}")

    def mark(view: View) -> View:
        view.audience = frozenset(names)  # type: ignore[attr-defined]  # a function may carry a mark
        return view

    return mark


def audience_of(view: Callable[..., Any]) -> frozenset[str]:
    """The readers a view is marked with. Raises ImproperlyConfigured for a view without a mark."""
    marked: frozenset[str] | None = getattr(view, "audience", None)
    if marked is None:
        raise ImproperlyConfigured(f"{view.__module__}.{getattr(view, '__name__', view)} says not who may open it")
    return marked


class AudienceMiddleware:
    """Sets `request.actor` (None for nobody), and keeps every page to its audience.

    Nobody is sent to the log-in page and from there back; the wrong party finds that the page is not there.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.actor = actor_of(request.user)  # type: ignore[attr-defined]  # pages see it as ActorRequest
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], _args: Any, _kwargs: Any
    ) -> HttpResponse | None:
        marked = audience_of(view)
        if EVERYONE in marked:
            return None
        actor: Actor | None = request.actor  # type: ignore[attr-defined]  # set above
        if actor is None:
            return _to_log_in(request)
        if SIGNED_IN not in marked and actor.party not in marked:
            raise Http404
        return None


def _to_log_in(request: HttpRequest) -> HttpResponse:
    wanted = _page_of(request)
    url = reverse("home") + (f"?{urlencode({'next': wanted})}" if wanted else "")
    return HttpResponseClientRedirect(url) if request.headers.get("HX-Request") else HttpResponseRedirect(url)


def _page_of(request: HttpRequest) -> str:
    """The page to come back to: for a form or a part of a page, the whole page it stood on, if that is ours."""
    part = request.headers.get("HX-Request")
    if request.method in {"GET", "HEAD"} and not part:
        return request.get_full_path()
    page = urlsplit(request.headers.get("HX-Current-URL" if part else "Referer", ""))
    if page.netloc != request.get_host():
        return ""
    return page.path + (f"?{page.query}" if page.query else "")
