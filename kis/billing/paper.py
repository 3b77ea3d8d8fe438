"""An issued invoice on paper: what stands in its UBL, for people. In Dutch, as its lines are.

Content: Wet OB art. 35a.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal

from django.utils import translation
from django.utils.translation import gettext as _

from kis.exchange import pdf
from kis.exchange.invoices import Invoice, InvoiceLine, InvoiceParty, Unit, Vat, g_account_share, totals
from kis.exchange.pdf import Column, Paper, Section, Table

LANGUAGE = "nl"
NARROW = "\u00a0"  # an amount stays on one line
_DUTCH = str.maketrans(",.", ".,")
_UNITS = {Unit.HOUR: "uur", Unit.PIECE: "", Unit.KILOMETRE: "km", Unit.DAY: "dag"}


def write(invoice: Invoice, *, at: dt.datetime) -> bytes:
    """The PDF of an invoice, a credit note where the client gets money back."""
    with translation.override(LANGUAGE):
        return pdf.render(_paper(invoice), at=at)


def _paper(invoice: Invoice) -> Paper:
    name, supplier = _("Credit note") if totals(invoice).gross < 0 else _("Invoice"), invoice.supplier
    return Paper(
        lang=LANGUAGE, author=supplier.name, title=f"{name} {invoice.number}", to=_address(invoice.customer),
        facts=list(_facts(invoice)),
        sections=[
            Section(_("Hours and costs"), table=_lines(invoice)),
            Section(_("Amount"), text=list(_to_be_paid(invoice)), table=_sums(invoice)),
            Section(_("Sender"), text=[", ".join(_address(supplier)), ". ".join(_known_by(supplier))]),
        ],
        foot=f"{supplier.name} - {name} {invoice.number}",
    )  # fmt: skip


def _address(party: InvoiceParty) -> list[str]:
    return [party.name, party.street, f"{party.postcode} {party.city}"]


def _known_by(party: InvoiceParty) -> Iterator[str]:
    yield f"{'OIN' if party.legal_scheme == '0190' else 'KvK'} {party.legal_id}"
    if party.vat_id:
        yield _("VAT number %(number)s") % {"number": party.vat_id}
    yield from filter(None, (party.phone, party.email))


def _facts(invoice: Invoice) -> Iterator[tuple[str, str]]:
    yield _("Invoice date"), _date(invoice.issued)
    if totals(invoice).gross > 0:
        yield _("To be paid by"), _date(invoice.due)
    yield _("Period"), f"{_date(invoice.period_start)} - {_date(invoice.period_end)}"
    if invoice.corrects:
        yield _("Corrects invoice"), invoice.corrects
    if invoice.buyer_reference:
        yield _("Your reference"), invoice.buyer_reference
    if invoice.order:
        yield _("Order number"), invoice.order
    if invoice.contract:
        yield _("Contract number"), invoice.contract
    yield _("Customer"), ". ".join([invoice.customer.number, *_known_by(invoice.customer)])


def _lines(invoice: Invoice) -> Table:
    with_centres = any(line.cost_centre for line in invoice.lines)
    centre = [Column(_("Cost centre"))] if with_centres else []
    columns = [
        Column(_("Description"), wide=True), Column(_("Week"), number=True), *centre,
        Column(_("Quantity"), number=True), Column(_("Price"), number=True), Column(_("Amount"), number=True),
    ]  # fmt: skip
    return Table(columns, [list(_row(line, with_centres)) for line in invoice.lines])


def _row(line: InvoiceLine, with_centres: bool) -> Iterator[str]:
    yield line.description or line.name
    yield str(line.week.number) if line.week else ""
    if with_centres:
        yield line.cost_centre
    yield f"{_number(line.quantity)} {_UNITS[line.unit]}".strip()
    yield _price(line.price)
    yield _euros(line.amount_cents)


def _sums(invoice: Invoice) -> Table:
    sums = totals(invoice)
    rows = [[_("Without VAT"), "", _euros(sums.net)]]
    for vat, net, tax in sums.per_vat:
        rows.append([_charged(vat), _("over %(amount)s") % {"amount": _euros(net)}, _euros(tax)])
    columns = [Column("", wide=True), Column("", number=True), Column(_("Amount"), number=True)]
    return Table(columns, rows, [_("With VAT"), "", _euros(sums.gross)])


def _charged(vat: Vat) -> str:
    return vat.reason or _("VAT %(percentage)s") % {"percentage": f"{vat.percentage} %"}


def _to_be_paid(invoice: Invoice) -> Iterator[str]:
    gross, blocked = totals(invoice).gross, g_account_share(invoice)
    if gross < 0:
        yield _("You get back %(amount)s.") % {"amount": _euros(-gross)}
    elif invoice.g_account and blocked:
        parts = {"blocked": _euros(blocked), "g_iban": _spaced(invoice.g_account.iban), "rest": _euros(gross - blocked)}
        yield _("Pay %(blocked)s on the G-account %(g_iban)s and %(rest)s on %(iban)s, with the number %(number)s.") % {
            **parts, "iban": _spaced(invoice.iban), "number": invoice.number,
        }  # fmt: skip
    elif gross:
        yield _("Pay %(amount)s on %(iban)s, with the number %(number)s.") % {
            "amount": _euros(gross), "iban": _spaced(invoice.iban), "number": invoice.number,
        }  # fmt: skip
    else:
        yield _("There is nothing to pay.")


def _date(date: dt.date) -> str:
    return f"{date:%d-%m-%Y}"


def _spaced(iban: str) -> str:
    return NARROW.join(iban[start : start + 4] for start in range(0, len(iban), 4))


def _number(value: Decimal) -> str:
    return f"{value.normalize():f}".replace(".", ",").replace("-", "−")


def _price(euros: Decimal) -> str:
    """With two places at least, and as many as it has."""
    places = max(2, -int(euros.normalize().as_tuple().exponent))
    return f"€{NARROW}{euros:,.{places}f}".translate(_DUTCH)


def _euros(cents: int) -> str:
    return f"{'−' if cents < 0 else ''}{_price(Decimal(abs(cents)).scaleb(-2))}"
