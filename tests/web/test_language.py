"""In which language a reader is answered."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from django.utils import translation

from kis.accounts.models import User
from kis.web.language import LanguageMiddleware, remember


def _answered(request: HttpRequest, user: User | AnonymousUser) -> str:
    request.user = user
    with translation.override(None):
        response = LanguageMiddleware(lambda _: HttpResponse(translation.get_language() or ""))(request)
    assert response.headers["Content-Language"] == response.content.decode()
    assert "Accept-Language" in response.headers["Vary"]
    return response.content.decode()


def _request(*, cookie: str = "", browser: str = "") -> HttpRequest:
    request = RequestFactory().get("/", headers={"accept-language": browser})
    if cookie:
        request.COOKIES["language"] = cookie
    return request


@pytest.mark.parametrize(
    ("cookie", "browser", "language"),
    [
        ("", "", "nl"),
        ("", "en-GB,en;q=0.9", "en"),
        ("", "pl", "nl"),
        ("nl", "en", "nl"),
        ("en", "nl", "en"),
        ("xx", "en", "en"),
        ("../../etc", "", "nl"),
    ],
)
def test_a_stranger_reads_the_cookies_language_else_the_browsers_else_dutch(
    cookie: str, browser: str, language: str
) -> None:
    assert _answered(_request(cookie=cookie, browser=browser), AnonymousUser()) == language


def test_a_signed_in_reader_reads_the_language_of_the_account() -> None:
    request = _request(cookie="en", browser="en")
    assert _answered(request, User(email="ana@demo.example", language="nl")) == "nl"


def test_the_choice_is_kept_on_the_device_and_out_of_scripts_reach() -> None:
    response = HttpResponse()
    remember(response, "en")
    cookie = response.cookies["language"]
    assert (cookie.value, cookie["httponly"], cookie["samesite"]) == ("en", True, "Lax")
