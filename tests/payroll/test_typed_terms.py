"""What an hour is worth, as people type it."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from kis.payroll.typed_terms import factor, factor_text, hourly_amount, running_day
from kis.staffing.models import Placement


@pytest.mark.parametrize("typed", ["", "veel", "-3", "0", "1000,01", "NaN"])
def test_an_hour_is_worth_an_amount_within_reason(typed: str) -> None:
    assert (hourly_amount("16,50"), hourly_amount("1000")) == (1650, 100_000)
    with pytest.raises(ValidationError):
        hourly_amount(typed)


@pytest.mark.parametrize("typed", ["", "0", "-1", "10,01", "1,85001", "inf", "NaN", "x"])
def test_a_factor_lies_within_reason(typed: str) -> None:
    assert (factor("1,85"), factor("10")) == (Decimal("1.85"), Decimal(10))
    with pytest.raises(ValidationError):
        factor(typed)


@pytest.mark.parametrize(("number", "text"), [("1.8500", "1,85"), ("10", "10"), ("2.1234", "2,1234")])
def test_a_factor_comes_back_as_it_is_typed(number: str, text: str) -> None:
    assert factor_text(Decimal(number)) == text
    assert factor(text) == Decimal(number)


@pytest.mark.parametrize("end", [None, dt.date(2026, 9, 30)])
def test_terms_begin_on_a_day_of_the_job(end: dt.date | None) -> None:
    placement = Placement(start=dt.date(2026, 9, 1), end=end)
    assert running_day(placement, dt.date(2026, 9, 30)) == dt.date(2026, 9, 30)
    outside = [dt.date(2026, 8, 31), *([dt.date(2026, 10, 1)] if end else [])]
    for day in outside:
        with pytest.raises(ValidationError):
            running_day(placement, day)
