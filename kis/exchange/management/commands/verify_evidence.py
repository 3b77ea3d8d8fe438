"""`bin/manage verify_evidence FILE`: whether an evidence file is whole, and what this portal has stored."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from kis.exchange import pdf
from kis.exchange.evidence import verify, verify_stored


class Command(BaseCommand):
    help = "Checks an evidence file, JSON or PDF, against itself and against what is stored here (docs/evidence.md)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--alone", action="store_true", help="only by itself, without the database")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            content = options["file"].read_bytes()
            is_pdf = content.startswith(b"%PDF-")
            document = json.loads(pdf.enclosed(content) if is_pdf else content.decode())
            problems = list(verify(document))
            if not problems and not options["alone"]:
                problems = list(verify_stored(document))
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            raise CommandError(f"This file cannot be read as evidence: {error}") from error
        if problems:
            raise CommandError("\n".join(problems))
        if is_pdf:
            self.stdout.write("Checked is the file enclosed in this PDF; its pages are not read.")
        self.stdout.write("All of it holds." if options["alone"] else "All of it holds, and is what is stored here.")
