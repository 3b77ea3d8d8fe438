"""One act on one timesheet: the rule is asked, one row changes under a condition, and a step is left.

The condition names the row, its state and the version the reader saw, and columns of its own table only; it is the
first statement of its transaction. That is what makes one of two rivals win, on SQLite and PostgreSQL alike.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction

from kis.core.models import StoredFile
from kis.staffing.actor import Actor
from kis.staffing.parties import Party
from kis.timesheets import gathering
from kis.timesheets.hours import Hours, ImpossibleHours, Problem
from kis.timesheets.models import Step, Timesheet
from kis.timesheets.refusals import REASONS
from kis.timesheets.workflow import Act, Given, NotAllowed, ReasonNeeded, Rule, State, check

# What is done by the worker in person, or by the agency for the worker.
_OF_THE_WORKER = frozenset({Act.SUBMIT, Act.WITHDRAW, Act.AGREE})


class Overtaken(Exception):
    """Somebody was faster: the timesheet is no longer as it was shown."""


class OwnHours(NotAllowed):
    """Nobody accepts or approves their own hours."""


def written(timesheet: Timesheet, hours: Hours) -> dict[str, Any]:
    """The columns that follow from what is handed in or proposed."""
    return {**noted(hours), **gathering.columns_if_handed_in(timesheet, hours)}


def noted(hours: Hours) -> dict[str, Any]:
    """The same of a draft, whose signals are looked for when it is kept (signal_keeping.py)."""
    return {
        "content": hours.to_json(),
        "minutes": hours.minutes,
        "km": hours.km,
        "expense_cents": hours.expense_cents,
    }


def rule_for(
    timesheet: Timesheet, act: Act, by: Actor, reason: str, on_behalf_of: Party | None, given: Given | None = None
) -> Rule:
    """The rule for this act by this person, or the exception that says why not. Asked outside any transaction."""
    if not Timesheet.objects.visible_to(by).filter(pk=timesheet.pk).exists():
        raise NotAllowed("not theirs to see")
    by_itself = by.party == Party.WORKER or act in _OF_THE_WORKER
    if not by_itself and by.user_id and by.user_id == timesheet.worker.user_id:
        raise OwnHours
    return check(act, by.party, State(timesheet.state), reason=reason, on_behalf_of=on_behalf_of, given=given)


def require_possible(hours: Hours) -> None:
    """Raises ImpossibleHours."""
    if problems := hours.problems():
        raise ImpossibleHours(problems)


def require_own_receipts(timesheet: Timesheet, hours: Hours, by: Actor) -> None:
    """A receipt is a file the writer sent in, or one the week has already. Raises ImpossibleHours."""
    new = hours.receipts - timesheet.hours.receipts
    if not new:
        return
    own = set(map(str, StoredFile.objects.filter(pk__in=new, uploaded_by_id=by.user_id).values_list("pk", flat=True)))
    foreign = [
        Problem(f"expenses.{index}.receipt", "not_your_file")
        for index, expense in enumerate(hours.expenses)
        if expense.receipt in new - own
    ]
    if foreign:
        raise ImpossibleHours(tuple(foreign))


def require_reason(act: Act, code: str, words: str) -> None:
    """A predefined reason is enough by itself; "other" needs words. Raises ReasonNeeded."""
    if code not in REASONS or (code == "other" and not words.strip()):
        raise ReasonNeeded(act)


def why(code: str, words: str, on_behalf_of: Party | None) -> str:
    """The reason that counts: for another party only one's own words."""
    return words if on_behalf_of else words or code


def move(
    timesheet: Timesheet,
    rule: Rule,
    *,
    version: int,
    by: Actor,
    at: dt.datetime,
    reason: str = "",
    reason_code: str = "",
    days: list[str] | None = None,
    on_behalf_of: Party | None = None,
    changes: dict[str, Any] | None = None,
) -> Step:
    """Carry out one act on one timesheet: exactly one row changes, or Overtaken. A proposal that waited is answered."""
    changes = {"proposed_version": None, **(changes or {})}
    if timesheet.version != version:
        raise Overtaken
    with transaction.atomic():
        changed = Timesheet.objects.filter(pk=timesheet.pk, state=rule.start, version=version).update(
            state=rule.end, state_since=at, version=version + 1, **changes
        )
        if changed != 1:
            raise Overtaken
        step = step_of(
            timesheet.pk, rule, number=version + 1, by=by, at=at,
            digest=changes.get("digest", timesheet.digest), reason=reason, reason_code=reason_code,
            days=days or [], on_behalf_of=on_behalf_of or "",
            on_behalf_of_name=name_of(timesheet, on_behalf_of),
        )  # fmt: skip
        step.save(force_insert=True)
    timesheet.refresh_from_db()
    return step


def step_of(timesheet_id: int, rule: Rule, *, number: int, by: Actor, at: dt.datetime, **words: Any) -> Step:
    """The history row of an act; `number` is the timesheet's version after it."""
    return Step(
        timesheet_id=timesheet_id, number=number, act=rule.act, start=rule.start, end=rule.end,
        party=by.party, actor_id=by.user_id, actor_name=by.name, at=at, **words,
    )  # fmt: skip


def name_of(timesheet: Timesheet, party: Party | None) -> str:
    """For whom somebody acts, by name."""
    if party == Party.WORKER:
        return str(timesheet.worker)
    return str(timesheet.client) if party == Party.CLIENT else ""
