"""Work that returns: once per occurrence, however many workers look, and once after standing still."""

import datetime as dt
import threading

import pytest
from django.db import connection

from kis.core import clock
from kis.jobs import schedule
from kis.jobs.models import Job
from kis.jobs.worker import Worker
from tests.jobs import sample_tasks as tasks

pytestmark = pytest.mark.django_db
HALF_PAST_SEVEN = 7 * 60 + 30


def amsterdam(words: str) -> dt.datetime:
    return dt.datetime.fromisoformat(words).replace(tzinfo=clock.AMSTERDAM)


def daily(minute: int = HALF_PAST_SEVEN) -> None:
    schedule.every("digest", tasks.attempt, minute=minute, on=lambda _: True)


def on_mondays() -> None:
    schedule.every("week", tasks.attempt, minute=5, on=lambda date: date.isoweekday() == 1)


def keys() -> list[str | None]:
    return list(Job.objects.order_by("key").values_list("key", flat=True))


def test_it_is_not_due_a_minute_early() -> None:
    on_mondays()
    assert schedule.enqueue_due(amsterdam("2026-11-30 00:04")) == 0


def test_it_comes_due_on_the_minute_and_once() -> None:
    daily()
    at = amsterdam("2026-11-30 07:30")
    schedule.enqueue_due(at - dt.timedelta(minutes=1))
    assert keys() == ["digest:2026-11-29"]
    schedule.enqueue_due(at)
    for minutes in range(600):
        schedule.enqueue_due(at + dt.timedelta(minutes=minutes))
    assert keys() == ["digest:2026-11-29", "digest:2026-11-30"]


def test_the_hour_is_the_agencys_in_summer_and_in_winter() -> None:
    daily()
    schedule.enqueue_due(dt.datetime(2026, 7, 1, 5, 30, tzinfo=dt.UTC))
    schedule.enqueue_due(dt.datetime(2026, 12, 1, 6, 29, tzinfo=dt.UTC))
    assert keys() == ["digest:2026-07-01", "digest:2026-11-30"]


def test_after_standing_still_it_is_caught_up_with_once() -> None:
    daily()
    schedule.enqueue_due(amsterdam("2026-11-26 08:00"))
    schedule.enqueue_due(amsterdam("2026-11-30 07:00"))
    assert keys() == ["digest:2026-11-26", "digest:2026-11-29"]


def test_what_was_missed_long_ago_stays_missed() -> None:
    on_mondays()
    schedule.enqueue_due(amsterdam("2026-12-03 23:00"))
    assert keys() == ["week:2026-11-30"]
    Job.objects.all().delete()
    schedule.enqueue_due(amsterdam("2026-12-05 12:00"))
    assert keys() == []


def test_the_worker_keeps_the_schedule() -> None:
    daily()
    Worker().run_once()
    assert Job.objects.get().status == Job.Status.DONE


def test_the_product_clears_its_jobs_away_every_night(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    assert schedule._entries["clear-away-jobs"].minute == 190


@pytest.mark.django_db(transaction=True)
def test_four_workers_at_once_enqueue_each_occurrence_once() -> None:
    daily()
    start, days = amsterdam("2026-01-01 08:00"), 60
    barrier = threading.Barrier(4)

    def look() -> None:
        for day in range(days):
            barrier.wait(timeout=10)
            schedule.enqueue_due(start + dt.timedelta(days=day))
        connection.close()

    threads = [threading.Thread(target=look) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Job.objects.count() == days
