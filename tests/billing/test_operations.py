"""Invoices from paid weeks: every bill line once, numbers without gaps, and documents that the other side takes."""

from __future__ import annotations

import datetime as dt
import hashlib
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from lxml import etree
from pytest_django import DjangoAssertNumQueries

from kis.billing import operations
from kis.billing.models import DOCUMENTS, Altered, Biller, BillingProfile, Invoice, InvoicedLine
from kis.core.append_only import AppendOnly
from kis.core.models import AuditEntry
from kis.exchange import ubl
from kis.exchange.invoices import Profile, Vat
from kis.payroll import agreements, recalculation, recheck
from kis.payroll.models import BillLine
from kis.payroll.rules.problems import Invalid
from kis.staffing import operations as staffing
from kis.timesheets.hours import Day, Expense, Hours
from kis.timesheets.workflow import NotAllowed
from tests.billing import billed
from tests.exchange.bills import findings
from tests.standards.official import Standards
from tests.support import people

pytestmark = pytest.mark.django_db


def said(invoice: Invoice, name: str) -> list[str]:
    found: Any = etree.fromstring(invoice.xml.encode()).xpath(f"//*[local-name()='{name}']")
    return [str(element.text) for element in found]


def corrected(days: int) -> None:
    """A week that was billed, corrected to so many days, and paid again."""
    billed.approved(people.ana())
    billed.paid()
    billed.issue()
    billed.walk_a_correction(days=days)


def test_a_paid_week_becomes_one_invoice_with_its_sums() -> None:
    billed.ready()
    billed.approved(people.ana())
    run = billed.paid()
    [made] = billed.issue()
    assert (made.number, made.issued, made.due) == ("2026-00001", dt.date(2026, 12, 1), dt.date(2026, 12, 15))
    assert made.net_cents == run.bill_cents == billed.ANA_S_WEEK
    assert (made.vat_cents, made.gross_cents) == (28224, 162624)
    [line] = made.lines
    assert (line["quantity"], line["price"], line["week"]) == ("40", "33.6", "2026-W48")
    assert InvoicedLine.objects.count() == BillLine.objects.count() == 5
    assert AuditEntry.objects.filter(act="issue_invoice", detail__number="2026-00001").count() == 1


def test_what_was_billed_is_not_billed_again() -> None:
    billed.ready()
    billed.approved(people.ana())
    billed.paid()
    billed.issue()
    assert operations.waiting() == []
    with pytest.raises(operations.NothingToBill):
        billed.issue()
    assert Invoice.objects.count() == 1


def test_what_is_not_paid_yet_is_not_billed() -> None:
    billed.ready()
    billed.approved(people.ana())
    assert operations.waiting() == []


