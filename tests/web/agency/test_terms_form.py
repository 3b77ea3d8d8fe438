import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from kis.payroll.models import PlacementTerms
from kis.web.agency.terms_form import TermsForm
from tests.support import people

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 11, 27)


def form(*, billing: bool = True, **typed: Any) -> TermsForm:
    data = {"valid_from": "2026-09-01", "wage": "16,50", "tariff": "none", **typed}
    return TermsForm(data, job=people.placement(), billing=billing)


@pytest.mark.parametrize(("typed", "cents"), [("16,50", 1650), ("16.5", 1650), ("\u20ac 16,50", 1650), ("17", 1700)])
def test_a_wage_is_read_as_people_type_it(typed: str, cents: int) -> None:
    found = form(wage=typed)
    assert found.is_valid(), found.errors
    assert found.values()["wage_cents"] == cents


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        *[("wage", wage) for wage in ("", "veel", "-3", "0", "1650,00", "NaN")],
        *[("factor", factor) for factor in ("", "0", "-1", "11", "1,85001", "inf", "NaN", "x")],
        *[("price", price) for price in ("", "0", "gratis")],
        *[("valid_from", day) for day in ("", "2026-08-31", "morgen")],
        ("tariff", "anders"),
    ],
)
def test_what_cannot_be_is_told_at_its_field(field: str, typed: str) -> None:
    kind = {"factor": "factor", "price": "fixed"}.get(field, "none")
    assert list(form(**{"tariff": kind, field: typed}).errors) == [field]


@pytest.mark.parametrize(
    ("typed", "factor", "price"),
    [
        ({"tariff": "factor", "factor": "1,85", "price": "zomaar"}, Decimal("1.85"), None),
        ({"tariff": "fixed", "price": "31,25", "factor": "zomaar"}, None, 3125),
        ({"tariff": "none"}, None, None),
    ],
)
def test_only_the_chosen_tariff_counts(typed: dict[str, str], factor: Decimal | None, price: int | None) -> None:
    found = form(**typed)
    assert found.is_valid(), found.errors
    assert (found.values()["bill_factor"], found.values()["bill_cents"]) == (factor, price)


def test_without_billing_there_is_no_tariff() -> None:
    found = form(billing=False, tariff="factor")
    assert found.is_valid()
    assert (found.values()["bill_factor"], found.values()["bill_cents"]) == (None, None)


OWN = {"bill_factors": {"evening": "1.6"}, "bill_fixed": {"sunday": 6100}}


@pytest.mark.parametrize(
    ("typed", "stays"),
    [
        ({"tariff": "factor", "factor": "1,90"}, True),
        ({"tariff": "fixed", "price": "31,25"}, False),
        ({"tariff": "none"}, False),
    ],
)
def test_single_hour_types_keep_their_tariff_as_long_as_the_client_is_billed_in_the_same_way(
    typed: dict[str, str], stays: bool
) -> None:
    now = PlacementTerms(wage_cents=1600, bill_factor=Decimal("1.85"), **OWN)
    data = {"valid_from": "2026-09-01", "wage": "16,50", **typed}
    found = TermsForm(data, job=people.placement(), billing=True, now=now)
    assert found.is_valid(), found.errors
    assert {name: found.values().get(name) for name in OWN} == (OWN if stays else dict.fromkeys(OWN))


@pytest.mark.parametrize("tariff", [{"bill_factor": Decimal("1.85"), **OWN}, {"bill_cents": 3100, **OWN}])
def test_a_tariff_of_before_goes_on_while_billing_is_off(tariff: dict[str, Any]) -> None:
    now = PlacementTerms(wage_cents=1600, **tariff)
    data = {"valid_from": "2026-09-01", "wage": "16,50"}
    found = TermsForm(data, job=people.placement(), billing=False, now=now)
    assert found.is_valid(), found.errors
    assert {name: found.values()[name] for name in tariff} == tariff


def test_the_form_begins_with_what_holds() -> None:
    job = people.placement()
    terms = PlacementTerms(wage_cents=1650, bill_factor=Decimal("1.8500"), on_call=True)
    initial = TermsForm.initial_of(terms, job, today=TODAY)
    assert (initial["wage"], initial["tariff"], initial["factor"]) == ("16,50", "factor", "1,85")
    assert initial["valid_from"] == TODAY
    assert TermsForm.initial_of(None, job, today=TODAY)["valid_from"] == job.start
