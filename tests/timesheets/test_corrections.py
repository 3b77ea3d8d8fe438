"""A mistake found after payment: a sheet of its own beside the paid one, asked for by each of the three."""

from __future__ import annotations

import dataclasses

import pytest

from kis.core import clock
from kis.payroll.models import PayLine
from kis.post.models import OutboxMail
from kis.staffing.actor import Actor
from kis.staffing.parties import Party
from kis.timesheets import corrections, operations, proposals
from kis.timesheets.hours import Hours
from kis.timesheets.models import Timesheet
from kis.timesheets.moves import Overtaken, OwnHours
from kis.timesheets.operations import NothingCorrected, NothingWritten
from kis.timesheets.proposals import NothingProposed
from kis.timesheets.workflow import Act, NotAllowed, ReasonNeeded, State
from tests.support import people, walk

pytestmark = pytest.mark.django_db
LATER = clock.at(people.WEEK.next.next.monday, 9 * 60)
FOUR_DAYS, FIVE_DAYS, SIX_DAYS = people.hours(days=4), people.hours(days=5), people.hours(days=6)
WHY = "Zaterdag is vergeten."


def ana() -> Actor:
    return people.actor(people.ana())


def carla() -> Actor:
    return people.actor(people.carla())


def finn() -> Actor:
    return people.actor(people.finn())


@pytest.fixture
def paid() -> Timesheet:
    """Ana's week of five days, paid."""
    return walk.to(people.sheet(people.ana()), State.PAID)


def ask(paid: Timesheet, by: Actor, hours: Hours | None = None, reason: str = WHY) -> Timesheet:
    return corrections.open_correction(paid, by=by, at=LATER, hours=hours, reason=reason)


def as_it_is(sheet: Timesheet) -> dict[str, object]:
    return dict(Timesheet.objects.filter(pk=sheet.pk).values().get())


# The worker asks.


def test_the_worker_gets_the_paid_hours_to_mend_and_what_is_paid_stays_as_it_is(paid: Timesheet) -> None:
    before = as_it_is(paid)
    fresh = ask(paid, ana())
    assert (fresh.revision, fresh.corrects_id, fresh.state) == (1, paid.pk, State.DRAFT)
    assert (fresh.hours, fresh.minutes, fresh.department_id) == (FIVE_DAYS, 5 * 480, paid.department_id)
    assert fresh.submitted_hours() == FIVE_DAYS
    assert as_it_is(paid) == before
    [step] = fresh.steps.all()
    assert (step.act, step.start, step.end, step.reason) == (Act.CORRECT, State.PAID, State.DRAFT, WHY)


def test_a_correction_goes_past_client_and_agency_into_the_next_run(paid: Timesheet) -> None:
    fresh = ask(paid, ana())
    walk.to(fresh, State.PAID, hours=SIX_DAYS, at=LATER)
    assert (fresh.state, fresh.minutes) == (State.PAID, 6 * 480)
    lines = PayLine.objects.filter(timesheet=fresh, kind=PayLine.Kind.TIME)
    assert sum(line.minutes for line in lines) == 480


def test_the_hours_that_were_paid_are_no_correction(paid: Timesheet) -> None:
    fresh = ask(paid, ana())
    with pytest.raises(NothingCorrected):
        operations.submit(fresh, hours=FIVE_DAYS, version=2, by=ana(), at=LATER)
    assert as_it_is(fresh)["state"] == State.DRAFT


def test_what_was_corrected_and_paid_can_be_corrected_again(paid: Timesheet) -> None:
    first = walk.to(ask(paid, ana()), State.PAID, hours=SIX_DAYS, at=LATER)
    second = ask(first, carla(), people.hours(days=7))
    assert (second.revision, second.corrects_id) == (2, first.pk)
    assert second.submissions.get(number=1).hours == SIX_DAYS


# The client asks.


def test_more_from_the_client_waits_for_the_agency_only(paid: Timesheet) -> None:
    fresh = ask(paid, carla(), SIX_DAYS)
    assert (fresh.state, fresh.submitted_version, fresh.proposed_version) == (State.ACCEPTED, 2, None)
    assert (fresh.hours, fresh.digest) == (SIX_DAYS, SIX_DAYS.digest(paid.placement.number))
    operations.approve(fresh, version=2, by=people.actor(people.esra()), at=LATER)
    assert fresh.state == State.APPROVED


