"""The client names other hours: what takes something from the worker waits for a yes, the rest holds at once."""

from __future__ import annotations

import dataclasses

import pytest
from django.db import IntegrityError, transaction

from kis.core import clock
from kis.staffing.actor import Actor
from kis.staffing.parties import Party
from kis.timesheets import corrections, operations, proposals
from kis.timesheets.hours import Day, Expense, Hours, ImpossibleHours, Shift
from kis.timesheets.models import Step, Timesheet
from kis.timesheets.moves import Overtaken, OwnHours
from kis.timesheets.proposals import NothingProposed
from kis.timesheets.workflow import Act, NotAllowed, ReasonNeeded, State
from tests.support import people, walk

pytestmark = pytest.mark.django_db
MONDAY = clock.at(people.WEEK.next.monday, 9 * 60)
FOUR_DAYS, FIVE_DAYS, SIX_DAYS = people.hours(days=4), people.hours(days=5), people.hours(days=6)
FRIDAY, SATURDAY = (people.WEEK.days[4].isoformat(), people.WEEK.days[5].isoformat())
WHY = "Zo stond het op het rooster."


def ana() -> Actor:
    return people.actor(people.ana())


def carla() -> Actor:
    return people.actor(people.carla())


def submitted() -> Timesheet:
    """Ana's week of five days, handed in."""
    return walk.to(people.sheet(people.ana()), State.SUBMITTED)


def propose(sheet: Timesheet, hours: Hours, version: int = 2, reason: str = WHY) -> Step:
    return proposals.propose(sheet, hours=hours, version=version, by=carla(), at=MONDAY, reason=reason)


# More hours.


def test_more_hours_are_accepted_hours_at_once() -> None:
    sheet = submitted()
    step = propose(sheet, SIX_DAYS)
    assert (sheet.state, sheet.submitted_version, sheet.proposed_version) == (State.ACCEPTED, 3, None)
    assert (sheet.minutes, sheet.hours, sheet.submitted_hours()) == (6 * 480, SIX_DAYS, SIX_DAYS)
    assert (step.act, step.reason, step.days, step.actor_name) == (Act.PROPOSE, WHY, [SATURDAY], "Carla de Groot")
    assert step.digest == sheet.digest == SIX_DAYS.digest(sheet.placement.number)
    assert sheet.disputed == []


def test_what_was_handed_in_stays_beside_it_for_ever() -> None:
    sheet = submitted()
    propose(sheet, SIX_DAYS)
    assert [(one.number, one.answers, one.hours) for one in sheet.submissions.all()] == [
        (2, None, FIVE_DAYS), (3, 2, SIX_DAYS)
    ]  # fmt: skip


def test_who_takes_an_own_proposal_back_finds_the_hours_that_were_handed_in() -> None:
    sheet = submitted()
    handed_in = sheet.digest
    propose(sheet, SIX_DAYS)
    operations.undo(sheet, version=3, by=carla(), at=MONDAY)
    assert (sheet.state, sheet.submitted_version, sheet.digest) == (State.SUBMITTED, 2, handed_in)
    assert (sheet.minutes, sheet.hours) == (5 * 480, FIVE_DAYS)
    operations.accept(sheet, version=4, by=carla(), at=MONDAY)
    assert sheet.steps.latest("number").digest == handed_in


def test_hours_that_were_accepted_after_the_agency_sent_them_back_are_not_turned_into_older_ones_by_undoing() -> None:
    sheet = submitted()
    propose(sheet, SIX_DAYS)
    finn = people.actor(people.finn())
    operations.send_back_to_client(sheet, version=3, by=finn, at=MONDAY, reason="Ook zaterdag?")
    operations.accept(sheet, version=4, by=carla(), at=MONDAY)
    operations.undo(sheet, version=5, by=carla(), at=MONDAY)
    assert (sheet.state, sheet.submitted_version, sheet.hours) == (State.SUBMITTED, 3, SIX_DAYS)


# Fewer hours.


def test_fewer_hours_wait_for_the_worker_and_change_nothing_yet() -> None:
    sheet = submitted()
    handed_in = sheet.digest
    step = propose(sheet, FOUR_DAYS)
    assert (sheet.state, sheet.submitted_version, sheet.proposed_version) == (State.REFUSED, 2, 3)
    assert (sheet.minutes, sheet.hours, sheet.digest) == (5 * 480, FIVE_DAYS, handed_in)
    assert (step.digest, step.days, sheet.disputed) == (handed_in, [FRIDAY], [FRIDAY])
    waiting = sheet.proposal()
    assert waiting
    assert (waiting.hours, waiting.answers) == (FOUR_DAYS, 2)


def test_one_day_with_more_does_not_pay_for_one_with_less() -> None:
    sheet = submitted()
    longer = Day((Shift(6 * 60, 20 * 60),))
    propose(sheet, dataclasses.replace(FOUR_DAYS, days=(longer, *FOUR_DAYS.days[1:])))
    assert sheet.state == State.REFUSED


def test_the_worker_agrees_and_the_client_has_accepted() -> None:
    sheet = walk.proposed(people.sheet(people.ana()))
    step = proposals.agree(sheet, version=3, by=ana(), at=MONDAY)
    assert (sheet.state, sheet.submitted_version, sheet.proposed_version) == (State.ACCEPTED, 3, None)
    assert (sheet.minutes, sheet.hours, sheet.disputed) == (4 * 480, FOUR_DAYS, [])
    assert step.digest == sheet.digest == FOUR_DAYS.digest(sheet.placement.number)
    operations.approve(sheet, version=4, by=people.actor(people.esra()), at=MONDAY)
    assert sheet.state == State.APPROVED


