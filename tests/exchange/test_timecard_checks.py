"""What no schema checks: each fault is found, told with its place, and told together with the others."""

from __future__ import annotations

import dataclasses
import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from kis.exchange import timecard_checks
from kis.exchange.setu_codes import ALLOWANCE_CODES, HOUR_CODES
from kis.exchange.timecards import Action, Id, Person, Rate, RateInterval, Timecard
from kis.payroll.rules.problems import Invalid
from tests.exchange.cards import sample

AT = dt.datetime(2026, 11, 16, 8)


def complaints(card: Timecard) -> list[str]:
    try:
        timecard_checks.require(card, hour_types=HOUR_CODES, allowance_types=ALLOWANCE_CODES)
    except Invalid as refusal:
        return [str(problem) for problem in refusal.problems]
    return []


def with_line(**changes: Any) -> Timecard:
    """The sample with its first interval changed and its overtime moved out of the way."""
    card = sample()
    later = dataclasses.replace(card.intervals[1], start=AT.replace(day=18), end=AT.replace(day=18, hour=10))
    return dataclasses.replace(card, intervals=(dataclasses.replace(card.intervals[0], **changes), later))


def with_allowance(**changes: Any) -> Timecard:
    card = sample()
    return dataclasses.replace(card, allowances=(dataclasses.replace(card.allowances[0], **changes),))


def test_a_good_card_has_no_complaints() -> None:
    assert complaints(sample()) == []


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"hour_type": "HT999"}, "intervals[0].hour_type: HT999 is not an hour type we know."),
        ({"start": AT.replace(day=30), "end": None}, "intervals[0].start: 2026-11-30 is not within the period"),
        ({"assigned_day": dt.date(2026, 11, 23)}, "intervals[0].start: 2026-11-23 is not within the period"),
        ({"end": AT.replace(hour=7)}, "intervals[0].end: The line ends before it starts."),
        ({"end": None, "hours": None}, "intervals[0].end: The line has neither an end nor a number of hours."),
        ({"hours": Decimal("-1")}, "intervals[0].hours: Hours cannot be negative"),
        ({"hours": Decimal("9")}, "intervals[0].hours: There are more hours than between"),
        ({"rates": (Rate(Decimal(1)), Rate(Decimal(2), billed=False))}, "intervals[0].rates: Two rates"),
    ],
)
def test_a_fault_of_an_interval_is_told(changes: dict[str, Any], complaint: str) -> None:
    assert [line for line in complaints(with_line(**changes)) if complaint in line]


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"type": "EA999"}, "allowances[0].type: EA999 is not an allowance type we know."),
        ({"start": dt.date(2026, 11, 15)}, "allowances[0].start: 2026-11-15 is not within the period"),
        ({"end": dt.date(2026, 11, 30)}, "allowances[0].end: 2026-11-30 is not within the period"),
        ({"start": dt.date(2026, 11, 18)}, "allowances[0].end: The period ends before it starts."),
        ({"quantity": Decimal(-1)}, "allowances[0].quantity: A quantity cannot be negative"),
        ({"quantity": None}, "allowances[0].quantity: The allowance has neither a quantity nor an amount."),
    ],
)
def test_a_fault_of_an_allowance_is_told(changes: dict[str, Any], complaint: str) -> None:
    assert [line for line in complaints(with_allowance(**changes)) if complaint in line]


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"id": Id("")}, "id: The card has no id."),
        ({"person": Person(())}, "person: The person has no number."),
        ({"end": dt.date(2026, 11, 1)}, "end: The period ends before it starts."),
        ({"allowances": (dataclasses.replace(sample().allowances[0], id=Id("1")),)}, "Two lines have the id 1."),
        ({"allowances": (dataclasses.replace(sample().allowances[0], id=Id("")),)}, "A line has no id."),
    ],
)
def test_a_fault_of_the_card_is_told(changes: dict[str, Any], complaint: str) -> None:
    assert complaint in " ".join(complaints(dataclasses.replace(sample(), **changes)))


def test_time_is_worked_once() -> None:
    card = sample()
    early = dataclasses.replace(card.intervals[1], start=AT.replace(hour=16))
    assert complaints(dataclasses.replace(card, intervals=(card.intervals[0], early))) == [
        "intervals[1].start: Lines 1 and 2 overlap."
    ]


@pytest.mark.parametrize(
    "changes",
    [
        {"hour_type": "HT400"},
        {"action": Action.VOID},
        {"rates": (Rate(Decimal(20), Decimal(25), RateInterval.SPLIT),)},
    ],
    ids=["a break", "a voided line", "a surcharge over the hours it raises"],
)
def test_what_takes_no_time_of_its_own_may_lie_over_a_shift(changes: dict[str, Any]) -> None:
    card = sample()
    over = dataclasses.replace(card.intervals[1], start=AT.replace(hour=12), end=AT.replace(hour=14), **changes)
    assert complaints(dataclasses.replace(card, intervals=(card.intervals[0], over))) == []


def test_the_two_hours_of_the_same_name_do_not_overlap() -> None:
    summer, winter = dt.timezone(dt.timedelta(hours=2)), dt.timezone(dt.timedelta(hours=1))
    two, three = dt.datetime(2026, 10, 25, 2), dt.datetime(2026, 10, 25, 3)
    lines = sample().intervals
    card = dataclasses.replace(
        sample(),
        start=dt.date(2026, 10, 19),
        end=dt.date(2026, 10, 25),
        intervals=(
            dataclasses.replace(lines[0], start=two.replace(tzinfo=summer), end=two.replace(tzinfo=winter), hours=None),
            dataclasses.replace(lines[1], start=two.replace(tzinfo=winter), end=three, hours=None),
        ),
        allowances=(),
    )
    assert complaints(card) == []
    assert [line.minutes for line in card.intervals] == [60, 60]
