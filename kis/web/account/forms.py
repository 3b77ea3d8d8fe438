"""The forms of signing in and of choosing a password."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.account.forms import LoginForm
from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from kis.accounts.models import User

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

# A phone's keyboard must not put a capital at the front: it would be another user name.
_USER_NAME = {"class": "input", "autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}


def _password(
    label: str | StrPromise, *, autocomplete: str = "current-password", hint: str | StrPromise = ""
) -> forms.CharField:
    widget = forms.PasswordInput(attrs={"class": "input", "autocomplete": autocomplete})
    return forms.CharField(label=label, help_text=hint, strip=False, max_length=500, widget=widget)


class LogInForm(LoginForm):
    """allauth's log-in with our words: it throttles, and answers every failure alike."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        hint = (
            "" if settings.KIS_CASE_INSENSITIVE_EMAIL else _("Capitals count: type it as it stands in the invitation.")
        )
        self.fields["login"] = forms.CharField(
            label=_("E-mail address"), help_text=hint, max_length=254, widget=forms.EmailInput(attrs=_USER_NAME)
        )
        self.fields["password"] = _password(_("Password"))

    def show_password(self) -> None:
        """Fill in the password of a demo log-in; never one that somebody typed."""
        self.fields["password"].widget.render_value = True


class ForgotForm(forms.Form):
    """Where the reset link goes: to exactly this user name, if there is one."""

    email = forms.EmailField(
        label=_("E-mail address"),
        help_text=_("The one you log in with. Capitals count."),
        max_length=254,
        widget=forms.EmailInput(attrs=_USER_NAME),
    )


class NewPasswordForm(forms.Form):
    """A password of one's own choice; the operation judges it."""

    password = _password(
        _("New password"), autocomplete="new-password", hint=_("At least 10 characters. A few words in a row are fine.")
    )


class ChangePasswordForm(NewPasswordForm):
    """A new password, against the present one."""

    present = _password(_("Present password"))
    field_order = ["present", "password"]

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_present(self) -> str:
        present: str = self.cleaned_data["present"]
        if not self.user.check_password(present):
            raise forms.ValidationError(_("This is not your present password."))
        return present
