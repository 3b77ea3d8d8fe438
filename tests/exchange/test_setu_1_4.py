"""SETU 1.4 time cards: valid by schema and business rules, read back, corrected line by line."""

from __future__ import annotations

import dataclasses
import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kis.exchange import setu_1_4
from kis.exchange.setu_codes import CODES_TO_WORDS
from kis.exchange.timecards import (
    Action,
    AllowanceRate,
    Approval,
    Id,
    Issuer,
    Rate,
    RateInterval,
    Status,
    Submission,
    Timecard,
    corrected,
)
from kis.payroll.rules.problems import Invalid
from tests.exchange.cards import cards_1_4, sample
from tests.exchange.quick import quick
from tests.standards.official import Standards

SAMPLES = "setu/examples/Timecard/TimecardExample_v"


def card() -> Timecard:
    """The sample week in the words of 1.4, handed in and accepted."""
    at = dt.datetime(2026, 11, 23, 8, 15)
    return dataclasses.replace(
        CODES_TO_WORDS.of(sample()),
        submission=Submission("Ana Kowalska", dt.datetime(2026, 11, 22, 19, 2)),
        approvals=(
            Approval("Carla de Groot", at, Issuer.CUSTOMER),
            Approval("Esra Yilmaz", at.replace(hour=9), Issuer.SUPPLIER, "Akkoord"),
        ),
    )


@quick
@given(card=cards_1_4())
def test_every_card_is_valid_and_comes_back_the_same(card: Timecard, standards: Standards) -> None:
    if not card.intervals and not card.allowances:
        return
    message = setu_1_4.write(card)
    assert standards.setu_1_4(message) == []
    assert setu_1_4.read(message) == card
    assert setu_1_4.write(setu_1_4.read(message)) == message


@quick
@given(old=cards_1_4(), new=cards_1_4(), shared=st.integers(0, 3))
def test_every_correction_is_valid(old: Timecard, new: Timecard, shared: int, standards: Standards) -> None:
    new = dataclasses.replace(
        new, start=old.start, end=old.end, intervals=old.intervals[:shared], allowances=old.allowances[:shared]
    )
    message = corrected(old, new)
    if message.intervals or message.allowances:
        assert standards.setu_1_4(setu_1_4.write(message)) == []
        assert setu_1_4.read(setu_1_4.write(message)) == message


@pytest.mark.parametrize("version", ["1.3", "1.4", "1.3_CorrectionTimecard"])
def test_the_official_samples_are_read_and_written_again(version: str, standards: Standards) -> None:
    card = setu_1_4.read(standards.file(f"{SAMPLES}{version}.xml"))
    message = setu_1_4.write(card)
    assert standards.setu_1_4(message) == []
    assert setu_1_4.read(message) == card


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


def test_a_correction_marks_what_changed_and_keeps_the_old_id() -> None:
    old = card()
    longer = dataclasses.replace(old.intervals[1], hours=Decimal("1.50"))
    extra = dataclasses.replace(old.intervals[0], id=Id("9"), start=dt.datetime(2026, 11, 17, 8), end=None)
    new = dataclasses.replace(old, id=Id("TC-NEW"), intervals=(old.intervals[0], longer, extra), allowances=())
    message = corrected(old, new)
    assert message.id == old.id
    assert message.status is Status.CORRECTED
    assert [line.action for line in message.intervals] == [Action.UNCHANGED, Action.CHANGE, Action.ADD]
    assert [line.action for line in message.allowances] == [Action.VOID]


def test_a_correction_of_a_correction_starts_from_what_was_left() -> None:
    first = card()
    without = dataclasses.replace(first, intervals=first.intervals[:1])
    second = corrected(first, without)
    third = corrected(second, first)
    assert [line.action for line in third.intervals] == [Action.UNCHANGED, Action.ADD]


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


def test_what_1_4_cannot_carry_is_refused() -> None:
    split = dataclasses.replace(card().intervals[0], rates=(Rate(Decimal(20), Decimal(25), RateInterval.SPLIT),))
    two = dataclasses.replace(
        card().allowances[0], rates=(AllowanceRate(Decimal(1), paid=False), AllowanceRate(Decimal(2), billed=False))
    )
    with pytest.raises(Invalid) as refusal:
        setu_1_4.write(dataclasses.replace(card(), intervals=(split,), allowances=(two,)))
    assert [problem.path for problem in refusal.value.problems] == ["intervals[0].rates", "allowances[0].rates"]
    with pytest.raises(Invalid, match="card without lines"):
        setu_1_4.write(dataclasses.replace(card(), intervals=(), allowances=()))


def test_codes_of_2_0_are_not_sent_as_words() -> None:
    with pytest.raises(Invalid, match="HT100 is not an hour type"):
        setu_1_4.write(sample())


def test_another_message_is_not_taken_for_a_card() -> None:
    with pytest.raises(Invalid, match="found Timecard"):
        setu_1_4.read(b'<Timecard xmlns="https://ontology.setu.nl/messages"/>')
