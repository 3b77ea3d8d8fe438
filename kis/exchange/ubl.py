"""Invoices and credit notes as UBL 2.1, in the profiles that Dutch clients ask for.

| Profile | a correction that is to the client's credit | another correction |
|---|---|---|
| NLCIUS, with G-account or without | credit note 381 | corrective invoice 384 |
| Peppol BIS 3 | credit note 381 | invoice 380 that names the first |
| SETU 2.2, which has no credit notes | corrective invoice 384, negative | corrective invoice 384 |

Where there is nothing to pay, or nothing of it on the G-account, the document is plain NLCIUS.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from decimal import Decimal

from kis.exchange.invoices import (
    Invoice,
    InvoiceLine,
    InvoiceParty,
    Profile,
    Totals,
    Vat,
    g_account_share,
    require,
    totals,
)
from kis.exchange.shapes import number_text
from kis.exchange.xml_out import Element, document, group, leaf

_UBL = "urn:oasis:names:specification:ubl:schema:xsd:"
_NLCIUS = "urn:cen.eu:en16931:2017#compliant#urn:fdc:nen.nl:nlcius:v1.0"
CUSTOMIZATIONS = {
    Profile.PEPPOL_BIS_3: "urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0",
    Profile.SETU_2_2: f"{_NLCIUS}#compliant#urn:fdc:setu.nl:invoice:v2.2",
    Profile.NLCIUS: _NLCIUS,
    Profile.NLCIUS_G_ACCOUNT: f"{_NLCIUS}#conformant#urn:fdc:nen.nl:gaccount:v1.0",
}
_PEPPOL_PROCESS = "urn:fdc:peppol.eu:2017:poacc:billing:01:1.0"
_SEPA_TRANSFER = "58"
_INVOICED_OBJECT = "130"


def write(invoice: Invoice, profile: Profile) -> bytes:
    """The invoice as a UBL document; a correction to the client's credit becomes a credit note. Raises Invalid."""
    require(invoice, profile)
    if profile is Profile.NLCIUS_G_ACCOUNT and not g_account_share(invoice):
        invoice, profile = dataclasses.replace(invoice, g_account=None), Profile.NLCIUS
    if totals(invoice).gross < 0 and profile is not Profile.SETU_2_2:
        return _credit_note(invoice, profile)
    return _invoice(invoice, profile)


def _invoice(invoice: Invoice, profile: Profile) -> bytes:
    corrective = invoice.corrects and profile is not Profile.PEPPOL_BIS_3
    sums = totals(invoice)
    root = group(
        "Invoice",
        *_heading(invoice, profile),
        leaf("cbc:DueDate", invoice.due.isoformat()),
        leaf("cbc:InvoiceTypeCode", "384" if corrective else "380"),
        *_references(invoice, profile),
        *_parties(invoice, profile),
        *_payment(invoice),
        *_sums(sums),
        *(_line(line, "Invoice") for line in invoice.lines),
    )
    return _document("Invoice", root)


def _credit_note(invoice: Invoice, profile: Profile) -> bytes:
    """Its amounts are what the client gets back, so all signs turn round. There is nothing to pay."""
    turned = tuple(
        dataclasses.replace(line, quantity=-line.quantity, amount_cents=-line.amount_cents) for line in invoice.lines
    )
    credit = dataclasses.replace(invoice, lines=turned)
    root = group(
        "CreditNote",
        *_heading(credit, profile),
        leaf("cbc:CreditNoteTypeCode", "381"),
        *_references(credit, profile),
        *_parties(credit, profile),
        group("cac:PaymentTerms", leaf("cbc:Note", f"Creditnota bij factuur {invoice.corrects}")),
        *_sums(totals(credit)),
        *(_line(line, "CreditNote") for line in credit.lines),
    )
    return _document("CreditNote", root)


def _document(kind: str, root: Element | None) -> bytes:
    assert root
    parts = {"cac": f"{_UBL}CommonAggregateComponents-2", "cbc": f"{_UBL}CommonBasicComponents-2"}
    return document(root, {"": f"{_UBL}{kind}-2", **parts})


def _heading(invoice: Invoice, profile: Profile) -> Iterator[Element | None]:
    yield leaf("cbc:CustomizationID", CUSTOMIZATIONS[profile])
    if profile is Profile.PEPPOL_BIS_3:
        yield leaf("cbc:ProfileID", _PEPPOL_PROCESS)
    yield leaf("cbc:ID", invoice.number)
    yield leaf("cbc:IssueDate", invoice.issued.isoformat())


def _references(invoice: Invoice, profile: Profile) -> Iterator[Element | None]:
    """What the invoice is about. The law wants its period and contract; SETU has no place for them but a note."""
    start, end = invoice.period_start, invoice.period_end
    note, in_fields = invoice.note, profile is not Profile.SETU_2_2
    if not in_fields:
        contract = f"Contract {invoice.contract}. " if invoice.contract else ""
        note = f"{contract}Periode {start:%d-%m-%Y} t/m {end:%d-%m-%Y}. {note}".strip()
    yield leaf("cbc:Note", note)
    yield leaf("cbc:DocumentCurrencyCode", "EUR")
    yield leaf("cbc:BuyerReference", invoice.buyer_reference)
    if in_fields:
        dates = leaf("cbc:StartDate", start.isoformat()), leaf("cbc:EndDate", end.isoformat())
        yield group("cac:InvoicePeriod", *dates)
    yield group("cac:OrderReference", leaf("cbc:ID", invoice.order))
    yield group("cac:BillingReference", group("cac:InvoiceDocumentReference", leaf("cbc:ID", invoice.corrects)))
    if in_fields:
        yield group("cac:ContractDocumentReference", leaf("cbc:ID", invoice.contract))


