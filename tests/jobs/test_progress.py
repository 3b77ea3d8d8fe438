"""How far long work is."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kis.core import clock
from kis.jobs import leases, progress
from kis.jobs.models import Job, Progress
from kis.jobs.worker import Worker
from tests.jobs import sample_tasks as tasks

pytestmark = pytest.mark.django_db


def in_hand() -> Job:
    tasks.count.enqueue(3)
    job = leases.claim("w", clock.now())
    assert job is not None
    return job


def test_a_page_sees_how_far_a_task_is() -> None:
    job = in_hand()
    with progress.of(job):
        progress.report(50, 200, "chunk 1")
        assert Job.objects.get().progress == Progress(50, 200, "chunk 1")
        assert Job.objects.get().progress.percent == 25


def test_a_task_may_report_as_often_as_it_likes() -> None:
    job = in_hand()
    with CaptureQueriesContext(connection) as queries, progress.of(job):
        for done in range(1, 1001):
            progress.report(done, 1000)
    assert len(queries) == 2  # the first and the last
    assert Job.objects.get().progress.percent == 100


def test_the_end_is_always_told() -> None:
    tasks.count.enqueue(3)
    Worker().run_once()
    assert Job.objects.get().progress == Progress(3, 3, "3!")


def test_outside_a_job_nothing_is_written() -> None:
    job = in_hand()
    with CaptureQueriesContext(connection) as queries:
        progress.report(1, 2)
    assert len(queries) == 0
    assert Job.objects.get(pk=job.pk).progress == Progress(0, 0, "")


def test_a_worker_that_lost_the_job_reports_no_more() -> None:
    late = in_hand()
    assert leases.claim("b", clock.now() + 2 * leases.LEASE)
    with progress.of(late):
        progress.report(9, 10)
    assert Job.objects.get().progress == Progress(0, 0, "")


@pytest.mark.parametrize(("done", "total", "percent"), [(0, 0, 0), (1, 3, 33), (3, 3, 100), (5, 3, 100)])
def test_percents_are_whole_and_never_over_a_hundred(done: int, total: int, percent: int) -> None:
    assert Progress(done, total, "").percent == percent
