"""Workers, clients, contacts, placements and colleagues: search, add, change, invite."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kis.accounts import operations as accounts
from kis.accounts.models import User
from kis.core import clock
from kis.core.folding import fold
from kis.core.weeks import Week
from kis.payroll.in_force import of_placement
from kis.payroll.wage_checks import low_wage_of
from kis.staffing import operations as staffing
from kis.staffing.models import AgencySettings, AgencyUser, Client, ClientContact, Placement, Worker
from kis.timesheets import opening, signal_keeping
from kis.web.access import ActorRequest, audience
from kis.web.agency.invitations import invitation_states
from kis.web.agency.people_forms import ClientForm, ColleagueForm, ContactForm, PlacementForm, WorkerForm
from kis.web.agency.roles import back_office_only
from kis.web.paging import Page, page_of

TABS = {
    "workers": gettext_lazy("Workers"),
    "clients": gettext_lazy("Clients"),
    "contacts": gettext_lazy("Contacts"),
    "placements": gettext_lazy("Jobs"),
    "colleagues": gettext_lazy("Colleagues"),
}


@require_GET
@audience("agency")
def people(request: ActorRequest) -> HttpResponse:
    """One tab, one list, one search box."""
    tab = request.GET.get("tab", "workers")
    if tab not in TABS:
        raise Http404
    query = request.GET.get("q", "").strip()
    page = _page_of_tab(request, tab, fold(query))
    users = [row.user for row in page.rows if hasattr(row, "user")]
    context = {
        "tab": tab, "tabs": TABS, "q": query, "page": page, "invitations": invitation_states(users),
        "may_add": tab != "colleagues" or request.actor.agency_user_is_back_office,
    }  # fmt: skip
    return render(request, "agency/people.html", context)


def _page_of_tab(request: ActorRequest, tab: str, query: str) -> Page:
    found: dict[str, tuple[QuerySet[Any], str, tuple[str, ...]]] = {
        "workers": (Worker.objects.select_related("user"), "search__contains", ("search", "pk")),
        "clients": (Client.objects.all(), "search__contains", ("search", "pk")),
        "contacts": (
            ClientContact.objects.select_related("user", "client").prefetch_related("departments"),
            "client__search__contains",
            ("client__search", "pk"),
        ),
        "placements": (
            Placement.objects.select_related("worker__user", "client", "department"),
            "worker__search__contains",
            ("worker__search", "pk"),
        ),
        "colleagues": (AgencyUser.objects.select_related("user"), "user__name__icontains", ("user__name", "pk")),
    }
    rows, lookup, order = found[tab]
    return page_of(request, rows.filter(**{lookup: query}) if query else rows, order=order)


@require_http_methods(["GET", "POST"])
@audience("agency")
def add(request: ActorRequest, kind: str) -> HttpResponse:
    """A new worker, client, contact, placement or colleague; people get their invitation at once when asked."""
    makers: dict[str, tuple[type[Form], Callable[[ActorRequest, dict[str, Any]], Any]]] = {
        "workers": (WorkerForm, _add_worker),
        "clients": (ClientForm, _add_client),
        "contacts": (ContactForm, _add_contact),
        "placements": (PlacementForm, _add_placement),
        "colleagues": (ColleagueForm, _add_colleague),
    }
    if kind not in makers:
        raise Http404
    if kind == "colleagues":
        back_office_only(request)
    form_class, make = makers[kind]
    form = form_class(request.POST or None)
    if request.method == "POST" and form.is_valid() and (made := _try(form, lambda: make(request, form.cleaned_data))):
        messages.success(request, _("%(name)s is added.") % {"name": made}, extra_tags="good")
        return redirect(f"/agency/people/?tab={kind}")
    context = {
        "form": form,
        "kind": kind,
        "tab": TABS[kind],
        "is_person": kind in {"workers", "contacts", "colleagues"},
    }
    return render(request, "agency/add.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@audience("agency")
def worker(request: ActorRequest, pk: int) -> HttpResponse:
    """A worker: who they are, their jobs, their account."""
    found = get_object_or_404(Worker.objects.visible_to(request.actor).select_related("user"), pk=pk)
    form = WorkerForm(request.POST or None, initial=WorkerForm.initial_of(found))

    def change() -> Worker:
        data = dict(form.cleaned_data)
        own = {name: data.pop(name) for name in ("number", "birth_date", "phone", "pay_period")}
        staffing.change_person(found.user, by=request.actor, at=clock.now(), **data)
        changed = staffing.change_worker(found, by=request.actor, at=clock.now(), **own)
        signal_keeping.refresh_all(changed.pk)
        return changed

    jobs = found.placements.select_related("client", "department")
    return _edit(request, form, change, "agency/worker.html", {"worker": found, "user": found.user, "jobs": jobs})


@require_http_methods(["GET", "POST"])
@audience("agency")
def client(request: ActorRequest, pk: int) -> HttpResponse:
    """A client: departments, contacts, its own deadline."""
    found = get_object_or_404(Client.objects.visible_to(request.actor), pk=pk)
    minute = found.approval_minute
    shown = f"{minute // 60}:{minute % 60:02d}" if minute is not None else ""
    initial = {
        "name": found.name, "number": found.number,
        "approval_weekday": found.approval_weekday, "approval_minute": shown,
        "legal_register": found.legal_register, "legal_id": found.legal_id, "vat_id": found.vat_id,
        "supplier_number": found.supplier_number,
    }  # fmt: skip
    form = ClientForm(request.POST or None, initial=initial)

    def change() -> Client:
        data = dict(form.cleaned_data)
        for name, cost_centre in data.pop("departments"):
            staffing.add_department(found, name=name, cost_centre=cost_centre, by=request.actor, at=clock.now())
        return staffing.change_client(found, by=request.actor, at=clock.now(), **data)

    contacts = found.contacts.select_related("user").prefetch_related("departments")
    billing = AgencySettings.objects.filter(billing=True).exists()
    context = {"client": found, "departments": found.departments.all(), "contacts": contacts, "billing": billing}
    return _edit(request, form, change, "agency/client.html", context)


@require_http_methods(["GET", "POST"])
@audience("agency")
def contact(request: ActorRequest, pk: int) -> HttpResponse:
    """A contact: for which departments they decide."""
    found = get_object_or_404(ClientContact.objects.select_related("user", "client"), pk=pk)
    user = found.user
    initial = {
        "name": user.name, "email": user.email, "language": user.language, "departments": found.departments.all(),
    }  # fmt: skip
    form = ContactForm(request.POST or None, initial=initial, client=found.client)

    def change() -> ClientContact:
        data = dict(form.cleaned_data)
        departments = data.pop("departments")
        staffing.change_person(user, by=request.actor, at=clock.now(), **data)
        staffing.change_contact_departments(found, departments, by=request.actor, at=clock.now())
        return found

    return _edit(request, form, change, "agency/contact.html", {"contact": found, "user": user})


@require_http_methods(["GET", "POST"])
@audience("agency")
def colleague(request: ActorRequest, pk: int) -> HttpResponse:
    """A colleague: name, address and role."""
    back_office_only(request)
    found = get_object_or_404(AgencyUser.objects.select_related("user"), pk=pk)
    user = found.user
    initial = {"name": user.name, "email": user.email, "language": user.language, "role": found.role}
    form = ColleagueForm(request.POST or None, initial=initial)

    def change() -> AgencyUser:
        data = dict(form.cleaned_data)
        staffing.change_agency_role(found, data.pop("role"), by=request.actor, at=clock.now())
        staffing.change_person(user, by=request.actor, at=clock.now(), **data)
        return found

    return _edit(request, form, change, "agency/colleague.html", {"colleague": found, "user": user})


@require_http_methods(["GET", "POST"])
@audience("agency")
def placement(request: ActorRequest, pk: int) -> HttpResponse:
    """A Job: its dates, its usual week, its timesheets. New dates open and close weeks."""
    visible = Placement.objects.visible_to(request.actor).select_related("worker__user", "client", "department")
    found = get_object_or_404(visible, pk=pk)
    names = (
        "department", "number", "job_title", "start", "end", "entry", "working_time_profile", "working_time_options",
    )  # fmt: skip
    form = PlacementForm(request.POST or None, initial={n: getattr(found, n) for n in names}, placement=found)

    def change() -> Placement:
        changed = staffing.change_placement(found, by=request.actor, at=clock.now(), **form.cleaned_data)
        # An imported job's weeks before its import stay closed, unless its start itself was changed.
        since = None if "start" in form.changed_data else Week.of(clock.today())
        opening.open_placement(changed, at=clock.now(), since=since)
        opening.close_placement(changed)
        signal_keeping.refresh_all(changed.worker_id)
        return changed

    low_wage = low_wage_of(found, since=clock.today())
    sheets = found.timesheets.order_by("-iso_year", "-iso_week", "-pk")
    page = page_of(request, sheets, order=("-iso_year", "-iso_week", "-pk"), length=12)
    agreed = of_placement(found)
    context = {
        "job": found, "page": page, "low_wage": low_wage, "terms": agreed.terms_on(found.pk, clock.today()),
        "rules": agreed.rules(found),
    }  # fmt: skip
    return _edit(request, form, change, "agency/placement.html", context)


@require_POST
@audience("agency")
def invite(request: ActorRequest, pk: int) -> HttpResponse:
    """Send an invitation, the first or a new one."""
    user = get_object_or_404(User.objects.filter(is_active=True), pk=pk)
    if AgencyUser.objects.filter(user=user).exists():
        back_office_only(request)
    accounts.invite(user, by=request.actor, at=clock.now())
    messages.success(request, _("%(name)s gets an invitation by e-mail.") % {"name": user}, extra_tags="good")
    following = request.POST.get("next", "")
    return redirect(following if _is_own_path(following) else "agency:people")


def _is_own_path(address: str) -> bool:
    return address.startswith("/agency/") and "//" not in address


def _edit(
    request: ActorRequest, form: Form, change: Callable[[], Any], template: str, context: dict[str, Any]
) -> HttpResponse:
    """Show a form, or carry out its change and come back."""
    if request.method == "POST" and form.is_valid() and (changed := _try(form, change)):
        messages.success(request, _("%(name)s is changed.") % {"name": changed}, extra_tags="good")
        return redirect(request.path)
    users = [context["user"]] if "user" in context else []
    context = {**context, "form": form, "invitations": invitation_states(users)}
    return render(request, template, context, status=422 if form.errors else 200)


def _try(form: Form, change: Callable[[], Any]) -> Any:
    """Carry out a change; what the domain finds wrong becomes an error beside its field."""
    try:
        return change()
    except ValidationError as error:
        for name, problems in (error.message_dict if hasattr(error, "error_dict") else {"": error.messages}).items():
            for problem in problems:
                form.add_error(name if name in form.fields else None, problem)
        return None


def _invited(request: ActorRequest, user: User) -> None:
    if request.POST.get("invite"):
        accounts.invite(user, by=request.actor, at=clock.now())


def _add_worker(request: ActorRequest, data: dict[str, Any]) -> Worker:
    made = staffing.add_worker(by=request.actor, at=clock.now(), **data)
    _invited(request, made.user)
    return made


def _add_client(request: ActorRequest, data: dict[str, Any]) -> Client:
    return staffing.add_client(by=request.actor, at=clock.now(), **data)


def _add_contact(request: ActorRequest, data: dict[str, Any]) -> ClientContact:
    made = staffing.add_contact(by=request.actor, at=clock.now(), **data)
    _invited(request, made.user)
    return made


def _add_colleague(request: ActorRequest, data: dict[str, Any]) -> AgencyUser:
    made = staffing.add_agency_user(by=request.actor, at=clock.now(), **data)
    _invited(request, made.user)
    return made


def _add_placement(request: ActorRequest, data: dict[str, Any]) -> Placement:
    made = staffing.add_placement(by=request.actor, at=clock.now(), **data)
    opening.open_placement(made, at=clock.now())
    return made
