"""The ordinary acts on a timesheet, from handing in to paying, for one or for many. `moves` carries each of them out;
what is proposed instead stands in `proposals`.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Collection, Iterable
from typing import Any

from django.db import transaction
from django.db.models import F

from kis.staffing.actor import Actor
from kis.staffing.parties import Party
from kis.timesheets import notices, signal_keeping
from kis.timesheets.hours import Hours
from kis.timesheets.models import Step, Submission, Timesheet
from kis.timesheets.moves import (
    Overtaken,
    OwnHours,
    move,
    noted,
    require_own_receipts,
    require_possible,
    require_reason,
    rule_for,
    step_of,
    why,
    written,
)
from kis.timesheets.workflow import EDITABLE, Act, NotAllowed, State, check

__all__ = ["NothingCorrected", "NothingWritten", "Outcome", "Overtaken", "OwnHours"]  # and every operation below


class NothingWritten(ValueError):
    """A week without a single entry: hand in hours, or say that nothing was worked."""


class NothingCorrected(ValueError):
    """A correction with the very hours that were paid: change a day, or let it drop."""


@dataclasses.dataclass(frozen=True, slots=True)
class Outcome:
    """What became of many timesheets handled at once: the ids that went through, and those overtaken."""

    done: tuple[int, ...]
    overtaken: tuple[int, ...]


def save_draft(
    timesheet: Timesheet, *, hours: Hours, version: int, by: Actor, at: dt.datetime, typed: dict[str, Any] | None = None
) -> Timesheet:
    """Keep what the worker has written so far; `typed` holds the fields that cannot be read yet, as typed.

    Raises ImpossibleHours, NotAllowed (not the worker's own, or no longer a draft), Overtaken.
    """
    require_possible(hours)
    if by.party != Party.WORKER or by.worker is None or by.worker.pk != timesheet.worker_id:
        raise NotAllowed("only the worker writes in the own week")
    if timesheet.state not in EDITABLE:
        raise NotAllowed("the week has been handed in")
    require_own_receipts(timesheet, hours, by)
    changed = Timesheet.objects.filter(pk=timesheet.pk, state__in=EDITABLE, version=version).update(
        version=version + 1, typed=typed, **noted(hours)
    )
    if changed != 1:
        raise Overtaken
    signal_keeping.refresh(timesheet)
    return Timesheet.objects.get(pk=timesheet.pk)


def submit(
    timesheet: Timesheet,
    *,
    hours: Hours,
    version: int,
    by: Actor,
    at: dt.datetime,
    reason: str = "",
    on_behalf_of: Party | None = None,
) -> Step:
    """Hand the week in (doorsturen): freeze it as a submission, and give the client the turn.

    Raises ImpossibleHours, NothingWritten, NothingCorrected, NotAllowed, ReasonNeeded, Overtaken.
    """
    require_possible(hours)
    if all(day.is_empty for day in hours.days) and not hours.expenses:
        raise NothingWritten
    rule = rule_for(timesheet, Act.SUBMIT, by, reason, on_behalf_of)
    require_own_receipts(timesheet, hours, by)
    digest = hours.digest(timesheet.placement.number)
    if timesheet.corrects_id and timesheet.submissions.filter(number=1, digest=digest).exists():
        raise NothingCorrected
    columns = written(timesheet, hours)
    with transaction.atomic():
        step = move(
            timesheet, rule, version=version, by=by, at=at, reason=reason, on_behalf_of=on_behalf_of,
            changes={**columns, "typed": None, "digest": digest, "submitted_version": version + 1, "disputed": []},
        )  # fmt: skip
        Submission.objects.create(
            timesheet=timesheet, number=step.number, content=columns["content"], signals=columns["signals"],
            digest=digest, at=at,
        )  # fmt: skip
        if on_behalf_of:
            notices.tell_worker_of_handing_in(timesheet, step)
    signal_keeping.refresh_others(timesheet)
    return step


def withdraw(timesheet: Timesheet, *, version: int, by: Actor, at: dt.datetime) -> Step:
    """Take the week back, as long as the client has not acted."""
    step = _act(timesheet, Act.WITHDRAW, version=version, by=by, at=at)
    signal_keeping.refresh(timesheet)
    return step


def accept(
    timesheet: Timesheet,
    *,
    version: int,
    by: Actor,
    at: dt.datetime,
    reason: str = "",
    on_behalf_of: Party | None = None,
) -> Step:
    """The client accepts the hours as shown; the agency has the last word."""
    return _act(timesheet, Act.ACCEPT, version=version, by=by, at=at, reason=reason, on_behalf_of=on_behalf_of)


def refuse(
    timesheet: Timesheet,
    *,
    version: int,
    by: Actor,
    at: dt.datetime,
    reason_code: str = "other",
    reason: str = "",
    days: Collection[dt.date] = (),
    on_behalf_of: Party | None = None,
) -> Step:
    """The client refuses, for the week or for `days`; the hours go back to the worker with the reason.

    A predefined `reason_code` is enough by itself; "other" needs words. Raises ReasonNeeded, NotAllowed, Overtaken.
    """
    return _turn_back(timesheet, Act.REFUSE, version, by, at, reason_code, reason, days, on_behalf_of)


def undo(timesheet: Timesheet, *, version: int, by: Actor, at: dt.datetime) -> Step:
    """The client takes an acceptance back, as long as the agency has not approved.

    When it was the client's own proposal that took effect, the hours are again those that were handed in.
    """
    rule = rule_for(timesheet, Act.UNDO, by, "", None)
    step = move(timesheet, rule, version=version, by=by, at=at, changes=_before_proposal(timesheet))
    signal_keeping.refresh(timesheet)
    return step


def approve(timesheet: Timesheet, *, version: int, by: Actor, at: dt.datetime) -> Step:
    """The agency's last approval: ready for payroll."""
    return _act(timesheet, Act.APPROVE, version=version, by=by, at=at)


def send_back_to_client(timesheet: Timesheet, *, version: int, by: Actor, at: dt.datetime, reason: str) -> Step:
    """The agency asks the client to look again."""
    return _act(timesheet, Act.SEND_BACK, version=version, by=by, at=at, reason=reason)


def return_to_worker(
    timesheet: Timesheet,
    *,
    version: int,
    by: Actor,
    at: dt.datetime,
    reason_code: str = "other",
    reason: str = "",
    days: Collection[dt.date] = (),
) -> Step:
    """The agency gives the hours back to the worker."""
    return _turn_back(timesheet, Act.RETURN, version, by, at, reason_code, reason, days, None)


def reopen(timesheet: Timesheet, *, version: int, by: Actor, at: dt.datetime, reason: str) -> Step:
    """The agency takes its approval back, as long as the week is not paid."""
    step = _act(timesheet, Act.REOPEN, version=version, by=by, at=at, reason=reason)
    signal_keeping.refresh(timesheet)
    return step


def accept_many(items: Iterable[tuple[int, int]], *, by: Actor, at: dt.datetime) -> Outcome:
    """Accept every (id, version) the actor may accept, in one transaction; the others are told of by their ids."""
    return _move_many(dict(items), Act.ACCEPT, by=by, at=at)


def approve_many(items: Iterable[tuple[int, int]], *, by: Actor, at: dt.datetime) -> Outcome:
    """Give the last approval to every (id, version), in one transaction."""
    return _move_many(dict(items), Act.APPROVE, by=by, at=at)


def pay_many(ids: Collection[int], *, by: Actor, at: dt.datetime) -> tuple[int, ...]:
    """Mark approved timesheets as paid, within the payroll run's own transaction; answers the ids that were.

    One that was reopened meanwhile stays behind. Each row changes once: a second run finds nothing to pay.
    """
    if by.party != Party.SYSTEM:
        raise NotAllowed("only the payroll run pays")
    locked = Timesheet.objects.select_for_update().filter(pk__in=ids, state=State.APPROVED).order_by("pk")
    rows = list(locked.values_list("pk", "version", "digest"))
    paid = [pk for pk, _, _ in rows]
    changed = Timesheet.objects.filter(pk__in=paid, state=State.APPROVED).update(
        state=State.PAID, state_since=at, version=F("version") + 1
    )
    if changed != len(paid):
        raise Overtaken
    rule = check(Act.PAY, by.party, State.APPROVED, reason="")
    Step.objects.bulk_create(
        [step_of(pk, rule, number=version + 1, by=by, at=at, digest=digest) for pk, version, digest in rows],
        batch_size=1000,
    )
    return tuple(paid)


def _act(
    timesheet: Timesheet,
    act: Act,
    *,
    version: int,
    by: Actor,
    at: dt.datetime,
    reason: str = "",
    on_behalf_of: Party | None = None,
) -> Step:
    rule = rule_for(timesheet, act, by, reason, on_behalf_of)
    return move(timesheet, rule, version=version, by=by, at=at, reason=reason, on_behalf_of=on_behalf_of)


def _before_proposal(timesheet: Timesheet) -> dict[str, Any]:
    """The columns as they were, if the last act was a proposal that took effect at once."""
    last = timesheet.submissions.filter(number=timesheet.version, answers__isnull=False).first()
    if not last or timesheet.submitted_version != last.number:
        return {}
    before = timesheet.submissions.get(number=last.answers)
    return {**written(timesheet, before.hours), "digest": before.digest, "submitted_version": before.number}


def _turn_back(
    timesheet: Timesheet,
    act: Act,
    version: int,
    by: Actor,
    at: dt.datetime,
    reason_code: str,
    reason: str,
    days: Collection[dt.date],
    on_behalf_of: Party | None,
) -> Step:
    """Give the hours back to the worker with a reason, pointing at the days it concerns."""
    require_reason(act, reason_code, reason)
    if not set(days) <= set(timesheet.week.days):
        raise ValueError("a day outside the week")
    rule = rule_for(timesheet, act, by, why(reason_code, reason, on_behalf_of), on_behalf_of)
    dates = [day.isoformat() for day in sorted(days)]
    with transaction.atomic():
        step = move(
            timesheet, rule, version=version, by=by, at=at, reason=reason, on_behalf_of=on_behalf_of,
            reason_code=reason_code, days=dates, changes={"disputed": dates},
        )  # fmt: skip
        notices.tell_worker_of_refusal(timesheet, step)
    signal_keeping.refresh(timesheet)
    return step


def _move_many(items: dict[int, int], act: Act, *, by: Actor, at: dt.datetime) -> Outcome:
    """One act on many timesheets: per row the same condition, in order of id so that rivals never deadlock."""
    visible = Timesheet.objects.visible_to(by).filter(pk__in=items).order_by("pk")
    seen = {pk: (state, digest, user) for pk, state, digest, user in visible.values_list(
        "pk", "state", "digest", "worker__user")}  # fmt: skip
    steps: list[Step] = []
    with transaction.atomic():
        for pk, (state, digest, worker_user) in seen.items():
            if by.user_id == worker_user:
                continue
            try:
                rule = check(act, by.party, State(state), reason="")
            except NotAllowed:
                continue
            version = items[pk]
            if Timesheet.objects.filter(pk=pk, state=rule.start, version=version).update(
                state=rule.end, state_since=at, version=version + 1
            ):
                steps.append(step_of(pk, rule, number=version + 1, by=by, at=at, digest=digest))
        Step.objects.bulk_create(steps, batch_size=500)
    done = {step.timesheet_id for step in steps}
    return Outcome(tuple(sorted(done)), tuple(sorted(set(items) - done)))
