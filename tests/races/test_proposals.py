"""A proposal meets another decision, and an answer another answer: one wins, and the hours are the winner's."""

from __future__ import annotations

from kis.timesheets.models import Timesheet
from kis.timesheets.workflow import Act, State
from tests.races.rivals import Rivals, one_winner_each, was_a_race
from tests.support import people, walk

ROUNDS = 60


def test_of_proposing_accepting_and_taking_back_exactly_one_wins(rivals: Rivals) -> None:
    """The proposal takes something from the worker in every other round."""
    sheets = [
        walk.to(people.sheet(people.placement(worker)), State.SUBMITTED) for worker in people.many_workers(ROUNDS)
    ]
    carla = people.carla().user_id
    carlo = people.contact("Carlo de Wit", "carlo@bakery.example", people.bakery()).user_id
    kinds = ["propose_less", "propose_more"] * (ROUNDS // 2)
    answers = [
        rivals.race(
            f"{kind} {carla} {sheet.pk}", f"accept {carlo} {sheet.pk}", f"withdraw {sheet.worker.user_id} {sheet.pk}"
        )
        for kind, sheet in zip(kinds, sheets, strict=True)
    ]
    winners = one_winner_each(answers)
    was_a_race(winners)
    proposed = {"propose_less": (State.REFUSED, 2, 3, 5), "propose_more": (State.ACCEPTED, 3, None, 6)}
    others = {1: (State.ACCEPTED, 2, None, 5), 2: (State.DRAFT, 2, None, 5)}
    for sheet, winner, kind in zip(sheets, winners, kinds, strict=True):
        assert _as_it_is(sheet) == (others[winner] if winner else proposed[kind])
        assert sheet.steps.count() == 2
        assert sheet.submissions.count() == (1 if winner else 2)


def test_of_agreeing_and_handing_in_again_exactly_one_wins(rivals: Rivals) -> None:
    sheets = [walk.proposed(people.sheet(people.placement(worker))) for worker in people.many_workers(ROUNDS)]
    answers = [
        rivals.race(*(f"{act} {sheet.worker.user_id} {sheet.pk}" for act in ("agree", "submit"))) for sheet in sheets
    ]
    winners = one_winner_each(answers)
    was_a_race(winners)
    ends = {0: (State.ACCEPTED, 3, None, 4), 1: (State.SUBMITTED, 4, None, 3)}
    for sheet, winner in zip(sheets, winners, strict=True):
        assert _as_it_is(sheet) == ends[winner]
        assert sheet.steps.latest("number").act == (Act.AGREE, Act.SUBMIT)[winner]


def _as_it_is(sheet: Timesheet) -> tuple[str, int | None, int | None, int]:
    """Where the timesheet stands now: its state, which version counts, which waits, and the days written on it."""
    now = Timesheet.objects.get(pk=sheet.pk)
    return now.state, now.submitted_version, now.proposed_version, now.minutes // 480
