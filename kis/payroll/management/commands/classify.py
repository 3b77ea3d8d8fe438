"""`bin/manage classify`: weeks as JSON lines in, classified lines out, to hold the engine against other figures."""

import sys
from typing import Any

from django.core.management.base import BaseCommand

from kis.payroll.rules import jsonlines


class Command(BaseCommand):
    help = "Reads weeks as JSON lines on standard input and prints their pay lines as JSON lines (docs/classify.md)."
    requires_system_checks = []  # it needs neither database nor settings, and should start at once

    def handle(self, *args: Any, **options: Any) -> None:
        for answer in jsonlines.classified(sys.stdin):
            self.stdout.write(answer)
