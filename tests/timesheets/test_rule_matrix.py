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
from kis.timesheets import operations, proposals
from kis.timesheets.models import Step, Timesheet
from kis.timesheets.workflow import RULES, Act, Given, NotAllowed, ReasonNeeded, State
from tests.support import people, walk

pytestmark = pytest.mark.django_db
MONDAY = clock.at(people.WEEK.next.monday, 9 * 60)  # after the week, before its deadline
REASON = "Zo afgesproken aan de telefoon."

# Where a timesheet can be: in a state, or refused with other hours that wait for the worker.
PROPOSED = "proposed"
PLACES = (*State, PROPOSED)
# What may be tried: every act, where the client's proposal takes something from the worker (less) or does not (more).
MORE, LESS = "propose more", "propose less"
TRIES = (*(act for act in Act if act != Act.PROPOSE), MORE, LESS)

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
}
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
TURNS_BACK = {Act.SEND_BACK, Act.RETURN, Act.REOPEN, Act.REFUSE, MORE, LESS}

Operation = Callable[..., Any]


def _submit(sheet: Timesheet, **how: Any) -> Step:
    return operations.submit(sheet, hours=people.hours(sheet.week, days=4), **how)


def _propose(days: int) -> Operation:
    return lambda sheet, **how: proposals.propose(sheet, hours=people.hours(sheet.week, days=days), **how)


def _pay(sheet: Timesheet, *, version: int, by: Actor, at: dt.datetime) -> None:
    if not operations.pay_many([sheet.pk], by=by, at=at):
        raise NotAllowed("the run passes it by")
    sheet.refresh_from_db()


OPERATIONS: dict[str, Operation] = {
    Act.SUBMIT: _submit,
    Act.WITHDRAW: operations.withdraw,
    Act.ACCEPT: operations.accept,
    Act.REFUSE: operations.refuse,
    MORE: _propose(days=6),
    LESS: _propose(days=4),
    Act.AGREE: proposals.agree,
    Act.UNDO: operations.undo,
    Act.APPROVE: operations.approve,
    Act.SEND_BACK: operations.send_back_to_client,
    Act.RETURN: operations.return_to_worker,
    Act.REOPEN: operations.reopen,
    Act.PAY: _pay,
}


@pytest.mark.parametrize("state", PLACES)
@pytest.mark.parametrize("act", TRIES)
def test_an_act_is_open_to_those_of_the_table_and_to_nobody_else(act: str, state: str) -> None:
    """Seven people try it on the same timesheet, each as if the others had not; with a reason where one is asked."""
    pk = _at(state).pk
    why = {"reason": REASON} if act in TURNS_BACK else {}
    for name in PERSONS:
        with _as_if_nothing_happened():
            _try(pk, act, name, ALLOWED.get((act, ROLE.get(name, name), state)), **why)


@pytest.mark.parametrize("state", PLACES)
@pytest.mark.parametrize("act", [Act.SUBMIT, Act.ACCEPT, Act.REFUSE, MORE, LESS, Act.AGREE])
def test_for_another_party_only_the_agency_acts(act: str, state: str) -> None:
    pk = _at(state).pk
    named = {Party.WORKER: "Ana Kowalska", Party.CLIENT: "Bakkerij De Groot"}
    for name, party in itertools.product(PERSONS, Party):
        end = ON_BEHALF.get((act, party, state)) if name in ROLE else None
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


@pytest.mark.parametrize(("act", "role", "state"), [key for key in ALLOWED if key[0] in TURNS_BACK])
def test_what_turns_hours_back_needs_a_reason(act: str, role: str, state: str) -> None:
    name = "esra" if role == "agency" else role
    sheet = _at(state)
    with pytest.raises(ReasonNeeded):
        OPERATIONS[act](sheet, version=sheet.version, by=PERSONS[name](), at=MONDAY, reason="  ")
    assert _row(sheet)["state"] == state


def test_the_table_here_is_the_table_of_the_portal() -> None:
    role = {Party.WORKER: "ana", Party.CLIENT: "carla", Party.AGENCY: "agency", Party.SYSTEM: "system"}
    proposing = {Given.NOT_WORSE: MORE, Given.WORSE: LESS}
    there = {
        (
            proposing.get(rule.given, rule.act),
            role[rule.by],
            PROPOSED if rule.given == Given.PROPOSED else rule.start,
        ): (rule.end)
        for rule in RULES
    }
    there |= {(act, by, PROPOSED): end for (act, by, start), end in there.items() if start == State.REFUSED}
    assert there == ALLOWED


def _at(place: str) -> Timesheet:
    """Ana's week, walked there."""
    sheet = people.sheet(people.ana())
    return walk.proposed(sheet) if place == PROPOSED else walk.to(sheet, place)


def _try(pk: int, act: str, name: str, end: State | None, **how: Any) -> Step | None:
    """Do it; the step it left when the table has an `end` for it, else nothing may have changed."""
    sheet = Timesheet.objects.with_people().get(pk=pk)
    before, steps = _row(sheet), sheet.steps.count()
    how |= {"version": sheet.version, "by": PERSONS[name](), "at": MONDAY}
    if end is None:
        with pytest.raises(NotAllowed):
            OPERATIONS[act](sheet, **how)
        assert (_row(sheet), sheet.steps.count()) == (before, steps), name
        return None
    OPERATIONS[act](sheet, **how)
    now, step = _row(sheet), sheet.steps.latest("number")
    assert (now["state"], now["version"], sheet.steps.count()) == (end, before["version"] + 1, steps + 1), name
    assert (step.act, step.start, step.end) == (act.split()[0], before["state"], end)
    assert (step.number, now["proposed_version"]) == (now["version"], now["version"] if act == LESS else None)
    assert (step.actor_name, step.at, step.digest) == (how["by"].name, MONDAY, now["digest"])
    return step


@contextlib.contextmanager
def _as_if_nothing_happened() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def _row(sheet: Timesheet) -> dict[str, Any]:
    return dict(Timesheet.objects.filter(pk=sheet.pk).values().get())
