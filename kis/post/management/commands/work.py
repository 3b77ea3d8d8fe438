"""`bin/manage work`: the worker process. It carries out jobs, keeps the schedule and delivers the outbox."""

import signal
from types import FrameType
from typing import Any

from django.core.management.base import BaseCommand

from kis.jobs.worker import Worker
from kis.post.delivery import deliver


class Command(BaseCommand):
    help = "Carry out background jobs, keep the schedule and deliver mail, until told to stop."

    def handle(self, *args: Any, **options: Any) -> None:
        worker = Worker(also=(deliver,))

        def stop(_signal: int, _frame: FrameType | None) -> None:
            worker.stopping.set()

        signal.signal(signal.SIGTERM, stop)
        signal.signal(signal.SIGINT, stop)
        worker.run()
