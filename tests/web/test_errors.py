"""The page for when something of ours breaks."""

import pytest
from django.test import Client, RequestFactory
from django.urls import get_resolver

from kis.web import errors
from tests.support import people


@pytest.mark.django_db
def test_it_has_the_helpdesk_number_as_it_was_last_seen(client: Client, rf: RequestFactory):
    people.agency()
    client.get("/")
    answer = errors.server_error(rf.get("/"))
    assert answer.status_code == 500
    assert "088-6488999" in answer.content.decode()


def test_it_asks_the_database_nothing(rf: RequestFactory):
    """Without the mark that allows it, a test that touches the database fails."""
    assert b"<h1>" in errors.server_error(rf.get("/")).content


def test_it_is_what_the_portal_answers_when_it_breaks():
    assert get_resolver().resolve_error_handler(500) is errors.server_error


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/nothing-here/", "/client/timesheets/999999/"])
def test_a_page_that_is_not_there_is_calm_and_has_the_number_too(path: str):
    people.agency()
    answer = people.signed_in(people.carla()).get(path)
    assert answer.status_code == 404
    assert "088-6488999" in answer.content.decode()


@pytest.mark.django_db
def test_a_form_that_is_too_old_says_so():
    answer = Client(enforce_csrf_checks=True, headers={"Accept-Language": "nl"}).post("/theme/", {"theme": "dark"})
    assert answer.status_code == 403
    assert "Dit formulier is te oud" in answer.content.decode()
