"""The audit log: acts that are not steps of a timesheet, such as changing people and settings."""

from __future__ import annotations

import datetime as dt
from typing import Any

from kis.core.models import AuditEntry


class NobodyActed(ValueError):
    """An entry without an actor says nothing."""


def record(
    *,
    actor_id: int | None,
    actor_name: str,
    party: str,
    act: str,
    subject_type: str,
    subject_id: str,
    detail: dict[str, Any],
    at: dt.datetime,
) -> AuditEntry:
    """Write down one act, in the transaction of the act itself. Raises NobodyActed."""
    if not actor_name:
        raise NobodyActed(act)
    return AuditEntry.objects.create(
        actor_id=actor_id, actor_name=actor_name, party=party, act=act,
        subject_type=subject_type, subject_id=subject_id, detail=detail, at=at,
    )  # fmt: skip
