"""A sales invoice for supplied hours, in whatever profile: its parts, its sums, and what makes it acceptable.

Amounts are integer cents. A price is euros per unit and may have more than two places. VAT is 21 % or, where staff
works on immovable property or ships, reverse-charged (Uitvoeringsbesluit OB art. 24b). Content: Wet OB art. 35a.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import enum
from collections import Counter
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal

import stdnum.iban
import stdnum.nl.btw

from kis.core.weeks import Week
from kis.exchange.setu_codes import HOUR_WORDS, INVOICE_REASONS
from kis.payroll.rules.problems import Invalid, Problem, gettext_noop

# What the quantity times the price may differ from the amount: the bounds of Peppol rule R120.
_SLACK = Decimal("0.02")


class Profile(enum.Enum):
    """The agreement on what an invoice looks like; a property of the client. One document never fits two of them."""

    PEPPOL_BIS_3 = "peppol-bis-3"
    SETU_2_2 = "setu-2.2"
    NLCIUS = "nlcius"
    NLCIUS_G_ACCOUNT = "nlcius-g-account"


class Vat(enum.Enum):
    """How VAT is charged: the category code of the standard, the percentage, and the words on the invoice."""

    STANDARD = ("S", 21, "")
    REVERSE_CHARGE = ("AE", 0, "Btw verlegd")

    def __init__(self, category: str, percentage: int, reason: str) -> None:
        self.category, self.percentage, self.reason = category, percentage, reason

    def of(self, net_cents: int) -> int:
        """The VAT over an amount, half a cent rounded away from nought."""
        return share(net_cents, Decimal(self.percentage))


class Unit(enum.StrEnum):
    """Units of quantity by their international code."""

    HOUR = "HUR"
    PIECE = "C62"
    KILOMETRE = "KMT"
    DAY = "DAY"


@dataclasses.dataclass(frozen=True, slots=True)
class InvoiceParty:
    """Seller or buyer. `number` is what they are known by at the other; scheme 0106 is KvK, 0190 is OIN.

    `endpoint` is the electronic address of the buyer's or seller's access point; without it, the legal number is.
    """

    name: str
    number: str
    street: str
    postcode: str
    city: str
    legal_id: str
    vat_id: str = ""
    country: str = "NL"
    legal_scheme: str = "0106"
    endpoint: str = ""
    endpoint_scheme: str = ""
    contact: str = ""
    phone: str = ""
    email: str = ""


@dataclasses.dataclass(frozen=True, slots=True)
class InvoiceLine:
    """So much of one hour type or cost. What a correction takes back has a negative quantity.

    `name` is a word of the SETU lists where the client wants SETU. `card_line` points to the line of the time card:
    `TC-2026-47-100001#1`.
    """

    id: str
    name: str
    quantity: Decimal
    price: Decimal
    amount_cents: int
    unit: Unit = Unit.HOUR
    vat: Vat = Vat.STANDARD
    description: str = ""
    week: Week | None = None
    card_line: str = ""
    cost_centre: str = ""
    order_line: str = ""


@dataclasses.dataclass(frozen=True, slots=True)
class GAccount:
    """The part of the gross amount to be paid on the blocked account (25 %, or 20 % when reverse-charged)."""

    iban: str
    percentage: Decimal = Decimal(25)


@dataclasses.dataclass(frozen=True, slots=True)
class Invoice:
    """An invoice, or with `corrects` the correction of the invoice of that number."""

    number: str
    issued: dt.date
    due: dt.date
    supplier: InvoiceParty
    customer: InvoiceParty
    lines: tuple[InvoiceLine, ...]
    iban: str
    period_start: dt.date
    period_end: dt.date
    buyer_reference: str = ""
    order: str = ""
    contract: str = ""
    note: str = ""
    corrects: str = ""
    g_account: GAccount | None = None


@dataclasses.dataclass(frozen=True, slots=True)
class Totals:
    """The sums of an invoice in cents: net and VAT per way of charging it, in the order of `Vat`."""

    per_vat: tuple[tuple[Vat, int, int], ...]

    @property
    def net(self) -> int:
        return sum(net for _, net, _ in self.per_vat)

    @property
    def vat(self) -> int:
        return sum(vat for _, _, vat in self.per_vat)

    @property
    def gross(self) -> int:
        return self.net + self.vat


def share(amount_cents: int, percentage: Decimal) -> int:
    """A percentage of an amount in whole cents, half a cent rounded away from nought."""
    return int((amount_cents * percentage / 100).quantize(Decimal(1), ROUND_HALF_UP))


def totals(invoice: Invoice) -> Totals:
    """VAT is computed once per rate, over the sum of its lines."""
    nets: Counter[Vat] = Counter()
    for line in invoice.lines:
        nets[line.vat] += line.amount_cents
    return Totals(tuple((vat, nets[vat], vat.of(nets[vat])) for vat in Vat if vat in nets))


def g_account_share(invoice: Invoice) -> int:
    """The cents for the blocked account; none of an invoice on which there is nothing to pay."""
    gross = totals(invoice).gross
    return share(gross, invoice.g_account.percentage) if invoice.g_account and gross > 0 else 0


def require(invoice: Invoice, profile: Profile) -> None:
    """Raise Invalid with everything that would make the other side refuse the invoice; paths are `lines[0].price`."""
    problems = [*_document(invoice), *_charging(invoice), *_of_profile(invoice, profile)]
    for name, party in (("supplier", invoice.supplier), ("customer", invoice.customer)):
        problems += [problem.under(name) for problem in _party(party)]
    for place, line in enumerate(invoice.lines):
        problems += [problem.under(f"lines[{place}]") for problem in _line(line)]
    if problems:
        raise Invalid(problems)


def _missing(name: str) -> Problem:
    return Problem(name, gettext_noop("This is missing."))


def _document(invoice: Invoice) -> Iterator[Problem]:
    if not invoice.number.strip():
        yield _missing("number")
    if not invoice.lines:
        yield _missing("lines")
    if invoice.due < invoice.issued:
        yield Problem("due", gettext_noop("The invoice is due before it is issued."))
    if invoice.period_end < invoice.period_start:
        yield Problem("period_end", gettext_noop("The period ends before it starts."))
    if not invoice.buyer_reference.strip() and not invoice.order.strip():
        yield Problem("buyer_reference", gettext_noop("The client's reference or the order number is needed."))
    if any(line.order_line.strip() for line in invoice.lines) and not invoice.order.strip():
        yield Problem("order", gettext_noop("Lines refer to an order that the invoice does not name."))
    if len({line.id for line in invoice.lines}) < len(invoice.lines):
        yield Problem("lines", gettext_noop("Two lines have the same id."))
    if totals(invoice).gross < 0 and not invoice.corrects.strip():
        yield Problem("corrects", gettext_noop("A negative invoice must name the invoice that it corrects."))


def _charging(invoice: Invoice) -> Iterator[Problem]:
    reverse = any(line.vat is Vat.REVERSE_CHARGE for line in invoice.lines)
    if not invoice.supplier.vat_id:
        yield _missing("supplier.vat_id")
    if reverse and not invoice.customer.vat_id:
        yield Problem("customer.vat_id", gettext_noop("Reverse-charged VAT needs the client's VAT number."))
    accounts = {"iban": invoice.iban} | ({"g_account.iban": invoice.g_account.iban} if invoice.g_account else {})
    for name, iban in accounts.items():
        if not stdnum.iban.is_valid(iban):
            yield Problem(name, gettext_noop("This is no valid IBAN."))
    if invoice.g_account and not 0 < invoice.g_account.percentage < 100:
        yield Problem("g_account.percentage", gettext_noop("The share of the G-account lies between 0 and 100."))


def _of_profile(invoice: Invoice, profile: Profile) -> Iterator[Problem]:
    if profile is Profile.NLCIUS_G_ACCOUNT and not invoice.g_account:
        yield _missing("g_account")
    if profile is not Profile.NLCIUS_G_ACCOUNT and invoice.g_account:
        yield Problem("g_account", gettext_noop("This profile cannot divide the payment over two accounts."))
    if profile is Profile.SETU_2_2:
        for place, line in enumerate(invoice.lines):
            if line.name not in (HOUR_WORDS - {"Break"}) | INVOICE_REASONS:
                text = gettext_noop("%(name)s is no hour type and no invoice reason of SETU.")
                yield Problem(f"lines[{place}].name", text, {"name": line.name})


def _party(party: InvoiceParty) -> Iterator[Problem]:
    for name in ("name", "number", "street", "postcode", "city", "legal_id"):
        if not getattr(party, name).strip():
            yield _missing(name)
    if party.country == "NL":
        length = {"0106": 8, "0190": 20}.get(party.legal_scheme)
        digits = party.legal_id.isascii() and party.legal_id.isdigit()
        if party.legal_id.strip() and (not digits or len(party.legal_id) != length):
            yield Problem("legal_id", gettext_noop("A KvK number has 8 digits, an OIN has 20."))
        if party.vat_id and not stdnum.nl.btw.is_valid(party.vat_id):
            yield Problem("vat_id", gettext_noop("This is no valid Dutch VAT number."))


def _line(line: InvoiceLine) -> Iterator[Problem]:
    for name in ("id", "name"):
        if not getattr(line, name).strip():
            yield _missing(name)
    if line.price < 0:
        yield Problem("price", gettext_noop("A price cannot be negative; take back with a negative quantity."))
    if abs(line.quantity * line.price - Decimal(line.amount_cents) / 100) > _SLACK:
        yield Problem("amount_cents", gettext_noop("The amount is not the quantity times the price."))