def test_the_client_may_take_back_what_the_worker_agreed_to() -> None:
    sheet = walk.proposed(people.sheet(people.ana()))
    proposals.agree(sheet, version=3, by=ana(), at=MONDAY)
    operations.undo(sheet, version=4, by=carla(), at=MONDAY)
    assert (sheet.state, sheet.submitted_version, sheet.hours) == (State.SUBMITTED, 3, FOUR_DAYS)


def test_handing_in_again_answers_the_proposal() -> None:
    sheet = walk.proposed(people.sheet(people.ana()))
    operations.submit(sheet, hours=FIVE_DAYS, version=3, by=ana(), at=MONDAY)
    assert (sheet.state, sheet.proposed_version, sheet.proposal()) == (State.SUBMITTED, None, None)
    with pytest.raises(NotAllowed):
        proposals.agree(sheet, version=4, by=ana(), at=MONDAY)


def test_a_draft_written_meanwhile_gives_way_to_what_was_agreed_to() -> None:
    sheet = walk.proposed(people.sheet(people.ana()))
    typed = {"fields": {"days-0-start": "half acht"}}
    sheet = operations.save_draft(sheet, hours=SIX_DAYS, version=3, by=ana(), at=MONDAY, typed=typed)
    assert sheet.proposed_version == 3
    with pytest.raises(Overtaken):
        proposals.agree(sheet, version=3, by=ana(), at=MONDAY)
    proposals.agree(sheet, version=4, by=ana(), at=MONDAY)
    assert (sheet.hours, sheet.typed) == (FOUR_DAYS, None)


def test_a_plain_refusal_is_nothing_to_agree_with() -> None:
    sheet = walk.to(people.sheet(people.ana()), State.REFUSED)
    with pytest.raises(NotAllowed):
        proposals.agree(sheet, version=sheet.version, by=ana(), at=MONDAY)


# What a proposal may be.


def test_the_note_of_the_worker_stays_as_it_was() -> None:
    sheet = walk.to(people.sheet(people.ana()), State.SUBMITTED, hours=people.hours(note="Was op de andere lijn."))
    propose(sheet, dataclasses.replace(SIX_DAYS, note="Iets anders."))
    assert sheet.hours.note == "Was op de andere lijn."


def test_days_with_other_expenses_are_pointed_at_too() -> None:
    sheet = submitted()
    bus = Expense(people.WEEK.monday, 250, "Bus")
    step = propose(sheet, dataclasses.replace(FIVE_DAYS, expenses=(bus,)))
    assert step.days == [people.WEEK.monday.isoformat()]
    assert (sheet.state, sheet.expense_cents) == (State.ACCEPTED, 250)


def test_the_same_hours_are_no_proposal() -> None:
    sheet = submitted()
    with pytest.raises(NothingProposed):
        propose(sheet, FIVE_DAYS)
    assert sheet.steps.count() == 1


def test_impossible_hours_are_not_proposed() -> None:
    sheet = submitted()
    with pytest.raises(ImpossibleHours):
        propose(sheet, dataclasses.replace(FIVE_DAYS, days=(Day((Shift(960, 480),)), *FIVE_DAYS.days[1:])))
    assert sheet.steps.count() == 1


def test_a_predefined_reason_is_enough() -> None:
    sheet = submitted()
    proposals.propose(sheet, hours=FOUR_DAYS, version=2, by=carla(), at=MONDAY, reason_code="not_worked")
    assert sheet.steps.latest("number").reason_code == "not_worked"
    with pytest.raises(ReasonNeeded):
        propose(walk.to(people.sheet(people.bram()), State.SUBMITTED), FOUR_DAYS, reason="  ")


def test_nobody_proposes_for_their_own_hours() -> None:
    sheet = submitted()
    user = people.actor(people.ana()).user
    own = Actor(party=Party.CLIENT, name="Ana Kowalska", user=user, contact=people.carla())
    with pytest.raises(OwnHours):
        proposals.propose(sheet, hours=SIX_DAYS, version=2, by=own, at=MONDAY, reason=WHY)


def test_only_the_hours_that_were_shown_are_answered() -> None:
    sheet = submitted()
    operations.withdraw(sheet, version=2, by=ana(), at=MONDAY)
    operations.submit(sheet, hours=FOUR_DAYS, version=3, by=ana(), at=MONDAY)
    with pytest.raises(Overtaken):
        propose(sheet, SIX_DAYS, version=2)
    assert sheet.submissions.count() == 2


def test_the_database_keeps_a_proposal_with_the_worker() -> None:
    sheet = submitted()
    with pytest.raises(IntegrityError), transaction.atomic():
        Timesheet.objects.filter(pk=sheet.pk).update(proposed_version=2)


def test_a_receipt_that_the_week_never_had_is_not_taken_in() -> None:
    sheet = submitted()
    strange = Expense(people.WEEK.monday, 400, "Parkeren", "0b6a0f3c-6f0e-4f0e-9d0e-2f1d6b1f7c11")
    with pytest.raises(ImpossibleHours):
        propose(sheet, dataclasses.replace(FIVE_DAYS, expenses=(strange,)))
    paid = walk.to(people.sheet(people.bram()), State.PAID)
    with pytest.raises(ImpossibleHours):
        corrections.open_correction(
            paid, by=carla(), at=MONDAY, reason=WHY, hours=dataclasses.replace(FIVE_DAYS, expenses=(strange,))
        )
