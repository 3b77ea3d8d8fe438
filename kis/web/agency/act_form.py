"""What the agency may do to a timesheet, as buttons with a form behind them: drawn from the rule table."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Callable
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kis.staffing.actor import Actor
from kis.staffing.parties import Party
from kis.timesheets import corrections, operations, proposals
from kis.timesheets.models import Timesheet
from kis.timesheets.workflow import Act, NotAllowed, Rule, State, acts, acts_for

_LABELS: dict[Act, str | Promise] = {
    Act.ACCEPT: _("Accept for the client"),
    Act.REFUSE: _("Refuse for the client"),
    Act.AGREE: _("Agree for the worker"),
    Act.UNDO: _("Take the acceptance back for the client"),
    Act.APPROVE: _("Approve"),
    Act.SEND_BACK: _("Send back to the client"),
    Act.RETURN: _("Send back to the worker"),
    Act.REOPEN: _("Take the approval back"),
    Act.DROP: _("Let the correction drop"),
}


@dataclasses.dataclass(frozen=True, slots=True)
class Choice:
    """One thing that can be done now; `on_behalf_of` when it is another party's act."""

    act: Act
    on_behalf_of: Party | None
    needs_reason: bool

    @property
    def label(self) -> str | Promise:
        return _LABELS[self.act]

    @property
    def value(self) -> str:
        return f"{self.act}:{self.on_behalf_of or ''}"


def choices(sheet: Timesheet) -> list[Choice]:
    """Everything the agency can do now, its own acts first. Writing a worker's hours has a page of its own."""
    state, given = State(sheet.state), sheet.given
    own = [_choice(rule, None) for rule in acts(Party.AGENCY, state, given=given) if rule.act != Act.CORRECT]
    for_others = [_choice(rule, rule.by) for rule in acts_for(state, given=given) if rule.act in _FOR_OTHERS]
    for_others = list(dict.fromkeys(for_others))  # to agree is one button, whosever hours were proposed
    return own + for_others


def may_propose(sheet: Timesheet) -> bool:
    """Whether other hours can be proposed for the client, on a page of their own."""
    return any(rule.act == Act.PROPOSE for rule in acts_for(State(sheet.state)))


def may_correct(sheet: Timesheet) -> bool:
    """Whether a correction can be opened, on a page of its own: of what is paid, one at a time."""
    allowed = any(rule.act == Act.CORRECT for rule in acts(Party.AGENCY, State(sheet.state)))
    return allowed and not sheet.corrections.exists()


def carry_out(
    choice: Choice, sheet: Timesheet, *, version: int, reason: str, days: list[dt.date], by: Actor, at: dt.datetime
) -> None:
    """Do it. Raises what the operations raise."""
    known: dict[str, Any] = {"version": version, "by": by, "at": at}
    if choice.on_behalf_of:
        _for_other(choice, sheet, reason, days, known)
    else:
        _own(choice, sheet, reason, days, known)


_FOR_OTHERS = frozenset({Act.AGREE, Act.ACCEPT, Act.REFUSE})


def _choice(rule: Rule, on_behalf_of: Party | None) -> Choice:
    return Choice(rule.act, on_behalf_of, rule.needs_reason or on_behalf_of is not None)


def _own(choice: Choice, sheet: Timesheet, reason: str, days: list[dt.date], known: dict[str, Any]) -> None:
    calls: dict[Act, Callable[[], Any]] = {
        Act.APPROVE: lambda: operations.approve(sheet, **known),
        Act.SEND_BACK: lambda: operations.send_back_to_client(sheet, reason=reason, **known),
        Act.RETURN: lambda: operations.return_to_worker(sheet, reason=reason, days=days, **known),
        Act.REOPEN: lambda: operations.reopen(sheet, reason=reason, **known),
        Act.DROP: lambda: corrections.drop(sheet, reason=reason, **known),
    }
    if choice.act not in calls:
        raise NotAllowed(choice.act)
    calls[choice.act]()


def _for_other(choice: Choice, sheet: Timesheet, reason: str, days: list[dt.date], known: dict[str, Any]) -> None:
    known = {**known, "reason": reason, "on_behalf_of": choice.on_behalf_of}
    calls: dict[Act, Callable[[], Any]] = {
        Act.AGREE: lambda: proposals.agree(sheet, **known),
        Act.ACCEPT: lambda: operations.accept(sheet, **known),
        Act.REFUSE: lambda: operations.refuse(sheet, days=days, **known),
    }
    if choice.act not in calls:
        raise NotAllowed(choice.act)
    calls[choice.act]()
