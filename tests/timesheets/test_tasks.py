"""What the portal does by itself, at the moment it is asked."""

from __future__ import annotations

import pytest

from kis.core.weeks import Week
from kis.post.models import OutboxMail
from kis.timesheets import tasks
from kis.timesheets.models import Timesheet
from kis.timesheets.workflow import State
from tests.support import people, walk
from tests.support.time import Freeze

pytestmark = pytest.mark.django_db


def test_the_week_that_has_begun_is_opened_once(freeze: Freeze) -> None:
    people.placement()
    freeze("2026-11-30 00:05")
    assert tasks.open_this_week.call() == 1
    assert tasks.open_this_week.call() == 0
    assert Timesheet.objects.get().week == Week(2026, 49)


def test_the_contacts_get_their_digest(freeze: Freeze) -> None:
    people.carla()
    walk.to(people.sheet(), State.SUBMITTED)
    freeze("2026-11-30 07:30")
    assert tasks.mail_digests.call() == 1


def test_the_workers_are_reminded_on_the_day_of_the_deadline(freeze: Freeze) -> None:
    people.sheet()
    freeze("2026-11-30 08:00")
    assert tasks.mail_reminders.call() == 1
    assert OutboxMail.objects.get().kind == "worker_reminder"
