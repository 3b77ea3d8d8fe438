"""Several ask for a correction of the same paid week at the same moment: one is opened, and what is paid stays."""

from __future__ import annotations

from kis.timesheets.models import Timesheet
from kis.timesheets.workflow import State
from tests.races.rivals import Rivals, one_winner_each, was_a_race
from tests.support import people, walk

ROUNDS = 40
LATE = 0.003  # seconds that the worker, whose way is the shortest, begins later in every second round


def test_of_worker_client_and_agency_who_ask_exactly_one_opens_a_correction(rivals: Rivals) -> None:
    paid = [walk.to(people.sheet(people.placement(worker)), State.PAID) for worker in people.many_workers(ROUNDS)]
    carla, finn = people.carla().user_id, people.finn().user_id
    answers = [
        rivals.race(
            *(f"correct {user} {sheet.pk}" for user in (sheet.worker.user_id, carla, finn)), late=LATE * (number % 2)
        )
        for number, sheet in enumerate(paid)
    ]
    winners = one_winner_each(answers)
    was_a_race(winners)
    ends = (State.DRAFT, State.ACCEPTED, State.SUBMITTED)
    for sheet, winner in zip(paid, winners, strict=True):
        correction = sheet.corrections.get()
        assert correction.state == ends[winner]
        assert correction.steps.count() == 1
        assert correction.submissions.count() == (1 if winner == 0 else 2), "nothing is left of the others"


def test_of_dropping_and_handing_in_exactly_one_wins(rivals: Rivals) -> None:
    sheets = [walk.correction(people.sheet(people.placement(worker))) for worker in people.many_workers(ROUNDS)]
    answers = [
        rivals.race(*(f"{act} {sheet.worker.user_id} {sheet.pk}" for act in ("drop", "submit"))) for sheet in sheets
    ]
    winners = one_winner_each(answers)
    was_a_race(winners)
    ends = {0: (State.PAID, 5 * 480), 1: (State.SUBMITTED, 3 * 480)}
    for sheet, winner in zip(sheets, winners, strict=True):
        now = Timesheet.objects.get(pk=sheet.pk)
        assert (now.state, now.minutes) == ends[winner]