def test_less_from_the_client_waits_for_the_worker(paid: Timesheet) -> None:
    fresh = ask(paid, carla(), FOUR_DAYS)
    assert (fresh.state, fresh.submitted_version, fresh.proposed_version) == (State.REFUSED, 1, 2)
    assert (fresh.hours, fresh.disputed) == (FIVE_DAYS, [people.WEEK.days[4].isoformat()])
    mail = OutboxMail.objects.get(key=f"proposal:{fresh.pk}:2")
    assert "Deze week is al verloond; het verschil gaat mee met een volgende verloning." in mail.text
    assert "Verloond: 08:00–16:30, 8:00 uur" in mail.text
    proposals.agree(fresh, version=2, by=ana(), at=LATER)
    assert (fresh.state, fresh.hours) == (State.ACCEPTED, FOUR_DAYS)


# The agency asks.


def test_the_agency_corrects_for_a_client_who_thereby_accepts(paid: Timesheet) -> None:
    with pytest.raises(ReasonNeeded):
        corrections.open_correction(
            paid, by=finn(), at=LATER, hours=SIX_DAYS, reason_code="hours_differ", on_behalf_of=Party.CLIENT
        )
    fresh = corrections.open_correction(
        paid, by=finn(), at=LATER, hours=SIX_DAYS, reason=WHY, on_behalf_of=Party.CLIENT
    )  # fmt: skip
    assert (fresh.state, fresh.hours) == (State.ACCEPTED, SIX_DAYS)
    [step] = fresh.steps.all()
    assert (step.actor_name, step.on_behalf_of, step.on_behalf_of_name) == (
        "Finn Bakker", Party.CLIENT, "Bakkerij De Groot",
    )  # fmt: skip


@pytest.mark.parametrize("hours", [FOUR_DAYS, SIX_DAYS])
def test_the_agency_corrects_for_a_worker_and_the_client_still_decides(paid: Timesheet, hours: Hours) -> None:
    fresh = corrections.correct_for_worker(paid, hours=hours, by=finn(), at=LATER, reason=WHY)
    assert (fresh.state, fresh.hours, fresh.proposed_version) == (State.SUBMITTED, hours, None)
    steps = [(step.act, step.on_behalf_of, step.reason) for step in fresh.steps.order_by("number")]
    assert steps == [(Act.CORRECT, Party.WORKER, WHY), (Act.SUBMIT, Party.WORKER, WHY)]
    assert OutboxMail.objects.filter(key__startswith="handed_in").count() == 1


def test_a_correction_for_the_worker_is_opened_and_handed_in_or_neither(paid: Timesheet) -> None:
    with pytest.raises(NothingProposed):
        corrections.correct_for_worker(paid, hours=FIVE_DAYS, by=finn(), at=LATER, reason=WHY)
    with pytest.raises(NothingWritten):
        corrections.correct_for_worker(paid, hours=Hours(people.WEEK), by=finn(), at=LATER, reason=WHY)
    with pytest.raises(ReasonNeeded):
        corrections.correct_for_worker(paid, hours=SIX_DAYS, by=finn(), at=LATER, reason=" ")
    assert not paid.corrections.exists()


def test_more_from_the_agency_waits_for_the_client(paid: Timesheet) -> None:
    fresh = ask(paid, finn(), SIX_DAYS)
    assert (fresh.state, fresh.hours) == (State.SUBMITTED, SIX_DAYS)
    mail = OutboxMail.objects.get(key=f"proposal:{fresh.pk}:2")
    assert "Finn Bakker van Keser Interim Solutions heeft je uren van week 48 aangepast." in mail.text
    assert "Bakkerij De Groot moet ze nog accepteren." in mail.text
    operations.accept(fresh, version=2, by=carla(), at=LATER)
    assert fresh.state == State.ACCEPTED


def test_less_from_the_agency_waits_for_the_worker_and_then_the_client(paid: Timesheet) -> None:
    fresh = ask(paid, finn(), FOUR_DAYS)
    assert fresh.state == State.REFUSED
    proposals.agree(fresh, version=2, by=ana(), at=LATER)
    assert (fresh.state, fresh.hours, fresh.turn) == (State.SUBMITTED, FOUR_DAYS, Party.CLIENT)
    operations.accept(fresh, version=3, by=carla(), at=LATER)
    assert fresh.state == State.ACCEPTED


