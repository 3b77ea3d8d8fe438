"""Forgot the password: the same answer for every address, a mail for the exact one only."""

import pytest
from django.test import Client
from django.urls import reverse

from kis.accounts.models import User
from kis.accounts.tasks import send_reset_link
from kis.jobs.models import Job
from kis.post.models import OutboxMail
from tests.accounts import users

pytestmark = pytest.mark.django_db


def _ask(client: Client, email: str) -> tuple[int, str | None]:
    answer = client.post(reverse("account:forgot"), {"email": email})
    return answer.status_code, answer.headers.get("Location")


def test_every_address_gets_the_same_answer_and_costs_the_same_work(client: Client, ana: User) -> None:
    typed = [ana.email, ana.email.lower(), "nobody@demo.example"]
    assert {_ask(client, email) for email in typed} == {(302, reverse("account:link_sent"))}
    assert sorted(job.args[0] for job in Job.objects.all()) == sorted(typed)


def test_only_the_exact_address_gets_a_mail(client: Client, ana: User) -> None:
    for email in [ana.email.lower(), "nobody@demo.example", ana.email]:
        send_reset_link.call(email, users.NOON.isoformat())
    assert [mail.to for mail in OutboxMail.objects.filter(kind="password_reset")] == [ana.email]


def test_the_answer_page_promises_nothing_it_cannot_know(client: Client) -> None:
    assert "Als er een account met dit adres is" in client.get(reverse("account:link_sent")).content.decode()


def test_what_is_no_address_is_said_beside_the_field_and_kept(client: Client) -> None:
    page = client.post(reverse("account:forgot"), {"email": "no address"}).content.decode()
    assert 'aria-invalid="true"' in page
    assert 'value="no address"' in page


def test_asking_again_and_again_is_throttled_alike_for_every_address(client: Client, ana: User) -> None:
    for email in (ana.email, "nobody@demo.example"):
        assert [_ask(client, email)[0] for _ in range(4)] == [302, 302, 302, 429]
