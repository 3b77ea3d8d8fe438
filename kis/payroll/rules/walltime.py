"""Dutch wall-clock time and absolute minutes, both ways.

An absolute minute is the number of whole minutes since 1970-01-01 00:00 UTC. Durations are differences of
absolute minutes, so the night of 25 October 2026 has 25 hours in its day and that of 28 March 2027 has 23.
"""

from __future__ import annotations

import datetime as dt
import functools
import re
import zoneinfo

from kis.payroll.rules import fields
from kis.payroll.rules.problems import gettext_noop, invalid

AMSTERDAM = zoneinfo.ZoneInfo("Europe/Amsterdam")
DAY = 1440

_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
_MINUTE = dt.timedelta(minutes=1)
_TEXT = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})T([0-9]{2}:[0-9]{2})(?::00)?(Z|[+-](?:0[0-9]|1[0-4]):[0-5][0-9])?")


def minute_of(moment: dt.datetime) -> int:
    """The absolute minute of an aware moment. Raises Invalid for a naive one or one with seconds."""
    if moment.tzinfo is None:
        raise invalid("", gettext_noop("must say in which zone it is"))
    if moment.second or moment.microsecond:
        raise invalid("", gettext_noop("must be a whole minute"))
    return (moment - _EPOCH) // _MINUTE


def moment_of(minute: int) -> dt.datetime:
    """The moment of an absolute minute, on the Dutch clock."""
    return (_EPOCH + minute * _MINUTE).astimezone(AMSTERDAM)


@functools.lru_cache(maxsize=16384)
def moment_text(minute: int) -> str:
    """An absolute minute as people and programs read it: `2026-11-24T14:00+01:00`."""
    return moment_of(minute).isoformat(timespec="minutes")


@functools.lru_cache(maxsize=4096)
def date_of(minute: int) -> dt.date:
    """The Dutch calendar day of an absolute minute."""
    return moment_of(minute).date()


@functools.lru_cache(maxsize=4096)
def midnight(date: dt.date) -> int:
    """The absolute minute at which a Dutch calendar day begins."""
    return minute_of(dt.datetime.combine(date, dt.time(), tzinfo=AMSTERDAM))


@functools.lru_cache(maxsize=4096)
def runs(date: dt.date) -> tuple[tuple[int, int, int], ...]:
    """How the clock runs on a day: (absolute minute, minute on the clock, length); two runs when it is changed."""
    start, end = midnight(date), midnight(date + dt.timedelta(days=1))
    if end - start == DAY:
        return ((start, 0, DAY),)
    change = next(hour for hour in range(start, end, 60) if _on_the_clock(hour) != hour - start)
    return ((start, 0, change - start), (change, _on_the_clock(change), end - change))


def _on_the_clock(minute: int) -> int:
    moment = moment_of(minute)
    return moment.hour * 60 + moment.minute


def read(text: object) -> dt.datetime:
    """Read `2026-11-24T14:00`, Dutch time, with an offset where one is needed (`+01:00`) or `Z` for UTC.

    A time that comes twice means the first unless an offset is given; a time that the clock skips is
    refused (domain reading P13). Raises Invalid.
    """
    if not isinstance(text, str):
        raise invalid("", gettext_noop("must be a date and time like 2026-11-24T14:00"))
    return _read(text)


@functools.lru_cache(maxsize=16384)
def _read(text: str) -> dt.datetime:
    found = _TEXT.fullmatch(text)
    if not found:
        raise invalid("", gettext_noop("must be a date and time like 2026-11-24T14:00"))
    days, clock = divmod(fields.time_of_day(found[2]), DAY)
    date = fields.date(found[1]) + dt.timedelta(days=days)
    naive = dt.datetime.combine(date, dt.time(*divmod(clock, 60)))
    return _placed(naive, found[3]) if found[3] else _first(naive)


def _first(naive: dt.datetime) -> dt.datetime:
    first, second = naive.replace(tzinfo=AMSTERDAM), naive.replace(tzinfo=AMSTERDAM, fold=1)
    before, after = first.utcoffset(), second.utcoffset()
    if before is not None and after is not None and before < after:
        raise invalid("", gettext_noop("does not exist: the clock goes forward that night"))
    return first


def _placed(naive: dt.datetime, offset: str) -> dt.datetime:
    moment = dt.datetime.fromisoformat(f"{naive.isoformat()}{offset}")
    local = moment.astimezone(AMSTERDAM)
    if moment.utcoffset() and moment.utcoffset() != local.utcoffset():
        raise invalid("", gettext_noop("is not Dutch time: the clock does not run at that offset then"))
    return local
