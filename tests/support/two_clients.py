"""Ana's week at two clients at once: long days at the bakery, evenings at the transport firm. Together too much."""

from __future__ import annotations

from kis.staffing.models import Client, Placement
from kis.timesheets.hours import Break, Day, Hours, Shift
from kis.timesheets.models import Timesheet
from kis.timesheets.workflow import State
from tests.support import people, walk

WORDS_OF_TRANSPORT = ("Visser", "Transport", "Chauffeur", "18:45", "21:40", "2:55", "14:35")
WORDS_OF_BAKERY = ("Groot", "Bakkerij", "Productiemedewerker", "06:50", "18:00", "10:10", "50:50")


def at_bakery() -> Timesheet:
    """Her untouched week there: without a usual week, so that only the law has something to say."""
    return _sheet(people.bakery(), "Productiemedewerker")


def at_transport() -> Timesheet:
    """Her untouched week there."""
    return _sheet(people.transport(), "Chauffeur")


def long_days() -> Hours:
    """Five days from 06:50 to 18:00 with an hour of break: 50:50 hours."""
    return _hours(6 * 60 + 50, 18 * 60, Break(60))


def evenings() -> Hours:
    """Five evenings from 18:45 to 21:40: 14:35 hours."""
    return _hours(18 * 60 + 45, 21 * 60 + 40)


def handed_in() -> tuple[Timesheet, Timesheet]:
    """Both weeks, handed in."""
    bakery = walk.to(at_bakery(), State.SUBMITTED, hours=long_days())
    transport = walk.to(at_transport(), State.SUBMITTED, hours=evenings())
    bakery.refresh_from_db()
    return bakery, transport


def _sheet(client: Client, title: str) -> Timesheet:
    job = Placement.objects.filter(worker=people.ana(), client=client).first()
    return people.sheet(job or people.placement(people.ana(), client, job_title=title, pattern=[]))


def _hours(start: int, end: int, *breaks: Break) -> Hours:
    return Hours(people.WEEK, (Day((Shift(start, end, breaks),)),) * 5 + (Day(),) * 2)
