"""Links that come by mail: activating the account, and choosing a new password."""

from __future__ import annotations

from allauth.core import ratelimit
from django.contrib import messages
from django.contrib.auth import logout
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_POST

from kis.accounts import operations, tasks
from kis.accounts.models import User
from kis.core import clock
from kis.web.access import audience
from kis.web.account.forms import ForgotForm, NewPasswordForm
from kis.web.account.views_log_in import USER_NAME

_WHY = {operations.LinkSpent: "spent", operations.LinkExpired: "expired", operations.LinkUnknown: "unknown"}


@audience("everyone")
@sensitive_post_parameters("password")
@never_cache
def activate(request: HttpRequest, token: str) -> HttpResponse:
    """Choose a password with a link from a mail. Opening it spends nothing: mail scanners open links too (G1)."""
    now = clock.now()
    form = NewPasswordForm(request.POST or None)
    try:
        link = operations.look_up(token, at=now)
        if request.method == "GET":
            operations.note_opened(link, at=now)
        elif form.is_valid():
            return _activated(request, operations.activate(token, form.cleaned_data["password"], at=now))
    except ValidationError as too_weak:
        form.add_error("password", too_weak)
    except operations.LinkDead as dead:
        return _dead(request, token, _WHY[type(dead)])
    return render(request, "account/activate.html", {"form": form, "link": link})


@audience("everyone")
@require_POST
def renew(request: HttpRequest, token: str) -> HttpResponse:
    """Send a new link in place of a dead one; the answer never tells whether there was one."""
    token_hash = operations.hash_of(token)
    if not ratelimit.consume(request, action="reset_password", key=token_hash):
        return _dead(request, token, "throttled")
    tasks.renew_link.enqueue(token_hash, clock.now().isoformat())
    return redirect("account:link_sent")


@audience("everyone")
@never_cache
def forgot(request: HttpRequest) -> HttpResponse:
    """Ask for a link to choose a new password; the answer is the same for every address."""
    form = ForgotForm(request.POST or None)
    status = 200
    if request.method == "POST" and form.is_valid():
        email = form.cleaned_data["email"]
        if ratelimit.consume(request, action="reset_password", key=email.casefold()):
            tasks.send_reset_link.enqueue(email, clock.now().isoformat())
            return redirect("account:link_sent")
        form.add_error(None, _("That was asked too often. Wait a quarter of an hour, then try again."))
        status = 429
    return render(request, "account/forgot.html", {"form": form}, status=status)


@audience("everyone")
@require_GET
def link_sent(request: HttpRequest) -> HttpResponse:
    """What happens next, whether or not a mail was sent."""
    return render(request, "account/link_sent.html")


def _activated(request: HttpRequest, user: User) -> HttpResponse:
    logout(request)  # whoever was signed in here; the next page is the log-in page
    request.session[USER_NAME] = user.email
    messages.success(request, _("Your password is set. Log in with it now."))
    return redirect("home")


def _dead(request: HttpRequest, token: str, why: str) -> HttpResponse:
    status = {"unknown": 404, "throttled": 429}.get(why, 410)
    return render(request, "account/link_dead.html", {"why": why, "token": token}, status=status)