def _parties(invoice: Invoice, profile: Profile) -> Iterator[Element | None]:
    addressed = profile is Profile.PEPPOL_BIS_3
    yield group("cac:AccountingSupplierParty", _party(invoice.supplier, addressed))
    yield group("cac:AccountingCustomerParty", _party(invoice.customer, addressed))


def _party(party: InvoiceParty, addressed: bool) -> Element | None:
    endpoint = party.endpoint or party.legal_id
    scheme = party.endpoint_scheme or party.legal_scheme
    return group(
        "cac:Party",
        leaf("cbc:EndpointID", endpoint, schemeID=scheme) if addressed else None,
        group("cac:PartyIdentification", leaf("cbc:ID", party.number)),
        group("cac:PartyName", leaf("cbc:Name", party.name)),
        group(
            "cac:PostalAddress",
            leaf("cbc:StreetName", party.street),
            leaf("cbc:CityName", party.city),
            leaf("cbc:PostalZone", party.postcode),
            group("cac:Country", leaf("cbc:IdentificationCode", party.country)),
        ),
        group("cac:PartyTaxScheme", leaf("cbc:CompanyID", party.vat_id), _vat_scheme()) if party.vat_id else None,
        group(
            "cac:PartyLegalEntity",
            leaf("cbc:RegistrationName", party.name),
            leaf("cbc:CompanyID", party.legal_id, schemeID=party.legal_scheme),
        ),
        _contact(party),
    )


def _contact(party: InvoiceParty) -> Element | None:
    reach = leaf("cbc:Telephone", party.phone), leaf("cbc:ElectronicMail", party.email)
    name = party.contact or (party.name if any(reach) else "")
    return group("cac:Contact", leaf("cbc:Name", name), *reach)


def _payment(invoice: Invoice) -> Iterator[Element | None]:
    if not invoice.g_account:
        yield _means(invoice.number, invoice.iban)
        return
    blocked = g_account_share(invoice)
    accounts = {
        "BENEFICIARY": (invoice.iban, totals(invoice).gross - blocked),
        "GACCOUNT": (invoice.g_account.iban, blocked),
    }
    for name, (iban, _) in accounts.items():
        yield _means(invoice.number, iban, name)
    for name, (_, part) in accounts.items():
        yield group("cac:PaymentTerms", leaf("cbc:PaymentMeansID", name), _amount("Amount", part))


def _means(reference: str, iban: str, name: str = "") -> Element | None:
    return group(
        "cac:PaymentMeans",
        leaf("cbc:ID", name),
        leaf("cbc:PaymentMeansCode", _SEPA_TRANSFER),
        leaf("cbc:PaymentID", reference),
        group("cac:PayeeFinancialAccount", leaf("cbc:ID", iban.replace(" ", ""))),
    )


def _sums(sums: Totals) -> Iterator[Element | None]:
    yield group(
        "cac:TaxTotal",
        _amount("TaxAmount", sums.vat),
        *(
            group(
                "cac:TaxSubtotal",
                _amount("TaxableAmount", net),
                _amount("TaxAmount", tax),
                _category("TaxCategory", vat, leaf("cbc:TaxExemptionReason", vat.reason)),
            )
            for vat, net, tax in sums.per_vat
        ),
    )
    yield group(
        "cac:LegalMonetaryTotal",
        _amount("LineExtensionAmount", sums.net),
        _amount("TaxExclusiveAmount", sums.net),
        _amount("TaxInclusiveAmount", sums.gross),
        _amount("PayableAmount", sums.gross),
    )


def _line(line: InvoiceLine, kind: str) -> Element | None:
    quantity = "cbc:InvoicedQuantity" if kind == "Invoice" else "cbc:CreditedQuantity"
    pointer = leaf("cbc:ID", line.card_line)
    week = str(line.week.number) if line.week else ""
    return group(
        f"cac:{kind}Line",
        leaf("cbc:ID", line.id),
        leaf(quantity, number_text(line.quantity), unitCode=line.unit),
        _amount("LineExtensionAmount", line.amount_cents),
        leaf("cbc:AccountingCost", line.cost_centre),
        group("cac:OrderLineReference", leaf("cbc:LineID", line.order_line)),
        group("cac:DocumentReference", pointer, leaf("cbc:DocumentTypeCode", _INVOICED_OBJECT)) if pointer else None,
        group(
            "cac:Item",
            leaf("cbc:Description", line.description),
            leaf("cbc:Name", line.name),
            _category("ClassifiedTaxCategory", line.vat),
            _property("werkweeknummer", week),
        ),
        group(
            "cac:Price",
            leaf("cbc:PriceAmount", number_text(line.price), currencyID="EUR"),
            leaf("cbc:BaseQuantity", "1", unitCode=line.unit),
        ),
    )


def _property(name: str, value: str) -> Element | None:
    return group("cac:AdditionalItemProperty", leaf("cbc:Name", name), leaf("cbc:Value", value)) if value else None


def _category(name: str, vat: Vat, reason: Element | None = None) -> Element | None:
    percentage = leaf("cbc:Percent", str(vat.percentage))
    return group(f"cac:{name}", leaf("cbc:ID", vat.category), percentage, reason, _vat_scheme())


def _vat_scheme() -> Element | None:
    return group("cac:TaxScheme", leaf("cbc:ID", "VAT"))


def _amount(name: str, amount_cents: int) -> Element | None:
    return leaf(f"cbc:{name}", number_text(Decimal(amount_cents).scaleb(-2)), currencyID="EUR")
