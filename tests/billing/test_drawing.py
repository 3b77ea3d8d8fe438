"""From bill lines to invoice lines: nothing is lost, and a quantity times its price is the amount."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kis.billing import drawing
from kis.billing.models import Biller, BillingProfile
from kis.exchange.invoices import Invoice, Profile, Unit, require
from kis.payroll.models import BillLine
from kis.payroll.rules.lines import time_amount
from kis.payroll.rules.model import Rounding
from kis.staffing.models import AgencySettings
from kis.timesheets.models import Timesheet
from tests.billing import billed
from tests.exchange.quick import quick
from tests.support import people

pytestmark = pytest.mark.django_db


@pytest.fixture
def sheet(db: None) -> Timesheet:
    billed.ready()
    job = people.placement(people.ana(), people.bakery(), department=people.department())
    return people.sheet(job)


def line(sheet: Timesheet, minutes: int, cents: int, **changes: Any) -> BillLine:
    values: dict[str, Any] = {"label": "normal", "percentage": Decimal("100.00"), "rate_cents": 2997, **changes}
    kind = values.pop("kind", BillLine.Kind.TIME)
    return BillLine(timesheet=sheet, date=sheet.week.monday, kind=kind, minutes=minutes, cents=cents, **values)


def drawn(*lines: BillLine, profile: str = Profile.NLCIUS.value) -> Invoice:
    found = BillingProfile.objects.select_related("client").get()
    found.profile = profile
    return drawing.invoice_of(
        lines, number="2026-00001", issued=dt.date(2026, 12, 1), profile=found, biller=Biller.objects.get(),
        agency=AgencySettings.objects.get(), corrects="2026-00000",
    )  # fmt: skip


def test_days_rounded_each_to_a_cent_keep_the_agreed_price(sheet: Timesheet) -> None:
    one = time_amount(20, 2997, Decimal(100), Decimal(1), Rounding.HALF_UP)
    [found] = drawn(*[line(sheet, 20, one)] * 3).lines
    assert (found.quantity, found.price, found.amount_cents) == (1, Decimal("29.97"), 2997)


def test_where_rounding_makes_more_the_price_is_the_one_that_gives_the_amount(sheet: Timesheet) -> None:
    [found] = drawn(*[line(sheet, 1, 50)] * 120).lines
    assert (found.quantity, found.price, found.amount_cents) == (2, Decimal("30"), 6000)


def test_what_takes_money_off_more_hours_is_one_piece(sheet: Timesheet) -> None:
    [found] = drawn(line(sheet, 60, -500)).lines
    assert (found.quantity, found.unit, found.price, found.amount_cents) == (-1, Unit.PIECE, Decimal("5"), -500)


def test_a_line_tells_who_did_what_where_in_dutch(sheet: Timesheet) -> None:
    [found] = drawn(line(sheet, 60, 3897, label="evening", percentage=Decimal("130.00"))).lines
    assert found.description == f"Ana Kowalska, {sheet.placement.job_title}: Avond, 130 %"
    assert (found.week, found.cost_centre) == (people.WEEK, "4100")


@pytest.mark.parametrize(
    ("changes", "word"),
    [
        ({}, "Regular"),
        ({"label": "evening", "percentage": Decimal(130)}, "Additional"),
        ({"label": "evening+day-ot", "percentage": Decimal(160)}, "Overtime"),
        ({"kind": BillLine.Kind.EXPENSES, "label": "expenses"}, "Reimbursement of expenses"),
        ({"kind": BillLine.Kind.QUANTITY, "label": "km", "quantity": 10}, "Transportation costs"),
    ],
)
def test_setu_has_words_of_its_own(sheet: Timesheet, changes: dict[str, Any], word: str) -> None:
    [found] = drawn(line(sheet, 60, 2997, **changes), profile=Profile.SETU_2_2.value).lines
    assert found.name == word


def test_whatever_is_billed_adds_up_and_every_line_can_stand_on_an_invoice(sheet: Timesheet) -> None:
    def some(of: BillLine.Kind) -> st.SearchStrategy[BillLine]:
        return st.builds(
            lambda **values: line(sheet, kind=of, **values),
            minutes=st.integers(-3000, 3000),
            cents=st.integers(-200_000, 200_000),
            quantity=st.integers(-300, 300),
            label=st.sampled_from(["normal", "evening", "evening+day-ot"]),
            percentage=st.sampled_from([Decimal(100), Decimal("133.33")]),
            rate_cents=st.integers(0, 6000),
        )

    @quick
    @given(lines=st.lists(st.one_of(*(some(kind) for kind in BillLine.Kind)), min_size=1, max_size=12))
    def holds(lines: list[BillLine]) -> None:
        if drawing.cancel_out(lines):
            assert sum(each.cents for each in lines) == 0
            return
        found = drawn(*lines)
        assert sum(each.amount_cents for each in found.lines) == sum(each.cents for each in lines)
        require(found, Profile.NLCIUS)

    holds()
