"""Several decide on the same timesheet at the same moment: one wins, the others hear so, and history tells it once."""

from __future__ import annotations

from kis.timesheets.models import Timesheet
from kis.timesheets.workflow import Act, State
from tests.races.rivals import Rivals, one_winner_each, was_a_race
from tests.support import people, walk

ROUNDS = 200


def test_of_accept_refuse_and_withdraw_exactly_one_wins(rivals: Rivals) -> None:
    acts = (Act.ACCEPT, Act.REFUSE, Act.WITHDRAW)
    sheets = _submitted(ROUNDS)
    carla, carlo = people.carla().user_id, _carlo()
    answers = [
        rivals.race(
            f"accept {carla} {sheet.pk}", f"refuse {carlo} {sheet.pk}", f"withdraw {sheet.worker.user_id} {sheet.pk}"
        )
        for sheet in sheets
    ]
    winners = one_winner_each(answers)
    was_a_race(winners)
    for sheet, winner in zip(sheets, winners, strict=True):
        assert _last_act(sheet) == acts[winner]


def test_of_two_contacts_who_accept_exactly_one_wins(rivals: Rivals) -> None:
    sheets = _submitted(ROUNDS)
    contacts = (people.carla().user_id, _carlo())
    answers = [rivals.race(*(f"accept {contact} {sheet.pk}" for contact in contacts)) for sheet in sheets]
    winners = one_winner_each(answers)
    was_a_race(winners)
    for sheet, winner in zip(sheets, winners, strict=True):
        assert _last_act(sheet) == Act.ACCEPT
        assert sheet.steps.get(act=Act.ACCEPT).actor_id == contacts[winner]


def test_of_one_contact_who_presses_twice_exactly_one_press_counts(rivals: Rivals) -> None:
    sheets = _submitted(ROUNDS)
    carla = people.carla().user_id
    one_winner_each(rivals.race(*[f"accept {carla} {sheet.pk}"] * 3) for sheet in sheets)
    assert [_last_act(sheet) for sheet in sheets] == [Act.ACCEPT] * ROUNDS


def test_of_accepting_one_and_accepting_several_exactly_one_wins(rivals: Rivals) -> None:
    sheets = _submitted(ROUNDS)
    contacts = (people.carla().user_id, _carlo())
    answers = [
        rivals.race(f"accept {contacts[0]} {sheet.pk}", f"accept_many {contacts[1]} {sheet.pk}", late=n % 20 / 1000)
        for n, sheet in enumerate(sheets)
    ]
    winners = one_winner_each(answers)
    was_a_race(winners)
    for sheet, winner in zip(sheets, winners, strict=True):
        assert _last_act(sheet) == Act.ACCEPT
        assert sheet.steps.get(act=Act.ACCEPT).actor_id == contacts[winner]


def test_two_who_accept_the_same_pile_accept_each_sheet_once(rivals: Rivals) -> None:
    """Picked in opposite order: neither waits for the other for ever."""
    sheets = _submitted(ROUNDS)
    pks = [str(sheet.pk) for sheet in sheets]
    carla, carlo = people.carla().user_id, _carlo()
    piles = [pks[n : n + 10] for n in range(0, ROUNDS, 10)]
    for pile in piles:
        there, back = " ".join(pile), " ".join(reversed(pile))
        answers = rivals.race(f"accept_many {carla} {there}", f"accept_many {carlo} {back}")
        assert sorted(answers) == ["overtaken", "won"]
    assert [_last_act(sheet) for sheet in sheets] == [Act.ACCEPT] * ROUNDS


def _submitted(count: int) -> list[Timesheet]:
    """Weeks of as many workers, handed in at the bakery."""
    return [walk.to(people.sheet(people.placement(worker)), State.SUBMITTED) for worker in people.many_workers(count)]


def _carlo() -> int:
    """A colleague of Carla's."""
    return people.contact("Carlo de Wit", "carlo@bakery.example", people.bakery()).user_id


def _last_act(sheet: Timesheet) -> Act:
    """The one act after handing in, which is also where the timesheet stands."""
    submit, decision = sheet.steps.all()
    now = Timesheet.objects.get(pk=sheet.pk)
    assert (submit.number, decision.number, now.version) == (2, 3, 3)
    assert now.state == decision.end
    return Act(decision.act)
