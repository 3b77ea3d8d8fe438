"""`bin/manage start_agency`: the settings and the first back-office user of a real agency."""

from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from kis.accounts import operations as accounts
from kis.core import clock
from kis.staffing import operations
from kis.staffing.actor import SYSTEM
from kis.staffing.models import AgencySettings, AgencyUser


class Command(BaseCommand):
    help = "Set up a real agency: its name and helpdesk, and the first colleague, who is invited by e-mail."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--name", required=True, help="name of the agency, as every page shows it")
        parser.add_argument("--helpdesk", default="", help="telephone number of the helpdesk")
        parser.add_argument("--user-name", required=True, help="name of the first back-office colleague")
        parser.add_argument("--email", required=True, help="the colleague's e-mail address, in its exact case")
        parser.add_argument("--language", default="nl", choices=["nl", "en"], help="the colleague's language")

    def handle(self, *args: Any, **options: Any) -> None:
        if AgencySettings.objects.exists():
            raise CommandError("There is an agency already; its settings are changed on its pages.")
        now = clock.now()
        try:
            with transaction.atomic():
                operations.configure_agency(by=SYSTEM, at=now, name=options["name"], helpdesk_phone=options["helpdesk"])
                colleague = operations.add_agency_user(
                    email=options["email"], name=options["user_name"], language=options["language"],
                    role=AgencyUser.Role.BACK_OFFICE, by=SYSTEM, at=now,
                )  # fmt: skip
                accounts.invite(colleague.user, by=SYSTEM, at=now)
        except ValidationError as error:
            raise CommandError("\n".join(error.messages)) from error
        self.stdout.write(f"{options['name']} is set up. An invitation for {options['email']} is in the outbox;")
        self.stdout.write("the worker process mails it as soon as it runs. The link works for 48 hours, once.")
