"""SETU 2.0 time cards: what we write is valid, what we read comes back, what is wrong is refused with its path."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from kis.exchange import setu_2
from kis.exchange.timecards import Timecard
from kis.payroll.rules.problems import Invalid
from tests.exchange.cards import cards_2, sample
from tests.exchange.quick import quick
from tests.standards.official import Standards

SAMPLE = "setu/examples/Timecard/TimecardExample_v2.0"


@quick
@given(card=cards_2())
def test_every_card_is_valid_xml_and_comes_back_the_same(card: Timecard, standards: Standards) -> None:
    message = setu_2.write_xml(card)
    assert standards.setu_2_xml(message) == []
    assert setu_2.read_xml(message) == card
    assert setu_2.write_xml(setu_2.read_xml(message)) == message


@quick
@given(card=cards_2())
def test_every_card_is_valid_json_and_comes_back_the_same(card: Timecard, standards: Standards) -> None:
    message = setu_2.write_json(card)
    assert standards.setu_2_json(message) == []
    assert setu_2.read_json(message) == card
    assert setu_2.write_json(setu_2.read_json(message)) == message


def test_the_official_samples_are_one_card_and_are_written_as_they_stand(standards: Standards) -> None:
    xml, text = standards.file(f"{SAMPLE}.xml"), standards.file(f"{SAMPLE}.json")
    card = setu_2.read_xml(xml)
    assert setu_2.read_json(text) == card
    assert json.loads(setu_2.write_json(card)) == json.loads(text)
    assert _canonical(setu_2.write_xml(card)) == _canonical(xml)


@quick
@given(data=st.data())
def test_a_damaged_xml_message_that_we_accept_is_still_valid(data: st.DataObject, standards: Standards) -> None:
    root = etree.fromstring(setu_2.write_xml(data.draw(cards_2())))
    elements = list(root.iter("{*}*"))[1:]
    one, other = data.draw(st.sampled_from(elements)), data.draw(st.sampled_from(elements))
    _damage(data.draw(st.sampled_from(["remove", "double", "rename", "swap", "retype", "mark"])), one, other)
    message = etree.tostring(root)
    if _accepted(setu_2.read_xml, message):
        assert standards.setu_2_xml(message) == []


@quick
@given(data=st.data())
def test_a_damaged_json_message_that_we_accept_is_still_valid(data: st.DataObject, standards: Standards) -> None:
    message = json.loads(setu_2.write_json(data.draw(cards_2())))
    holder = data.draw(st.sampled_from([*_objects(message)]))
    name = data.draw(st.sampled_from([*holder, "unknown"]))
    holder[name] = data.draw(st.sampled_from([None, "", "x", True, 1, 1.5, [], {}, ["x"]]))
    damaged = json.dumps(message).encode()
    if _accepted(setu_2.read_json, damaged):
        # One thing we read more kindly than the schema: hours as a bare number, as the standard's note has them.
        assert [line for line in standards.setu_2_json(damaged) if "timeTotal" not in line] == []


def test_hours_as_a_bare_number_are_read() -> None:
    text = setu_2.write_json(sample()).replace(b'"8.00"', b"8.00")
    assert setu_2.read_json(text).intervals[0].hours == Decimal("8.00")


def test_a_refusal_names_every_fault_and_its_place() -> None:
    message = json.loads(setu_2.write_json(sample()))
    del message["documentId"]["value"]
    message["timeInterval"][1]["period"]["dateTimePeriod"]["start"] = "16 november"
    message["colour"] = "green"
    with pytest.raises(Invalid) as refusal:
        setu_2.read_json(json.dumps(message).encode())
    assert {problem.path for problem in refusal.value.problems} == {
        "documentId.value",
        "timeInterval[1].period.dateTimePeriod.start",
        "colour",
    }


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (b"{", "not well-formed JSON"),
        (b"[]", "Expected an object"),
        (b'{"documentId": 1, "documentId": 2}', "more than once"),
        (b'{"documentId": {"value": "\\u0000", "schemeAgencyId": "Supplier"}}', "characters"),
        (b'{"documentId": NaN}', "decimal number"),
        (b'{"documentId": 1e999999999}', "decimal number"),
        (b"[" * 100_000, "not well-formed JSON"),
        (b"\xff", "not well-formed JSON"),
        (b" " * 5_000_001, "larger than"),
    ],
)
def test_hostile_json_is_refused(text: bytes, message: str) -> None:
    with pytest.raises(Invalid, match=message):
        setu_2.read_json(text)


def test_another_message_is_not_taken_for_a_card() -> None:
    with pytest.raises(Invalid, match="found Assignment"):
        setu_2.read_xml(b"<Assignment/>")


def test_amounts_that_contain_their_multiplier_cannot_be_sent() -> None:
    with pytest.raises(Invalid, match="without their multiplier"):
        setu_2.write_xml(dataclasses.replace(sample(), rates_inclusive=True))


def test_an_agency_may_know_more_codes_than_the_list() -> None:
    text = setu_2.write_json(sample()).replace(b"HT200", b"HT999")
    with pytest.raises(Invalid, match="HT999 is not an hour type"):
        setu_2.read_json(text)
    assert setu_2.read_json(text, hour_types={"HT100", "HT999"}).intervals[1].hour_type == "HT999"


def _accepted(read: Callable[[bytes], Timecard], message: bytes) -> bool:
    try:
        read(message)
    except Invalid:
        return False
    return True


def _canonical(xml: bytes) -> bytes:
    root = etree.fromstring(xml, etree.XMLParser(remove_blank_text=True, remove_comments=True))
    for element in root.iter():
        element.text = (element.text or "").strip() or None
        element.tail = None
    etree.cleanup_namespaces(root)
    return etree.tostring(root, method="c14n")


def _damage(way: str, one: Any, other: Any) -> None:
    if way == "remove":
        one.getparent().remove(one)
    elif way == "double":
        one.addnext(etree.fromstring(etree.tostring(one)))
    elif way == "rename":
        one.tag = other.tag
    elif way == "swap" and one.getnext() is not None:
        one.getparent().insert(0, one.getnext())
    elif way == "retype":
        one.text = "not-a-value"
    elif way == "mark":
        one.set("note", "x")


def _objects(value: Any) -> Any:
    if isinstance(value, dict):
        yield value
    for item in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from _objects(item)
