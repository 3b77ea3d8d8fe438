"""One's own account, and the language one reads."""

import pytest
from django.test import Client
from django.urls import reverse

from kis.accounts.models import User
from tests.web.account.conftest import LogIn

pytestmark = pytest.mark.django_db
LANGUAGE = "account:language"


def test_the_page_names_the_user_name(client: Client, log_in: LogIn, ana: User) -> None:
    log_in(ana.email)
    assert ana.email in client.get(reverse("account:account")).content.decode()


def test_nobody_has_no_account_page(client: Client) -> None:
    assert client.get(reverse("account:account")).headers["Location"] == "/?next=%2Faccount%2F"


def test_the_chosen_language_is_kept_with_the_account_on_every_device(client: Client, log_in: LogIn, ana: User) -> None:
    log_in(ana.email)
    answer = client.post(reverse(LANGUAGE), {"language": "en", "next": "/account/"})
    assert answer.headers["Location"] == "/account/"
    ana.refresh_from_db()
    assert ana.language == "en"
    phone = Client()
    log_in(ana.email, by=phone)
    page = phone.get(reverse("account:account"), headers={"accept-language": "nl"})
    assert '<html lang="en">' in page.content.decode()
    assert page.headers["Content-Language"] == "en"


def test_before_the_log_in_the_choice_is_kept_on_the_device(client: Client) -> None:
    client.post(reverse(LANGUAGE), {"language": "en"})
    assert '<html lang="en">' in client.get("/", headers={"accept-language": "nl"}).content.decode()


@pytest.mark.parametrize("language", ["xx", "", "en'--"])
def test_a_language_there_is_not_changes_nothing(language: str, client: Client, log_in: LogIn, ana: User) -> None:
    log_in(ana.email)
    assert client.post(reverse(LANGUAGE), {"language": language}).status_code == 302
    ana.refresh_from_db()
    assert ana.language == "nl"


def test_the_language_form_sends_nobody_to_another_site(client: Client) -> None:
    answer = client.post(reverse(LANGUAGE), {"language": "en", "next": "https://evil.example/"})
    assert answer.headers["Location"] == "/"
