"""`bin/manage import_people`: clients, contacts, workers and placements from spreadsheets."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from kis.core import clock
from kis.core.weeks import Week
from kis.exchange.import_columns import KINDS
from kis.exchange.import_sheets import ImportRefused
from kis.exchange.imports import CHANGED, NEW, SAME, Report, import_people
from kis.staffing.actor import SYSTEM
from kis.staffing.models import AgencySettings


class Command(BaseCommand):
    help = "Imports clients, departments, contacts, workers and placements from CSV or XLSX (docs/import.md)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("files", nargs="+", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="check everything, keep nothing")
        parser.add_argument("--first-week", type=Week.parse, help="open timesheets from this week on, such as 2026-W48")
        parser.add_argument(
            "--invite", action="store_true", help="mail everybody who is new a link to choose a password"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if not AgencySettings.objects.exists():
            raise CommandError(_("There is no agency yet. First: bin/manage start_agency"))
        try:
            report = import_people(
                options["files"], by=SYSTEM, at=clock.now(), first_week=options["first_week"],
                send_invitations=options["invite"], dry_run=options["dry_run"],
            )  # fmt: skip
        except ImportRefused as refused:
            for problem in refused.problems:
                self.stderr.write(str(problem))
            raise CommandError(_("Nothing was imported. Wrong: %(n)s.") % {"n": len(refused.problems)}) from refused
        self._tell(report)
        if options["dry_run"]:
            self.stdout.write(_("A trial: nothing was kept."))

    def _tell(self, report: Report) -> None:
        for name, counts in report.counts.items():
            figures = {"new": counts[NEW], "changed": counts[CHANGED], "same": counts[SAME]}
            words = _("%(new)s new, %(changed)s changed, %(same)s the same") % figures
            self.stdout.write(f"{KINDS[name].title}: {words}")
        self.stdout.write(_("Timesheets opened: %(n)s") % {"n": report.opened})
        if report.invited:
            self.stdout.write(_("Invitations sent: %(n)s") % {"n": report.invited})
