"""Fills an empty database with the demo."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.db.models import F

from kis.accounts.models import User
from kis.accounts.operations import invite
from kis.core import clock
from kis.demo import bills, files, papers, staff
from kis.demo.turns import take_turns
from kis.demo.weeks import live
from kis.post.models import OutboxMail
from kis.staffing.models import AgencySettings

MAIL_KEPT = dt.timedelta(days=14)


class NotEmpty(Exception):
    """There is an agency already; a demo never goes on top of real data."""


def load(now: dt.datetime, *, weeks: int = 26) -> None:
    """Make the demo as if `now` were the end of its weeks: all of it, or nothing. Raises NotEmpty.

    At least one week lies behind it: the picture of the guide is of last week.
    """
    if weeks < 1:
        raise ValueError("the demo needs at least one week")
    with transaction.atomic():
        if User.objects.exists() or AgencySettings.objects.exists():
            raise NotEmpty
        people = staff.take_on(clock.local(now).date(), weeks=weeks)
        live(people, now)
        take_turns(people, now)
        papers.write_messages(people, now)
        papers.share_documents(people, now)
        files.hand_over(people, now)
        bills.send(people, now)
        invite(people.newcomer.user, by=people.consultants[0], at=now - dt.timedelta(hours=1))
        _settle_mail(now)


def _settle_mail(now: dt.datetime) -> None:
    """Mails of the past have been sent: none of them ever reaches a mail server. Older ones stay if about a week."""
    OutboxMail.objects.filter(created_at__lt=now - MAIL_KEPT, notices=None).delete()
    OutboxMail.objects.update(state=OutboxMail.State.SENT, sent_at=F("created_at"), attempts=1)
