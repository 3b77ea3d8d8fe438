"""`bin/manage load_demo`: an agency to look around in."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from kis.core import clock
from kis.demo.loading import NotEmpty, load


class Command(BaseCommand):
    help = "Fills an empty database with a lifelike agency: a dozen clients, sixty workers, half a year of weeks."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            load(clock.now())
        except NotEmpty as error:
            raise CommandError("There is data already; the demo only goes into an empty database.") from error
