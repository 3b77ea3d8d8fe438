"""UBL invoices: every document passes the schema and all rules of its profile, and says what it should."""

from __future__ import annotations

import dataclasses
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from kis.exchange import ubl
from kis.exchange.invoices import GAccount, Invoice, InvoiceLine, Profile, Vat
from kis.payroll.rules.problems import Invalid
from tests.exchange.bills import findings, invoices, line, sample
from tests.exchange.quick import quick
from tests.standards.official import Standards
from tests.standards.schematron import Finding


@pytest.mark.parametrize("profile", Profile)
def test_every_invoice_of_a_profile_breaks_none_of_its_rules(profile: Profile, standards: Standards) -> None:
    @quick
    @given(invoice=invoices(profile))
    def holds(invoice: Invoice) -> None:
        assert findings(standards, ubl.write(invoice, profile), profile) == []

    holds()


def said(xml: bytes, path: str) -> list[str]:
    """The texts at a path of local names."""
    steps = "/".join(f"*[local-name()='{name}']" for name in path.split("/"))
    found: Any = etree.fromstring(xml).xpath(f"//{steps}")
    return [str(element.text) for element in found]


def test_the_sample_adds_up() -> None:
    xml = ubl.write(sample(), Profile.NLCIUS)
    assert said(xml, "LegalMonetaryTotal/TaxExclusiveAmount") == ["309.12"]
    assert said(xml, "TaxTotal/TaxAmount") == ["64.92"]
    assert said(xml, "PayableAmount") == ["374.04"]
    assert said(xml, "InvoiceTypeCode") == ["380"]
    assert said(xml, "AdditionalItemProperty/Value") == ["48", "48"]
    assert said(xml, "InvoiceLine/DocumentReference/ID") == ["TC-2026-48-100001#1", "TC-2026-48-100001#2"]
    assert said(xml, "ContractDocumentReference/ID") == ["C-2026-12"]
    assert said(xml, "InvoicePeriod/StartDate") == ["2026-11-23"]


def test_a_quarter_goes_to_the_g_account() -> None:
    xml = ubl.write(sample(g_account=GAccount("NL18RABO0123459876")), Profile.NLCIUS_G_ACCOUNT)
    assert said(xml, "PaymentMeans/ID") == ["BENEFICIARY", "GACCOUNT"]
    assert said(xml, "PaymentTerms/Amount") == ["280.53", "93.51"]


def test_reverse_charged_vat_is_nought_and_says_so() -> None:
    invoice = sample(lines=tuple(dataclasses.replace(one, vat=Vat.REVERSE_CHARGE) for one in sample().lines))
    xml = ubl.write(invoice, Profile.NLCIUS)
    assert said(xml, "TaxSubtotal/TaxCategory/ID") == ["AE"]
    assert said(xml, "TaxExemptionReason") == ["Btw verlegd"]
    assert said(xml, "PayableAmount") == ["309.12"]


def test_setu_says_period_and_contract_in_a_note() -> None:
    xml = ubl.write(sample(note="Dank u."), Profile.SETU_2_2)
    assert said(xml, "Note") == ["Contract C-2026-12. Periode 23-11-2026 t/m 29-11-2026. Dank u."]
    assert said(xml, "InvoicePeriod/StartDate") == []


def test_peppol_addresses_both_parties() -> None:
    supplier = dataclasses.replace(sample().supplier, endpoint="NL854576885B01", endpoint_scheme="9944")
    assert said(ubl.write(sample(supplier=supplier), Profile.PEPPOL_BIS_3), "EndpointID") == [
        "NL854576885B01",
        "12345678",
    ]


BACK = (line("-134.40", "-4.00", "33.60"), line("33.60", "1.00", "33.60", id="2"))


