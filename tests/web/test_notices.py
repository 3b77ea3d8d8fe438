"""What a page says after an act."""

import pytest
from django.contrib.messages import get_messages
from django.contrib.messages.storage.cookie import CookieStorage
from django.contrib.messages.storage.session import SessionStorage
from django.http import HttpRequest
from django.test import RequestFactory

from kis.web import notices
from kis.web.notices import Notice, Undo

UNDO = Undo("/client/timesheets/7/undo/", "Ongedaan maken", {"version": 4})


@pytest.fixture
def request_(rf: RequestFactory) -> HttpRequest:
    request = rf.get("/")
    request.session = {}  # type: ignore[assignment]  # a session is a mapping here
    request._messages = SessionStorage(request)  # type: ignore[attr-defined]  # as the middleware sets it
    return request


def said(request: HttpRequest) -> list[Notice]:
    return [notices.read(message) for message in get_messages(request)]


@pytest.mark.parametrize("kind", ["", "good", "warn", "bad"])
def test_what_is_said_is_read_as_it_was_meant(request_: HttpRequest, kind: str):
    notices.say(request_, "Week 48 is geaccepteerd.", kind=kind)
    assert said(request_) == [Notice("Week 48 is geaccepteerd.", kind)]


def test_the_way_back_travels_along(request_: HttpRequest):
    notices.say(request_, "Geaccepteerd.", undo=UNDO)
    assert said(request_) == [Notice("Geaccepteerd.", "good", UNDO)]


def test_it_survives_the_cookie_it_travels_in(rf: RequestFactory):
    request = rf.get("/")
    kept = CookieStorage(request)
    request._messages = kept  # type: ignore[attr-defined]  # as the middleware sets it
    notices.say(request, "Geaccepteerd.", undo=UNDO)
    (message,) = kept._decode(kept._encode(kept._queued_messages))
    assert notices.read(message) == Notice("Geaccepteerd.", "good", UNDO)
