"""What staff and the calendar do with jobs."""

import datetime as dt

import pytest

from kis.core import clock
from kis.core.models import AuditEntry
from kis.jobs import leases, operations
from kis.jobs.models import Job, WorkerBeat
from kis.jobs.worker import Worker
from kis.staffing.actor import SYSTEM
from tests.jobs import sample_tasks as tasks
from tests.support.time import Freeze

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


def dead_job() -> Job:
    tasks.fail.enqueue("x")
    Job.objects.update(attempts=leases.MAX_ATTEMPTS - 1)
    Worker().run_once()
    return Job.objects.get(status=Job.Status.DEAD)


def test_a_dead_job_gets_all_its_attempts_again_and_the_log_says_who_wanted_it() -> None:
    job = dead_job()
    assert operations.retry(job, by=SYSTEM, at=clock.now())
    again = leases.claim("w", clock.now())
    assert again is not None
    assert (again.pk, again.attempts) == (job.pk, 1)
    entry = AuditEntry.objects.get()
    assert (entry.act, entry.subject_id, entry.actor_name) == ("retry_job", str(job.pk), "KIS Online")


def test_a_job_that_is_not_dead_is_left_alone() -> None:
    tasks.add.enqueue(1, 2)
    Worker().run_once()
    assert not operations.retry(Job.objects.get(), by=SYSTEM, at=clock.now())
    assert Job.objects.get().status == Job.Status.DONE
    assert not AuditEntry.objects.exists()


def test_what_was_done_long_ago_is_cleared_away_and_the_rest_is_kept(freeze: Freeze) -> None:
    now = freeze("2026-11-01 12:00")
    tasks.add.enqueue(1, 2)
    Worker().run_once()
    dead = dead_job()
    later = freeze(now + 31 * DAY)
    tasks.add.enqueue(3, 4)
    Worker().run_once()
    waiting = tasks.add.using(run_after=later + DAY).enqueue(5, 6)
    assert operations.clear_away(at=later) == 1
    kept = {str(pk) for pk in Job.objects.values_list("pk", flat=True)}
    assert {str(dead.pk), waiting.id} < kept
    assert len(kept) == 3


def test_traces_of_processes_long_gone_are_cleared_away(freeze: Freeze) -> None:
    now = freeze("2026-11-01 12:00")
    WorkerBeat.objects.create(name="killed", at=now - 2 * DAY)
    WorkerBeat.objects.create(name="alive", at=now)
    operations.clear_away(at=now)
    assert [beat.name for beat in WorkerBeat.objects.all()] == ["alive"]
