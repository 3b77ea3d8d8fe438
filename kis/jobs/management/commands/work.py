"""`bin/manage work`: the worker process. It carries out jobs, keeps the schedule and delivers mail."""

import signal
from types import FrameType
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils.module_loading import import_string

from kis.jobs.worker import Worker


class Command(BaseCommand):
    help = "Carry out background jobs, keep the schedule and deliver mail, until told to stop."
    requires_system_checks = []  # they would load every page, which a worker has no use for

    def handle(self, *args: Any, **options: Any) -> None:
        worker = Worker(chores=[import_string(path) for path in settings.WORKER_CHORES])

        def stop(_signal: int, _frame: FrameType | None) -> None:
            worker.stopping.set()

        signal.signal(signal.SIGTERM, stop)
        signal.signal(signal.SIGINT, stop)
        worker.run()