def test_the_agency_asks_for_the_client_by_the_clients_rules(paid: Timesheet) -> None:
    fresh = corrections.open_correction(
        paid, hours=FOUR_DAYS, by=finn(), at=LATER, reason="Carla belde.", on_behalf_of=Party.CLIENT
    )  # fmt: skip
    proposals.agree(fresh, version=2, by=ana(), at=LATER)
    assert fresh.state == State.ACCEPTED


# What is no correction.


@pytest.mark.parametrize("state", [state for state in State if state != State.PAID])
def test_only_what_is_paid_is_corrected(state: State) -> None:
    sheet = walk.to(people.sheet(people.ana()), state)
    with pytest.raises(NotAllowed):
        ask(sheet, ana())
    assert Timesheet.objects.filter(revision=1).count() == 0


def test_a_reason_is_needed(paid: Timesheet) -> None:
    with pytest.raises(ReasonNeeded):
        ask(paid, ana(), reason="  ")


def test_client_and_agency_say_what_is_right(paid: Timesheet) -> None:
    for by in (carla(), finn()):
        for hours in (None, FIVE_DAYS):
            with pytest.raises(NothingProposed):
                ask(paid, by, hours)
    assert not paid.corrections.exists()


def test_there_is_one_correction_at_a_time(paid: Timesheet) -> None:
    ask(paid, ana())
    with pytest.raises(Overtaken):
        ask(paid, carla(), SIX_DAYS)
    with pytest.raises(NotAllowed):
        ask(paid.corrections.get(), carla(), SIX_DAYS)
    assert paid.corrections.get().submissions.count() == 1, "the second left nothing"


def test_only_the_newest_of_a_week_is_corrected(paid: Timesheet) -> None:
    walk.to(ask(paid, ana()), State.PAID, hours=SIX_DAYS, at=LATER)
    with pytest.raises(Overtaken):
        ask(paid, ana())


def test_nobody_corrects_their_own_hours_for_client_or_agency(paid: Timesheet) -> None:
    own = dataclasses.replace(finn(), user=ana().user)
    with pytest.raises(OwnHours):
        ask(paid, own, SIX_DAYS)


# Dropping it.


def test_a_correction_that_is_dropped_ends_with_what_was_paid(paid: Timesheet) -> None:
    fresh = ask(paid, ana())
    fresh = operations.save_draft(fresh, hours=SIX_DAYS, version=2, by=ana(), at=LATER, typed={"fields": {"note": "x"}})
    step = corrections.drop(fresh, version=3, by=ana(), at=LATER)
    assert (fresh.state, fresh.hours, fresh.typed) == (State.PAID, FIVE_DAYS, None)
    assert step.digest == fresh.digest == paid.digest
    assert not PayLine.objects.filter(timesheet=fresh).exists()


def test_the_worker_says_no_to_a_correction_by_dropping_it(paid: Timesheet) -> None:
    fresh = ask(paid, finn(), FOUR_DAYS)
    corrections.drop(fresh, version=2, by=ana(), at=LATER, reason="Ik was er wel.")
    assert (fresh.state, fresh.proposed_version, fresh.hours) == (State.PAID, None, FIVE_DAYS)


def test_after_a_dropped_correction_another_can_be_asked_for(paid: Timesheet) -> None:
    first = ask(paid, ana())
    corrections.drop(first, version=2, by=ana(), at=LATER)
    second = ask(first, ana())
    walk.to(second, State.PAID, hours=SIX_DAYS, at=LATER)
    lines = PayLine.objects.filter(timesheet__placement=paid.placement_id, kind=PayLine.Kind.TIME)
    assert sum(line.minutes for line in lines) == 6 * 480


def test_a_client_who_takes_the_own_correction_back_may_drop_it(paid: Timesheet) -> None:
    fresh = ask(paid, carla(), SIX_DAYS)
    operations.undo(fresh, version=2, by=carla(), at=LATER)
    assert (fresh.state, fresh.hours) == (State.SUBMITTED, FIVE_DAYS)
    corrections.drop(fresh, version=3, by=carla(), at=LATER)
    assert (fresh.state, fresh.hours) == (State.PAID, FIVE_DAYS)


