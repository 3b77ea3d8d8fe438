"""Mail about a week, put in the outbox by the operation that causes it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from kis.core.minutes import clock_text, duration_text
from kis.post.operations import enqueue
from kis.staffing.letterhead import letterhead
from kis.staffing.parties import Party
from kis.timesheets import mail_strip
from kis.timesheets.models import Notice
from kis.timesheets.refusals import REASONS
from kis.timesheets.workflow import State

if TYPE_CHECKING:
    from kis.accounts.models import User
    from kis.timesheets.hours import Day, Hours
    from kis.timesheets.models import Step, Timesheet


def mail_about(
    sheets: Iterable[Timesheet],
    party: Party,
    to: User,
    *,
    kind: str,
    context: Mapping[str, Any],
    key: str,
    at: dt.datetime,
) -> bool:
    """Put one mail that tells of these timesheets in the outbox, and a notice of it with each of them.

    False when `key` was mailed before.
    """
    mail = enqueue(kind=kind, to=to.email, language=to.language, context=context, key=key, at=at)
    if mail is None:
        return False
    Notice.objects.bulk_create(Notice(timesheet=sheet, mail=mail, party=party) for sheet in sheets)
    return True


def tell_worker_of_refusal(timesheet: Timesheet, step: Step) -> None:
    """The worker hears at once that hours came back, why, and on which days."""
    user = timesheet.worker.user
    context = {
        "name": user.name,
        "client": timesheet.client.name,
        "week": timesheet.iso_week,
        "hours": duration_text(timesheet.minutes),
        "by": step.actor_name,
        "reason_words": REASONS[step.reason_code] if step.reason_code != "other" else "",
        "reason": step.reason,
        "days": [
            {**_times(date, day), "date": date, "pointed_at": date.isoformat() in step.days}
            for date, day in timesheet.hours.dated()
            if not day.is_empty or date.isoformat() in step.days
        ],
        "bars": mail_strip.bars(timesheet.hours, step.days),
        "path": f"/worker/week/{timesheet.week}/",
    }
    key = f"refusal:{timesheet.pk}:{step.number}"
    mail_about([timesheet], Party.WORKER, user, kind="refusal", context=context, key=key, at=step.at)


def tell_worker_of_handing_in(timesheet: Timesheet, step: Step) -> None:
    """The worker hears at once that the agency wrote the week and handed it in, why, and what it holds."""
    user = timesheet.worker.user
    context = {
        "name": user.name,
        "client": timesheet.client.name,
        "week": timesheet.iso_week,
        "hours": duration_text(timesheet.minutes),
        "not_worked": all(day.not_worked for day in timesheet.hours.days),
        "by": step.actor_name,
        "of": letterhead()["name"],
        "reason": step.reason,
        "days": [{"date": date, **_times(date, day)} for date, day in timesheet.hours.dated() if not day.is_empty],
        "bars": mail_strip.bars(timesheet.hours, ()),
        "path": f"/worker/week/{timesheet.week}/",
    }
    key = f"handed_in:{timesheet.pk}:{step.number}"
    mail_about([timesheet], Party.WORKER, user, kind="handed_in", context=context, key=key, at=step.at)


def tell_worker_of_proposal(timesheet: Timesheet, step: Step, before: Hours, after: Hours) -> None:
    """The worker hears at once that somebody names other hours: to be answered, or already taken over."""
    user = timesheet.worker.user
    pairs = zip(before.dated(), after.days, strict=True)
    context = {
        "name": user.name,
        "client": timesheet.client.name,
        "week": timesheet.iso_week,
        "by": step.actor_name,
        "of": letterhead()["name"] if step.party == Party.AGENCY else timesheet.client.name,
        "is_question": step.end == State.REFUSED,
        "is_correction": timesheet.revision > 0,
        "client_decides": step.end == State.SUBMITTED,
        "reason_words": REASONS[step.reason_code] if step.reason_code != "other" else "",
        "reason": step.reason,
        "days": [
            {"date": date, "before": _times(date, old), "after": _times(date, new)}
            for (date, old), new in pairs
            if date.isoformat() in step.days
        ],
        "bars": mail_strip.bars(after, step.days),
        "total_before": duration_text(before.minutes),
        "total_after": duration_text(after.minutes),
        "path": f"/worker/week/{timesheet.week}/",
    }
    key = f"proposal:{timesheet.pk}:{step.number}"
    mail_about([timesheet], Party.WORKER, user, kind="proposal", context=context, key=key, at=step.at)


def reason_words(code: str) -> str:
    """A predefined reason in the language that is active; empty for words of one's own."""
    return str(REASONS[code]) if code in REASONS and code != "other" else ""


def _times(date: dt.date, day: Day) -> dict[str, Any]:
    """A day in figures: `08:00–16:30` for each shift, the hours or that was not worked, and the kilometres."""
    return {
        "shifts": [f"{clock_text(shift.start)}–{clock_text(shift.end)}" for shift in day.shifts],
        "hours": duration_text(day.worked(date)),
        "not_worked": day.not_worked,
        "km": day.km,
    }
