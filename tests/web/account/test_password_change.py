"""A new password against the present one."""

import pytest
from django.test import Client
from django.urls import reverse

from kis.accounts.models import User
from tests.accounts import users
from tests.web.account.conftest import Answer, LogIn

pytestmark = pytest.mark.django_db
NEW = "zwemmen in de Maas"


def _change(client: Client, present: str, password: str) -> Answer:
    url = reverse("account:password_change")
    return client.post(url, {"present": present, "password": password})


def test_the_password_changes_this_device_stays_and_others_go(client: Client, log_in: LogIn, ana: User) -> None:
    phone = Client()
    log_in(ana.email)
    log_in(ana.email, by=phone)
    assert _change(client, users.PASSWORD, NEW).headers["Location"] == reverse("account:account")
    assert client.get(reverse("account:account")).status_code == 200
    assert phone.get(reverse("account:account")).status_code == 302
    ana.refresh_from_db()
    assert ana.check_password(NEW)


def test_without_the_present_password_nothing_changes(client: Client, log_in: LogIn, ana: User) -> None:
    log_in(ana.email)
    assert "niet het huidige wachtwoord" in _change(client, "a guess of mine", NEW).content.decode()
    ana.refresh_from_db()
    assert ana.check_password(users.PASSWORD)


def test_a_weak_password_is_explained(client: Client, log_in: LogIn, ana: User) -> None:
    log_in(ana.email)
    assert "te kort" in _change(client, users.PASSWORD, "short").content.decode()


def test_guessing_the_present_password_is_throttled(client: Client, log_in: LogIn, ana: User) -> None:
    log_in(ana.email)
    for _ in range(5):
        assert _change(client, "a guess of mine", NEW).status_code == 200
    assert _change(client, users.PASSWORD, NEW).status_code == 429
    ana.refresh_from_db()
    assert ana.check_password(users.PASSWORD)


@pytest.mark.parametrize("name", ["account:account", "account:password_change"])
def test_the_page_is_ours_and_not_the_one_allauth_has_by_that_name(
    name: str, client: Client, log_in: LogIn, ana: User
) -> None:
    log_in(ana.email)
    assert '<main class="page"' in client.get(reverse(name)).content.decode()


def test_nobody_is_asked_to_log_in_first(client: Client) -> None:
    assert client.get(reverse("account:password_change")).headers["Location"] == "/?next=%2Faccount%2Fpassword%2F"
