"""Who may do what to a timesheet, in one table. Buttons, guards and the drawing in docs/states.md come from it."""

from __future__ import annotations

import dataclasses
import enum
from collections.abc import Collection

from kis.staffing.parties import Party


class State(enum.StrEnum):
    """Where a timesheet is on its way from the worker to the wage."""

    DRAFT = "draft"
    REFUSED = "refused"
    SUBMITTED = "submitted"
    ACCEPTED = "accepted"
    APPROVED = "approved"
    PAID = "paid"


class Act(enum.StrEnum):
    """What somebody does to a timesheet."""

    SUBMIT = "submit"  # doorsturen
    WITHDRAW = "withdraw"  # terughalen, until the client has acted
    ACCEPT = "accept"
    REFUSE = "refuse"
    PROPOSE = "propose"  # the client names other hours instead of refusing
    AGREE = "agree"  # the worker says yes to hours that were proposed
    UNDO = "undo"  # the client takes an acceptance back
    APPROVE = "approve"  # the last accordering
    SEND_BACK = "send_back"  # from the agency to the client
    RETURN = "return"  # from the agency to the worker
    REOPEN = "reopen"  # the agency takes its approval back, before it is paid
    PAY = "pay"
    CORRECT = "correct"  # what is paid is not right: a correction sheet is opened
    DROP = "drop"  # the correction comes to nothing: what was paid stays


class Given(enum.StrEnum):
    """What a rule may ask beside the state."""

    NOT_WORSE = "not worse"  # the hours proposed take nothing from the worker (consent.py)
    WORSE = "worse"
    PROPOSED = "proposed"  # hours of the client's wait for the worker's answer
    PROPOSED_BY_AGENCY = "proposed by the agency"  # hours of the agency's do, which the client has not seen yet
    CORRECTION = "correction"  # it corrects a paid timesheet
    ASKED_BY_CLIENT = "asked by the client"  # it does, and the client asked for it


@dataclasses.dataclass(frozen=True, slots=True)
class Rule:
    """`by` may do `act` to a timesheet in `start`, which then is in `end`; only if it is so `given`.

    What is paid stays paid: CORRECT opens a new timesheet in `end`, and DROP gives it the hours that were paid.
    """

    act: Act
    by: Party
    start: State
    end: State
    needs_reason: bool = False
    given: Given | None = None


RULES = (
    Rule(Act.SUBMIT, Party.WORKER, State.DRAFT, State.SUBMITTED),
    Rule(Act.SUBMIT, Party.WORKER, State.REFUSED, State.SUBMITTED),
    Rule(Act.WITHDRAW, Party.WORKER, State.SUBMITTED, State.DRAFT),
    Rule(Act.ACCEPT, Party.CLIENT, State.SUBMITTED, State.ACCEPTED),
    Rule(Act.REFUSE, Party.CLIENT, State.SUBMITTED, State.REFUSED, needs_reason=True),
    Rule(Act.PROPOSE, Party.CLIENT, State.SUBMITTED, State.ACCEPTED, needs_reason=True, given=Given.NOT_WORSE),
    Rule(Act.PROPOSE, Party.CLIENT, State.SUBMITTED, State.REFUSED, needs_reason=True, given=Given.WORSE),
    Rule(Act.AGREE, Party.WORKER, State.REFUSED, State.ACCEPTED, given=Given.PROPOSED),
    Rule(Act.AGREE, Party.WORKER, State.REFUSED, State.SUBMITTED, given=Given.PROPOSED_BY_AGENCY),
    Rule(Act.UNDO, Party.CLIENT, State.ACCEPTED, State.SUBMITTED),
    Rule(Act.APPROVE, Party.AGENCY, State.ACCEPTED, State.APPROVED),
    Rule(Act.SEND_BACK, Party.AGENCY, State.ACCEPTED, State.SUBMITTED, needs_reason=True),
    Rule(Act.RETURN, Party.AGENCY, State.ACCEPTED, State.REFUSED, needs_reason=True),
    Rule(Act.RETURN, Party.AGENCY, State.SUBMITTED, State.REFUSED, needs_reason=True),
    Rule(Act.REOPEN, Party.AGENCY, State.APPROVED, State.ACCEPTED, needs_reason=True),
    Rule(Act.PAY, Party.SYSTEM, State.APPROVED, State.PAID),
    Rule(Act.CORRECT, Party.WORKER, State.PAID, State.DRAFT, needs_reason=True),
    Rule(Act.CORRECT, Party.CLIENT, State.PAID, State.ACCEPTED, needs_reason=True, given=Given.NOT_WORSE),
    Rule(Act.CORRECT, Party.CLIENT, State.PAID, State.REFUSED, needs_reason=True, given=Given.WORSE),
    Rule(Act.CORRECT, Party.AGENCY, State.PAID, State.SUBMITTED, needs_reason=True, given=Given.NOT_WORSE),
    Rule(Act.CORRECT, Party.AGENCY, State.PAID, State.REFUSED, needs_reason=True, given=Given.WORSE),
    Rule(Act.DROP, Party.WORKER, State.DRAFT, State.PAID, given=Given.CORRECTION),
    Rule(Act.DROP, Party.WORKER, State.REFUSED, State.PAID, given=Given.CORRECTION),
    Rule(Act.DROP, Party.CLIENT, State.SUBMITTED, State.PAID, given=Given.ASKED_BY_CLIENT),
    Rule(Act.DROP, Party.AGENCY, State.DRAFT, State.PAID, needs_reason=True, given=Given.CORRECTION),
    Rule(Act.DROP, Party.AGENCY, State.REFUSED, State.PAID, needs_reason=True, given=Given.CORRECTION),
    Rule(Act.DROP, Party.AGENCY, State.SUBMITTED, State.PAID, needs_reason=True, given=Given.CORRECTION),
    Rule(Act.DROP, Party.AGENCY, State.ACCEPTED, State.PAID, needs_reason=True, given=Given.CORRECTION),
)

