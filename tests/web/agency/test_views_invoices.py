"""The pages of billing, as the agency uses them."""

from __future__ import annotations

import pytest
from django.db import connection, models
from django.test import Client as Browser

from kis.billing import operations
from kis.billing.models import Biller, BillingProfile, Invoice
from kis.core.append_only import guard, release
from kis.staffing import operations as staffing
from tests.billing import billed
from tests.support import people
from tests.support.time import Freeze

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def tuesday(db: None, freeze: Freeze) -> None:
    freeze("2026-12-01 12:00")


@pytest.fixture
def esra() -> Browser:
    return people.signed_in(people.esra())


def waits() -> None:
    """A week at the bakery that was paid and not billed."""
    billed.approved(people.ana())
    billed.paid()


def make(browser: Browser, upto: object = None) -> str:
    """Press the button; the page that comes."""
    shown = operations.waiting()[0].upto if upto is None else upto
    answer = browser.post(f"/agency/payroll/invoices/make/{people.bakery().pk}/", {"upto": shown}, follow=True)
    return str(answer.content.decode())


def test_where_the_agency_bills_elsewhere_there_are_no_such_pages(esra: Browser) -> None:
    billed.ready()
    waits()
    [made] = billed.issue()
    bakery = people.bakery().pk
    addresses = [
        "/agency/payroll/invoices/",
        f"/agency/payroll/invoices/{made.pk}/",
        f"/agency/payroll/invoices/{made.pk}/file.xml",
        "/agency/payroll/invoices/agency/",
        f"/agency/people/clients/{bakery}/billing/",
    ]
    assert [esra.get(address).status_code for address in addresses] == [200] * 5
    assert "/agency/payroll/invoices/" in esra.get("/agency/payroll/").content.decode()
    staffing.configure_agency(by=people.actor(people.esra()), at=people.BEFORE, billing=False)
    assert [esra.get(address).status_code for address in addresses] == [404] * 5
    assert esra.post(f"/agency/payroll/invoices/make/{bakery}/", {"upto": 1}).status_code == 404
    assert "/agency/payroll/invoices/" not in esra.get("/agency/payroll/").content.decode()
    assert f"/clients/{bakery}/billing/" not in esra.get(f"/agency/people/clients/{bakery}/").content.decode()


def test_what_lacks_leads_to_where_it_is_told(esra: Browser) -> None:
    people.agency()
    staffing.configure_agency(by=people.actor(people.esra()), at=people.BEFORE, billing=True)
    waits()
    page = esra.get("/agency/payroll/invoices/").content.decode()
    bakery = people.bakery().pk
    for address in ("/agency/settings/", "/agency/payroll/invoices/agency/", f"/agency/people/clients/{bakery}/"):
        assert f'<a href="{address}">' in page
    assert "Factuur maken" not in page
    assert "Adres en bankrekening" in make(esra)
    assert not Invoice.objects.exists()


def test_an_invoice_is_made_looked_at_and_taken_along(esra: Browser) -> None:
    billed.ready()
    waits()
    page = make(esra)
    [made] = Invoice.objects.all()
    assert "Factuur 2026-00001 is gemaakt." in page
    for words in ("Ana Kowalska", "1.344,00", "282,24", "1.626,24", "33,60", "week 48"):
        assert words in page
    xml = esra.get(f"/agency/payroll/invoices/{made.pk}/file.xml")
    assert xml.content == made.xml.encode()
    assert xml["Content-Disposition"] == 'attachment; filename="2026-00001.xml"'
    paper = esra.get(f"/agency/payroll/invoices/{made.pk}/file.pdf")
    assert (paper["Content-Type"], paper.content[:5]) == ("application/pdf", b"%PDF-")
    assert paper.content == esra.get(f"/agency/payroll/invoices/{made.pk}/file.pdf").content
    rows = esra.get(f"/agency/payroll/invoices/{made.pk}/file.csv").content.decode("utf-8-sig").splitlines()
    assert rows[1].startswith("2026-00001;K100;Bakkerij De Groot;1;Normale uren;")


def test_a_paper_that_was_altered_in_the_database_is_not_handed_out(esra: Browser) -> None:
    billed.ready()
    waits()
    make(esra)
    release(connection, ["billing_invoice"])
    models.QuerySet(Invoice).update(pdf=b"%PDF-anders")
    guard(connection, ["billing_invoice"])
    made = Invoice.objects.get()
    answer = esra.get(f"/agency/payroll/invoices/{made.pk}/file.pdf", follow=True)
    assert "wordt daarom niet afgegeven" in answer.content.decode()
    assert esra.get(f"/agency/payroll/invoices/{made.pk}/file.xml").content == made.xml.encode()


def test_who_comes_second_hears_so_and_a_strange_form_is_nothing(esra: Browser) -> None:
    billed.ready()
    waits()
    make(esra)
    assert "iemand was je voor" in make(esra, 10**6)
    for upto in ("", "x", "-1", "9" * 30):
        assert esra.post(f"/agency/payroll/invoices/make/{people.bakery().pk}/", {"upto": upto}).status_code == 404
    assert esra.post("/agency/payroll/invoices/make/999999/", {"upto": 1}).status_code == 404
    assert Invoice.objects.count() == 1


def test_a_mistyped_account_is_told_beside_its_field_and_nothing_typed_is_lost(esra: Browser) -> None:
    people.agency()
    staffing.configure_agency(by=people.actor(people.esra()), at=people.BEFORE, billing=True)
    typed = {"street": "Havenkade 1", "postcode": "9711 AA", "city": "Groningen", "iban": "NL91ABNA0417164301"}
    answer = esra.post("/agency/payroll/invoices/agency/", {**typed, "number_prefix": "K/"})
    page = answer.content.decode()
    assert answer.status_code == 422
    for words in ("Dit is geen geldig IBAN.", "Alleen letters, cijfers en streepjes.", "Havenkade 1"):
        assert words in page
    assert not Biller.objects.exists()
    right = {**typed, "iban": "nl91 abna 0417 1643 00", "number_prefix": "KIS-"}
    assert esra.post("/agency/payroll/invoices/agency/", right).status_code == 302
    kept = Biller.objects.get()
    assert (kept.iban, kept.number_prefix) == ("NL91ABNA0417164300", "KIS-")


def test_a_client_s_needs_are_checked_and_kept(esra: Browser) -> None:
    people.agency()
    staffing.configure_agency(by=people.actor(people.esra()), at=people.BEFORE, billing=True)
    address = f"/agency/people/clients/{people.bakery().pk}/billing/"
    typed = {
        "street": "Molenweg 11", "postcode": "1111 AA", "city": "Diemen", "profile": "setu-2.2", "vat": "STANDARD",
        "g_percentage": "100", "term_days": "400",
    }  # fmt: skip
    answer = esra.post(address, typed)
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"reference", "g_percentage", "term_days"}
    right = {**typed, "order": "PO123", "g_percentage": "20,5", "term_days": "30"}
    assert esra.post(address, right).status_code == 302
    kept = BillingProfile.objects.get()
    assert (kept.profile, kept.order, str(kept.g_percentage), kept.term_days) == ("setu-2.2", "PO123", "20.5", 30)


def test_a_colleague_without_the_back_office_does_not_set_the_account() -> None:
    billed.ready()
    finn = people.signed_in(people.finn())
    assert finn.get("/agency/payroll/invoices/agency/").status_code == 404
    assert "/agency/payroll/invoices/agency/" not in finn.get("/agency/payroll/invoices/").content.decode()
