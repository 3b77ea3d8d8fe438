"""When the returning work is done."""

from __future__ import annotations

import pytest

from kis.core import clock
from kis.jobs import schedule
from kis.jobs.models import Job
from tests.support.time import Freeze

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("moment", "names"),
    [
        ("2026-11-30 00:05", {"open_this_week"}),
        ("2026-11-30 07:30", {"open_this_week", "mail_digests"}),
        ("2026-11-30 08:00", {"open_this_week", "mail_digests", "mail_reminders"}),
        ("2026-11-29 23:59", {"open_this_week"}),  # a Sunday: nobody is mailed
    ],
)
def test_each_comes_due_at_its_own_hour(freeze: Freeze, moment: str, names: set[str]) -> None:
    freeze(moment)
    schedule.enqueue_due(clock.now())
    today = clock.today().isoformat()
    assert {
        job.task.rpartition(".")[2]
        for job in Job.objects.filter(key__contains=today, task__startswith="kis.timesheets.")
    } == names
