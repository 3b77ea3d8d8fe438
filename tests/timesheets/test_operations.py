"""What is written on a timesheet, and what is not: versions, frozen submissions, own hours, many at once."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import DatabaseError, connection, transaction

from kis.accounts.models import User
from kis.core import clock
from kis.core.append_only import AppendOnly
from kis.core.weeks import Week
from kis.staffing.actor import Actor
from kis.staffing.parties import Party
from kis.timesheets import operations
from kis.timesheets.hours import Day, Hours, ImpossibleHours, Shift
from kis.timesheets.models import Step, Submission, Timesheet
from kis.timesheets.operations import NothingWritten, Overtaken, OwnHours
from kis.timesheets.workflow import Act, NotAllowed, ReasonNeeded, State
from tests.support import people, walk

pytestmark = pytest.mark.django_db
MONDAY = clock.at(people.WEEK.next.monday, 9 * 60)
FOUR_DAYS, FIVE_DAYS = people.hours(days=4), people.hours(days=5)
TUESDAY = people.WEEK.days[1]


def ana() -> Actor:
    return people.actor(people.ana())


def carla() -> Actor:
    return people.actor(people.carla())


def esra() -> Actor:
    return people.actor(people.esra())


def submitted() -> Timesheet:
    """Ana's week, handed in."""
    return walk.to(people.sheet(people.ana()), State.SUBMITTED)


def stale(sheet: Timesheet) -> Timesheet:
    """The same timesheet as somebody else's page has loaded it."""
    return Timesheet.objects.with_people().get(pk=sheet.pk)


# Versions.


def test_each_change_makes_a_version_and_each_step_has_its_number() -> None:
    sheet = people.sheet(people.ana())
    sheet = operations.save_draft(sheet, hours=FOUR_DAYS, version=1, by=ana(), at=MONDAY)
    operations.submit(sheet, hours=FIVE_DAYS, version=2, by=ana(), at=MONDAY)
    operations.refuse(sheet, version=3, by=carla(), at=MONDAY, reason_code="break_missing")
    operations.submit(sheet, hours=FOUR_DAYS, version=4, by=ana(), at=MONDAY)
    operations.accept(sheet, version=5, by=carla(), at=MONDAY)
    assert (sheet.version, sheet.submitted_version) == (6, 5)
    assert list(sheet.steps.values_list("number", "act")) == [
        (3, Act.SUBMIT), (4, Act.REFUSE), (5, Act.SUBMIT), (6, Act.ACCEPT)
    ]  # fmt: skip


def test_who_accepts_hours_that_were_handed_in_anew_meanwhile_is_overtaken() -> None:
    """In the same state again, but not what was shown."""
    sheet = submitted()
    slow = stale(sheet)
    operations.withdraw(sheet, version=2, by=ana(), at=MONDAY)
    operations.submit(sheet, hours=FOUR_DAYS, version=3, by=ana(), at=MONDAY)
    with pytest.raises(Overtaken):
        operations.accept(slow, version=2, by=carla(), at=MONDAY)
    sheet.refresh_from_db()
    assert (sheet.state, sheet.minutes) == (State.SUBMITTED, 4 * 480)


def test_a_submission_that_is_overtaken_freezes_nothing() -> None:
    sheet = people.sheet(people.ana())
    slow = stale(sheet)
    operations.save_draft(sheet, hours=FOUR_DAYS, version=1, by=ana(), at=MONDAY)
    with pytest.raises(Overtaken):
        operations.submit(slow, hours=FIVE_DAYS, version=1, by=ana(), at=MONDAY)
    assert not Submission.objects.exists()
    assert stale(sheet).minutes == 4 * 480


# Drafts.


def test_a_draft_keeps_what_cannot_be_read_yet() -> None:
    sheet = people.sheet(people.ana())
    typed = {"fields": {"days-0-start": "half acht"}}
    sheet = operations.save_draft(sheet, hours=FOUR_DAYS, version=1, by=ana(), at=MONDAY, typed=typed)
    assert (sheet.state, sheet.version, sheet.typed, sheet.hours) == (State.DRAFT, 2, typed, FOUR_DAYS)
    assert not sheet.steps.exists()
    operations.submit(sheet, hours=FOUR_DAYS, version=2, by=ana(), at=MONDAY)
    assert sheet.typed is None


@pytest.mark.parametrize("person", [people.bram, people.carla, people.esra])
def test_nobody_else_writes_in_the_week(person: Callable[[], people.Person]) -> None:
    sheet = people.sheet(people.ana())
    with pytest.raises(NotAllowed):
        operations.save_draft(sheet, hours=FOUR_DAYS, version=1, by=people.actor(person()), at=MONDAY)
    assert stale(sheet).version == 1


@pytest.mark.parametrize("state", [State.SUBMITTED, State.ACCEPTED, State.APPROVED, State.PAID])
def test_a_week_that_is_handed_in_is_not_written_in(state: State) -> None:
    sheet = walk.to(people.sheet(people.ana()), state)
    with pytest.raises(NotAllowed):
        operations.save_draft(sheet, hours=FOUR_DAYS, version=sheet.version, by=ana(), at=MONDAY)
    assert stale(sheet).hours == FIVE_DAYS


