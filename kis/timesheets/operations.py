"""Every write on a timesheet. Each asks the rule table, changes one row under a condition, and leaves a step.

The condition names the row, its state and the version the reader saw, and columns of its own table only; it is the
first statement of its transaction. That is what makes one of two rivals win, on SQLite and PostgreSQL alike.
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
from kis.timesheets import gathering, notices
from kis.timesheets.hours import Hours, ImpossibleHours
from kis.timesheets.models import Step, Submission, Timesheet
from kis.timesheets.refusals import REASONS
from kis.timesheets.workflow import EDITABLE, Act, NotAllowed, ReasonNeeded, Rule, State, check


class Overtaken(Exception):
    """Somebody was faster: the timesheet is no longer as it was shown."""


class OwnHours(NotAllowed):
    """Nobody accepts or approves their own hours."""


class NothingWritten(ValueError):
    """A week without a single entry: hand in hours, or say that nothing was worked."""


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
    _require_possible(hours)
    if by.party != Party.WORKER or by.worker is None or by.worker.pk != timesheet.worker_id:
        raise NotAllowed("only the worker writes in the own week")
    if timesheet.state not in EDITABLE:
        raise NotAllowed("the week has been handed in")
    changed = Timesheet.objects.filter(pk=timesheet.pk, state__in=EDITABLE, version=version).update(
        version=version + 1, typed=typed, **_written(timesheet, hours)
    )
    if changed != 1:
        raise Overtaken
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

    Raises ImpossibleHours, NothingWritten, NotAllowed, ReasonNeeded, Overtaken.
    """
    _require_possible(hours)
    if all(day.is_empty for day in hours.days) and not hours.expenses:
        raise NothingWritten
    rule = _rule(timesheet, Act.SUBMIT, by, reason, on_behalf_of)
    digest = hours.digest(timesheet.placement.number)
    written = _written(timesheet, hours)
    with transaction.atomic():
        step = _move(
            timesheet, rule, version=version, by=by, at=at, reason=reason, on_behalf_of=on_behalf_of,
            changes={**written, "typed": None, "digest": digest, "submitted_version": version + 1, "disputed": []},
        )  # fmt: skip
        Submission.objects.create(
            timesheet=timesheet, number=step.number, content=written["content"], signals=written["signals"],
            digest=digest, at=at,
        )  # fmt: skip
    return step


def withdraw(timesheet: Timesheet, *, version: int, by: Actor, at: dt.datetime) -> Step:
    """Take the week back, as long as the client has not acted."""
    return _act(timesheet, Act.WITHDRAW, version=version, by=by, at=at)


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
    """The client takes an acceptance back, as long as the agency has not approved."""
    return _act(timesheet, Act.UNDO, version=version, by=by, at=at)


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
    return _act(timesheet, Act.REOPEN, version=version, by=by, at=at, reason=reason)


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
        [_step(pk, rule, number=version + 1, by=by, at=at, digest=digest) for pk, version, digest in rows],
        batch_size=1000,
    )
    return tuple(paid)


def _require_possible(hours: Hours) -> None:
    if problems := hours.problems():
        raise ImpossibleHours(problems)


def _written(timesheet: Timesheet, hours: Hours) -> dict[str, Any]:
    """The columns that follow from what is written."""
    found = gathering.signals_of(timesheet, hours)
    return {
        "content": hours.to_json(),
        "minutes": hours.minutes,
        "km": hours.km,
        "expense_cents": hours.expense_cents,
        "signals": [signal.to_json() for signal in found],
        "signal_count": len(found),
    }


def _rule(timesheet: Timesheet, act: Act, by: Actor, reason: str, on_behalf_of: Party | None) -> Rule:
    """The rule for this act by this person, or the exception that says why not. Asked outside any transaction."""
    if not Timesheet.objects.visible_to(by).filter(pk=timesheet.pk).exists():
        raise NotAllowed("not theirs to see")
    if act not in {Act.SUBMIT, Act.WITHDRAW} and by.user_id and by.user_id == timesheet.worker.user_id:
        raise OwnHours
    return check(act, by.party, State(timesheet.state), reason=reason, on_behalf_of=on_behalf_of)


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
    rule = _rule(timesheet, act, by, reason, on_behalf_of)
    return _move(timesheet, rule, version=version, by=by, at=at, reason=reason, on_behalf_of=on_behalf_of)


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
    if reason_code not in REASONS or (reason_code == "other" and not reason.strip()):
        raise ReasonNeeded(act)
    if not set(days) <= set(timesheet.week.days):
        raise ValueError("a day outside the week")
    rule = _rule(timesheet, act, by, reason or reason_code, on_behalf_of)
    dates = [day.isoformat() for day in sorted(days)]
    with transaction.atomic():
        step = _move(
            timesheet, rule, version=version, by=by, at=at, reason=reason, on_behalf_of=on_behalf_of,
            reason_code=reason_code, days=dates, changes={"disputed": dates},
        )  # fmt: skip
        notices.tell_worker_of_refusal(timesheet, step)
    return step


def _move(
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
    """Carry out one act on one timesheet: exactly one row changes, or Overtaken."""
    changes = changes or {}
    if timesheet.version != version:
        raise Overtaken
    with transaction.atomic():
        changed = Timesheet.objects.filter(pk=timesheet.pk, state=rule.start, version=version).update(
            state=rule.end, state_since=at, version=version + 1, **changes
        )
        if changed != 1:
            raise Overtaken
        step = _step(
            timesheet.pk, rule, number=version + 1, by=by, at=at,
            digest=changes.get("digest", timesheet.digest), reason=reason, reason_code=reason_code,
            days=days or [], on_behalf_of=on_behalf_of or "",
            on_behalf_of_name=_name_of(timesheet, on_behalf_of),
        )  # fmt: skip
        step.save(force_insert=True)
    timesheet.refresh_from_db()
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
                steps.append(_step(pk, rule, number=version + 1, by=by, at=at, digest=digest))
        Step.objects.bulk_create(steps, batch_size=500)
    done = {step.timesheet_id for step in steps}
    return Outcome(tuple(sorted(done)), tuple(sorted(set(items) - done)))


def _step(timesheet_id: int, rule: Rule, *, number: int, by: Actor, at: dt.datetime, **words: Any) -> Step:
    return Step(
        timesheet_id=timesheet_id, number=number, act=rule.act, start=rule.start, end=rule.end,
        party=by.party, actor_id=by.user_id, actor_name=by.name, at=at, **words,
    )  # fmt: skip


def _name_of(timesheet: Timesheet, party: Party | None) -> str:
    if party == Party.WORKER:
        return str(timesheet.worker)
    return str(timesheet.client) if party == Party.CLIENT else ""
