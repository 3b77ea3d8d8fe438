"""Who the exact-case backend knows, and that each refusal costs one password hash."""

import pytest
from django.contrib.auth import authenticate
from django.contrib.auth.hashers import MD5PasswordHasher
from pytest_django import Settings

from kis.accounts import operations
from kis.accounts.backend import ExactCaseBackend
from kis.accounts.models import User
from tests.accounts import users

pytestmark = pytest.mark.django_db


class CountingHasher(MD5PasswordHasher):
    """Counts what takes the time of a log-in: the hashes it computes."""

    computed = 0

    def encode(self, password: str, salt: str) -> str:
        type(self).computed += 1
        return super().encode(password, salt)


@pytest.fixture
def hashes(settings: Settings) -> type[CountingHasher]:
    settings.PASSWORD_HASHERS = [f"{__name__}.CountingHasher"]
    return CountingHasher


def _known(email: str, password: str) -> object:
    return authenticate(None, username=email, password=password)


def test_the_exact_user_name_with_its_password_is_known() -> None:
    jan = users.activated(users.jan())
    assert _known("Jan.Jansen@demo.example", users.PASSWORD) == jan


@pytest.mark.parametrize("typed", ["jan.jansen@demo.example", "JAN.JANSEN@DEMO.EXAMPLE", "Jan.Jansen@Demo.example"])
def test_the_same_letters_in_another_case_are_another_user_name(typed: str) -> None:
    users.activated(users.jan())
    assert _known(typed, users.PASSWORD) is None


def test_with_the_setting_any_case_is_known(settings: Settings) -> None:
    settings.KIS_CASE_INSENSITIVE_EMAIL = True
    jan = users.activated(users.jan())
    assert _known("jan.jansen@demo.example", users.PASSWORD) == jan


def test_every_refusal_costs_exactly_one_hash(hashes: type[CountingHasher]) -> None:
    users.activated(users.jan())
    operations.change_user(users.activated(users.jan("closed@demo.example")), is_active=False)
    users.jan("invited@demo.example")
    costs = {}
    for name, email, password in [
        ("unknown", "nobody@demo.example", users.PASSWORD),
        ("wrong case", "jan.jansen@demo.example", users.PASSWORD),
        ("wrong password", "Jan.Jansen@demo.example", "not the password"),
        ("closed", "closed@demo.example", users.PASSWORD),
        ("closed, wrong password", "closed@demo.example", "not the password"),
        ("not yet activated", "invited@demo.example", users.PASSWORD),
    ]:
        before = hashes.computed
        assert _known(email, password) is None, name
        costs[name] = hashes.computed - before
    assert set(costs.values()) == {1}, costs


def test_without_a_password_nobody_is_known() -> None:
    users.activated(users.jan())
    assert _known("Jan.Jansen@demo.example", "") is None


def test_a_closed_account_loses_its_session() -> None:
    jan = users.activated(users.jan())
    assert ExactCaseBackend().get_user(jan.pk) == jan
    operations.change_user(jan, is_active=False)
    assert ExactCaseBackend().get_user(jan.pk) is None


def test_a_user_without_a_usable_password_cannot_sign_in_with_its_marker() -> None:
    jan = users.jan()
    assert _known(jan.email, User.objects.get().password) is None
