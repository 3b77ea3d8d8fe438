"""Logging in and out."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from kis.accounts import operations
from kis.core import clock
from kis.staffing.actor import Actor
from kis.staffing.parties import Party
from kis.web.access import ActorRequest, audience
from kis.web.account import demo_log_ins
from kis.web.account.forms import LogInForm

USER_NAME = "log_in_as"  # in the session: who has just chosen a password

_STARTS = {Party.WORKER: "worker:week_current", Party.CLIENT: "client:status", Party.AGENCY: "agency:cockpit"}


@audience("everyone")
@sensitive_post_parameters("password")
@never_cache
def home(request: HttpRequest) -> HttpResponseBase:
    """The one address to log in at (guide, G2); who is signed in goes to where their work is."""
    actor: Actor | None = request.actor  # type: ignore[attr-defined]  # set for every page, None for nobody
    if actor:
        return redirect(safe_next(request) or _STARTS[actor.party])
    form = LogInForm(request.POST or None, request=request, initial=_initial(request))
    if request.method == "POST" and form.is_valid():
        response: HttpResponseBase = form.login(request, redirect_url=safe_next(request) or reverse("home"))
        return response
    if demo_log_in := _demo_log_in(request):
        form.show_password()
    page = {
        "form": form,
        "next": safe_next(request),
        "demo_log_ins": demo_log_ins.EMAILS if settings.DEMO else {},
        "demo_log_in": demo_log_in,
        "demo_password": demo_log_ins.PASSWORD,
        "belongs_to_nobody": request.user.is_authenticated,
    }
    return render(request, "account/home.html", page, status=429 if _locked(form) else 200)


@audience("everyone")
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End this session."""
    logout(request)
    messages.success(request, _("You are signed out."))
    return redirect("home")


@audience("signed_in")
@require_POST
def sign_out_everywhere(request: ActorRequest) -> HttpResponse:
    """End all sessions of the reader, this one too."""
    operations.sign_out_everywhere(request.user, at=clock.now())
    logout(request)
    messages.success(request, _("You are signed out on every device."))
    return redirect("home")


def safe_next(request: HttpRequest) -> str:
    """The page asked for, if it is one of ours; else empty."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    ours = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if ours else ""


def _initial(request: HttpRequest) -> dict[str, Any]:
    party = _demo_log_in(request)
    if party:
        return {"login": demo_log_ins.EMAILS[party], "password": demo_log_ins.PASSWORD}
    return {"login": request.session.get(USER_NAME, "")}


def _demo_log_in(request: HttpRequest) -> Party | None:
    asked = request.GET.get("demo", "")
    known = settings.DEMO and request.method != "POST" and asked in demo_log_ins.EMAILS
    return Party(asked) if known else None


def _locked(form: LogInForm) -> bool:
    return form.is_bound and form.has_error("__all__", code="too_many_login_attempts")
