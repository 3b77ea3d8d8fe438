"""`bin/manage check_working_time`: workers as JSON lines in, findings out, to hold the checks against other figures."""

import gc
import sys
from typing import Any

from django.core.management.base import BaseCommand

from kis.timesheets.working_time import jsonlines


class Command(BaseCommand):
    help = (
        "Reads workers' shifts as JSON lines on standard input, prints findings as JSON lines (docs/working-time.md)."
    )
    requires_system_checks = []  # it needs neither database nor settings, and should start at once

    def handle(self, *args: Any, **options: Any) -> None:
        gc.freeze()  # what is loaded by now stays: nothing in it is worth looking through again and again
        for answer in jsonlines.checked(sys.stdin):
            self.stdout.write(answer)
