"""Who holds which job: one worker at a time, and only as long as it lives."""

import datetime as dt
import threading

import pytest
from django.db import IntegrityError, connection, transaction

from kis.core import clock
from kis.jobs import leases
from kis.jobs.models import Job
from tests.jobs import sample_tasks as tasks
from tests.support.time import Freeze

pytestmark = pytest.mark.django_db
SECOND = dt.timedelta(seconds=1)


def claim(owner: str = "a", at: dt.datetime | None = None) -> Job:
    job = leases.claim(owner, at or clock.now())
    assert job is not None
    return job


def test_a_claimed_job_is_nobody_elses() -> None:
    tasks.add.enqueue(1, 2)
    job = claim("a")
    assert (job.owner, job.attempts, job.status) == ("a", 1, Job.Status.RUNNING)
    assert leases.claim("b", clock.now()) is None


def test_a_job_whose_lease_lapsed_is_taken_over_and_a_renewed_one_is_not(freeze: Freeze) -> None:
    now = freeze("2026-11-30 12:00")
    tasks.add.enqueue(1, 2)
    job = claim("a")
    assert leases.renew(job, now + 15 * SECOND)
    assert leases.claim("b", now + leases.LEASE + SECOND) is None
    taken = claim("b", now + 16 * SECOND + leases.LEASE)
    assert (taken.pk, taken.owner, taken.attempts) == (job.pk, "b", 2)


def test_who_lost_the_lease_writes_nothing_any_more(freeze: Freeze) -> None:
    now = freeze("2026-11-30 12:00")
    tasks.add.enqueue(1, 2)
    late = claim("a")
    claim("b", now + leases.LEASE + SECOND)
    assert not leases.renew(late, now)
    assert not leases.finish(late, "late", now)
    assert not leases.fail(late, LookupError(), now)
    job = Job.objects.get()
    assert (job.status, job.owner, job.result) == (Job.Status.RUNNING, "b", None)


def test_the_same_worker_is_fenced_off_from_its_own_earlier_attempt(freeze: Freeze) -> None:
    now = freeze("2026-11-30 12:00")
    tasks.add.enqueue(1, 2)
    late = claim("a")
    again = claim("a", now + leases.LEASE + SECOND)
    assert not leases.finish(late, "late", now)
    assert leases.finish(again, "again", now)
    assert Job.objects.get().result == "again"


def test_a_failed_job_waits_twice_as_long_each_time_and_dies_after_the_last(freeze: Freeze) -> None:
    now = freeze("2026-11-30 12:00")
    tasks.fail.enqueue("x")
    waits = []
    for _ in range(leases.MAX_ATTEMPTS - 1):
        assert leases.fail(claim(at=now), LookupError("x"), now)
        run_at = Job.objects.get().run_at
        waits.append((run_at - now).total_seconds())
        assert leases.claim("b", run_at - SECOND) is None
        now = run_at
    assert waits == [2, 4, 8, 16, 32, 64, 128]
    assert leases.fail(claim(at=now), LookupError("x"), now)
    job = Job.objects.get()
    assert (job.status, job.finished_at, job.error_class) == (Job.Status.DEAD, now, "builtins.LookupError")
    assert leases.claim("b", now + dt.timedelta(days=1)) is None


def test_a_job_that_kills_its_workers_is_given_up(freeze: Freeze) -> None:
    now = freeze("2026-11-30 12:00")
    tasks.add.enqueue(1, 2)
    for _ in range(leases.MAX_ATTEMPTS):
        claim(at=now)
        now += leases.LEASE + SECOND
    assert leases.claim("b", now) is None
    job = Job.objects.get()
    assert job.status == Job.Status.DEAD
    assert job.error == "The worker process ended 8 times while it carried this out."


def test_a_job_in_hand_has_an_owner_and_a_lease() -> None:
    tasks.add.enqueue(1, 2)
    with pytest.raises(IntegrityError), transaction.atomic():
        Job.objects.update(status=Job.Status.RUNNING)


@pytest.mark.django_db(transaction=True)
def test_of_four_who_claim_at_once_one_gets_the_job_two_hundred_times() -> None:
    rounds, rivals = 200, 4
    winners: list[list[str]] = [[] for _ in range(rounds)]
    barrier = threading.Barrier(rivals)

    def compete(name: str) -> None:
        for won in winners:
            if barrier.wait(timeout=10) == 0:
                tasks.add.enqueue(1, 2)
            barrier.wait(timeout=10)
            if leases.claim(name, clock.now()):
                won.append(name)
        connection.close()

    threads = [threading.Thread(target=compete, args=[f"rival {n}"]) for n in range(rivals)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [len(won) for won in winners] == [1] * rounds


@pytest.mark.django_db(transaction=True)
def test_looking_for_work_uses_an_index_however_much_is_done() -> None:
    now = clock.now()
    done = [Job(task="x", status=Job.Status.DONE, run_at=now, enqueued_at=now) for _ in range(3000)]
    Job.objects.bulk_create(done)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE jobs_job")
    plan = leases._due(now).order_by("-priority", "run_at")[:1].explain()
    assert "job_to_do" in plan, plan
