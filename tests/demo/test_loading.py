"""The demo, at any moment of any week."""

from __future__ import annotations

import pytest
from django.contrib.auth import authenticate
from django.test import RequestFactory

from kis.accounts.models import User
from kis.core import clock
from kis.core.weeks import Week
from kis.demo import cast, loading
from kis.mailbox.models import unread_count
from kis.post.models import OutboxMail
from kis.staffing.actor import actor_of
from kis.timesheets.models import Timesheet
from kis.timesheets.workflow import PHASES
from tests.support.time import Freeze

pytestmark = pytest.mark.django_db

MOMENTS = (
    "2026-11-24 12:00",  # a Tuesday, after the payroll run
    "2026-11-23 00:10",  # the very start of a week
    "2026-11-22 23:50",  # the very end of one
    "2026-10-26 09:00",  # the day after the clock went back
    "2027-01-03 15:00",  # the first ISO week is still to come
    "2026-04-06 11:00",  # Easter Monday: the deadline has moved
)


@pytest.mark.parametrize("moment", MOMENTS)
def test_the_client_sees_the_picture_of_the_guide(freeze: Freeze, moment: str) -> None:
    now = freeze(moment)
    loading.load(now, weeks=1)
    actor = actor_of(User.objects.get(email=cast.CLIENT_LOG_IN))
    assert actor
    last = Timesheet.objects.visible_to(actor).of_week(Week.of(clock.today()).previous)
    assert [last.in_phase(phase).count() for phase in PHASES] == [7, 1, 1]


def test_nothing_in_the_demo_lies_in_the_future(freeze: Freeze) -> None:
    now = freeze(MOMENTS[0])
    loading.load(now, weeks=2)
    assert not Timesheet.objects.filter(steps__at__gt=now).exists()
    assert not OutboxMail.objects.filter(created_at__gt=now).exists()


def test_no_mail_of_the_demo_waits_to_be_delivered(freeze: Freeze) -> None:
    loading.load(freeze(MOMENTS[0]), weeks=2)
    assert set(OutboxMail.objects.values_list("state", flat=True)) == {"sent"}
    assert {"invitation", "refusal", "digest", "worker_reminder", "message_notice"} <= set(
        OutboxMail.objects.values_list("kind", flat=True)
    )


def test_the_three_log_ins_open_the_door_and_have_a_message(freeze: Freeze) -> None:
    loading.load(freeze(MOMENTS[0]), weeks=1)
    request = RequestFactory().post("/")
    for email in (cast.CLIENT_LOG_IN, cast.WORKER_LOG_IN, cast.AGENCY_LOG_IN):
        user = authenticate(request, username=email, password=cast.PASSWORD)
        actor = actor_of(user)
        assert actor
        assert unread_count(actor) > 0


def test_the_demo_is_the_same_each_time(freeze: Freeze) -> None:
    loading.load(freeze(MOMENTS[0]), weeks=1)
    sheet = Timesheet.objects.of_week(Week(2026, 47)).get(placement__number="P3008")
    assert (sheet.state, sheet.minutes) == ("submitted", 2490)


def test_a_demo_has_a_week_behind_it(freeze: Freeze) -> None:
    with pytest.raises(ValueError, match="at least one week"):
        loading.load(freeze(MOMENTS[0]), weeks=0)
    assert not User.objects.exists()


def test_a_demo_never_goes_on_top_of_data(freeze: Freeze) -> None:
    User.objects.create(email="someone@real.example", name="Someone")
    with pytest.raises(loading.NotEmpty):
        loading.load(freeze(MOMENTS[0]), weeks=1)
