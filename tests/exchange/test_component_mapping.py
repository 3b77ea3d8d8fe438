"""The mapping table: nothing unmapped goes out, nothing is lost in rounding."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kis.exchange.component_mapping import Measure, Rounding, Target, Unmapped, bookings, rounded
from kis.exchange.pay_rows import PayRow
from kis.payroll.rules.problems import Invalid
from tests.exchange.rows import TABLE, row, rows


def test_every_unmapped_component_is_named_in_one_error() -> None:
    unknown = [
        row(),
        row("standby"),
        row("travel", percentage=None),
        row("standby"),
        row("standby", percentage=Decimal(150)),
    ]
    with pytest.raises(Unmapped) as refusal:
        list(bookings(unknown, TABLE))
    assert refusal.value.components == ("standby (100 %)", "standby (150 %)", "travel")
    assert "standby (100 %), standby (150 %), travel" in str(refusal.value)


def test_a_line_for_one_percentage_goes_before_a_line_for_all() -> None:
    found = [
        (booked.target.code, booked.value) for booked in bookings([row("evening", percentage=Decimal(130))], TABLE)
    ]
    assert found == [("86", Fraction("2.4")), ("28", Fraction(8))]
    assert [booked.target.code for booked in bookings([row("evening", percentage=Decimal(125))], TABLE)] == ["28"]


def test_hours_quantities_and_amounts_are_measured_apart() -> None:
    table = [Target("a", "1"), Target("b", "2", Measure.QUANTITY), Target("c", "3", Measure.AMOUNT, Decimal(2))]
    three = [row("a", minutes=440), row("b", quantity=Decimal("1.5")), row("c", amount_cents=1234)]
    assert [booked.value for booked in bookings(three, table)] == [Fraction(22, 3), Fraction(3, 2), Fraction("24.68")]


def test_a_code_cannot_add_hours_to_money() -> None:
    with pytest.raises(Invalid, match="Code 1 would add up hours and amount"):
        list(bookings([], [Target("a", "1"), Target("b", "1", Measure.AMOUNT)]))


@pytest.mark.parametrize(
    ("found", "measure"), [(row(), Measure.QUANTITY), (row(minutes=0, quantity=Decimal(42)), Measure.HOURS)]
)
def test_hours_are_never_booked_as_pieces_nor_pieces_as_hours(found: PayRow, measure: Measure) -> None:
    with pytest.raises(Invalid, match="counted otherwise"):
        list(bookings([found], [Target("normal", "1", measure)]))


def test_people_read_the_name_of_what_lacks_a_code() -> None:
    with pytest.raises(Unmapped, match=r"Avond \(130 %\)"):
        list(bookings([row("evening", component_name="Avond", percentage=Decimal(130))], []))


@given(rows())
def test_what_is_booked_is_what_the_rows_hold(found: list[PayRow]) -> None:
    table = [*(Target(name, name) for name in ("normal", "evening", "bonus")), Target("km", "km", Measure.QUANTITY)]
    booked = list(bookings(found, table))
    hours = sum(one.value for one in booked if one.target.measure is Measure.HOURS)
    assert hours == Fraction(sum(one.minutes for one in found), 60)
    assert sum(one.value for one in booked) - hours == sum(Fraction(one.quantity or 0) for one in found)


@pytest.mark.parametrize(
    ("value", "text"), [("1/3", "0.33"), ("0.005", "0.01"), ("-0.005", "-0.01"), ("7.335", "7.34")]
)
def test_values_are_rounded_half_away_from_nought(value: str, text: str) -> None:
    assert str(rounded(Fraction(value))) == text


def test_seven_twenty_on_three_days_is_twenty_two_hours() -> None:
    rounding = Rounding()
    parts = [rounding.part("Ana", Fraction(440, 60)) for _ in range(3)]
    assert [str(part) for part in parts] == ["7.33", "7.34", "7.33"]


@given(st.lists(st.fractions(-100, 100, max_denominator=600)))
def test_rounded_parts_add_up_to_the_rounded_sum(values: list[Fraction]) -> None:
    rounding = Rounding()
    parts = [rounding.part("a", value) for value in values]
    assert sum(parts, Decimal()) == rounded(sum(values, Fraction()))
    assert all(abs(Fraction(part) - value) <= Fraction(1, 100) for part, value in zip(parts, values, strict=True))
