"""Light, dark, or as the system has it."""

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db

DARK = "web/css/dark.css"


def page(client: Client) -> str:
    return client.get("/").content.decode()


def test_without_a_choice_the_system_decides(client: Client):
    assert 'media="screen and (prefers-color-scheme: dark)"' in page(client)


def test_who_chooses_dark_gets_dark_and_who_chooses_light_gets_light(client: Client):
    client.post("/theme/", {"theme": "dark"})
    assert 'media="screen"' in page(client)
    client.post("/theme/", {"theme": "light"})
    assert DARK not in page(client)
    client.post("/theme/", {"theme": "system"})
    assert "prefers-color-scheme: dark)" in page(client)


def test_a_cookie_that_somebody_wrote_by_hand_is_no_choice(client: Client):
    client.cookies["theme"] = "<script>"
    assert 'media="screen and (prefers-color-scheme: dark)"' in page(client)


def test_the_reader_comes_back_to_the_page_the_choice_was_made_on(client: Client):
    assert client.post("/theme/", {"theme": "dark", "next": "/help/"}).headers["Location"] == "/help/"


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", ""])
def test_nobody_is_sent_to_another_site(client: Client, elsewhere: str):
    assert client.post("/theme/", {"theme": "dark", "next": elsewhere}).headers["Location"] == "/"


def test_what_is_no_choice_is_no_page_and_looking_changes_nothing(client: Client):
    assert client.post("/theme/", {"theme": "pink"}).status_code == 404
    assert client.get("/theme/").status_code == 405
