"""The demo mailbox: to follow an invitation without a mail server, and only in demo mode."""

from __future__ import annotations

import re

import pytest
from django.conf import LazySettings
from django.test import Client as Browser

from kis.accounts.operations import invite
from kis.core import clock
from kis.post.models import OutboxMail
from kis.staffing.actor import SYSTEM
from tests.support import people

pytestmark = pytest.mark.django_db


@pytest.fixture
def mail(settings: LazySettings) -> OutboxMail:
    settings.DEMO = True
    invite(people.ana().user, by=SYSTEM, at=clock.now())
    return OutboxMail.objects.get()


def test_a_visitor_follows_an_invitation_from_the_mailbox_to_its_page(client: Browser, mail: OutboxMail) -> None:
    mailbox = client.get("/demo/mail/").content.decode()
    assert "ana@worker.example" in mailbox
    assert f'href="/demo/mail/{mail.pk}/"' in mailbox
    page = client.get(f"/demo/mail/{mail.pk}/").content.decode()
    link = re.search(r'href="[^"]*(/account/activate/[^"]+)"', page)
    assert link
    assert client.get(link[1], follow=True).status_code == 200


def test_the_newest_mail_comes_first(client: Browser, mail: OutboxMail) -> None:
    invite(people.bram().user, by=SYSTEM, at=clock.now())
    mailbox = client.get("/demo/mail/").content.decode()
    assert mailbox.index("bram@worker.example") < mailbox.index("ana@worker.example")


def test_the_html_of_a_mail_is_a_page_that_may_run_nothing(client: Browser, mail: OutboxMail) -> None:
    response = client.get(f"/demo/mail/{mail.pk}/html/")
    assert response.content.decode() == mail.html
    policy = response["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "sandbox" in policy
    assert "allow-scripts" not in policy


@pytest.mark.parametrize("path", ["", "{pk}/", "{pk}/html/"])
def test_without_demo_mode_there_is_no_mailbox(
    client: Browser, mail: OutboxMail, settings: LazySettings, path: str
) -> None:
    settings.DEMO = False
    assert client.get("/demo/mail/" + path.format(pk=mail.pk)).status_code == 404