def test_two_windows_that_save_the_same_version_do_not_overwrite_each_other() -> None:
    sheet = people.sheet(people.ana())
    operations.save_draft(sheet, hours=FOUR_DAYS, version=1, by=ana(), at=MONDAY)
    with pytest.raises(Overtaken):
        operations.save_draft(sheet, hours=FIVE_DAYS, version=1, by=ana(), at=MONDAY)
    assert stale(sheet).hours == FOUR_DAYS


# Handing in.


def test_impossible_hours_are_not_handed_in() -> None:
    sheet = people.sheet(people.ana())
    backwards = Hours(people.WEEK, (Day((Shift(960, 480),)), *[Day()] * 6))
    with pytest.raises(ImpossibleHours) as caught:
        operations.submit(sheet, hours=backwards, version=1, by=ana(), at=MONDAY)
    assert [problem.where for problem in caught.value.problems] == ["days.0.shifts.0.end"]
    assert stale(sheet).state == State.DRAFT


def test_impossible_hours_are_not_kept_as_a_draft_either() -> None:
    sheet = people.sheet(people.ana())
    week_too_long = Hours(people.WEEK, (Day(total=25 * 60),) * 7)
    with pytest.raises(ImpossibleHours) as caught:
        operations.save_draft(sheet, hours=week_too_long, version=1, by=ana(), at=MONDAY)
    assert {problem.code for problem in caught.value.problems} == {"day_too_long"}
    assert stale(sheet).version == 1


def test_the_longest_possible_week_fits_in_the_database() -> None:
    clock_back = Week(2026, 43)
    sheet = people.sheet(people.ana(), clock_back)
    all_of_it = Hours(clock_back, (*[Day(total=24 * 60)] * 6, Day(total=25 * 60)))
    operations.submit(sheet, hours=all_of_it, version=1, by=ana(), at=MONDAY)
    assert sheet.minutes == (7 * 24 + 1) * 60


@pytest.mark.parametrize("note", ["", "Ziek"])
def test_a_week_without_an_entry_is_not_handed_in(note: str) -> None:
    sheet = people.sheet(people.ana())
    with pytest.raises(NothingWritten):
        operations.submit(sheet, hours=Hours(people.WEEK, note=note), version=1, by=ana(), at=MONDAY)
    assert stale(sheet).state == State.DRAFT


def test_a_week_in_which_nothing_was_worked_is_handed_in_as_such() -> None:
    sheet = people.sheet(people.ana())
    nothing = Hours(people.WEEK, (Day(not_worked=True),) * 7)
    operations.submit(sheet, hours=nothing, version=1, by=ana(), at=MONDAY)
    assert (sheet.state, sheet.minutes) == (State.SUBMITTED, 0)


# Frozen submissions.


def test_each_time_it_is_handed_in_is_kept_as_it_was() -> None:
    sheet = submitted()
    operations.withdraw(sheet, version=2, by=ana(), at=MONDAY)
    operations.submit(sheet, hours=FOUR_DAYS, version=3, by=ana(), at=MONDAY)
    frozen = list(sheet.submissions.all())
    assert [(one.number, one.hours) for one in frozen] == [(2, FIVE_DAYS), (4, FOUR_DAYS)]
    assert sheet.submitted_hours() == FOUR_DAYS
    assert frozen[0].digest != frozen[1].digest == sheet.digest


def test_a_decision_names_the_content_it_was_taken_on() -> None:
    sheet = walk.to(people.sheet(people.ana()), State.APPROVED)
    assert set(sheet.steps.values_list("digest", flat=True)) == {sheet.submissions.get().digest}


@pytest.mark.parametrize("table", ["timesheets_submission", "timesheets_step"])
@pytest.mark.parametrize("statement", ["UPDATE {} SET digest = 'other'", "DELETE FROM {}"])
def test_the_database_refuses_to_change_or_delete_what_is_frozen(table: str, statement: str) -> None:
    submitted()
    with pytest.raises(DatabaseError, match=f"{table} only grows"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement.format(table))
    assert [Submission.objects.get().digest] == list(Step.objects.values_list("digest", flat=True))


def test_python_refuses_it_too() -> None:
    frozen = submitted().submissions.get()
    frozen.digest = "other"
    for change in (frozen.save, frozen.delete, Submission.objects.all().delete, Step.objects.all().delete):
        with pytest.raises(AppendOnly):
            change()


# Reasons.


def test_a_refusal_points_at_its_days_and_tells_why() -> None:
    sheet = submitted()
    step = operations.refuse(sheet, version=2, by=carla(), at=MONDAY, reason="Dinsdag klopt niet.", days=[TUESDAY])
    assert (step.reason_code, step.reason, step.days) == ("other", "Dinsdag klopt niet.", [TUESDAY.isoformat()])
    assert sheet.disputed == [TUESDAY.isoformat()]
    operations.submit(sheet, hours=FOUR_DAYS, version=3, by=ana(), at=MONDAY)
    assert sheet.disputed == []


