"""What is paid and not right is corrected by a timesheet of its own, which names the one it corrects.

The paid one stays as it is for ever. Of two who open a correction at once, the database lets one: a week has each
revision once. Whoever asks, the others consent: the worker hands in as always and client and agency decide; hours
from the client or the agency are a proposal. Payroll pays the difference.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import Any

from django.db import IntegrityError, transaction

from kis.staffing.actor import Actor
from kis.staffing.parties import Party
from kis.timesheets import notices, signal_keeping
from kis.timesheets.consent import is_worse
from kis.timesheets.hours import Hours, touched_days
from kis.timesheets.models import Step, Submission, Timesheet
from kis.timesheets.moves import (
    Overtaken,
    move,
    name_of,
    require_own_receipts,
    require_possible,
    require_reason,
    rule_for,
    step_of,
    why,
    written,
)
from kis.timesheets.operations import submit
from kis.timesheets.proposals import NothingProposed
from kis.timesheets.workflow import Act, Given, Rule

PAID_VERSION, FIRST_VERSION = 1, 2


def open_correction(
    timesheet: Timesheet,
    *,
    by: Actor,
    at: dt.datetime,
    hours: Hours | None = None,
    reason_code: str = "other",
    reason: str = "",
    on_behalf_of: Party | None = None,
) -> Timesheet:
    """Open a correction of a paid timesheet, the newest of its week; answers the correction.

    A worker gets the paid hours as a draft. A client or the agency names the right `hours` at once: what takes nothing
    from the worker goes on to the next party, the rest waits for the worker's yes.

    Raises ReasonNeeded, ImpossibleHours, NothingProposed, NotAllowed (not paid), Overtaken (a correction is there).
    """
    require_reason(Act.CORRECT, reason_code, reason)
    paid = timesheet.submitted_hours() or Hours(timesheet.week)
    asked = _right_hours(paid, hours, on_behalf_of or by.party)
    given = _given(paid, asked)
    rule = rule_for(timesheet, Act.CORRECT, by, why(reason_code, reason, on_behalf_of), on_behalf_of, given)
    if asked == paid:
        raise NothingProposed
    if asked:
        require_own_receipts(timesheet, asked, by)
    days = [day.isoformat() for day in touched_days(paid, asked)] if asked else []
    fresh = _fresh(timesheet, rule, paid, asked, days, at)
    try:
        with transaction.atomic():
            fresh.save(force_insert=True)
            step = step_of(
                fresh.pk, rule, number=FIRST_VERSION, by=by, at=at, digest=fresh.digest, reason=reason,
                reason_code=reason_code, days=days, on_behalf_of=on_behalf_of or "",
                on_behalf_of_name=name_of(timesheet, on_behalf_of),
            )  # fmt: skip
            step.save(force_insert=True)
            _freeze(fresh, paid, asked)
            if asked:
                notices.tell_worker_of_proposal(fresh, step, paid, asked)
    except IntegrityError as error:
        raise Overtaken from error
    signal_keeping.refresh(fresh)
    return fresh


def correct_for_worker(
    timesheet: Timesheet, *, hours: Hours, by: Actor, at: dt.datetime, reason_code: str = "other", reason: str = ""
) -> Timesheet:
    """Open a correction for the worker who says what the right `hours` are, and hand it in: both, or neither.

    Raises what `open_correction` does, and NothingWritten.
    """
    paid = timesheet.submitted_hours()
    if paid == hours:
        raise NothingProposed
    for_worker: dict[str, Any] = {"by": by, "at": at, "reason": reason, "on_behalf_of": Party.WORKER}
    with transaction.atomic():
        fresh = open_correction(timesheet, reason_code=reason_code, **for_worker)
        submit(fresh, hours=hours, version=fresh.version, **for_worker)
    return fresh


def drop(timesheet: Timesheet, *, version: int, by: Actor, at: dt.datetime, reason: str = "") -> Step:
    """Let a correction come to nothing: it ends with the hours that were paid, and changes nothing.

    The worker may, whoever asked: the paid hours were agreed to. The client may whose own wish it was.

    Raises NotAllowed (no correction, or decided by now), ReasonNeeded (from the agency), Overtaken.
    """
    wanted = Given.ASKED_BY_CLIENT if by.party == Party.CLIENT else Given.CORRECTION
    rule = rule_for(timesheet, Act.DROP, by, reason, None, wanted if wanted in timesheet.given else None)
    paid = timesheet.submissions.get(number=PAID_VERSION)
    changes = {
        **written(timesheet, paid.hours),
        "typed": None, "digest": paid.digest, "submitted_version": PAID_VERSION, "disputed": [],
    }  # fmt: skip
    step = move(timesheet, rule, version=version, by=by, at=at, reason=reason, changes=changes)
    signal_keeping.refresh(timesheet)
    return step


def _right_hours(paid: Hours, hours: Hours | None, asks: Party) -> Hours | None:
    """The hours that a client or the agency names; a worker names none yet."""
    if asks == Party.WORKER:
        return None
    if hours is None:
        raise NothingProposed
    require_possible(hours)
    return dataclasses.replace(hours, note=paid.note)


def _given(paid: Hours, asked: Hours | None) -> Given | None:
    if asked is None:
        return None
    return Given.WORSE if is_worse(paid, asked) else Given.NOT_WORSE


def _fresh(
    paid_sheet: Timesheet, rule: Rule, paid: Hours, asked: Hours | None, days: list[str], at: dt.datetime
) -> Timesheet:
    """The row of the correction: the hours that count in it, and a proposal where one waits."""
    waits = rule.given == Given.WORSE
    counts = asked if asked and not waits else paid
    fresh = Timesheet(
        placement=paid_sheet.placement, worker=paid_sheet.worker, client=paid_sheet.client,
        department=paid_sheet.department, iso_year=paid_sheet.iso_year, iso_week=paid_sheet.iso_week,
        revision=paid_sheet.revision + 1, corrects=paid_sheet, state=rule.end, state_since=at, version=FIRST_VERSION,
        submitted_version=PAID_VERSION if counts is paid else FIRST_VERSION,
        proposed_version=FIRST_VERSION if waits else None,
        digest=counts.digest(paid_sheet.placement.number), disputed=days if waits else [],
    )  # fmt: skip
    for column, value in written(fresh, counts).items():
        setattr(fresh, column, value)
    return fresh


def _freeze(fresh: Timesheet, paid: Hours, asked: Hours | None) -> None:
    """What was paid, and beside it what is said to be right."""
    versions = [(PAID_VERSION, paid, None)] + ([(FIRST_VERSION, asked, PAID_VERSION)] if asked else [])
    for number, hours, answers in versions:
        columns = written(fresh, hours)
        Submission.objects.create(
            timesheet=fresh, number=number, content=columns["content"], signals=columns["signals"],
            digest=hours.digest(fresh.placement.number), answers=answers, at=fresh.state_since,
        )  # fmt: skip
