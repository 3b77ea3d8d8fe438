"""Amounts as people type them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kis.core.money import NotAnAmount, cents_text, parse_cents


@pytest.mark.parametrize(
    ("text", "cents"),
    [("12,50", 1250), ("12.5", 1250), ("€ 12,50", 1250), ("€\u00a012", 1200), ("1.234,50", 123450), ("1.234", 123400)],
)
def test_an_amount_is_read_as_people_write_it(text: str, cents: int) -> None:
    assert parse_cents(text) == cents


@pytest.mark.parametrize("text", ["12,345", "veel", "0", "0,00", "1,2,3", "-4", ""])
def test_what_is_no_amount_is_refused(text: str) -> None:
    with pytest.raises(NotAnAmount):
        parse_cents(text)


@given(st.integers(1, 999_999_999))
def test_an_amount_comes_back_as_it_was(cents: int) -> None:
    assert parse_cents(cents_text(cents)) == cents
