"""What returns every day or week, by itself."""

from django_tasks import task

from kis.core import clock
from kis.core.weeks import Week
from kis.staffing.actor import SYSTEM
from kis.timesheets import opening, reminders


@task()
def open_this_week() -> int:
    """Open the timesheets of the week that has begun."""
    return opening.open_week(Week.of(clock.today()), at=clock.now())


@task()
def mail_digests() -> int:
    """Tell every contact what was handed in."""
    return reminders.send_digests(at=clock.now())


@task()
def mail_reminders() -> int:
    """Remind those whose turn it is, shortly before the deadline."""
    return reminders.send_due_reminders(by=SYSTEM, at=clock.now())
