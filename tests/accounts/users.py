"""People with an account, made and activated by the real operations."""

import datetime as dt
import re

from kis.accounts import operations
from kis.accounts.models import User
from kis.post.models import OutboxMail
from kis.staffing.actor import SYSTEM

PASSWORD = "fietsen langs de Waal"
NOON = dt.datetime(2026, 11, 30, 11, tzinfo=dt.UTC)  # Monday, 12:00 in Amsterdam


def jan(email: str = "Jan.Jansen@demo.example", *, language: str = "nl") -> User:
    """Somebody whose account is made, but not yet activated."""
    return operations.create_user(email=email, name="Jan Jansen", language=language)


def invited(user: User, at: dt.datetime = NOON) -> str:
    """The token of a fresh invitation, as its mail has it."""
    operations.invite(user, by=SYSTEM, at=at)
    return mailed_token(user)


def activated(user: User, at: dt.datetime = NOON) -> User:
    """The same user, with PASSWORD."""
    return operations.activate(invited(user, at), PASSWORD, at=at)


def mailed_token(user: User) -> str:
    """The token in the last mail to the user."""
    found = re.search(r"/account/activate/([^/\s]+)/", last_mail(user).text)
    assert found, "the mail has no link"
    return found[1]


def last_mail(user: User) -> OutboxMail:
    return OutboxMail.objects.filter(to=user.email).latest("pk")
