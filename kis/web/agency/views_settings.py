"""The agency's own settings, the payroll calendar, and the outbox."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kis.core import clock
from kis.core.weeks import Week
from kis.post import operations as post
from kis.post.models import OutboxMail
from kis.staffing import operations as staffing
from kis.staffing.models import AgencySettings
from kis.timesheets import calendar as payroll_calendar
from kis.web.access import ActorRequest, audience
from kis.web.agency.roles import back_office_only
from kis.web.agency.settings_forms import DeadlineForm, SettingsForm
from kis.web.paging import page_of

WEEKS_BACK, WEEKS_AHEAD = 2, 12


@require_GET
@audience("agency")
def calendar(request: ActorRequest) -> HttpResponse:
    """The weeks around now with their deadline and run; those that moved say why."""
    known = payroll_calendar.Calendar.load()
    now = Week.of(clock.today())
    rows = [known.deadline(now + n) for n in range(-WEEKS_BACK, WEEKS_AHEAD + 1)]
    context = {
        "rows": rows,
        "moved": set(known.moved),
        "current": known.current_week(clock.local(clock.now())),
        "may_change": request.actor.agency_user_is_back_office,
    }
    return render(request, "agency/calendar.html", context)


@require_http_methods(["GET", "POST"])
@audience("agency")
def calendar_week(request: ActorRequest, week: Week) -> HttpResponse:
    """Move the deadline of one week by hand, or give it its usual one back."""
    back_office_only(request)
    known = payroll_calendar.Calendar.load()
    if request.method == "POST" and request.POST.get("reset"):
        payroll_calendar.reset_deadline(week, by=request.actor, at=clock.now())
        messages.success(request, _("Week %(n)s has its usual deadline again.") % {"n": week.number}, extra_tags="good")
        return redirect("agency:calendar")
    form = DeadlineForm(week, request.POST or None, initial=DeadlineForm.initial_of(known.deadline(week)))
    if request.method == "POST" and form.is_valid():
        payroll_calendar.move_deadline(week, by=request.actor, at=clock.now(), **form.moved())
        messages.success(request, _("The deadline of week %(n)s is changed.") % {"n": week.number}, extra_tags="good")
        return redirect("agency:calendar")
    context = {"form": form, "week": week, "deadline": known.deadline(week), "is_moved": week in known.moved}
    return render(request, "agency/calendar_week.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@audience("agency")
def settings(request: ActorRequest) -> HttpResponse:
    """Name, helpdesk, links, colour and rhythm."""
    back_office_only(request)
    agency = AgencySettings.objects.prefetch_related("links").first()
    form = SettingsForm(request.POST or None, initial=SettingsForm.initial_of(agency))
    if request.method == "POST" and form.is_valid():
        try:
            staffing.configure_agency(by=request.actor, at=clock.now(), **form.values())
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("The settings are changed."), extra_tags="good")
            return redirect("agency:settings")
    return render(request, "agency/settings.html", {"form": form}, status=422 if form.errors else 200)


@require_GET
@audience("agency")
def outbox(request: ActorRequest) -> HttpResponse:
    """All mail, newest first, and what became of it."""
    found = OutboxMail.objects.defer("text", "html")
    state = request.GET.get("state", "")
    if state in OutboxMail.State.values:
        found = found.filter(state=state)
    page = page_of(request, found, order=("-pk",))
    return render(request, "agency/outbox.html", {"page": page, "state": state})


@require_POST
@audience("agency")
def outbox_retry(request: ActorRequest, pk: int) -> HttpResponse:
    """Let a failed mail be tried again."""
    mail = get_object_or_404(OutboxMail, pk=pk)
    if post.retry(mail, by=request.actor, at=clock.now()):
        messages.success(request, _("The mail is sent again."), extra_tags="good")
    else:
        messages.info(request, _("This mail has not failed; nothing was done."))
    return redirect("agency:outbox")
