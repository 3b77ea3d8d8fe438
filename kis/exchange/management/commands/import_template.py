"""`bin/manage import_template`: the files to fill in for an import."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from kis.exchange.import_template import write_template


class Command(BaseCommand):
    help = "Writes a workbook and CSV files to fill in for import_people (docs/import.md)."
    requires_system_checks = []  # it needs no database

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        for path in write_template(options["folder"]):
            self.stdout.write(str(path))
