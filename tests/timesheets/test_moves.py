"""One act on one timesheet: on the version that was shown, by somebody who may, with its row in the history."""

from __future__ import annotations

import dataclasses

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from kis.core import clock, files
from kis.staffing.actor import Actor
from kis.staffing.parties import Party
from kis.timesheets import operations
from kis.timesheets.hours import Day, Expense, Hours, ImpossibleHours
from kis.timesheets.models import Timesheet
from kis.timesheets.moves import Overtaken, OwnHours, require_possible, require_reason, rule_for
from kis.timesheets.workflow import Act, NotAllowed, ReasonNeeded, State
from tests.support import people, walk

pytestmark = pytest.mark.django_db
MONDAY = clock.at(people.WEEK.next.monday, 9 * 60)


def ana() -> Actor:
    return people.actor(people.ana())


def carla() -> Actor:
    return people.actor(people.carla())


def submitted() -> Timesheet:
    """Ana's week, handed in."""
    return walk.to(people.sheet(people.ana()), State.SUBMITTED)


def stale(sheet: Timesheet) -> Timesheet:
    """The same timesheet as somebody else's page has loaded it."""
    return Timesheet.objects.with_people().get(pk=sheet.pk)


def test_what_stands_on_the_row_follows_from_the_hours() -> None:
    sheet = submitted()
    assert (sheet.minutes, sheet.km, sheet.expense_cents) == (5 * 480, 0, 0)
    assert sheet.hours == people.hours()
    assert sheet.digest == people.hours().digest(sheet.placement.number)


def test_an_act_on_a_version_that_is_gone_is_overtaken_and_writes_nothing() -> None:
    sheet = submitted()
    for shown in (sheet.version - 1, sheet.version + 1, -1):
        with pytest.raises(Overtaken):
            operations.accept(stale(sheet), version=shown, by=carla(), at=MONDAY)
    sheet.refresh_from_db()
    assert (sheet.state, sheet.version, sheet.steps.count()) == (State.SUBMITTED, 2, 1)


def test_who_loaded_the_page_before_somebody_acted_is_overtaken() -> None:
    sheet = submitted()
    slow = stale(sheet)
    operations.withdraw(sheet, version=2, by=ana(), at=MONDAY)
    with pytest.raises(Overtaken):
        operations.accept(slow, version=2, by=carla(), at=MONDAY)
    assert sheet.steps.count() == 2


def test_what_somebody_cannot_see_they_cannot_act_on() -> None:
    with pytest.raises(NotAllowed, match="not theirs to see"):
        rule_for(submitted(), Act.ACCEPT, people.actor(people.dirk()), "", None)


def test_handing_in_and_agreeing_are_the_workers_own_and_all_else_is_not_done_by_oneself() -> None:
    sheet = walk.proposed(people.sheet(people.ana()))
    assert rule_for(sheet, Act.SUBMIT, ana(), "", None).end == State.SUBMITTED
    own = dataclasses.replace(carla(), user=ana().user)
    with pytest.raises(OwnHours):
        rule_for(sheet, Act.ACCEPT, own, "", None)


@pytest.mark.parametrize(("code", "words"), [("other", ""), ("other", " \n"), ("no_such_code", "Toch.")])
def test_words_of_ones_own_or_a_reason_of_the_list_are_needed(code: str, words: str) -> None:
    require_reason(Act.REFUSE, "break_missing", "")
    require_reason(Act.REFUSE, "other", "Vrijdag was je vrij.")
    with pytest.raises(ReasonNeeded):
        require_reason(Act.REFUSE, code, words)


def test_impossible_hours_are_named() -> None:
    require_possible(people.hours())
    with pytest.raises(ImpossibleHours) as caught:
        require_possible(Hours(people.WEEK, (Day(km=-1), *[Day()] * 6)))
    assert [problem.where for problem in caught.value.problems] == ["days.0.km"]


def receipt_of(person: Actor) -> str:
    """A file that somebody sent in."""
    upload = SimpleUploadedFile("bon.pdf", b"%PDF-1.4\n")
    return str(files.accept(upload, by_id=person.user_id, at=MONDAY).pk)


def with_receipt(receipt: str) -> Hours:
    return people.hours(expenses=(Expense(people.WEEK.monday, 400, "Parkeren", receipt),))


def test_a_receipt_is_the_writers_own_or_stands_in_the_week_already() -> None:
    sheet = people.sheet(people.ana())
    foreign = with_receipt(receipt_of(carla()))
    for write in (operations.save_draft, operations.submit):
        with pytest.raises(ImpossibleHours) as refused:
            write(stale(sheet), hours=foreign, version=1, by=ana(), at=MONDAY)
        assert [(p.where, p.code) for p in refused.value.problems] == [("expenses.0.receipt", "not_your_file")]
    sheet = operations.save_draft(stale(sheet), hours=with_receipt(receipt_of(ana())), version=1, by=ana(), at=MONDAY)
    operations.submit(
        stale(sheet), hours=sheet.hours, version=2, by=people.actor(people.esra()), at=MONDAY, reason="Ziek.",
        on_behalf_of=Party.WORKER,
    )  # fmt: skip
