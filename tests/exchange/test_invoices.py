"""The sums of an invoice, and what would make the other side refuse it."""

from __future__ import annotations

import dataclasses
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kis.exchange import invoices
from kis.exchange.invoices import GAccount, Invoice, Profile, Vat, g_account_share, share, totals
from kis.payroll.rules.problems import Invalid
from tests.exchange.bills import line, sample


def complaints(invoice: Invoice, profile: Profile = Profile.NLCIUS) -> list[str]:
    try:
        invoices.require(invoice, profile)
    except Invalid as refusal:
        return [str(problem) for problem in refusal.problems]
    return []


def test_the_worked_example_of_the_domain_rules() -> None:
    sums = totals(sample())
    assert (sums.net, sums.vat, sums.gross) == (30912, 6492, 37404)
    assert g_account_share(sample(g_account=GAccount("NL18RABO0123459876"))) == 9351
    assert g_account_share(sample()) == 0
    back = tuple(dataclasses.replace(one, quantity=-1, amount_cents=-one.amount_cents) for one in sample().lines)
    assert g_account_share(sample(lines=back, g_account=GAccount("NL18RABO0123459876"))) == 0


def test_vat_is_computed_once_per_rate_over_the_sum() -> None:
    thrice = tuple(line("0.03", "1", "0.03", id=str(place)) for place in range(3))
    apart = dataclasses.replace(thrice[0], id="4", vat=Vat.REVERSE_CHARGE)
    assert totals(sample(lines=(*thrice, apart))).per_vat == ((Vat.STANDARD, 9, 2), (Vat.REVERSE_CHARGE, 3, 0))


@given(st.integers(-(10**9), 10**9), st.decimals(0, 100, places=1))
def test_a_share_and_its_negative_mirror_each_other(amount: int, percentage: Decimal) -> None:
    assert share(-amount, percentage) == -share(amount, percentage)
    assert abs(share(amount, percentage) - amount * percentage / 100) <= Decimal("0.5")


def test_a_good_invoice_has_no_complaints() -> None:
    assert complaints(sample()) == []


def party(**changes: str) -> Any:
    return dataclasses.replace(sample().customer, **changes)


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"number": " "}, "number: This is missing."),
        ({"lines": ()}, "lines: This is missing."),
        ({"due": sample().issued.replace(month=11)}, "due: The invoice is due before it is issued."),
        ({"period_end": sample().issued.replace(year=2025)}, "period_end: The period ends before it starts."),
        (
            {"buyer_reference": "", "order": ""},
            "buyer_reference: The client's reference or the order number is needed.",
        ),
        ({"lines": (line("1", "1", "1", order_line="7"),), "order": ""}, "order: Lines refer to an order"),
        ({"lines": (line("1", "1", "1"), line("1", "1", "1"))}, "lines: Two lines have the same id."),
        ({"lines": (line("-1", "-1", "1"),)}, "corrects: A negative invoice must name"),
        (
            {"lines": (line("1", "1", "1", vat=Vat.REVERSE_CHARGE),), "customer": party(vat_id="")},
            "customer.vat_id: Rev",
        ),
        ({"supplier": party(vat_id="")}, "supplier.vat_id: This is missing."),
        ({"iban": "NL00"}, "iban: This is no valid IBAN."),
        ({"g_account": GAccount("NL91ABNA0417164300")}, "g_account: This profile cannot divide"),
        ({"customer": party(name="")}, "customer.name: This is missing."),
        ({"customer": party(legal_id="123")}, "customer.legal_id: A KvK number has 8 digits"),
        ({"customer": party(legal_scheme="0190")}, "customer.legal_id: A KvK number has 8 digits"),
        ({"customer": party(vat_id="NL123456789B01")}, "customer.vat_id: This is no valid Dutch VAT number."),
        ({"lines": (line("1", "1", "1", name=""),)}, "lines[0].name: This is missing."),
        ({"lines": (line("1", "-1", "-1"),)}, "lines[0].price: A price cannot be negative"),
        ({"lines": (line("1.03", "1", "1"),)}, "lines[0].amount_cents: The amount is not the quantity times"),
    ],
)
def test_a_fault_is_told_with_its_place(changes: dict[str, Any], complaint: str) -> None:
    assert complaint in " ".join(complaints(sample(**changes)))


def test_a_g_account_is_needed_where_the_profile_is_for_it() -> None:
    assert complaints(sample(), Profile.NLCIUS_G_ACCOUNT) == ["g_account: This is missing."]
    odd = sample(g_account=GAccount("NL00", Decimal(100)))
    assert complaints(odd, Profile.NLCIUS_G_ACCOUNT) == [
        "g_account.iban: This is no valid IBAN.",
        "g_account.percentage: The share of the G-account lies between 0 and 100.",
    ]


def test_setu_knows_only_the_words_of_its_lists() -> None:
    assert complaints(sample(lines=(line("1", "1", "1", name="Normale uren"),)), Profile.SETU_2_2) == [
        "lines[0].name: Normale uren is no hour type and no invoice reason of SETU."
    ]
    assert complaints(sample(lines=(line("1", "1", "1", name="Normale uren"),))) == []


def test_a_foreign_client_has_other_numbers() -> None:
    assert (
        complaints(
            sample(customer=party(country="BE", legal_scheme="0208", legal_id="0403.170.701", vat_id="BE0403170701"))
        )
        == []
    )
