"""Every view says who may open it; the middleware keeps each page to its audience."""

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.http import Http404, HttpRequest, HttpResponse
from django.test import RequestFactory

from kis.staffing.actor import SYSTEM, Actor
from kis.staffing.parties import Party
from kis.web.access import AudienceMiddleware, audience, audience_of

WORKER, CLIENT, AGENCY = (Actor(party=party, name=party) for party in (Party.WORKER, Party.CLIENT, Party.AGENCY))


@audience("worker")
def week(request: HttpRequest) -> HttpResponse:
    return HttpResponse("a week")


@audience("client", "agency")
def review(request: HttpRequest) -> HttpResponse:
    return HttpResponse("a review")


@audience("signed_in")
def account(request: HttpRequest) -> HttpResponse:
    return HttpResponse("an account")


@audience("everyone")
def health(request: HttpRequest) -> HttpResponse:
    return HttpResponse("well")


def unmarked(request: HttpRequest) -> HttpResponse:
    return HttpResponse("for nobody")


def _ask(view: object, actor: Actor | None, request: HttpRequest | None = None) -> HttpResponse | None:
    request = request or RequestFactory().get("/the/page/?week=2026-W48")
    request.actor = actor  # type: ignore[attr-defined]  # as the middleware sets it
    middleware = AudienceMiddleware(lambda _: HttpResponse())
    return middleware.process_view(request, view, (), {})  # type: ignore[arg-type]  # views without a mark, too


def _sent_to(response: HttpResponse | None) -> str:
    assert response is not None
    return response.headers["Location"]


@pytest.mark.parametrize("view", [week, review, account])
def test_nobody_is_sent_to_the_log_in_page_and_from_there_back(view: object) -> None:
    assert _sent_to(_ask(view, None)) == "/?next=%2Fthe%2Fpage%2F%3Fweek%3D2026-W48"


@pytest.mark.parametrize("actor", [None, WORKER, CLIENT, AGENCY])
def test_a_page_for_everyone_opens_for_everyone(actor: Actor | None) -> None:
    assert _ask(health, actor) is None


@pytest.mark.parametrize(
    ("view", "actor"), [(week, WORKER), (review, CLIENT), (review, AGENCY), (account, WORKER), (account, AGENCY)]
)
def test_a_page_opens_for_its_audience(view: object, actor: Actor) -> None:
    assert _ask(view, actor) is None


@pytest.mark.parametrize(("view", "actor"), [(week, CLIENT), (week, AGENCY), (review, WORKER), (week, SYSTEM)])
def test_for_another_party_the_page_is_not_there(view: object, actor: Actor) -> None:
    with pytest.raises(Http404):
        _ask(view, actor)


@pytest.mark.parametrize("actor", [None, WORKER, AGENCY])
def test_a_view_without_a_mark_opens_for_nobody(actor: Actor | None) -> None:
    with pytest.raises(ImproperlyConfigured, match="unmarked says not who may open it"):
        _ask(unmarked, actor)


@pytest.mark.parametrize("names", [(), ("boss",), ("worker", "everyone"), ("signed_in", "client"), ("system",)])
def test_a_mark_that_means_nothing_fails_at_import(names: tuple[str, ...]) -> None:
    with pytest.raises(ImproperlyConfigured):
        audience(*names)


def test_a_mark_can_be_read() -> None:
    assert audience_of(review) == {"client", "agency"}


def test_a_part_of_a_page_leads_the_whole_page_to_the_log_in() -> None:
    request = RequestFactory().get(
        "/the/part/", headers={"hx-request": "true", "hx-current-url": "http://testserver/the/page/?week=1"}
    )
    response = _ask(week, None, request)
    assert response is not None
    assert response.headers["HX-Redirect"] == "/?next=%2Fthe%2Fpage%2F%3Fweek%3D1"


def test_a_form_comes_back_to_the_page_it_stood_on() -> None:
    request = RequestFactory().post("/the/page/accept/", headers={"referer": "http://testserver/the/page/"})
    assert _sent_to(_ask(week, None, request)) == "/?next=%2Fthe%2Fpage%2F"


@pytest.mark.parametrize("referer", ["", "https://evil.example/the/page/"])
def test_a_form_of_another_site_comes_back_to_nowhere(referer: str) -> None:
    request = RequestFactory().post("/the/page/accept/", headers={"referer": referer})
    assert _sent_to(_ask(week, None, request)) == "/"
