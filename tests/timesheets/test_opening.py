import datetime as dt

import pytest

from kis.core import clock
from kis.core.weeks import Week
from kis.timesheets import opening
from kis.timesheets.models import Timesheet
from kis.timesheets.workflow import State
from tests.support import people, walk

pytestmark = pytest.mark.django_db
WEEK = people.WEEK
AT = clock.at(WEEK.monday, 5)


def test_every_active_job_has_a_timesheet_once_the_week_is_open() -> None:
    people.placement(people.ana())
    people.placement(people.bram(), start=WEEK.sunday)
    people.placement(people.many_workers(1)[0], start=people.START, end=WEEK.monday - dt.timedelta(days=1))
    assert opening.open_week(WEEK, at=AT) == 2
    assert opening.open_week(WEEK, at=AT) == 0
    assert Timesheet.objects.of_week(WEEK).count() == 2


def test_a_new_job_opens_all_weeks_until_now() -> None:
    job = people.placement(people.ana(), start=dt.date(2026, 11, 4))
    opening.open_placement(job, at=AT)
    weeks = sorted(sheet.week for sheet in Timesheet.objects.all())
    assert weeks == [Week(2026, 45), Week(2026, 46), Week(2026, 47), WEEK]


def test_closing_a_job_leaves_what_was_touched() -> None:
    sheet = people.sheet(people.ana())
    walk.to(sheet, State.SUBMITTED)
    untouched = people.sheet(people.ana(), WEEK.next)
    job = sheet.placement
    job.end = WEEK.monday - dt.timedelta(days=1)
    job.save()
    opening.close_placement(job)
    assert Timesheet.objects.filter(pk=sheet.pk).exists()
    assert not Timesheet.objects.filter(pk=untouched.pk).exists()
