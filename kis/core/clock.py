"""The one door to the time of day, so that a test can stop the clock."""

import datetime as dt
import zoneinfo

from django.utils import timezone

AMSTERDAM = zoneinfo.ZoneInfo("Europe/Amsterdam")


def now() -> dt.datetime:
    """The present moment, aware, in UTC."""
    return timezone.now()


def today() -> dt.date:
    """Today's date where the agency is."""
    return local(now()).date()


def local(moment: dt.datetime) -> dt.datetime:
    """The same moment on the agency's own clock."""
    return moment.astimezone(AMSTERDAM)


def at(date: dt.date, minute: int) -> dt.datetime:
    """The moment `minute` minutes after midnight by the wall clock of `date`.

    Minutes past 1440 fall on the following days. On the night the clock goes back, a time that
    comes twice means the first (domain reading P13).
    """
    days, rest = divmod(minute, 1440)
    naive = dt.datetime.combine(date + dt.timedelta(days=days), dt.time(*divmod(rest, 60)))
    return naive.replace(tzinfo=AMSTERDAM)


def day_length(date: dt.date) -> int:
    """The minutes of a day: 24 hours, but for the two nights in which the clock changes."""
    return int((at(date, 1440).astimezone(dt.UTC) - at(date, 0).astimezone(dt.UTC)).total_seconds()) // 60


def exists(date: dt.date, minute: int) -> bool:
    """Whether the wall clock shows that time on that day: on the night it goes forward, an hour is missing."""
    moment = at(date, minute)
    shown = moment.astimezone(dt.UTC).astimezone(AMSTERDAM)
    return shown.replace(tzinfo=None) == moment.replace(tzinfo=None)
