"""Signing in by the exact e-mail address, as the guide has it: the user name is case-sensitive."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.auth.backends import BaseBackend

from kis.accounts.models import User

if TYPE_CHECKING:
    from django.http import HttpRequest


class ExactCaseBackend(BaseBackend):
    """Knows a user by the e-mail address as it was registered."""

    def authenticate(
        self, request: HttpRequest | None, username: str | None = None, password: str | None = None, **_: Any
    ) -> User | None:
        """The user behind address and password, or None.

        Every refusal costs one password hash, so that its time does not tell an unknown address, an account that
        is closed or not yet activated, and a wrong password apart.
        """
        if not username or not password:
            return None
        user = User.objects.known_as(username).first()
        if user is None:
            User().set_password(password)
            return None
        right = user.check_password(password)
        return user if right and user.is_active else None

    def get_user(self, user_id: int) -> User | None:
        """The user of a session; closing an account ends its sessions at once."""
        return User.objects.filter(pk=user_id, is_active=True).first()
