"""Work that returns: each package registers what, and when; any worker may enqueue it, a unique key makes it once."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Callable
from typing import Any

from django_tasks.base import Task

from kis.core import clock
from kis.jobs.models import Job

# Back for so long a missed occurrence is still caught up with, once: after a weekend of standing still.
CATCH_UP = dt.timedelta(days=4)


@dataclasses.dataclass(frozen=True, slots=True)
class Entry:
    """`task` runs at `minute` of every day on which `on` says so, by the agency's clock."""

    name: str
    task: Task[Any, Any]
    minute: int
    on: Callable[[dt.date], bool]


_entries: dict[str, Entry] = {}


def every(name: str, task: Task[Any, Any], *, minute: int, on: Callable[[dt.date], bool]) -> None:
    """Register work for `minute` (after midnight, Amsterdam) of the days for which `on(date)` holds.

    The task takes no arguments and asks the clock itself: after standing still it runs once, for now.
    """
    _entries[name] = Entry(name, task, minute, on)


def enqueue_due(at: dt.datetime) -> int:
    """Enqueue what has come due and is not enqueued yet; answers how many. Safe in many processes at once."""
    fresh = []
    for entry in _entries.values():
        if due := _last_due(entry, at):
            key = f"{entry.name}:{due.isoformat()}"
            fresh.append(Job(task=entry.task.module_path, key=key, run_at=at, enqueued_at=at))
    known = set(Job.objects.filter(key__in=[job.key for job in fresh]).values_list("key", flat=True))
    fresh = [job for job in fresh if job.key not in known]
    Job.objects.bulk_create(fresh, ignore_conflicts=True)
    return len(fresh)


def _last_due(entry: Entry, at: dt.datetime) -> dt.date | None:
    """The date of the last occurrence before `at`, no further back than we catch up."""
    day = clock.local(at).date()
    while at - clock.at(day, 0) < CATCH_UP:
        if entry.on(day) and clock.at(day, entry.minute) <= at:
            return day
        day -= dt.timedelta(days=1)
    return None
