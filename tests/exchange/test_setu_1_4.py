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
