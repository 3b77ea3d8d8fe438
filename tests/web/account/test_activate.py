"""The page behind a link from a mail: it shows, it is spent by a POST, once, in time."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from kis.accounts import operations
from kis.accounts.models import OneTimeLink, User
from kis.core import clock
from kis.jobs import leases
from kis.jobs.models import Job
from kis.jobs.worker import carry_out
from tests.accounts import users
from tests.support.time import Freeze
from tests.web.account.conftest import Answer, LogIn

pytestmark = pytest.mark.django_db
HOUR = dt.timedelta(hours=1)


@pytest.fixture
def jan(freeze: Freeze) -> User:
    freeze(users.NOON)
    return users.jan()


@pytest.fixture
def token(jan: User) -> str:
    return users.invited(jan)


def _open(client: Client, token: str) -> Answer:
    return client.get(reverse("account:activate", args=[token]))


def _choose(client: Client, token: str, password: str = users.PASSWORD) -> Answer:
    return client.post(reverse("account:activate", args=[token]), {"password": password})


def test_opening_the_link_shows_the_user_name_and_spends_nothing(client: Client, token: str) -> None:
    for _ in range(3):
        page = _open(client, token)
        assert page.status_code == 200
        assert 'value="Jan.Jansen@demo.example"' in page.content.decode()
    link = OneTimeLink.objects.get()
    assert (link.opened_at, link.used_at) == (users.NOON, None)


def test_asking_for_the_head_only_is_no_opening(client: Client, token: str) -> None:
    client.head(reverse("account:activate", args=[token]))
    assert OneTimeLink.objects.get().opened_at is None


def test_choosing_a_password_leads_to_the_log_in_page_with_the_user_name_filled_in(client: Client, token: str) -> None:
    assert _choose(client, token).headers["Location"] == reverse("home")
    page = client.get(reverse("home")).content.decode()
    assert 'value="Jan.Jansen@demo.example"' in page
    assert "Het wachtwoord ligt vast." in page


def test_the_chosen_password_logs_in(client: Client, token: str, log_in: LogIn) -> None:
    _choose(client, token)
    log_in("Jan.Jansen@demo.example")
    assert "_auth_user_id" in client.session


def test_a_weak_password_is_explained_beside_its_field_and_spends_nothing(client: Client, token: str) -> None:
    page = _choose(client, token, "short").content.decode()
    assert "Dit wachtwoord is te kort." in page
    assert 'aria-invalid="true"' in page
    assert "short" not in page.replace("show-password", "")
    assert _choose(client, token).status_code == 302


def test_an_empty_password_is_explained(client: Client, token: str) -> None:
    assert 'aria-invalid="true"' in _choose(client, token, "").content.decode()


def test_the_link_works_once(client: Client, token: str) -> None:
    _choose(client, token)
    for answer in (_choose(client, token, "another's password"), _open(client, token)):
        assert answer.status_code == 410
        assert "Deze link is al gebruikt" in answer.content.decode()
    assert User.objects.get().check_password(users.PASSWORD)


def test_after_48_hours_the_page_says_so_and_offers_a_new_link(client: Client, token: str, freeze: Freeze) -> None:
    freeze(users.NOON + 48 * HOUR)
    for answer in (_open(client, token), _choose(client, token)):
        assert answer.status_code == 410
        assert "Deze link is verlopen" in answer.content.decode()
        assert reverse("account:renew", args=[token]) in answer.content.decode()
    assert not User.objects.get().has_usable_password()


def test_a_made_up_link_is_not_there(client: Client) -> None:
    assert _open(client, "made-up").status_code == 404


def test_the_new_link_comes_to_the_same_address_and_works(client: Client, token: str, freeze: Freeze) -> None:
    now = freeze(users.NOON + 72 * HOUR)
    answer = client.post(reverse("account:renew", args=[token]))
    assert answer.headers["Location"] == reverse("account:link_sent")
    _work_off()
    assert _choose(client, users.mailed_token(User.objects.get())).status_code == 302
    assert OneTimeLink.objects.latest("pk").used_at == now


def test_asking_for_a_new_link_is_answered_alike_for_a_made_up_one(client: Client, token: str) -> None:
    real = client.post(reverse("account:renew", args=[token]), follow=True)
    made_up = client.post(reverse("account:renew", args=["made-up"]), follow=True)
    assert real.redirect_chain == made_up.redirect_chain


def test_new_links_are_throttled(client: Client, token: str) -> None:
    url = reverse("account:renew", args=[token])
    assert [client.post(url).status_code for _ in range(4)] == [302, 302, 302, 429]
    assert Job.objects.count() == 3


def test_a_closed_accounts_link_is_not_there(client: Client, jan: User, token: str) -> None:
    operations.change_user(jan, is_active=False)
    assert _open(client, token).status_code == 404


def test_who_was_signed_in_here_is_signed_out_by_another_activation(
    client: Client, token: str, log_in: LogIn, ana: User
) -> None:
    log_in(ana.email)
    _choose(client, token)
    assert "_auth_user_id" not in client.session


def test_a_reset_ends_the_sessions_of_the_old_password(client: Client, log_in: LogIn, ana: User) -> None:
    log_in(ana.email)
    operations.request_reset(ana.email, at=users.NOON + HOUR)
    _choose(Client(), users.mailed_token(ana), "zwemmen in de Maas")
    assert client.get(reverse("account:account")).status_code == 302


def test_the_page_is_never_kept_by_a_browser(client: Client, token: str) -> None:
    assert "no-store" in _open(client, token).headers["Cache-Control"]


def _work_off() -> None:
    """Do what the worker process would do."""
    while job := leases.claim("this test", clock.now()):
        carry_out(job)
