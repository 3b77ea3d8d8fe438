import itertools

import pytest

from kis.staffing.parties import Party
from kis.timesheets.workflow import (
    OPEN,
    PHASES,
    RULES,
    TURN,
    Act,
    Given,
    NotAllowed,
    ReasonNeeded,
    State,
    acts,
    check,
    find,
)

PARTIES = list(Party)


def test_every_state_has_exactly_one_owner() -> None:
    assert set(TURN) == set(State)


def test_only_a_paid_timesheet_is_nobodys() -> None:
    assert [state for state, party in TURN.items() if party is None] == [State.PAID]


def test_a_rule_is_named_once() -> None:
    keys = [(rule.act, rule.by, rule.start, rule.given) for rule in RULES]
    assert len(keys) == len(set(keys))


def test_no_rule_leaves_a_timesheet_where_it_was() -> None:
    assert all(rule.start != rule.end for rule in RULES)


def test_every_state_but_paid_has_a_way_on() -> None:
    assert {rule.start for rule in RULES if rule.act != Act.CORRECT} == set(State) - {State.PAID}


def test_what_is_paid_is_only_ever_corrected() -> None:
    assert {rule.act for rule in RULES if rule.start == State.PAID} == {Act.CORRECT}


def test_a_paid_timesheet_can_be_reached_by_every_path_only_over_client_and_agency() -> None:
    into_paid = [rule for rule in RULES if rule.end == State.PAID]
    assert [(rule.act, rule.start) for rule in into_paid if rule.act != Act.DROP] == [(Act.PAY, State.APPROVED)]
    dropping = {rule.given for rule in into_paid if rule.act == Act.DROP}
    assert dropping == {Given.CORRECTION, Given.ASKED_BY_CLIENT}, "an ordinary week never"
    assert {rule.act for rule in RULES if rule.end == State.APPROVED} == {Act.APPROVE}
    assert {rule.act for rule in RULES if rule.end == State.ACCEPTED} == {
        Act.ACCEPT, Act.REOPEN, Act.PROPOSE, Act.AGREE, Act.CORRECT
    }  # fmt: skip


def test_the_three_phases_are_the_open_states_each_once() -> None:
    assert sorted(OPEN) == sorted(itertools.chain.from_iterable(PHASES.values()))
    assert len(set(OPEN)) == len(OPEN)


def test_turning_hours_back_always_needs_a_reason() -> None:
    for rule in RULES:
        if rule.act in {Act.REFUSE, Act.PROPOSE, Act.RETURN, Act.SEND_BACK, Act.REOPEN, Act.CORRECT}:
            assert rule.needs_reason
            with pytest.raises(ReasonNeeded):
                check(rule.act, rule.by, rule.start, reason="  ", given=rule.given)


@pytest.mark.parametrize(("act", "by", "start"), list(itertools.product(Act, PARTIES, State)))
def test_what_the_table_does_not_say_is_refused(act: Act, by: Party, start: State) -> None:
    for given in (None, *Given):
        if any((rule.act, rule.by, rule.start, rule.given) == (act, by, start, given) for rule in RULES):
            assert find(act, by, start, given=given) in acts(by, start, given=[given] if given else ())
        else:
            with pytest.raises(NotAllowed):
                check(act, by, start, reason="because", given=given)


def test_the_worker_agrees_only_while_something_is_proposed() -> None:
    def open_to_ana(*given: Given) -> set[Act]:
        return {rule.act for rule in acts(Party.WORKER, State.REFUSED, given=given)}

    assert open_to_ana() == {Act.SUBMIT}
    assert open_to_ana(Given.PROPOSED) == open_to_ana(Given.PROPOSED_BY_AGENCY) == {Act.SUBMIT, Act.AGREE}
    assert open_to_ana(Given.CORRECTION) == {Act.SUBMIT, Act.DROP}


def test_hours_that_take_something_go_to_the_worker_and_all_others_are_accepted_at_once() -> None:
    ends = {rule.given: rule.end for rule in acts(Party.CLIENT, State.SUBMITTED) if rule.act == Act.PROPOSE}
    assert ends == {Given.NOT_WORSE: State.ACCEPTED, Given.WORSE: State.REFUSED}


@pytest.mark.parametrize("by", [Party.WORKER, Party.CLIENT, Party.SYSTEM])
def test_only_the_agency_acts_for_somebody_else(by: Party) -> None:
    with pytest.raises(NotAllowed):
        check(Act.ACCEPT, by, State.SUBMITTED, reason="because", on_behalf_of=Party.CLIENT)


def test_the_agency_accepts_for_the_client_with_a_reason_only() -> None:
    rule = check(Act.ACCEPT, Party.AGENCY, State.SUBMITTED, reason="client is ill", on_behalf_of=Party.CLIENT)
    assert rule.end == State.ACCEPTED
    with pytest.raises(ReasonNeeded):
        check(Act.ACCEPT, Party.AGENCY, State.SUBMITTED, reason="", on_behalf_of=Party.CLIENT)


def test_nobody_acts_for_the_payroll_run() -> None:
    with pytest.raises(NotAllowed):
        check(Act.PAY, Party.AGENCY, State.APPROVED, reason="because", on_behalf_of=Party.SYSTEM)
