"""Users, and the links that let them choose a password."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from pytest_django import Settings

from kis.accounts import operations
from kis.accounts.models import OneTimeLink, User
from tests.accounts import users

pytestmark = pytest.mark.django_db
HOUR = dt.timedelta(hours=1)


def test_the_database_refuses_two_accounts_that_differ_only_in_case() -> None:
    users.jan("Jan.Jansen@demo.example")
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.create(email="jan.jansen@DEMO.example", name="Another")


def test_a_user_is_known_by_the_exact_user_name_and_no_other() -> None:
    jan = users.jan("Jan.Jansen@demo.example")
    assert User.objects.known_as("Jan.Jansen@demo.example").get() == jan
    assert not User.objects.known_as("jan.jansen@demo.example").exists()


def test_a_setting_lets_the_case_go(settings: Settings) -> None:
    settings.KIS_CASE_INSENSITIVE_EMAIL = True
    jan = users.jan("Jan.Jansen@demo.example")
    assert User.objects.known_as("JAN.jansen@demo.example").get() == jan


def test_a_user_name_with_wildcards_matches_nobody_else(settings: Settings) -> None:
    settings.KIS_CASE_INSENSITIVE_EMAIL = True
    users.jan("jan_jansen@demo.example")
    assert not User.objects.known_as("janXjansen@demo.example").exists()
    assert not User.objects.known_as("%").exists()


def test_a_user_is_called_by_name() -> None:
    assert str(users.jan()) == "Jan Jansen"


def test_the_session_hash_changes_with_the_epoch_and_with_the_password() -> None:
    jan = users.activated(users.jan())
    first = jan.get_session_auth_hash()
    operations.sign_out_everywhere(jan, at=users.NOON)
    jan.refresh_from_db()
    second = jan.get_session_auth_hash()
    operations.change_password(jan, "zwemmen in de Maas", at=users.NOON)
    assert len({first, second, jan.get_session_auth_hash()}) == 3


def test_a_link_is_sent_then_opened_then_used() -> None:
    token = users.invited(users.jan())
    link = OneTimeLink.objects.get()
    assert link.state(users.NOON) == "sent"
    operations.note_opened(link, at=users.NOON)
    link.refresh_from_db()
    assert link.state(users.NOON) == "opened"
    operations.activate(token, users.PASSWORD, at=users.NOON)
    link.refresh_from_db()
    assert link.state(users.NOON) == "used"


def test_a_link_is_expired_from_its_last_moment_on() -> None:
    users.invited(users.jan())
    link = OneTimeLink.objects.get()
    assert link.state(users.NOON + 48 * HOUR - dt.timedelta(seconds=1)) == "sent"
    assert link.state(users.NOON + 48 * HOUR) == "expired"


def test_a_newer_invitation_revokes_the_older_and_is_the_one_the_agency_sees() -> None:
    jan = users.jan()
    users.invited(jan)
    users.invited(jan, users.NOON + HOUR)
    assert [link.state(users.NOON + HOUR) for link in OneTimeLink.objects.order_by("pk")] == ["revoked", "sent"]
    assert OneTimeLink.objects.latest_invitations().get().created_at == users.NOON + HOUR


def test_a_reset_link_is_no_invitation() -> None:
    jan = users.activated(users.jan())
    operations.request_reset(jan.email, at=users.NOON + HOUR)
    assert OneTimeLink.objects.latest_invitations().get().purpose == OneTimeLink.Purpose.INVITATION


def test_a_link_cannot_be_both_used_and_revoked() -> None:
    users.invited(users.jan())
    with pytest.raises(IntegrityError), transaction.atomic():
        OneTimeLink.objects.update(used_at=users.NOON, revoked_at=users.NOON)


def test_a_link_in_the_log_says_nothing_of_its_token() -> None:
    token = users.invited(users.jan())
    link = OneTimeLink.objects.get()
    assert str(link) == f"invitation {link.user_id}"
    assert token not in link.token_hash
