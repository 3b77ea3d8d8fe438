"""Other hours instead of a refusal: what takes nothing from the worker holds at once, the rest after a yes."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import Any

from django.db import transaction

from kis.staffing.actor import Actor
from kis.staffing.parties import Party
from kis.timesheets import notices, signal_keeping
from kis.timesheets.consent import is_worse
from kis.timesheets.hours import Hours, touched_days
from kis.timesheets.models import Step, Submission, Timesheet
from kis.timesheets.moves import (
    move,
    require_own_receipts,
    require_possible,
    require_reason,
    rule_for,
    why,
    written,
)
from kis.timesheets.workflow import Act, Given, NotAllowed


class NothingProposed(ValueError):
    """The hours proposed are those that were handed in."""


def propose(
    timesheet: Timesheet,
    *,
    hours: Hours,
    version: int,
    by: Actor,
    at: dt.datetime,
    reason_code: str = "other",
    reason: str = "",
    on_behalf_of: Party | None = None,
) -> Step:
    """The client names other hours, with a reason. Where they take nothing from the worker, they are accepted hours
    at once; otherwise they wait for the worker, who agrees or hands in again. The worker's note stays as it is.

    Raises ReasonNeeded, ImpossibleHours, NothingProposed, NotAllowed, Overtaken.
    """
    require_reason(Act.PROPOSE, reason_code, reason)
    before = timesheet.submitted_hours() or Hours(timesheet.week)
    hours = dataclasses.replace(hours, note=before.note)
    given = Given.WORSE if is_worse(before, hours) else Given.NOT_WORSE
    rule = rule_for(timesheet, Act.PROPOSE, by, why(reason_code, reason, on_behalf_of), on_behalf_of, given)
    require_possible(hours)
    require_own_receipts(timesheet, hours, by)
    if hours == before:
        raise NothingProposed
    days = [day.isoformat() for day in touched_days(before, hours)]
    columns, digest = written(timesheet, hours), hours.digest(timesheet.placement.number)
    in_force: dict[str, Any] = {**columns, "digest": digest, "submitted_version": version + 1, "disputed": []}
    waiting: dict[str, Any] = {"proposed_version": version + 1, "disputed": days}
    answered = timesheet.submitted_version
    with transaction.atomic():
        step = move(
            timesheet, rule, version=version, by=by, at=at, reason=reason, reason_code=reason_code, days=days,
            on_behalf_of=on_behalf_of, changes=waiting if given == Given.WORSE else in_force,
        )  # fmt: skip
        Submission.objects.create(
            timesheet=timesheet, number=step.number, content=columns["content"], signals=columns["signals"],
            digest=digest, answers=answered, at=at,
        )  # fmt: skip
        notices.tell_worker_of_proposal(timesheet, step, before, hours)
    signal_keeping.refresh(timesheet)
    return step


def agree(
    timesheet: Timesheet,
    *,
    version: int,
    by: Actor,
    at: dt.datetime,
    reason: str = "",
    on_behalf_of: Party | None = None,
) -> Step:
    """The worker says yes to the hours that were proposed: it is the agency's turn, or the client's where the agency
    proposed them.

    Raises NotAllowed (also when nothing is proposed), ReasonNeeded, Overtaken.
    """
    frozen = timesheet.proposal()
    rule = rule_for(timesheet, Act.AGREE, by, reason, on_behalf_of, _whose(timesheet) if frozen else None)
    if not frozen:
        raise NotAllowed("nothing is proposed")
    changes = {
        **written(timesheet, frozen.hours),
        "typed": None, "digest": frozen.digest, "submitted_version": frozen.number, "disputed": [],
    }  # fmt: skip
    step = move(
        timesheet, rule, version=version, by=by, at=at, reason=reason, on_behalf_of=on_behalf_of, changes=changes
    )
    signal_keeping.refresh_others(timesheet)
    return step


def _whose(timesheet: Timesheet) -> Given:
    """Whether the client's or the agency's hours wait."""
    step = timesheet.steps.get(number=timesheet.proposed_version or 0)
    party = step.on_behalf_of or step.party
    return Given.PROPOSED_BY_AGENCY if party == Party.AGENCY else Given.PROPOSED
