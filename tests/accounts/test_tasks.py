"""What the worker process does for users, enqueued and carried out as in the product."""

import datetime as dt

import pytest

from kis.accounts import operations, tasks
from kis.accounts.models import OneTimeLink
from kis.core import clock
from kis.jobs import leases
from kis.jobs.models import Job
from kis.jobs.worker import carry_out
from kis.post.models import OutboxMail
from tests.accounts import users

pytestmark = pytest.mark.django_db
ASKED = users.NOON + dt.timedelta(days=3)


def test_a_reset_link_lasts_from_the_moment_it_was_asked_for() -> None:
    jan = users.activated(users.jan())
    tasks.send_reset_link.enqueue(jan.email, ASKED.isoformat())
    _carry_out_all()
    link = OneTimeLink.objects.get(purpose=OneTimeLink.Purpose.RESET)
    assert (link.created_at, link.expires_at) == (ASKED, ASKED + operations.RESET_LASTS)


def test_a_task_that_is_carried_out_twice_mails_once() -> None:
    jan = users.activated(users.jan())
    for _ in range(2):
        tasks.send_reset_link.enqueue(jan.email, ASKED.isoformat())
    _carry_out_all()
    assert OutboxMail.objects.filter(kind="password_reset").count() == 1


def test_a_dead_link_is_renewed() -> None:
    token = users.invited(users.jan())
    tasks.renew_link.enqueue(operations.hash_of(token), ASKED.isoformat())
    _carry_out_all()
    assert OneTimeLink.objects.usable(ASKED).get().created_at == ASKED


def test_the_queue_never_holds_a_token() -> None:
    token = users.invited(users.jan())
    tasks.renew_link.enqueue(operations.hash_of(token), ASKED.isoformat())
    assert token not in str(Job.objects.get().args)


def _carry_out_all() -> None:
    while job := leases.claim("this test", clock.now()):
        carry_out(job)
        job.refresh_from_db()
        assert job.status == Job.Status.DONE, job.error
