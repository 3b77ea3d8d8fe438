"""SETU Reporting Time & Expenses 2.0: a time card as XML and as JSON, out and in.

The standard has no state, submitter or approval: send a card when the client has accepted it; a correction is the
whole card again under its own id. Codes are those of the 2.x lists.
"""

from __future__ import annotations

from collections.abc import Container

from kis.exchange import setu_2_message as message
from kis.exchange import shapes, timecard_checks, xml_in, xml_out
from kis.exchange.setu_codes import ALLOWANCE_CODES, HOUR_CODES
from kis.exchange.timecards import Timecard
from kis.payroll.rules.problems import gettext_noop, invalid

NAMESPACE = "https://ontology.setu.nl/messages"
ROOT = "Timecard"


def write_xml(card: Timecard) -> bytes:
    """The card as a 2.0 XML message. Raises Invalid for a card that the standard cannot carry."""
    _check(card, HOUR_CODES, ALLOWANCE_CODES)
    root = shapes.to_element(ROOT, message.TIMECARD, message.of_card(card))
    return xml_out.document(root, {"": NAMESPACE})


def write_json(card: Timecard) -> bytes:
    """The card as a 2.0 JSON message. Raises Invalid for a card that the standard cannot carry."""
    _check(card, HOUR_CODES, ALLOWANCE_CODES)
    return (shapes.to_json(message.TIMECARD, message.of_card(card)) + "\n").encode()


def read_xml(
    data: bytes, *, hour_types: Container[str] = HOUR_CODES, allowance_types: Container[str] = ALLOWANCE_CODES
) -> Timecard:
    """The card in a 2.0 XML message. Raises Invalid with every problem and its path in the message."""
    node = xml_in.parse(data)
    if (node.namespace, node.name) != (NAMESPACE, ROOT):
        raise invalid("", gettext_noop("Expected a SETU 2.0 Timecard, found %(name)s."), name=node.name)
    return _read(shapes.from_node(message.TIMECARD, node), hour_types, allowance_types)


def read_json(
    data: bytes, *, hour_types: Container[str] = HOUR_CODES, allowance_types: Container[str] = ALLOWANCE_CODES
) -> Timecard:
    """The card in a 2.0 JSON message. Raises Invalid with every problem and its path in the message."""
    if len(data) > xml_in.LARGEST:
        raise invalid("", gettext_noop("The message is larger than %(most)s bytes."), most=xml_in.LARGEST)
    return _read(shapes.from_json(message.TIMECARD, shapes.parse_json(data)), hour_types, allowance_types)


def _read(read: shapes.Message, hour_types: Container[str], allowance_types: Container[str]) -> Timecard:
    card = message.to_card(read)
    _check(card, hour_types, allowance_types)
    return card


def _check(card: Timecard, hour_types: Container[str], allowance_types: Container[str]) -> None:
    if card.rates_inclusive:
        raise invalid("rates_inclusive", gettext_noop("SETU 2.0 knows only rates without their multiplier."))
    timecard_checks.require(card, hour_types=hour_types, allowance_types=allowance_types)
