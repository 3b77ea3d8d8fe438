"""Every act, by everybody, in every state, through the real operations: exactly what the table of rules says.

The table here is written out on purpose, apart from kis/timesheets/workflow.py: a rule that changes there without
being meant fails here.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import itertools
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import transaction

from kis.core import clock
from kis.staffing.actor import SYSTEM, Actor
from kis.staffing.parties import Party
from kis.timesheets import corrections, operations, proposals
from kis.timesheets.models import Step, Timesheet
from kis.timesheets.workflow import RULES, Act, Given, NotAllowed, ReasonNeeded, Rule, State
from tests.support import people, walk

pytestmark = pytest.mark.django_db
MONDAY = clock.at(people.WEEK.next.monday, 9 * 60)  # after the week, before its deadline
REASON = "Zo afgesproken aan de telefoon."

# Where a timesheet can be: in a state, or refused with other hours that wait for the worker. A correction goes the same
# way as any week, unless it says otherwise here.
PROPOSED = "proposed"
CORRECTION = {state: f"correction {state}" for state in (State.DRAFT, State.REFUSED, State.SUBMITTED, State.ACCEPTED)}
PROPOSED_BY_AGENCY = "proposed by the agency"
ASKED_BY_CLIENT = "asked by the client"  # and submitted again, after the client took it back
PLACES = (*State, PROPOSED, *CORRECTION.values(), PROPOSED_BY_AGENCY, ASKED_BY_CLIENT)
# What may be tried: every act, where hours that are proposed take something from the worker (less) or do not (more).
MORE, LESS = "propose more", "propose less"
CORRECT_MORE, CORRECT_LESS = "correct more", "correct less"
TRIES = (*(act for act in Act if act not in {Act.PROPOSE, Act.CORRECT}), MORE, LESS, CORRECT_MORE, CORRECT_LESS)

# What, who, and from where to where. What does not stand here is not allowed.
ALLOWED = {
    (Act.SUBMIT, "ana", State.DRAFT): State.SUBMITTED,
    (Act.SUBMIT, "ana", State.REFUSED): State.SUBMITTED,
    (Act.SUBMIT, "ana", PROPOSED): State.SUBMITTED,
    (Act.AGREE, "ana", PROPOSED): State.ACCEPTED,
    (Act.WITHDRAW, "ana", State.SUBMITTED): State.DRAFT,
    (Act.ACCEPT, "carla", State.SUBMITTED): State.ACCEPTED,
    (Act.REFUSE, "carla", State.SUBMITTED): State.REFUSED,
    (MORE, "carla", State.SUBMITTED): State.ACCEPTED,
    (LESS, "carla", State.SUBMITTED): State.REFUSED,
    (Act.UNDO, "carla", State.ACCEPTED): State.SUBMITTED,
    (Act.APPROVE, "agency", State.ACCEPTED): State.APPROVED,
    (Act.SEND_BACK, "agency", State.ACCEPTED): State.SUBMITTED,
    (Act.RETURN, "agency", State.ACCEPTED): State.REFUSED,
    (Act.RETURN, "agency", State.SUBMITTED): State.REFUSED,
    (Act.REOPEN, "agency", State.APPROVED): State.ACCEPTED,
    (Act.PAY, "system", State.APPROVED): State.PAID,
    (CORRECT_MORE, "ana", State.PAID): State.DRAFT,
    (CORRECT_LESS, "ana", State.PAID): State.DRAFT,
    (CORRECT_MORE, "carla", State.PAID): State.ACCEPTED,
    (CORRECT_LESS, "carla", State.PAID): State.REFUSED,
    (CORRECT_MORE, "agency", State.PAID): State.SUBMITTED,
    (CORRECT_LESS, "agency", State.PAID): State.REFUSED,
    (Act.DROP, "ana", CORRECTION[State.DRAFT]): State.PAID,
    (Act.DROP, "ana", CORRECTION[State.REFUSED]): State.PAID,
    (Act.DROP, "ana", PROPOSED_BY_AGENCY): State.PAID,
    (Act.DROP, "carla", ASKED_BY_CLIENT): State.PAID,
    (Act.DROP, "agency", ASKED_BY_CLIENT): State.PAID,
    (Act.DROP, "agency", CORRECTION[State.DRAFT]): State.PAID,
    (Act.DROP, "agency", CORRECTION[State.REFUSED]): State.PAID,
    (Act.DROP, "agency", CORRECTION[State.SUBMITTED]): State.PAID,
    (Act.DROP, "agency", CORRECTION[State.ACCEPTED]): State.PAID,
    (Act.DROP, "agency", PROPOSED_BY_AGENCY): State.PAID,
    (Act.AGREE, "ana", PROPOSED_BY_AGENCY): State.SUBMITTED,
}
# What the agency may do for a worker or a client who cannot, always with a reason.
ON_BEHALF = {
    (Act.SUBMIT, Party.WORKER, State.DRAFT): State.SUBMITTED,
    (Act.SUBMIT, Party.WORKER, State.REFUSED): State.SUBMITTED,
    (Act.SUBMIT, Party.WORKER, PROPOSED): State.SUBMITTED,
    (Act.AGREE, Party.WORKER, PROPOSED): State.ACCEPTED,
    (Act.ACCEPT, Party.CLIENT, State.SUBMITTED): State.ACCEPTED,
    (Act.REFUSE, Party.CLIENT, State.SUBMITTED): State.REFUSED,
    (MORE, Party.CLIENT, State.SUBMITTED): State.ACCEPTED,
    (LESS, Party.CLIENT, State.SUBMITTED): State.REFUSED,
    (Act.AGREE, Party.WORKER, PROPOSED_BY_AGENCY): State.SUBMITTED,
    (CORRECT_MORE, Party.WORKER, State.PAID): State.DRAFT,
    (CORRECT_LESS, Party.WORKER, State.PAID): State.DRAFT,
    (CORRECT_MORE, Party.CLIENT, State.PAID): State.ACCEPTED,
    (CORRECT_LESS, Party.CLIENT, State.PAID): State.REFUSED,
}
# A correction goes the ordinary way.
for _table in (ALLOWED, ON_BEHALF):
    for (_act, _who, _start), _end in list(_table.items()):
        if _start in CORRECTION:
            _table.setdefault((_act, _who, CORRECTION[_start]), _end)
        if _start == State.SUBMITTED:
            _table.setdefault((_act, _who, ASKED_BY_CLIENT), _end)
        if _start == PROPOSED:
            _table.setdefault((_act, _who, PROPOSED_BY_AGENCY), _end)
FOR_OTHERS = (Act.SUBMIT, Act.ACCEPT, Act.REFUSE, MORE, LESS, Act.AGREE, CORRECT_MORE, CORRECT_LESS)
PERSONS = {
    "ana": lambda: people.actor(people.ana()),
    "bram": lambda: people.actor(people.bram()),
    "carla": lambda: people.actor(people.carla()),
    "dirk": lambda: people.actor(people.dirk()),
    "esra": lambda: people.actor(people.esra()),
    "finn": lambda: people.actor(people.finn()),
    "system": lambda: SYSTEM,
}
ROLE = {"esra": "agency", "finn": "agency"}
TURNS_BACK = {Act.SEND_BACK, Act.RETURN, Act.REOPEN, Act.REFUSE, MORE, LESS, CORRECT_MORE, CORRECT_LESS, Act.DROP}

Operation = Callable[..., Any]


def _needs_a_reason(act: str, role: str) -> bool:
    """Worker and client let a correction drop without a word."""
    return act in TURNS_BACK and (act != Act.DROP or role == "agency")


def _submit(sheet: Timesheet, **how: Any) -> Step:
    return operations.submit(sheet, hours=people.hours(sheet.week, days=4), **how)


def _propose(days: int) -> Operation:
    return lambda sheet, **how: proposals.propose(sheet, hours=people.hours(sheet.week, days=days), **how)


def _correct(days: int) -> Operation:
    def correct(sheet: Timesheet, *, version: int, **how: Any) -> Timesheet:
        return corrections.open_correction(sheet, hours=people.hours(sheet.week, days=days), **how)

    return correct


def _pay(sheet: Timesheet, *, version: int, by: Actor, at: dt.datetime) -> None:
    if not operations.pay_many([sheet.pk], by=by, at=at):
        raise NotAllowed("the run passes it by")
    sheet.refresh_from_db()


OPERATIONS: dict[str, Operation] = {
    Act.SUBMIT: _submit,
    Act.WITHDRAW: operations.withdraw,
    Act.ACCEPT: operations.accept,
    Act.REFUSE: operations.refuse,
    MORE: _propose(days=7),
    LESS: _propose(days=4),
    Act.AGREE: proposals.agree,
    CORRECT_MORE: _correct(days=7),
    CORRECT_LESS: _correct(days=4),
    Act.DROP: corrections.drop,
    Act.UNDO: operations.undo,
    Act.APPROVE: operations.approve,
    Act.SEND_BACK: operations.send_back_to_client,
    Act.RETURN: operations.return_to_worker,
    Act.REOPEN: operations.reopen,
    Act.PAY: _pay,
}


@pytest.mark.parametrize("place", PLACES)
def test_an_act_is_open_to_those_of_the_table_and_to_nobody_else(place: str) -> None:
    """Seven people try everything on the same timesheet, each as if nothing had happened; with a reason if need be."""
    pk = _at(place).pk
    for act, name in itertools.product(TRIES, PERSONS):
        why = {"reason": REASON} if act in TURNS_BACK else {}
        with _as_if_nothing_happened():
            _try(pk, act, name, ALLOWED.get((act, ROLE.get(name, name), place)), **why)


@pytest.mark.parametrize("place", PLACES)
def test_for_another_party_only_the_agency_acts(place: str) -> None:
    pk = _at(place).pk
    named = {Party.WORKER: "Ana Kowalska", Party.CLIENT: "Bakkerij De Groot"}
    for act, name, party in itertools.product(FOR_OTHERS, ("ana", "carla", "esra", "system"), Party):
        end = ON_BEHALF.get((act, party, place)) if name in ROLE else None
        with _as_if_nothing_happened():
            step = _try(pk, act, name, end, reason=REASON, on_behalf_of=party)
            if step:
                assert (step.party, step.on_behalf_of, step.reason) == (Party.AGENCY, party, REASON)
                assert step.on_behalf_of_name == named[party]


@pytest.mark.parametrize(("act", "party", "state"), ON_BEHALF)
def test_for_another_party_a_reason_is_needed(act: str, party: Party, state: str) -> None:
    sheet = _at(state)
    before = _row(sheet)
    with pytest.raises(ReasonNeeded):
        OPERATIONS[act](
            sheet, version=sheet.version, by=PERSONS["esra"](), at=MONDAY, reason=" \n", on_behalf_of=party
        )  # fmt: skip
    assert _row(sheet) == before


@pytest.mark.parametrize(("act", "role", "state"), [key for key in ALLOWED if _needs_a_reason(key[0], key[1])])
def test_what_turns_hours_back_needs_a_reason(act: str, role: str, state: str) -> None:
    name = "esra" if role == "agency" else role
    sheet = _at(state)
    before = _row(sheet)
    with pytest.raises(ReasonNeeded):
        OPERATIONS[act](sheet, version=sheet.version, by=PERSONS[name](), at=MONDAY, reason="  ")
    assert _row(sheet) == before


def test_the_table_here_is_the_table_of_the_portal() -> None:
    assert {key: rule.end for rule in RULES for key in _keys(rule)} == ALLOWED


def _keys(rule: Rule) -> Iterator[tuple[str, str, str]]:
    """Where a rule of the portal stands in the table here."""
    role = {Party.WORKER: "ana", Party.CLIENT: "carla", Party.AGENCY: "agency", Party.SYSTEM: "system"}[rule.by]
    tries = {
        (Act.PROPOSE, Given.NOT_WORSE): [MORE],
        (Act.PROPOSE, Given.WORSE): [LESS],
        (Act.CORRECT, Given.NOT_WORSE): [CORRECT_MORE],
        (Act.CORRECT, Given.WORSE): [CORRECT_LESS],
        (Act.CORRECT, None): [CORRECT_MORE, CORRECT_LESS],
    }.get((rule.act, rule.given), [rule.act])
    places = {
        Given.PROPOSED: [PROPOSED],
        Given.PROPOSED_BY_AGENCY: [PROPOSED_BY_AGENCY],
        Given.CORRECTION: _corrections(rule.start),
        Given.ASKED_BY_CLIENT: [ASKED_BY_CLIENT],
    }.get(rule.given or Given.WORSE)
    if places is None:
        places = [rule.start, *_corrections(rule.start), *[PROPOSED] * (rule.start == State.REFUSED)]
    for attempt, place in itertools.product(tries, places):
        yield attempt, role, place


def _corrections(start: State) -> list[str]:
    """The places of a correction that is in a state."""
    more = {State.REFUSED: [PROPOSED_BY_AGENCY], State.SUBMITTED: [ASKED_BY_CLIENT]}
    return [place for state, place in CORRECTION.items() if state == start] + more.get(start, [])


def _at(place: str) -> Timesheet:
    """Ana's week, walked there."""
    sheet = people.sheet(people.ana())
    if place == PROPOSED:
        return walk.proposed(sheet)
    if place == PROPOSED_BY_AGENCY:
        return walk.corrected_by(people.finn(), sheet, days=4)
    if place == ASKED_BY_CLIENT:
        return walk.taken_back_correction(sheet)
    if place in CORRECTION.values():
        return walk.correction(sheet, place.split()[1])
    return walk.to(sheet, place)


