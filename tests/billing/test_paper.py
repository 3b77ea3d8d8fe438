"""An invoice on paper, read back by another library: what the law wants on it, and the same sums as its UBL."""

from __future__ import annotations

import datetime as dt
import io

import pytest
from django.utils import translation
from pypdf import PdfReader

from kis.billing import paper
from kis.exchange.invoices import GAccount, Invoice, Unit, Vat
from tests.exchange import bills
from tests.support.archiving import complaints

AT = dt.datetime(2026, 12, 1, 11, 0, tzinfo=dt.UTC)


def said(invoice: Invoice) -> str:
    made = paper.write(invoice, at=AT)
    assert complaints(made) == []
    pages = PdfReader(io.BytesIO(made)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).replace("\u00a0", " ").split())


def test_everything_that_the_law_wants_stands_on_it() -> None:
    found = said(bills.sample())
    for part in (
        "Factuur 2026-0048", "Factuurdatum 01-12-2026", "Uiterste betaaldatum 15-12-2026",
        "Periode 23-11-2026 - 29-11-2026", "Uw referentie 0029331", "Inkoopnummer PO123789", "Contractnummer C-2026-12",
        *(value for party in (bills.AGENCY, bills.CLIENT)
          for value in (party.name, party.street, f"{party.postcode} {party.city}", f"KvK {party.legal_id}")),
        "Btw-nummer NL854576885B01", "Zonder btw € 309,12", "Btw 21 % over € 309,12 € 64,92", "Met btw € 374,04",
        "Betaal € 374,04 op NL91 ABNA 0417 1643 00, met vermelding van 2026-0048.",
    ):  # fmt: skip
        assert part in found, part


def test_a_line_has_its_week_quantity_and_price_and_a_cost_centre_where_there_is_one() -> None:
    line = bills.line("1352.90", "40.25", "33.6125", description="Ana, inpakker: gewone uren", cost_centre="4100")
    found = said(bills.sample(lines=(line,)))
    assert "Ana, inpakker: gewone uren 48 4100 40,25 uur € 33,6125 € 1.352,90" in found
    assert "Kostenplaats" in found
    assert "Kostenplaats" not in said(bills.sample())


def test_the_part_for_the_blocked_account_is_named_with_its_account() -> None:
    invoice = bills.sample(lines=(bills.line("100", "10", "10"),), g_account=GAccount("NL20INGB0001234567"))
    assert "Betaal € 30,25 op de G-rekening NL20 INGB 0001 2345 67 en € 90,75 op NL91" in said(invoice)


@pytest.mark.parametrize("amounts", [("33.60", "-33.60"), ("33.60", "-67.20")])
def test_where_there_is_nothing_to_pay_no_account_is_named(amounts: tuple[str, str]) -> None:
    lines = tuple(bills.line(each, each, "1", id=str(place)) for place, each in enumerate(amounts))
    found = said(bills.sample(lines=lines, corrects="2026-0040", g_account=GAccount("NL20INGB0001234567")))
    assert "G-rekening" not in found
    assert "Betaal" not in found
    assert "terug." in found or "Er is niets te betalen." in found


def test_reverse_charged_vat_is_said_and_the_number_of_the_client_too() -> None:
    found = said(bills.sample(lines=(bills.line("10", "1", "10", unit=Unit.PIECE, vat=Vat.REVERSE_CHARGE),)))
    assert "Btw verlegd over € 10,00 € 0,00" in found
    assert f"Btw-nummer {bills.CLIENT.vat_id}" in found


def test_a_credit_note_names_its_invoice_and_asks_for_no_payment() -> None:
    found = said(bills.sample(lines=(bills.line("-268.80", "-8", "33.60"),), corrects="2026-0047"))
    assert "Creditnota 2026-0048" in found
    assert "Corrigeert factuur 2026-0047" in found
    assert "−8 uur € 33,60 −€ 268,80" in found
    assert "U krijgt € 325,25 terug." in found
    assert "Uiterste betaaldatum" not in found


@pytest.mark.parametrize("language", ["en", "nl"])
def test_an_invoice_has_one_language_whoever_makes_it(language: str) -> None:
    with translation.override(language):
        assert "Factuurdatum" in said(bills.sample())
