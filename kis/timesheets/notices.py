"""Mail about a week, put in the outbox by the operation that causes it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kis.core.minutes import duration_text
from kis.post.operations import enqueue
from kis.timesheets import mail_strip
from kis.timesheets.refusals import REASONS

if TYPE_CHECKING:
    from kis.timesheets.models import Step, Timesheet


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
            {"date": date, "hours": duration_text(day.worked(date)), "pointed_at": date.isoformat() in step.days}
            for date, day in timesheet.hours.dated()
        ],
        "bars": mail_strip.bars(timesheet.hours, step.days),
        "path": f"/worker/week/{timesheet.week}/",
    }
    key = f"refusal:{timesheet.pk}:{step.number}"
    enqueue(kind="refusal", to=user.email, language=user.language, context=context, key=key, at=step.at)


def reason_words(code: str) -> str:
    """A predefined reason in the language that is active; empty for words of one's own."""
    return str(REASONS[code]) if code in REASONS and code != "other" else ""
