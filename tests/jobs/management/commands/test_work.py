"""`bin/manage work`, the process as it is started in earnest."""

import signal

from kis.core import clock
from kis.jobs.models import Job, WorkerBeat
from kis.post.models import OutboxMail
from tests.jobs import sample_tasks as tasks
from tests.support.workers import StartWorker, until


def test_it_carries_out_jobs_keeps_the_schedule_delivers_mail_and_shows_that_it_lives(
    start_worker: StartWorker,
) -> None:
    job = tasks.add.enqueue(1, 2).id
    now = clock.now()
    mail = OutboxMail.objects.create(
        kind="x", key="x", to="ana@demo.example", message_id="<x@x>", created_at=now, next_try_at=now
    )
    worker = start_worker()
    until(lambda: Job.objects.get(pk=job).result == 3)
    until(lambda: OutboxMail.objects.get(pk=mail.pk).state == OutboxMail.State.SENT)
    until(lambda: Job.objects.filter(key__startswith="clear-away-jobs:").exists())
    assert WorkerBeat.objects.get().at >= now
    worker.send_signal(signal.SIGINT)
    assert worker.wait(timeout=10) == 0
