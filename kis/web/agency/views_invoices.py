"""Billing: what waits per client, invoices, and what stands on them. Only where the agency bills from the portal."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kis.billing import operations
from kis.billing.models import DOCUMENTS, Altered, Biller, BillingProfile, Invoice
from kis.core import clock
from kis.core.weeks import Week
from kis.exchange.invoices import Unit
from kis.payroll.rules.problems import Invalid, Problem
from kis.staffing.models import AgencySettings, Client
from kis.web import notices
from kis.web.access import ActorRequest, audience
from kis.web.agency.billing_forms import PROFILES, UNITS, VAT, BillerForm, BillingProfileForm
from kis.web.agency.roles import back_office_only
from kis.web.paging import page_of

FILES = {"pdf": "application/pdf", "xml": "application/xml", "csv": "text/csv; charset=utf-8"}


@require_GET
@audience("agency")
def invoices(request: ActorRequest) -> HttpResponse:
    """What waits to be billed, and the invoices that were made."""
    _billing_only()
    waiting = operations.waiting()
    rows = [
        {"of": row, "problems": [(_(each.message), _where(each, row.client)) for each in row.problems]}
        for row in waiting
    ]
    context = {
        "rows": rows,
        "sum": sum(row.cents for row in waiting),
        "may_set": request.actor.agency_user_is_back_office,
        "page": page_of(request, Invoice.objects.select_related("client").defer(*DOCUMENTS), order=("-pk",)),
    }
    return render(request, "agency/invoices.html", context)


@require_POST
@audience("agency")
def invoice_make(request: ActorRequest, pk: int) -> HttpResponse:
    """Bill a client for what the page showed; hours that were paid since wait for the next invoice."""
    _billing_only()
    client, upto = get_object_or_404(Client.objects.visible_to(request.actor), pk=pk), request.POST.get("upto", "")
    if not (upto.isascii() and upto.isdigit() and len(upto) < 19):
        raise Http404
    try:
        made = operations.issue(client, upto=int(upto), by=request.actor, at=clock.now())
    except operations.NothingToBill:
        messages.warning(request, _("Nothing waits here any more: someone was faster."))
    except Invalid as wrong:
        for problem in wrong.problems:
            messages.warning(request, _(problem.message) % problem.params)
    else:
        if not made:
            messages.success(request, _("These changes cancel each other out: there is nothing to bill."))
            return redirect("agency:invoices")
        said = ngettext("Invoice %(numbers)s is made.", "Invoices %(numbers)s are made.", len(made))
        messages.success(request, said % {"numbers": ", ".join(each.number for each in made)}, extra_tags="good")
        if len(made) == 1:
            return redirect("agency:invoice", made[0].pk)
    return redirect("agency:invoices")


@require_GET
@audience("agency")
def invoice(request: ActorRequest, pk: int) -> HttpResponse:
    """An invoice as it was issued."""
    _billing_only()
    found = get_object_or_404(Invoice.objects.visible_to(request.actor).select_related("client"), pk=pk)
    context = {
        "invoice": found,
        "lines": [_shown(line) for line in found.lines],
        "profile": PROFILES.get(found.profile, found.profile),
        "vat": VAT.get(found.vat, found.vat),
        "corrected": Invoice.objects.filter(number=found.corrects).first() if found.corrects else None,
        "corrections": Invoice.objects.filter(corrects=found.number).defer(*DOCUMENTS),
    }
    return render(request, "agency/invoice.html", context)


@require_GET
@audience("agency")
def invoice_file(request: ActorRequest, pk: int, kind: str) -> HttpResponse:
    """The document on paper or for the client's system, or its lines for a spreadsheet: the same bytes each time."""
    _billing_only()
    found = get_object_or_404(Invoice.objects.visible_to(request.actor), pk=pk)
    try:
        content = found.file(kind) if kind in FILES else b""
    except Altered:
        told = _("The stored file is no longer what was made, so it is not handed out. Tell your administrator.")
        notices.say(request, told, kind="bad")
        return redirect("agency:invoice", found.pk)
    if not content:
        raise Http404
    name = content_disposition_header(as_attachment=True, filename=f"{found.number}.{kind}")
    headers = {"Content-Disposition": name or "", "Cache-Control": "private, no-store"}
    return HttpResponse(content, content_type=FILES[kind], headers=headers)


@require_http_methods(["GET", "POST"])
@audience("agency")
def biller(request: ActorRequest) -> HttpResponse:
    """The agency's address and accounts, as they stand on its invoices."""
    _billing_only()
    back_office_only(request)
    form = BillerForm(request.POST or None, instance=Biller.objects.first())
    if request.method == "POST" and form.is_valid():
        operations.keep_biller(form.instance, by=request.actor, at=clock.now())
        messages.success(request, _("Saved."), extra_tags="good")
        return redirect("agency:invoices")
    return render(request, "agency/billing_form.html", {"form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@audience("agency")
def client_billing(request: ActorRequest, pk: int) -> HttpResponse:
    """How a client is billed."""
    _billing_only()
    client = get_object_or_404(Client.objects.visible_to(request.actor), pk=pk)
    known = BillingProfile.objects.filter(client=client).first()
    form = BillingProfileForm(request.POST or None, instance=known or BillingProfile(client=client))
    if request.method == "POST" and form.is_valid():
        operations.keep_profile(form.instance, by=request.actor, at=clock.now())
        messages.success(request, _("Saved."), extra_tags="good")
        return redirect("agency:invoices")
    context = {"form": form, "client": client}
    return render(request, "agency/billing_form.html", context, status=422 if form.errors else 200)


def _shown(line: dict[str, Any]) -> dict[str, Any]:
    """A line of an invoice as a reader sees it."""
    price = Decimal(line["price"])
    places = max(2, -int(price.as_tuple().exponent))
    return {
        **line,
        "description": line["description"].replace(" %", "\u00a0%"),
        "week": Week.parse(line["week"]) if line["week"] else None,
        "quantity": number_format(Decimal(line["quantity"])),
        "unit": UNITS[Unit(line["unit"])],
        "price": f"\u20ac\u00a0{number_format(price, places, use_l10n=True, force_grouping=True)}",
    }


def _billing_only() -> None:
    """Raises Http404 where the agency bills elsewhere."""
    if not AgencySettings.objects.filter(billing=True).exists():
        raise Http404


def _where(problem: Problem, client: Client) -> str:
    """The page where it is filled in."""
    match problem.path:
        case "agency":
            return reverse("agency:settings")
        case "biller":
            return reverse("agency:biller")
        case "client":
            return reverse("agency:client", args=[client.pk])
        case _:
            return reverse("agency:client_billing", args=[client.pk])