@pytest.mark.parametrize("vat", Vat)
@pytest.mark.parametrize("profile", Profile)
def test_every_kind_of_invoice_keeps_to_its_official_rules(profile: Profile, vat: Vat, standards: Standards) -> None:
    billed.ready(profile=profile.value, vat=vat.name)
    lunch = Expense(people.WEEK.monday, 1250, "Lunch")
    billed.approved(people.ana(), hours=people.hours(expenses=(lunch,)))
    run = billed.paid()
    [made] = billed.issue()
    assert made.net_cents == run.bill_cents == billed.ANA_S_WEEK + 1250
    assert findings(standards, made.xml.encode(), profile) == []
    assert made.blocked_cents == ((made.gross_cents + 2) // 4 if profile is Profile.NLCIUS_G_ACCOUNT else 0)
    assert made.vat_cents == (0 if vat is Vat.REVERSE_CHARGE else (made.net_cents * 21 + 50) // 100)


@pytest.mark.parametrize("profile", Profile)
def test_fewer_hours_are_credited_on_the_invoice_they_stood_on(profile: Profile, standards: Standards) -> None:
    billed.ready(profile=profile.value)
    corrected(days=4)
    [credit] = billed.issue(at=billed.NOON + dt.timedelta(days=7))
    assert (credit.number, credit.corrects) == ("2026-00002", "2026-00001")
    assert credit.net_cents == -billed.ANA_S_WEEK // 5
    assert findings(standards, credit.xml.encode(), profile) == []
    if profile is not Profile.SETU_2_2:
        assert said(credit, "CreditNoteTypeCode") == ["381"]


def test_more_hours_come_on_a_document_that_names_the_invoice_and_new_weeks_on_another(standards: Standards) -> None:
    billed.ready()
    corrected(days=6)
    billed.approved(people.bram(), week=people.WEEK.next)
    billed.paid(people.WEEK.next)
    new, more = billed.issue(at=billed.NOON + dt.timedelta(days=14))
    assert (new.corrects, new.net_cents) == ("", billed.ANA_S_WEEK)
    assert more.corrects == "2026-00001"
    assert said(more, "InvoiceTypeCode") == ["384"]
    assert findings(standards, more.xml.encode(), Profile.NLCIUS) == []


def test_a_credit_note_has_the_vat_and_the_order_of_its_invoice_whatever_was_agreed_since(
    standards: Standards,
) -> None:
    billed.ready(order="PO-OLD")
    sheet, esra = billed.approved(people.ana()), people.actor(people.esra())
    billed.paid()
    [first] = billed.issue()
    profile = BillingProfile.objects.get()
    profile.vat = Vat.REVERSE_CHARGE.name
    operations.keep_profile(profile, by=esra, at=billed.NOON)
    staffing.change_placement(sheet.placement, by=esra, at=billed.NOON, purchase_order="PO-NEW")
    billed.walk_a_correction(days=4)
    [credit] = billed.issue(at=billed.NOON + dt.timedelta(days=7))
    assert (credit.corrects, credit.order, credit.vat) == (first.number, "PO-OLD", "STANDARD")
    assert credit.vat_cents == -first.vat_cents // 5
    assert findings(standards, credit.xml.encode(), Profile.NLCIUS) == []


def test_a_second_correction_names_the_invoice_and_not_the_credit_note() -> None:
    billed.ready()
    corrected(days=4)
    [credit] = billed.issue(at=billed.NOON + dt.timedelta(days=7))
    billed.walk_a_correction(days=5, run=people.WEEK + 2)
    [more] = billed.issue(at=billed.NOON + dt.timedelta(days=14))
    assert credit.net_cents < 0 < more.net_cents
    assert (credit.corrects, more.corrects) == ("2026-00001", "2026-00001")


def test_hours_that_only_moved_to_another_day_make_no_invoice_and_are_settled() -> None:
    billed.ready()
    billed.approved(people.ana())
    billed.paid()
    [first] = billed.issue()
    a_day = people.hours().days[0]
    later = Hours(people.WEEK, (Day(not_worked=True), a_day, a_day, a_day, a_day, Day(), Day()))
    billed.walk_a_correction(hours=later)  # a day less: credited
    [credit] = billed.issue(at=billed.NOON + dt.timedelta(days=7))
    moved = Hours(people.WEEK, (a_day, a_day, a_day, a_day, Day(not_worked=True), Day(), Day()))
    billed.walk_a_correction(hours=moved, run=people.WEEK + 2)
    assert billed.issue(at=billed.NOON + dt.timedelta(days=14)) == []
    assert operations.waiting() == []
    assert list(Invoice.objects.order_by("pk")) == [first, credit]
    assert first.invoiced.count() == 5 + 2


@pytest.mark.parametrize("profile", Profile)
def test_each_order_number_has_its_own_invoice_and_the_contract_stands_on_all(
    profile: Profile, standards: Standards
) -> None:
    billed.ready(profile=profile.value, order="PO-7", contract="RC-2026-3")
    esra = people.actor(people.esra())
    first, second = billed.approved(people.ana()), billed.approved(people.bram())
    staffing.change_placement(first.placement, by=esra, at=people.BEFORE, purchase_order="PO-12")
    billed.paid()
    made = billed.issue()
    assert [(each.number, each.order, each.contract) for each in made] == [
        ("2026-00001", "PO-12", "RC-2026-3"), ("2026-00002", "PO-7", "RC-2026-3")
    ]  # fmt: skip
    for invoice, sheet in zip(made, (first, second), strict=True):
        assert findings(standards, invoice.xml.encode(), profile) == []
        assert {line.line.timesheet for line in invoice.invoiced.all()} == {sheet}
        reference = etree.fromstring(invoice.xml.encode()).find("{*}OrderReference/{*}ID")
        assert reference is not None
        assert reference.text == invoice.order
        assert "RC-2026-3" in invoice.xml


def test_a_raise_for_weeks_that_were_billed_names_their_invoice() -> None:
    billed.ready()
    sheet = billed.approved(people.ana())
    billed.paid()
    billed.issue()
    esra, at = people.actor(people.esra()), billed.NOON
    agreements.agree_terms(
        sheet.placement, valid_from=people.START, wage_cents=1700, bill_factor=Decimal("2.10"), by=esra, at=at
    )
    asked = recheck.ask(people.WEEK, by=esra, at=at)
    recheck.carry_out(asked.pk, clock=lambda: at)
    recalculation.confirm(list(asked.rows.all()), by=esra, at=at)
    billed.paid(people.WEEK.next)
    [more] = billed.issue(at=at + dt.timedelta(days=7))
    assert (more.corrects, more.net_cents) == ("2026-00001", 40 * 210)


def test_everything_that_lacks_is_said_at_once_and_no_number_is_lost() -> None:
    esra = people.actor(people.esra())
    staffing.configure_agency(by=esra, at=people.BEFORE, billing=True)
    billed.approved(people.ana())
    billed.paid()
    with pytest.raises(Invalid) as wrong:
        billed.issue()
    assert [problem.path for problem in wrong.value.problems] == ["agency", "biller", "client", "profile"]
    [row] = operations.waiting()
    assert row.problems == tuple(wrong.value.problems)
    billed.ready()
    [made] = billed.issue()
    assert made.number == "2026-00001"


def test_each_kind_has_its_own_needs() -> None:
    billed.ready(profile=Profile.NLCIUS_G_ACCOUNT.value, vat=Vat.REVERSE_CHARGE.name)
    billed.approved(people.ana())
    billed.paid()
    esra = people.actor(people.esra())
    staffing.change_client(
        people.bakery(), by=esra, at=people.BEFORE, vat_id="", legal_register="RSIN", legal_id="123456782"
    )
    Biller.objects.update(g_iban="")
    [row] = operations.waiting()
    assert [problem.path for problem in row.problems] == ["client", "biller", "client"]


def test_a_crash_between_two_documents_takes_no_number(monkeypatch: pytest.MonkeyPatch) -> None:
    billed.ready()
    corrected(days=6)
    billed.approved(people.bram(), week=people.WEEK.next)
    billed.paid(people.WEEK.next)
    write, written = ubl.write, []

    def breaks(*args: Any) -> bytes:
        written.append(args)
        if len(written) == 2:
            raise ConnectionError("the database is gone")
        return write(*args)

    monkeypatch.setattr(ubl, "write", breaks)
    with pytest.raises(ConnectionError):
        billed.issue()
    monkeypatch.undo()
    assert Invoice.objects.count() == 1
    assert [made.number for made in billed.issue()] == ["2026-00002", "2026-00003"]


def test_numbers_begin_anew_with_the_year() -> None:
    billed.ready(people.bakery(), people.transport())
    Biller.objects.update(number_prefix="KIS-")
    billed.approved(people.ana())
    billed.approved(people.bram(), people.transport())
    billed.paid()
    [last] = billed.issue()
    [first] = billed.issue(people.transport(), at=billed.NOON + dt.timedelta(days=31))
    assert (last.number, first.number) == ("KIS-2026-00001", "KIS-2027-00001")


def test_only_what_was_seen_is_billed() -> None:
    billed.ready()
    billed.approved(people.ana())
    billed.paid()
    [seen] = operations.waiting()
    billed.approved(people.bram())
    billed.paid()
    esra = people.actor(people.esra())
    [made] = operations.issue(people.bakery(), upto=seen.upto, by=esra, at=billed.NOON)
    assert made.net_cents == seen.cents
    [rest] = operations.waiting()
    assert rest.cents == billed.ANA_S_WEEK


def test_expenses_stand_on_a_line_of_their_own_and_kilometres_without_a_price_on_none() -> None:
    billed.ready()
    lunch = Expense(people.WEEK.monday, 1250, "Lunch")
    week = people.hours(expenses=(lunch,))
    billed.approved(people.ana(), hours=week)
    billed.paid()
    [made] = billed.issue()
    assert [(line["name"], line["unit"], line["quantity"], line["price"], line["cents"]) for line in made.lines] == [
        ("Onkosten", "C62", "1", "12.5", 1250),
        ("Normale uren", "HUR", "40", "33.6", billed.ANA_S_WEEK),
    ]


@pytest.mark.parametrize("person", [people.ana, people.carla])
def test_nobody_but_the_agency_bills(person: Any) -> None:
    billed.ready()
    billed.approved(people.ana())
    billed.paid()
    actor = people.actor(person())
    with pytest.raises(NotAllowed):
        operations.issue(people.bakery(), upto=10**6, by=actor, at=billed.NOON)
    with pytest.raises(NotAllowed):
        operations.keep_biller(Biller.objects.get(), by=actor, at=billed.NOON)
    with pytest.raises(NotAllowed):
        operations.keep_profile(BillingProfile.objects.get(), by=actor, at=billed.NOON)
    assert not Invoice.objects.visible_to(actor).exists()


def test_an_invoice_stays_as_it_is() -> None:
    billed.ready()
    billed.approved(people.ana())
    billed.paid()
    [made] = billed.issue()
    with pytest.raises(AppendOnly):
        made.save()
    with pytest.raises(AppendOnly):
        Invoice.objects.update(number="anders")
    with pytest.raises(AppendOnly):
        InvoicedLine.objects.all().delete()


@pytest.mark.parametrize("kind", DOCUMENTS)
def test_each_document_has_its_own_digest_and_one_that_was_altered_is_not_handed_out(kind: str) -> None:
    billed.ready()
    billed.approved(people.ana())
    billed.paid()
    [made] = billed.issue()
    digest = "sha256" if kind == "xml" else f"{kind}_sha256"
    assert getattr(made, digest) == hashlib.sha256(made.file(kind)).hexdigest()
    assert AuditEntry.objects.get(act="issue_invoice").detail[digest] == getattr(made, digest)
    kept = Invoice.objects.get()
    assert kept.file(kind) == made.file(kind)
    setattr(kept, kind, getattr(kept, kind)[:-1])
    with pytest.raises(Altered):
        kept.file(kind)


def test_an_account_that_cannot_be_is_refused() -> None:
    biller = Biller(street="Havenkade 1", postcode="9711 AA", city="Groningen", iban="NL91ABNA0417164301")
    with pytest.raises(ValidationError) as wrong:
        operations.keep_biller(biller, by=people.actor(people.esra()), at=people.BEFORE)
    assert list(wrong.value.error_dict) == ["iban"]


def test_a_large_invoice_costs_no_more_queries_than_a_small_one(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    billed.ready(people.bakery(), people.transport())
    for worker in people.many_workers(12):
        billed.approved(worker)
    billed.approved(people.ana(), people.transport())
    billed.paid()
    with django_assert_max_num_queries(4):
        rows = operations.waiting()
    esra = people.actor(people.esra())
    for row in rows:
        with django_assert_max_num_queries(15):
            operations.issue(row.client, upto=row.upto, by=esra, at=billed.NOON)
