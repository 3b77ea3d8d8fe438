"""How allauth, which guards the log-in with its throttle, behaves in this house."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.account.adapter import DefaultAccountAdapter
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):
    """Nobody signs up by themselves; every refusal has the same words; a lock hangs on the typed name alone."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": _(
            "This e-mail address and password do not belong together. Check both; capitals count."
        ),
        "too_many_login_attempts": _("That went wrong too often. Wait five minutes, then try again."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Accounts are made by the agency."""
        return False

    def add_message(self, *_args: Any, **_kwargs: Any) -> None:
        """Allauth's own notices ("signed in as ...") tell the reader nothing new."""

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        # Allauth adds the Host header, port included, which whoever guesses passwords may vary at will.
        return str(credentials.get("username", "")).casefold()
