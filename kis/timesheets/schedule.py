"""When the returning work of the week is done."""

from kis.core.public_holidays import is_working_day
from kis.jobs import schedule
from kis.timesheets import tasks


def register() -> None:
    """Called once, when the app is ready."""
    schedule.every("open-week", tasks.open_this_week, minute=5, on=lambda date: True)
    schedule.every("digest", tasks.mail_digests, minute=7 * 60 + 30, on=is_working_day)
    for hour in range(8, 18):
        schedule.every(f"reminders-{hour:02d}", tasks.mail_reminders, minute=hour * 60, on=is_working_day)
