"""One's own account: language and password."""

from __future__ import annotations

from allauth.core import ratelimit
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_POST

from kis.accounts import operations
from kis.core import clock
from kis.web.access import ActorRequest, audience
from kis.web.account.forms import ChangePasswordForm
from kis.web.account.views_log_in import safe_next
from kis.web.language import remember


@audience("signed_in")
@require_GET
def account(request: ActorRequest) -> HttpResponse:
    """Who one is here, and what one may change about it."""
    return render(request, "account/account.html", {"languages": settings.LANGUAGES})


@audience("signed_in")
@sensitive_post_parameters("present", "password")
@never_cache
def password_change(request: ActorRequest) -> HttpResponse:
    """A new password against the present one; other devices are signed out, this one stays."""
    form = ChangePasswordForm(request.POST or None, user=request.user)
    if request.method == "POST":
        if not ratelimit.consume(request, action="change_password"):
            form = ChangePasswordForm(user=request.user)
            return render(request, "account/password_change.html", {"form": form, "throttled": True}, status=429)
        if form.is_valid() and _changed(request, form):
            messages.success(request, _("Your password is changed. Other devices are signed out."))
            return redirect("account:account")
    return render(request, "account/password_change.html", {"form": form})


@audience("everyone")
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Keep the reader's language: with the account, and on this device."""
    chosen = request.POST.get("language", "")
    response = redirect(safe_next(request) or "home")
    if chosen not in dict(settings.LANGUAGES):
        return response
    if request.user.is_authenticated:
        operations.change_language(request.user, chosen)
        with translation.override(chosen):
            messages.success(request, _("From now on in English."))
    remember(response, chosen)
    return response


def _changed(request: ActorRequest, form: ChangePasswordForm) -> bool:
    try:
        user = operations.change_password(request.user, form.cleaned_data["password"], at=clock.now())
    except ValidationError as too_weak:
        form.add_error("password", too_weak)
        return False
    update_session_auth_hash(request, user)
    return True
