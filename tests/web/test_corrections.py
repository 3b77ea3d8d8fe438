"""A paid week and its corrections name each other."""

import pytest

from kis.core import clock
from kis.timesheets import corrections
from kis.timesheets.workflow import State
from kis.web.corrections import correction_view
from tests.support import people, walk

pytestmark = pytest.mark.django_db
LATER = clock.at(people.WEEK.next.next.monday, 9 * 60)


def test_a_week_that_was_never_corrected_says_nothing_of_it() -> None:
    sheet = walk.to(people.sheet(), State.PAID)
    assert correction_view(sheet, sheet.hours) is None


def test_the_paid_one_names_the_correction_and_the_correction_what_was_paid() -> None:
    fresh = walk.correction(people.sheet(), State.SUBMITTED)
    old = correction_view(fresh.corrects, fresh.corrects.hours)
    assert old
    assert (old.newer, old.older, old.difference) == (fresh, None, None)
    new = correction_view(fresh, fresh.submitted_hours())
    assert new
    assert new.step
    assert new.difference
    assert (new.older, new.newer, new.step.reason) == (fresh.corrects, None, "Ik heb zaterdag ook gewerkt.")
    assert [(day.date, day.minutes) for day in new.difference.days] == [(people.WEEK.days[5], 480)]


def test_one_in_the_middle_names_both() -> None:
    first = walk.correction(people.sheet(), State.PAID)
    second = corrections.open_correction(first, by=people.actor(people.ana()), at=LATER, reason="Nog een dag.")
    found = correction_view(first, first.hours)
    assert found
    assert (found.older, found.newer) == (first.corrects, second)
