"""The mail that says that there is a message, and never what it says."""

from __future__ import annotations

import pytest

from kis.core import clock
from kis.mailbox import operations
from kis.post.models import OutboxMail
from tests.support import people

pytestmark = pytest.mark.django_db
AT = clock.at(people.WEEK.monday, 10 * 60)


def test_a_notice_names_the_writer_and_the_thread_but_not_what_was_written() -> None:
    by = people.actor(people.esra())
    [thread] = operations.start_threads(
        subject="Rooster van december", body="Kun je zaterdag werken?", to=[people.ana().user], by=by, at=AT
    )
    mail = OutboxMail.objects.get(kind="message_notice")
    assert mail.subject == "Nieuw bericht van Esra Yilmaz"
    assert f"/messages/{thread.pk}/" in mail.text
    for part in (mail.subject, mail.text, mail.html):
        assert "Rooster" not in part
        assert "zaterdag" not in part
