"""Shapes: values as they are read and written, and groups with their members in order."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from kis.exchange import shapes, xml_in
from kis.exchange.shapes import DATE, FLAG, MOMENT, NUMBER, TEXT, Group, Member, maybe, some
from kis.payroll.rules.problems import Invalid

DAY: Group = {
    "date": Member(DATE),
    "hours": maybe(NUMBER),
    "approved": maybe(FLAG),
    "note": some(TEXT, most=2),
}
MESSAGE = {"date": dt.date(2026, 11, 24), "hours": Decimal("8.00"), "approved": True, "note": ["a", "b"]}
XML = "<day><date>2026-11-24</date><hours>8.00</hours><approved>true</approved><note>a</note><note>b</note></day>"
JSON = """{
  "date": "2026-11-24",
  "hours": 8.00,
  "approved": true,
  "note": [
    "a",
    "b"
  ]
}"""


def read_xml(text: str) -> Any:
    return shapes.from_node(DAY, xml_in.parse(text.encode()))


def read_json(text: str) -> Any:
    return shapes.from_json(DAY, shapes.parse_json(text.encode()))


def test_one_message_has_two_spellings() -> None:
    assert read_xml(XML) == read_json(JSON) == MESSAGE
    assert shapes.to_json(DAY, MESSAGE) == JSON


def test_what_is_absent_is_left_out() -> None:
    assert shapes.to_json(DAY, {"date": dt.date(2026, 11, 24), "hours": None}) == '{\n  "date": "2026-11-24"\n}'
    assert [child.name for child in shapes.to_element("day", DAY, {"date": dt.date(2026, 11, 24)}).children] == ["date"]


@pytest.mark.parametrize(
    ("xml", "complaint"),
    [
        ("<day/>", "date: This is missing."),
        ("<day>today<date>2026-11-24</date></day>", "There is text between the elements."),
        ("<day><hours>8</hours><date>2026-11-24</date></day>", "date: This stands too late"),
        ("<day><date>2026-11-24</date><date>2026-11-25</date></day>", "date: This may stand only once."),
        ("<day><date>2026-11-24</date><note/><note/><note/></day>", "note: This may stand at most 2 times."),
        ("<day><date>2026-11-24</date><colour/></day>", "colour: The standard does not know this."),
        ("<day><date>2026-11-24<hour/></date></day>", "date.hour: The standard does not know this."),
        ('<day><date xmlns="urn:other">2026-11-24</date></day>', "date: The standard does not know this."),
        ('<day mood="good"><date>2026-11-24</date></day>', "The attribute mood is not allowed."),
        ("<day><date>2026-11-24</date><approved>yes</approved></day>", "approved: Expected true or false."),
    ],
)
def test_what_the_shape_does_not_allow_in_xml_is_told(xml: str, complaint: str) -> None:
    with pytest.raises(Invalid) as refusal:
        read_xml(xml)
    assert complaint in str(refusal.value)


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("{}", "date: This is missing."),
        ('{"date": 20261124}', "date: The value has the wrong JSON type."),
        ('{"date": "2026-11-24", "note": "a"}', "note: Expected an array."),
        ('{"date": "2026-11-24", "note": [1]}', "note[0]: The value has the wrong JSON type."),
        ('{"date": "2026-11-24", "hours": "8"}', "hours: The value has the wrong JSON type."),
        ('{"date": "2026-11-24", "approved": 1}', "approved: The value has the wrong JSON type."),
        ('{"date": "2026-11-24", "colour": 1}', "colour: The standard does not know this."),
        ('{"date": {"year": 2026}}', "date: The value has the wrong JSON type."),
    ],
)
def test_what_the_shape_does_not_allow_in_json_is_told(text: str, complaint: str) -> None:
    with pytest.raises(Invalid) as refusal:
        read_json(text)
    assert complaint in str(refusal.value)


@pytest.mark.parametrize(
    ("read", "text"),
    [
        (DATE.read, "24-11-2026"),
        (DATE.read, "2026-02-30"),
        (DATE.read, "0001-01-01"),
        (DATE.read, "2026-11-2٤"),
        (MOMENT.read, "2026-11-24"),
        (MOMENT.read, "2026-11-24T25:00:00"),
        (MOMENT.read, "2026-11-24T08:00:00.5"),
        (MOMENT.read, "2026-11-24T08:00:00+99:99"),
        (NUMBER.read, "1e9"),
        (NUMBER.read, "NaN"),
        (NUMBER.read, "1234567890123456"),
        (NUMBER.read, "٣"),
        (NUMBER.read, ""),
        (TEXT.read, "a\x00b"),
        (TEXT.read, "a\ud800b"),
    ],
)
def test_a_value_of_another_kind_is_refused(read: Callable[[str], Any], text: str) -> None:
    with pytest.raises(Invalid):
        read(text)


def test_moments_are_read_with_an_offset_and_without() -> None:
    eight = dt.datetime(2026, 11, 24, 8)
    assert MOMENT.read("2026-11-24T08:00:00") == MOMENT.read("2026-11-24T08:00") == eight
    assert MOMENT.read("2026-11-24T08:00:00.000Z") == eight.replace(tzinfo=dt.UTC)
    assert MOMENT.write(eight.replace(microsecond=5)) == "2026-11-24T08:00:00"


def test_numbers_keep_their_places() -> None:
    assert NUMBER.write(NUMBER.read("10.00")) == "10.00"
    assert NUMBER.write(Decimal("1E+2")) == "100"