@pytest.mark.parametrize(("code", "reason"), [("other", ""), ("other", " \n"), ("no_such_code", "Toch.")])
def test_a_refusal_without_a_reason_is_none(code: str, reason: str) -> None:
    sheet = submitted()
    with pytest.raises(ReasonNeeded):
        operations.refuse(sheet, version=2, by=carla(), at=MONDAY, reason_code=code, reason=reason)
    assert stale(sheet).state == State.SUBMITTED


def test_a_refusal_cannot_point_at_a_day_of_another_week() -> None:
    sheet = submitted()
    with pytest.raises(ValueError, match="outside the week"):
        operations.refuse(sheet, version=2, by=carla(), at=MONDAY, reason="Nee.", days=[people.WEEK.next.monday])
    assert stale(sheet).state == State.SUBMITTED


# Own hours.


def own(party: Party) -> Actor:
    """Ana, were her account also one of the client or of the agency."""
    user = User.objects.get(pk=people.ana().user_id)
    if party == Party.CLIENT:
        return Actor(party=party, name=user.name, user=user, contact=people.carla())
    return Actor(party=party, name=user.name, user=user, agency_user=people.esra())


def test_nobody_accepts_or_refuses_their_own_hours() -> None:
    sheet = submitted()
    with pytest.raises(OwnHours):
        operations.accept(sheet, version=2, by=own(Party.CLIENT), at=MONDAY)
    with pytest.raises(OwnHours):
        operations.refuse(sheet, version=2, by=own(Party.CLIENT), at=MONDAY, reason="Nee.")
    assert stale(sheet).version == 2


def test_nobody_approves_their_own_hours_nor_accepts_them_for_the_client() -> None:
    sheet = submitted()
    with pytest.raises(OwnHours):
        operations.accept(
            sheet, version=2, by=own(Party.AGENCY), at=MONDAY, reason="Gebeld.", on_behalf_of=Party.CLIENT
        )  # fmt: skip
    operations.accept(sheet, version=2, by=carla(), at=MONDAY)
    with pytest.raises(OwnHours):
        operations.approve(sheet, version=3, by=own(Party.AGENCY), at=MONDAY)
    assert stale(sheet).state == State.ACCEPTED


def test_own_hours_stay_behind_when_many_are_handled_at_once() -> None:
    sheet, other = submitted(), walk.to(people.sheet(people.bram()), State.SUBMITTED)
    outcome = operations.accept_many([(sheet.pk, 2), (other.pk, 2)], by=own(Party.CLIENT), at=MONDAY)
    assert (outcome.done, outcome.overtaken) == ((other.pk,), (sheet.pk,))
    outcome = operations.approve_many([(other.pk, 3), (sheet.pk, 2)], by=own(Party.AGENCY), at=MONDAY)
    assert (outcome.done, outcome.overtaken) == ((other.pk,), (sheet.pk,))


# Many at once.


def test_of_many_those_go_through_that_can_and_the_others_are_named() -> None:
    fresh, gone, withdrawn, accepted = (
        walk.to(people.sheet(people.placement(worker)), State.SUBMITTED) for worker in people.many_workers(4)
    )
    elsewhere = walk.to(people.sheet(people.placement(people.ana(), people.transport())), State.SUBMITTED)
    operations.withdraw(withdrawn, version=2, by=people.actor(withdrawn.worker), at=MONDAY)
    operations.accept(accepted, version=2, by=carla(), at=MONDAY)
    items = [(fresh.pk, 2), (gone.pk, 1), (withdrawn.pk, 2), (accepted.pk, 3), (elsewhere.pk, 2), (999_999, 1)]
    outcome = operations.accept_many(items, by=carla(), at=MONDAY)
    assert outcome.done == (fresh.pk,)
    assert set(outcome.overtaken) == {pk for pk, _ in items[1:]}
    assert [stale(one).state for one in (fresh, gone, withdrawn, accepted, elsewhere)] == [
        State.ACCEPTED, State.SUBMITTED, State.DRAFT, State.ACCEPTED, State.SUBMITTED
    ]  # fmt: skip
    step = fresh.steps.latest("number")
    assert (step.act, step.number, step.actor_name, step.digest) == (Act.ACCEPT, 3, "Carla de Groot", fresh.digest)


@pytest.mark.parametrize("person", [people.ana, people.dirk, people.esra])
def test_many_are_accepted_by_their_client_only(person: Callable[[], people.Person]) -> None:
    sheet = submitted()
    outcome = operations.accept_many([(sheet.pk, 2)], by=people.actor(person()), at=MONDAY)
    assert (outcome.done, outcome.overtaken) == ((), (sheet.pk,))
    assert stale(sheet).version == 2


def test_the_same_pile_twice_goes_through_once() -> None:
    sheet = walk.to(people.sheet(people.ana()), State.ACCEPTED)
    outcomes = [operations.approve_many([(sheet.pk, 3)], by=esra(), at=MONDAY) for _ in range(2)]
    assert [outcome.done for outcome in outcomes] == [(sheet.pk,), ()]
    assert sheet.steps.filter(act=Act.APPROVE).count() == 1
