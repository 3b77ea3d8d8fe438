import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kis.payroll.rules import Invalid, fields
from kis.payroll.rules.fields import Fields


def refusal(read: fields.Read[Any], value: object) -> str:
    with pytest.raises(Invalid) as wrong:
        read(value)
    return str(wrong.value)


def test_a_missing_field_is_named() -> None:
    assert refusal(lambda value: Fields(value).read("code", fields.text), {}) == "code: is missing"


def test_a_field_nobody_asked_for_is_named() -> None:
    leftover = Fields({"code": "x", "colour": "red"})
    assert leftover.read("code", fields.text) == "x"
    with pytest.raises(Invalid, match="colour: is not known here"):
        leftover.done()


def test_what_is_no_object_is_refused() -> None:
    assert refusal(Fields, [1]) == "must be an object"


@pytest.mark.parametrize("value", ["50", 50, Decimal("50.00")])
def test_a_percentage_may_be_text_a_whole_number_or_a_decimal(value: object) -> None:
    assert fields.decimal(0, 100, 2)(value) == 50


@pytest.mark.parametrize("value", [12.5, True, "1e2", "-1", "101", "12.505", "", "½", "NaN", None, "1_0"])
def test_a_float_and_what_is_out_of_range_are_refused(value: object) -> None:
    expected = "must be a number from 0 to 100 with at most 2 decimals"
    assert refusal(fields.decimal(0, 100, 2), value) == expected


@given(st.decimals(0, 1000, places=2))
def test_a_decimal_is_written_in_its_shortest_form(number: Decimal) -> None:
    text = fields.decimal_text(number)
    assert Decimal(text) == number
    assert "E" not in text
    assert not (text.endswith("0") and "." in text)


@pytest.mark.parametrize("value", [True, 1.0, "1", -1, 11, None])
def test_a_whole_number_is_an_integer_within_its_range(value: object) -> None:
    assert refusal(fields.whole(0, 10), value) == "must be a whole number from 0 to 10"


@given(st.integers(0, 1440))
def test_a_time_of_day_survives_being_written(minute: int) -> None:
    assert fields.time_of_day(fields.time_text(minute)) == minute


@pytest.mark.parametrize("value", ["7:00", "24:01", "25:00", "12:60", "1200", "", 7, "٠٧:٠٠"])
def test_an_impossible_time_of_day_is_refused(value: object) -> None:
    assert refusal(fields.time_of_day, value) == "must be a time of day from 00:00 to 24:00"


@pytest.mark.parametrize("value", ["2026-02-30", "1999-12-31", "2100-01-01", "24-11-2026", "20261124", None])
def test_an_impossible_date_is_refused(value: object) -> None:
    assert refusal(fields.date, value).startswith("must be a date like 2026-11-24")


@pytest.mark.parametrize("value", ["Night", "day ot", "-night", "", "a+b", "x" * 41, 7])
def test_a_label_is_a_short_name(value: object) -> None:
    assert refusal(fields.label, value).startswith("must be a short name")


def test_all_wrong_items_of_a_list_are_reported() -> None:
    assert refusal(fields.list_of(fields.flag), [True, 1, 0]) == (
        "[1]: must be true or false; [2]: must be true or false"
    )
    assert refusal(fields.list_of(fields.flag), "no") == "must be a list"


def test_a_mapping_names_the_key_that_is_wrong() -> None:
    read = fields.mapping_of(fields.date, fields.whole(0, 10))
    assert read({"2026-11-24": 8}) == {dt.date(2026, 11, 24): 8}
    assert refusal(read, {"2026-11-24": 11}) == "2026-11-24: must be a whole number from 0 to 10"
    assert refusal(read, {"tuesday": 8}).startswith("tuesday: must be a date")
    assert refusal(read, []) == "must be an object"


def test_text_has_an_end() -> None:
    assert refusal(fields.text, "x" * 501) == "must be text of at most 500 characters"


def test_a_word_outside_the_choice_is_answered_with_the_choice() -> None:
    assert refusal(fields.one_of({"a": 1, "b": 2}), "c") == "must be one of: a, b"
    assert fields.nullable(fields.one_of({"a": 1}))(None) is None