def test_a_client_does_not_drop_what_the_worker_asked_for(paid: Timesheet) -> None:
    fresh = walk.to(ask(paid, ana()), State.SUBMITTED, hours=SIX_DAYS, at=LATER)
    with pytest.raises(NotAllowed):
        corrections.drop(fresh, version=3, by=carla(), at=LATER)


def test_the_agency_drops_with_a_reason_until_it_has_approved(paid: Timesheet) -> None:
    fresh = walk.to(ask(paid, ana()), State.ACCEPTED, hours=SIX_DAYS, at=LATER)
    with pytest.raises(ReasonNeeded):
        corrections.drop(fresh, version=4, by=finn(), at=LATER)
    corrections.drop(fresh, version=4, by=finn(), at=LATER, reason="Dubbel aangevraagd.")
    assert fresh.state == State.PAID


def test_an_ordinary_week_is_not_dropped() -> None:
    with pytest.raises(NotAllowed):
        corrections.drop(people.sheet(people.ana()), version=1, by=ana(), at=LATER)


# Which of them counts.


def test_of_a_week_the_newest_is_found_once(paid: Timesheet) -> None:
    other = walk.to(people.sheet(people.bram()), State.PAID)
    fresh = ask(paid, ana())
    assert set(Timesheet.objects.newest()) == {paid, other}, "a draft is still the worker's own"
    assert set(Timesheet.objects.newest_of_worker()) == {fresh, other}
    operations.submit(fresh, hours=SIX_DAYS, version=2, by=ana(), at=LATER)
    assert set(Timesheet.objects.newest()) == set(Timesheet.objects.newest_of_worker()) == {fresh, other}


def test_others_see_of_a_week_what_was_handed_in_last(paid: Timesheet) -> None:
    fresh = walk.to(ask(paid, ana()), State.REFUSED, hours=SIX_DAYS, at=LATER)
    assert set(Timesheet.objects.handed_in()) == {paid}
    operations.submit(fresh, hours=SIX_DAYS, version=fresh.version, by=ana(), at=LATER)
    assert set(Timesheet.objects.handed_in()) == {fresh}


def test_a_week_was_paid_when_its_hours_were(paid: Timesheet) -> None:
    """Not when a correction came to nothing."""
    fresh = ask(paid, ana())
    assert (fresh.paid_at, fresh.came_to_nothing) == (None, False)
    corrections.drop(fresh, version=2, by=ana(), at=LATER)
    assert (fresh.paid_at, fresh.came_to_nothing) == (paid.state_since, True)
    second = walk.to(ask(fresh, ana()), State.PAID, hours=SIX_DAYS, at=LATER)
    assert (second.paid_at, second.came_to_nothing) == (second.state_since, False)


def test_a_correction_that_is_being_written_is_nobodys_work_yet(paid: Timesheet) -> None:
    fresh = ask(paid, ana())
    missing = people.sheet(people.bram())
    assert set(Timesheet.objects.awaiting_worker().counted()) == {missing}
    operations.submit(fresh, hours=SIX_DAYS, version=2, by=ana(), at=LATER)
    assert set(Timesheet.objects.awaiting_client().counted()) == {fresh}


def test_a_correction_does_not_overlap_with_what_it_corrects(paid: Timesheet) -> None:
    fresh = ask(paid, ana())
    walk.to(fresh, State.SUBMITTED, hours=SIX_DAYS, at=LATER)
    assert "overlap_elsewhere" not in {signal["code"] for signal in fresh.signals}


def test_hours_elsewhere_are_held_against_the_newest_version(paid: Timesheet) -> None:
    """Friday is free now: what Ana worked elsewhere that day overlaps no more."""
    elsewhere = people.sheet(people.placement(people.ana(), people.transport()))
    friday = Hours(people.WEEK, tuple(day if n == 4 else type(day)() for n, day in enumerate(FIVE_DAYS.days)))
    walk.to(ask(paid, ana()), State.SUBMITTED, hours=FOUR_DAYS, at=LATER)
    operations.submit(elsewhere, hours=friday, version=1, by=ana(), at=LATER)
    assert "overlap_elsewhere" not in {signal["code"] for signal in elsewhere.signals}
