"""What the worker process does for users."""

from __future__ import annotations

import datetime as dt

from django_tasks import task

from kis.accounts import operations


@task()
def send_reset_link(email: str, asked_at: str) -> None:
    """Answer "forgot my password", asked at an ISO moment.

    In the background, so that the page answers as fast for an unknown address as for a known one.
    """
    operations.request_reset(email, at=dt.datetime.fromisoformat(asked_at))


@task()
def renew_link(token_hash: str, asked_at: str) -> None:
    """Send a new link in place of a dead one."""
    operations.renew(token_hash, at=dt.datetime.fromisoformat(asked_at))
