"""Two versions beside each other."""

import dataclasses

import pytest

from kis.core import clock
from kis.timesheets import operations, proposals
from kis.timesheets.hours import Day, Expense, Hours
from kis.timesheets.workflow import State
from kis.web.differences import difference, proposal_view
from tests.support import people, walk

WEEK = people.WEEK
MONDAY = clock.at(WEEK.next.monday, 9 * 60)


def test_only_days_that_differ_are_named_with_what_they_come_to() -> None:
    before = people.hours()
    after = dataclasses.replace(before, days=(Day(), *before.days[1:5], before.days[0], Day()))
    found = difference(before, after)
    assert [(day.date, day.minutes, day.worse) for day in found.days] == [
        (WEEK.monday, -480, True), (WEEK.days[5], 480, False)
    ]  # fmt: skip
    assert (found.minutes, found.is_worse, found.worse_dates) == (0, True, (WEEK.monday,))


def test_a_day_that_differs_in_its_expenses_alone_is_named_too() -> None:
    before = Hours(WEEK)
    after = dataclasses.replace(before, expenses=(Expense(WEEK.days[2], 250, "Bus"),))
    [day] = difference(before, after).days
    assert (day.date, day.before.expense_cents, day.after.expense_cents, day.worse) == (WEEK.days[2], 0, 250, False)


def test_the_same_hours_do_not_differ() -> None:
    assert difference(people.hours(), people.hours()).days == ()


@pytest.mark.django_db
def test_a_week_without_a_proposal_has_none() -> None:
    assert proposal_view(people.sheet()) is None
    assert proposal_view(walk.to(people.sheet(), State.ACCEPTED)) is None


@pytest.mark.django_db
def test_a_proposal_waits_and_is_then_agreed_to() -> None:
    sheet = walk.proposed(people.sheet())
    waiting = proposal_view(sheet)
    assert waiting
    assert (waiting.waits, waiting.agreed, waiting.difference.minutes) == (True, None, -480)
    assert waiting.step.actor_name == "Carla de Groot"
    proposals.agree(sheet, version=3, by=people.actor(people.ana()), at=MONDAY)
    agreed = proposal_view(sheet)
    assert agreed
    assert agreed.agreed
    assert (agreed.waits, agreed.agreed.actor_name) == (False, "Ana Kowalska")


@pytest.mark.django_db
def test_a_proposal_that_was_answered_otherwise_is_gone() -> None:
    sheet = walk.proposed(people.sheet())
    operations.submit(sheet, hours=people.hours(), version=3, by=people.actor(people.ana()), at=MONDAY)
    assert proposal_view(sheet) is None