@pytest.mark.parametrize("profile", [Profile.NLCIUS, Profile.PEPPOL_BIS_3, Profile.NLCIUS_G_ACCOUNT])
def test_a_correction_to_the_clients_credit_is_a_credit_note(profile: Profile, standards: Standards) -> None:
    g_account = GAccount("NL18RABO0123459876") if profile is Profile.NLCIUS_G_ACCOUNT else None
    xml = ubl.write(sample(lines=BACK, corrects="2026-0040", g_account=g_account), profile)
    assert findings(standards, xml, profile) == []
    assert said(xml, "CreditNoteTypeCode") == ["381"]
    assert said(xml, "BillingReference/InvoiceDocumentReference/ID") == ["2026-0040"]
    assert said(xml, "CreditNoteLine/LineExtensionAmount") == ["134.40", "-33.60"]
    assert said(xml, "PayableAmount") == ["121.97"]
    assert said(xml, "PaymentMeans/ID") == []


EVEN = (line("33.60", "1.00", "33.60"), line("-33.60", "-1.00", "33.60", id="2"))


@pytest.mark.parametrize("lines", [EVEN, (line("0.01", "1.00", "0.01"),)])
@pytest.mark.parametrize("corrects", ["", "2026-0040"])
def test_where_nothing_goes_to_the_g_account_the_document_does_not_speak_of_it(
    lines: tuple[InvoiceLine, ...], corrects: str, standards: Standards
) -> None:
    invoice = sample(lines=lines, corrects=corrects, g_account=GAccount("NL18RABO0123459876"))
    xml = ubl.write(invoice, Profile.NLCIUS_G_ACCOUNT)
    assert b"gaccount" not in xml
    assert findings(standards, xml, Profile.NLCIUS_G_ACCOUNT) == []
    assert said(xml, "PayeeFinancialAccount/ID") == [sample().iban.replace(" ", "")]
    assert said(xml, "PaymentTerms") == []


def test_setu_has_no_credit_notes_so_the_correction_is_a_negative_invoice(standards: Standards) -> None:
    xml = ubl.write(sample(lines=BACK, corrects="2026-0040"), Profile.SETU_2_2)
    assert findings(standards, xml, Profile.SETU_2_2) == []
    assert said(xml, "InvoiceTypeCode") == ["384"]
    assert said(xml, "PayableAmount") == ["-121.97"]


@pytest.mark.parametrize(("profile", "code"), [(Profile.NLCIUS, "384"), (Profile.PEPPOL_BIS_3, "380")])
def test_a_correction_that_bills_more_is_an_invoice(profile: Profile, code: str) -> None:
    xml = ubl.write(sample(corrects="2026-0040"), profile)
    assert said(xml, "InvoiceTypeCode") == [code]
    assert said(xml, "BillingReference/InvoiceDocumentReference/ID") == ["2026-0040"]


def test_a_document_of_one_profile_does_not_pass_for_another(standards: Standards) -> None:
    as_setu = findings(standards, ubl.write(sample(), Profile.SETU_2_2), Profile.PEPPOL_BIS_3)
    assert {"PEPPOL-EN16931-R010", "PEPPOL-EN16931-R020"} <= {one.id for one in as_setu if isinstance(one, Finding)}
    assert findings(standards, ubl.write(sample(), Profile.PEPPOL_BIS_3), Profile.SETU_2_2)


def test_an_unacceptable_invoice_is_not_written() -> None:
    with pytest.raises(Invalid, match="no valid IBAN"):
        ubl.write(sample(iban="NL91ABNA0417164301"), Profile.NLCIUS)


@given(st.data())
def test_the_same_invoice_is_the_same_bytes(data: st.DataObject) -> None:
    profile = data.draw(st.sampled_from([Profile.NLCIUS, Profile.SETU_2_2, Profile.PEPPOL_BIS_3]))
    invoice = data.draw(invoices(profile))
    assert ubl.write(invoice, profile) == ubl.write(dataclasses.replace(invoice), profile)


def test_white_space_alone_makes_no_element(standards: Standards) -> None:
    xml = ubl.write(
        sample(note="  ", contract=" ", lines=(line("33.60", "1", "33.60", description=" "),)), Profile.NLCIUS
    )
    assert findings(standards, xml, Profile.NLCIUS) == []


def test_a_price_may_have_more_places_than_an_amount(standards: Standards) -> None:
    xml = ubl.write(sample(lines=(line("18.74", "1.00", "18.7375"),)), Profile.PEPPOL_BIS_3)
    assert findings(standards, xml, Profile.PEPPOL_BIS_3) == []
    assert said(xml, "PriceAmount") == [str(Decimal("18.7375"))]
