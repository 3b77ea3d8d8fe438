"""What of a card a 2.0 message carries."""

from __future__ import annotations

import dataclasses
import datetime as dt

from kis.exchange import setu_2_message as message
from kis.exchange.timecards import Action, Approval, Party, Submission
from tests.exchange.cards import sample


def test_state_submission_approvals_and_actions_have_no_place_in_2_0() -> None:
    at = dt.datetime(2026, 11, 23, 8)
    plain = sample()
    rich = dataclasses.replace(
        plain,
        submission=Submission("Ana Kowalska", at),
        approvals=(Approval("Carla de Groot", at),),
        intervals=tuple(dataclasses.replace(line, action=Action.ADD) for line in plain.intervals),
    )
    assert message.of_card(rich) == message.of_card(plain)


def test_an_empty_party_stays_an_empty_party() -> None:
    card = dataclasses.replace(sample(), supplier=Party(), customer=None)
    written = message.of_card(card)
    assert written["customer"] is None
    assert not any(written["supplier"].values())


def test_members_stand_in_the_order_of_the_schema() -> None:
    written = message.of_card(sample())
    assert [name for name in written if name in message.TIMECARD] == list(message.TIMECARD)