# Whose turn it is. Payroll is the portal's own; a paid timesheet is nobody's.
TURN: dict[State, Party | None] = {
    State.DRAFT: Party.WORKER,
    State.REFUSED: Party.WORKER,
    State.SUBMITTED: Party.CLIENT,
    State.ACCEPTED: Party.AGENCY,
    State.APPROVED: Party.SYSTEM,
    State.PAID: None,
}

# The three columns of the guide's table "Werkbriefje status".
PHASES: dict[str, tuple[State, ...]] = {
    "first": (State.DRAFT, State.REFUSED),
    "intermediate": (State.SUBMITTED,),
    "last": (State.ACCEPTED,),
}

OPEN = tuple(state for states in PHASES.values() for state in states)
EDITABLE = PHASES["first"]


class NotAllowed(Exception):
    """This party may not do this in this state."""


class ReasonNeeded(Exception):
    """The act needs a reason, and none was given."""


def acts(by: Party, start: State, *, given: Collection[Given] = ()) -> tuple[Rule, ...]:
    """Everything `by` may do to a timesheet in `start` of which these things hold.

    Whether hours are worse shows only when they are there: both of such rules stand open until then.
    """
    holds = {None, Given.NOT_WORSE, Given.WORSE, *given}
    return tuple(rule for rule in RULES if rule.by == by and rule.start == start and rule.given in holds)


def acts_for(start: State, *, given: Collection[Given] = ()) -> tuple[Rule, ...]:
    """What the agency may do for a worker or a client who cannot; always with a reason."""
    return acts(Party.WORKER, start, given=given) + acts(Party.CLIENT, start, given=given)


def find(act: Act, by: Party, start: State, *, given: Given | None = None) -> Rule:
    """The rule that lets `by` do `act` in `start`. Raises NotAllowed."""
    for rule in RULES:
        if (rule.act, rule.by, rule.start, rule.given) == (act, by, start, given):
            return rule
    raise NotAllowed(f"{by} may not {act} a timesheet that is {start}")


def check(
    act: Act, by: Party, start: State, *, reason: str, on_behalf_of: Party | None = None, given: Given | None = None
) -> Rule:
    """The rule for an act, asked of whoever calls.

    The agency alone may act for another party, and then a reason is mandatory. Raises NotAllowed, ReasonNeeded.
    """
    if on_behalf_of and (by != Party.AGENCY or on_behalf_of not in {Party.WORKER, Party.CLIENT}):
        raise NotAllowed(f"{by} may not act for {on_behalf_of}")
    rule = find(act, on_behalf_of or by, start, given=given)
    if (rule.needs_reason or on_behalf_of) and not reason.strip():
        raise ReasonNeeded(act)
    return rule