def _try(pk: int, act: str, name: str, end: State | None, **how: Any) -> Step | None:
    """Do it; the step it left when the table has an `end` for it, else nothing may have changed."""
    sheet = Timesheet.objects.with_people().get(pk=pk)
    before, steps = _row(sheet), sheet.steps.count()
    how |= {"version": sheet.version, "by": PERSONS[name](), "at": MONDAY}
    if end is None:
        with pytest.raises(NotAllowed):
            OPERATIONS[act](sheet, **how)
        assert (_row(sheet), sheet.steps.count()) == (before, steps), (act, name)
        return None
    done = OPERATIONS[act](sheet, **how)
    if isinstance(done, Timesheet):  # the correction, while what is paid stays as it was
        assert (_row(sheet), sheet.steps.count(), done.corrects_id) == (before, steps, sheet.pk), (act, name)
        sheet, before, steps = done, {**before, "version": 1}, 0
    now, step = _row(sheet), sheet.steps.latest("number")
    assert (now["state"], now["version"], sheet.steps.count()) == (end, before["version"] + 1, steps + 1), (act, name)
    assert (step.act, step.start, step.end) == (act.split()[0], before["state"], end)
    waits = now["version"] if act in {LESS, CORRECT_LESS} and end == State.REFUSED else None
    assert (step.number, now["proposed_version"]) == (now["version"], waits)
    assert (step.actor_name, step.at, step.digest) == (how["by"].name, MONDAY, now["digest"])
    return step


@contextlib.contextmanager
def _as_if_nothing_happened() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def _row(sheet: Timesheet) -> dict[str, Any]:
    return dict(Timesheet.objects.filter(pk=sheet.pk).values().get())
