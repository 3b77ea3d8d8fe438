"""Signing out, here and everywhere."""

import pytest
from django.test import Client
from django.urls import reverse

from kis.accounts.models import User
from tests.web.account.conftest import LogIn

pytestmark = pytest.mark.django_db


def test_signing_out_ends_this_session_only(client: Client, log_in: LogIn, ana: User) -> None:
    phone = Client()
    log_in(ana.email)
    log_in(ana.email, by=phone)
    answer = client.post(reverse("account:sign_out"), follow=True)
    assert "Uitgelogd." in answer.content.decode()
    assert client.get(reverse("account:account")).status_code == 302
    assert phone.get(reverse("account:account")).status_code == 200


def test_signing_out_everywhere_ends_every_session(client: Client, log_in: LogIn, ana: User) -> None:
    phone = Client()
    log_in(ana.email)
    log_in(ana.email, by=phone)
    answer = client.post(reverse("account:sign_out_everywhere"), follow=True)
    assert "Overal uitgelogd." in answer.content.decode()
    for device in (client, phone):
        assert device.get(reverse("account:account")).status_code == 302


def test_signing_out_everywhere_leaves_others_signed_in(client: Client, log_in: LogIn, ana: User, carla: User) -> None:
    other = Client()
    log_in(carla.email, by=other)
    log_in(ana.email)
    client.post(reverse("account:sign_out_everywhere"))
    assert other.get(reverse("account:account")).status_code == 200


@pytest.mark.parametrize("name", ["account:sign_out", "account:sign_out_everywhere"])
def test_a_link_signs_nobody_out(name: str, client: Client, log_in: LogIn, ana: User) -> None:
    log_in(ana.email)
    assert client.get(reverse(name)).status_code == 405
    assert client.get(reverse("account:account")).status_code == 200


def test_signing_out_twice_is_calm(client: Client) -> None:
    assert client.post(reverse("account:sign_out")).headers["Location"] == reverse("home")


def test_a_form_without_its_token_gets_a_calm_page(ana: User) -> None:
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post(reverse("home"), {"login": ana.email, "password": "x"})
    assert answer.status_code == 403
    assert "<h1>" in answer.content.decode()
