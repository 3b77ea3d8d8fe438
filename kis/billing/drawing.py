"""From bill lines to an invoice: pure, given the particulars. One line for each week, component and price."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterable, Iterator
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.utils import translation

from kis.billing.models import Biller, BillingProfile
from kis.exchange.invoices import GAccount, Invoice, InvoiceLine, InvoiceParty, Profile, Unit, Vat
from kis.exchange.timecards import hours_of
from kis.payroll.labels import label_words
from kis.payroll.models import BillLine
from kis.staffing.identifiers import Register
from kis.staffing.models import AgencySettings

_PLACES = Decimal("0.000001")
_ROUNDED = Decimal("0.02")  # what Peppol rule R120 lets a quantity times a price differ from the amount
# What Dutch invoices accept as a legal number; an RSIN is none of it (NLCIUS, BR-NL-1).
SCHEMES = {Register.KVK.value: "0106", Register.OIN.value: "0190"}
_Key = tuple[Any, ...]


def invoice_of(
    lines: Iterable[BillLine], *, number: str, issued: dt.date, profile: BillingProfile, biller: Biller,
    agency: AgencySettings, vat: Vat = Vat.STANDARD, corrects: str = "", order: str = "",
) -> Invoice:  # fmt: skip
    """The invoice over bill lines (each with its timesheet, worker and department) of one client."""
    kind = Profile(profile.profile)
    drawn = tuple(_lines(lines, kind, vat))
    weeks = [line.week for line in drawn if line.week]
    blocked = GAccount(biller.g_iban, profile.g_percentage) if kind is Profile.NLCIUS_G_ACCOUNT else None
    return Invoice(
        number=number, issued=issued, due=issued + dt.timedelta(days=profile.term_days),
        supplier=_supplier(agency, biller, profile), customer=_customer(profile), lines=drawn, iban=biller.iban,
        period_start=min(week.monday for week in weeks), period_end=max(week.sunday for week in weeks),
        buyer_reference=profile.reference, order=order, contract=profile.contract, corrects=corrects,
        g_account=blocked,
    )  # fmt: skip


def cancel_out(lines: Iterable[BillLine]) -> bool:
    """Whether nothing is left to put on an invoice, such as of hours that only moved to another day."""
    return not any(_groups(lines))


def line_json(line: InvoiceLine) -> dict[str, Any]:
    """A line to be kept beside the document."""
    return {
        "name": line.name, "description": line.description, "quantity": f"{line.quantity.normalize():f}",
        "unit": line.unit.value, "price": f"{line.price.normalize():f}", "cents": line.amount_cents,
        "week": str(line.week) if line.week else "", "cost_centre": line.cost_centre,
    }  # fmt: skip


def _lines(lines: Iterable[BillLine], profile: Profile, vat: Vat) -> Iterator[InvoiceLine]:
    for number, found in enumerate(_groups(lines), 1):
        yield _line(number, found, profile, vat)


def _groups(lines: Iterable[BillLine]) -> Iterator[list[BillLine]]:
    """What stands on one line, in order; not what comes to nothing."""
    for _same, found in itertools.groupby(sorted(lines, key=_key), key=_key):
        group = list(found)
        if sum(line.cents for line in group):
            yield group


def _key(line: BillLine) -> _Key:
    sheet = line.timesheet
    return (sheet.iso_year, sheet.iso_week, sheet.worker_id, sheet.pk, line.kind, line.percentage, line.label,
            line.rate_cents, line.factor)  # fmt: skip


def _line(number: int, found: list[BillLine], profile: Profile, vat: Vat) -> InvoiceLine:
    first, sheet = found[0], found[0].timesheet
    cents = sum(line.cents for line in found)
    quantity, unit = _quantity(found)
    if not quantity or (quantity < 0) != (cents < 0):  # what has no measure, or takes money back for more hours
        quantity, unit = Decimal(-1 if cents < 0 else 1), Unit.PIECE
    price = abs(Decimal(cents) / 100 / quantity).quantize(_PLACES, ROUND_HALF_UP)
    agreed = (first.rate_cents * first.factor * (first.percentage or 100) / 10000).normalize()
    if unit is not Unit.PIECE and abs(quantity * agreed - Decimal(cents) / 100) <= _ROUNDED:
        price = agreed  # each day was rounded to a cent; the price is the one that was agreed
    person = f"{sheet.worker.user.name}, {sheet.placement.job_title}"
    return InvoiceLine(
        id=str(number), name=_name(first, profile), quantity=quantity, price=price, amount_cents=cents, unit=unit,
        vat=vat, description=f"{person}: {_words(first)}", week=sheet.week,
        cost_centre=sheet.department.cost_centre if sheet.department else "",
    )  # fmt: skip


def _quantity(found: list[BillLine]) -> tuple[Decimal, Unit]:
    match found[0].kind:
        case BillLine.Kind.TIME | BillLine.Kind.TOP_UP:
            return hours_of(sum(line.minutes for line in found)), Unit.HOUR
        case BillLine.Kind.QUANTITY:
            return Decimal(sum(line.quantity for line in found)), Unit.KILOMETRE
        case _:
            return Decimal(0), Unit.PIECE


def _words(line: BillLine) -> str:
    """A line as a client reads it, in Dutch: an invoice has one language."""
    with translation.override("nl"):
        words = label_words(line.label)
    timed = line.kind in {BillLine.Kind.TIME, BillLine.Kind.TOP_UP}
    return f"{words}, {line.percentage.normalize():f} %" if timed and line.percentage != 100 else words


def _name(line: BillLine, profile: Profile) -> str:
    """The name of a line; SETU has words of its own for it."""
    if profile is not Profile.SETU_2_2:
        return _words(line)
    if line.kind == BillLine.Kind.EXPENSES:
        return "Reimbursement of expenses"
    if line.kind == BillLine.Kind.QUANTITY:
        return "Transportation costs"
    if "-ot" in line.label:
        return "Overtime"
    return "Regular" if line.percentage == 100 else "Additional"


def _supplier(agency: AgencySettings, biller: Biller, profile: BillingProfile) -> InvoiceParty:
    return InvoiceParty(
        name=agency.name, number=profile.client.supplier_number or agency.legal_id, street=biller.street,
        postcode=biller.postcode, city=biller.city, legal_id=agency.legal_id, vat_id=agency.vat_id,
        legal_scheme=SCHEMES[agency.legal_register], contact=agency.name, phone=agency.helpdesk_phone,
        email=agency.helpdesk_email,
    )  # fmt: skip


def _customer(profile: BillingProfile) -> InvoiceParty:
    client = profile.client
    return InvoiceParty(
        name=client.name, number=client.number, street=profile.street, postcode=profile.postcode, city=profile.city,
        legal_id=client.legal_id, vat_id=client.vat_id, legal_scheme=SCHEMES[client.legal_register],
    )  # fmt: skip
