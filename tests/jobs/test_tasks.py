"""Housekeeping of the jobs themselves."""

import datetime as dt

import pytest

from kis.jobs import tasks
from kis.jobs.models import Job
from kis.jobs.worker import Worker
from tests.jobs import sample_tasks
from tests.support.time import Freeze


@pytest.mark.django_db
def test_the_worker_clears_away_what_is_old(freeze: Freeze) -> None:
    now = freeze("2026-11-01 12:00")
    sample_tasks.add.enqueue(1, 2)
    worker = Worker()
    worker.run_once()
    freeze(now + dt.timedelta(days=31))
    old = Job.objects.get()
    result = tasks.clear_away.enqueue()
    worker.run_once()
    assert not Job.objects.filter(pk=old.pk).exists()
    assert tasks.clear_away.get_result(result.id).return_value == 1
