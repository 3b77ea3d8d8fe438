"""`bin/manage start_agency`: the first settings and the first colleague of a real agency."""

import re
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils.translation import gettext as _

from kis.accounts.operations import invite
from kis.core import clock
from kis.post.models import OutboxMail
from kis.staffing import operations
from kis.staffing.actor import SYSTEM
from kis.staffing.models import AgencySettings, AgencyUser


class Command(BaseCommand):
    help = "Sets up the agency and its first back-office user, who gets a link to choose a password."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--name", required=True, help="of the agency, as everybody sees it")
        parser.add_argument("--helpdesk", default="", help="telephone number of the helpdesk")
        parser.add_argument("--email", required=True, help="of the first back-office user; it becomes the user name")
        parser.add_argument("--user-name", required=True, help="how that user is called")
        parser.add_argument("--language", choices=["nl", "en"], default="nl")

    def handle(self, *args: Any, **options: Any) -> None:
        call_command("migrate", verbosity=0)  # this is the first command of a new portal
        if AgencySettings.objects.exists():
            raise CommandError(_("There is an agency already. Colleagues are added on its own pages."))
        try:
            mail = self._start(options)
        except ValidationError as error:
            fields = [f"{name}: {' '.join(messages)}" for name, messages in error.message_dict.items()]
            raise CommandError("\n".join(fields)) from error
        self.stdout.write(_("%(name)s is ready.") % {"name": options["name"]})
        if found := re.search(r"\S+/account/activate/\S+", mail.text):
            self.stdout.write(_("Choose a password within 48 hours (the same link is on its way by mail):"))
            self.stdout.write(found[0])

    @staticmethod
    @transaction.atomic
    def _start(options: dict[str, Any]) -> OutboxMail:
        at, language = clock.now(), options["language"]
        operations.configure_agency(by=SYSTEM, at=at, name=options["name"], helpdesk_phone=options["helpdesk"])
        person = operations.add_agency_user(
            email=options["email"], name=options["user_name"], role=AgencyUser.Role.BACK_OFFICE, language=language,
            by=SYSTEM, at=at,
        )  # fmt: skip
        return OutboxMail.objects.get(key=invite(person.user, by=SYSTEM, at=at).mail_key)
