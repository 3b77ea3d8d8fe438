import dataclasses
import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kis.payroll.rules import Line, Piece
from kis.payroll.rules.combine import Reason
from kis.payroll.rules.lines import applied, difference, merged, quantity_line, time_amount
from kis.payroll.rules.model import NORMAL, Rounding
from tests.payroll.rules.weeks import STANDARD, rules

TUESDAY = dt.date(2026, 11, 24)
ONE = Decimal(1)


def line(label: str, minutes: int, cents: int, percentage: int = 100) -> Line:
    return Line(TUESDAY, label, Decimal(percentage), 1600, ONE, minutes, cents)


@pytest.mark.parametrize(
    ("minutes", "rate", "percentage", "cents"), [(30, 1500, "175", 1313), (60, 1499, "125", 1874), (1, 1600, "100", 27)]
)
def test_an_amount_is_rounded_half_up_once(minutes: int, rate: int, percentage: str, cents: int) -> None:
    assert time_amount(minutes, rate, Decimal(percentage), ONE, Rounding.HALF_UP) == cents


def test_half_a_cent_goes_to_the_even_one_where_the_rules_say_so() -> None:
    assert [time_amount(30, rate, Decimal(100), ONE, Rounding.HALF_EVEN) for rate in (1, 3, 5)] == [0, 2, 2]
    assert [time_amount(30, rate, Decimal(100), ONE, Rounding.HALF_UP) for rate in (1, 3, 5)] == [1, 2, 3]


@given(
    st.integers(0, 10080), st.integers(0, 10_000_000), st.decimals(100, 1100, places=8), st.decimals(0, 100, places=6)
)
def test_an_amount_is_exact_to_half_a_cent_however_large(
    minutes: int, rate: int, percentage: Decimal, factor: Decimal
) -> None:
    cents = time_amount(minutes, rate, percentage, factor, Rounding.HALF_UP)
    exact = minutes * rate * int(percentage * 10**8) * int(factor * 10**6)
    unit = 60 * 100 * 10**14
    assert cents == (2 * exact + unit) // (2 * unit)


def test_a_quantity_is_priced_per_unit() -> None:
    km = STANDARD.components[0]
    assert quantity_line(TUESDAY, km, Decimal("10.5"), rules()).amount_cents == 263


def test_a_difference_has_only_what_changed() -> None:
    old = [line("normal", 480, 12800), line("evening", 60, 2080, 130)]
    new = [line("normal", 420, 11200), line("evening", 60, 2080, 130), line("night", 30, 1200, 150)]
    assert difference(old, new) == [line("normal", -60, -1600), line("night", 30, 1200, 150)]
    assert difference(new, old) == [line("normal", 60, 1600), line("night", -30, -1200, 150)]
    assert applied(old, difference(old, new)) == new


def test_another_wage_is_another_line() -> None:
    raised = dataclasses.replace(line("normal", 480, 13600), rate_cents=1700)
    assert [delta.minutes for delta in difference([line("normal", 480, 12800)], [raised])] == [-480, 480]


def test_a_line_whose_money_alone_changes_is_a_difference() -> None:
    assert difference([line("normal", 1, 27)], [line("normal", 1, 26)]) == [line("normal", 0, -1)]


def test_pieces_that_touch_for_one_reason_are_joined() -> None:
    normal, other = Reason(NORMAL), Reason(dataclasses.replace(NORMAL, label="day"))
    pieces = [Piece(0, 10, normal), Piece(10, 20, normal), Piece(20, 30, other), Piece(40, 50, other)]
    assert merged(pieces) == (Piece(0, 20, normal), Piece(20, 30, other), Piece(40, 50, other))
