"""Reading SETU 1.4: what the official samples say, the freedoms that HR-XML leaves, and what is refused."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from kis.exchange import setu_1_4
from kis.exchange.timecards import Action, AllowanceRate, Id, Issuer, Rate, Status
from kis.payroll.rules.problems import Invalid
from tests.exchange.cards import cards_1_4
from tests.exchange.quick import quick
from tests.exchange.test_setu_1_4 import SAMPLES, card
from tests.standards.official import Standards


def test_the_official_sample_is_understood(standards: Standards) -> None:
    card = setu_1_4.read(standards.file(f"{SAMPLES}1.4.xml"))
    assert card.id == Id("TC00123456", Issuer.CUSTOMER)
    assert card.person.name == "Piet van der Berg"
    assert [line.hour_type for line in card.intervals] == ["Regular", "Overtime", "Regular", "Shift", "Shift"]
    assert [line.minutes for line in card.intervals] == [480, 120, 480, 480, 480]
    assert card.intervals[3].day == dt.date(2017, 8, 10)
    assert card.allowances[0].rates == (AllowanceRate(Decimal("3.50")),)
    assert card.approvals[0].name == "Jan Pietersen"
    assert card.assignment == "1234/1234561"
    assert card.rates_inclusive


def test_the_official_correction_is_understood(standards: Standards) -> None:
    card = setu_1_4.read(standards.file(f"{SAMPLES}1.3_CorrectionTimecard.xml"))
    assert card.status is Status.CORRECTED
    assert [line.action for line in card.intervals] == [Action.UNCHANGED, Action.CHANGE, Action.VOID]
    assert [line.expense for line in card.allowances] == [False, True]


def test_a_line_that_is_not_billable_and_has_no_rate_is_paid_only() -> None:
    opened = b'<TimeInterval type="Regular" billable="false">'
    message = setu_1_4.write(card()).replace(b'<TimeInterval type="Regular">', opened)
    assert setu_1_4.read(message).intervals[0].rates == (Rate(Decimal(0), billed=False),)


@pytest.mark.parametrize(("assignment", "day"), [("previous", 15), ("current", 16), ("next", 17), ("2026-11-18", 18)])
def test_the_day_of_an_interval_may_be_told_in_words(assignment: str, day: int) -> None:
    opened = f'<TimeInterval type="Regular" dayAssignment="{assignment}">'.encode()
    message = setu_1_4.write(card()).replace(b'<TimeInterval type="Regular">', opened)
    message = message.replace(b"<PeriodStartDate>2026-11-16", b"<PeriodStartDate>2026-11-15")
    assert setu_1_4.read(message).intervals[0].day == dt.date(2026, 11, day)


@pytest.mark.parametrize(
    ("duration", "hours"), [("PT8H", "8"), ("PT7H20M", "7.3333"), ("PT30M", "0.5"), ("7.5", "7.5")]
)
def test_a_duration_is_read_in_both_its_forms(duration: str, hours: str) -> None:
    message = setu_1_4.write(card()).replace(b"8.00</Duration>", f"{duration}</Duration>".encode())
    assert setu_1_4.read(message).intervals[0].hours == Decimal(hours)


@pytest.mark.parametrize(
    ("good", "bad", "path"),
    [
        (b'status=""', b'status="Approved"', "ReportedTime"),
        (b'idOwner="StaffingCompany">\n    <IdValue>TC', b'idOwner="KvK">\n    <IdValue>TC', "Id.idOwner"),
        (b"<EndDateTime>2026-11-16T16:30:00", b"<EndDateTime>half five", "TimeInterval[0].EndDateTime"),
        (b'multiplier="150"', b"", "TimeInterval[1].RateOrAmount.multiplier"),
        (b'type="hourlyconsolidated"', b'type="piece"', "TimeInterval[1].RateOrAmount.type"),
    ],
)
def test_a_wrong_message_is_refused_at_its_place(good: bytes, bad: bytes, path: str) -> None:
    message = setu_1_4.write(card())
    assert good in message
    with pytest.raises(Invalid) as refusal:
        setu_1_4.read(message.replace(good, bad))
    assert path in {problem.path for problem in refusal.value.problems}


@pytest.mark.parametrize("name", ["TimeEvent", "Expense"])
def test_what_we_cannot_honour_is_refused_not_skipped(name: str) -> None:
    message = setu_1_4.write(card()).replace(b"</ReportedTime>", f"<{name}/></ReportedTime>".encode())
    with pytest.raises(Invalid, match="will not leave it out"):
        setu_1_4.read(message)


@quick
@given(data=st.data())
def test_a_damaged_message_is_read_or_refused_and_never_fails_otherwise(data: st.DataObject) -> None:
    generated = data.draw(cards_1_4().filter(lambda one: bool(one.intervals)))
    root: Any = etree.fromstring(setu_1_4.write(generated))
    elements = list(root.iter("{*}*"))[1:]
    one, other = data.draw(st.sampled_from(elements)), data.draw(st.sampled_from(elements))
    way = data.draw(st.sampled_from(["remove", "rename", "retype", "strip"]))
    if way == "remove":
        one.getparent().remove(one)
    elif way == "rename":
        one.tag = other.tag
    elif way == "retype":
        one.text = data.draw(
            st.sampled_from(["", "x", "-1", "1e5", "0001-01-01T00:00:00", "9999-12-31", "PT99999999H"])
        )
    else:
        one.attrib.clear()
    try:
        setu_1_4.read(etree.tostring(root))
    except Invalid as refusal:
        assert refusal.problems  # noqa: PT017 - either outcome is right; any other exception is the failure
