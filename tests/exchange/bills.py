"""Invoices of all kinds, generated; and one that a reader can follow."""

from __future__ import annotations

import dataclasses
import datetime as dt
from decimal import ROUND_HALF_UP, Decimal

from hypothesis import strategies as st

from kis.core.weeks import Week
from kis.exchange.invoices import GAccount, Invoice, InvoiceLine, InvoiceParty, Profile, Unit, Vat, totals
from kis.exchange.setu_codes import HOUR_WORDS, INVOICE_REASONS
from kis.exchange.timecards import hours_of
from tests.exchange.cards import maybe_text, texts
from tests.standards.official import Standards
from tests.standards.schematron import Finding

MONDAY = dt.date(2026, 11, 23)
ITEMS = sorted((HOUR_WORDS - {"Break"}) | INVOICE_REASONS)
AGENCY = InvoiceParty(
    name="Uitzendbureau Noord B.V.",
    number="39876",
    street="Havenkade 1",
    postcode="9711 AA",
    city="Groningen",
    legal_id="61979007",
    vat_id="NL854576885B01",
    contact="Esra Yilmaz",
    phone="050-0000000",
)
CLIENT = InvoiceParty(
    name="Bakkerij De Groot",
    number="223445",
    street="Molenweg 11",
    postcode="1111 AA",
    city="Diemen",
    legal_id="12345678",
    vat_id="NL004495445B01",
)


def line(amount: str, hours: str, price: str, **changes: object) -> InvoiceLine:
    made = InvoiceLine("1", "Regular", Decimal(hours), Decimal(price), int(Decimal(amount) * 100), week=Week(2026, 48))
    return dataclasses.replace(made, **changes)  # type: ignore[arg-type]  # the caller names fields of a line


def sample(**changes: object) -> Invoice:
    """Test A of the default rules billed with factor 2.10: 147.20 of wage is 309.12 without VAT (domain rules 5)."""
    made = Invoice(
        number="2026-0048",
        issued=dt.date(2026, 12, 1),
        due=dt.date(2026, 12, 15),
        supplier=AGENCY,
        customer=CLIENT,
        lines=(
            line("134.40", "4.00", "33.60", card_line="TC-2026-48-100001#1", description="Ana Kowalska, 24-11-2026"),
            line("174.72", "4.00", "43.68", id="2", name="Additional", card_line="TC-2026-48-100001#2"),
        ),
        iban="NL91ABNA0417164300",
        period_start=MONDAY,
        period_end=MONDAY + dt.timedelta(days=6),
        buyer_reference="0029331",
        order="PO123789",
        contract="C-2026-12",
    )
    return dataclasses.replace(made, **changes)  # type: ignore[arg-type]  # the caller names fields of an invoice


parties = st.builds(
    InvoiceParty,
    name=texts,
    number=texts,
    street=texts,
    postcode=texts,
    city=texts,
    legal_id=st.just("61979007"),
    vat_id=st.just("NL854576885B01"),
    contact=maybe_text,
    phone=maybe_text,
    email=maybe_text,
) | st.builds(
    InvoiceParty,
    name=texts,
    number=texts,
    street=texts,
    postcode=texts,
    city=texts,
    legal_id=st.just("00000001234567890000"),
    legal_scheme=st.just("0190"),
    vat_id=st.just("NL854576885B01"),
)


@st.composite
def lines(draw: st.DrawFn, *, correction: bool) -> tuple[InvoiceLine, ...]:
    """Hours and costs; some taken back where it is a correction. The amount is what the billing made of them."""
    made = []
    for place in range(draw(st.integers(1, 6))):
        least = -6000 if correction else 0
        hours = draw(st.booleans())
        quantity = hours_of(draw(st.integers(least, 6000))) if hours else draw(st.decimals(least // 100, 90, places=1))
        price = draw(st.decimals(0, 120, places=2) | st.decimals(0, 120, places=4))
        made.append(
            InvoiceLine(
                id=str(place + 1),
                name=draw(st.sampled_from(ITEMS)),
                quantity=quantity,
                price=price,
                amount_cents=int((quantity * price * 100).quantize(Decimal(1), ROUND_HALF_UP)),
                unit=Unit.HOUR if hours else draw(st.sampled_from([Unit.PIECE, Unit.KILOMETRE, Unit.DAY])),
                vat=draw(st.sampled_from(Vat)),
                description=draw(maybe_text),
                week=draw(st.sampled_from([None, Week(2026, 53), Week(2027, 1)])),
                card_line=draw(maybe_text),
                cost_centre=draw(maybe_text),
                order_line=draw(maybe_text),
            )
        )
    return tuple(made)


@st.composite
def invoices(draw: st.DrawFn, profile: Profile) -> Invoice:
    """Any invoice or correction that the profile can carry."""
    correction = draw(st.booleans())
    issued = draw(st.dates(dt.date(2026, 1, 1), dt.date(2027, 12, 31)))
    made = Invoice(
        number=draw(texts),
        issued=issued,
        due=issued + dt.timedelta(days=draw(st.integers(0, 60))),
        supplier=draw(parties),
        customer=draw(parties),
        lines=draw(lines(correction=correction)),
        iban="NL91 ABNA 0417 1643 00",
        period_start=MONDAY,
        period_end=MONDAY + dt.timedelta(days=27),
        buyer_reference=draw(maybe_text),
        order=draw(texts),
        contract=draw(maybe_text),
        note=draw(maybe_text),
        corrects=draw(texts) if correction else "",
    )
    if profile is Profile.NLCIUS_G_ACCOUNT:
        share = draw(st.sampled_from([Decimal(25), Decimal(20), Decimal("33.3")]))
        made = dataclasses.replace(made, g_account=GAccount("NL18RABO0123459876", share))
    assert correction or totals(made).gross >= 0
    return made


def findings(standards: Standards, xml: bytes, profile: Profile) -> list[Finding | str]:
    """Every complaint of the profile's rules, warnings too; after those of the UBL schema."""
    rules = {
        Profile.PEPPOL_BIS_3: [standards.en_16931, standards.peppol],
        Profile.SETU_2_2: [standards.en_16931, standards.nlcius, standards.setu_invoice],
        Profile.NLCIUS: [standards.en_16931, standards.nlcius],
        Profile.NLCIUS_G_ACCOUNT: [standards.g_account if b"gaccount" in xml else standards.nlcius],
    }[profile]
    return [*standards.ubl(xml), *(finding for one in rules for finding in one.findings(xml))]
