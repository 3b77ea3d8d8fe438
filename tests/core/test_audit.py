"""The audit log."""

import datetime as dt

import pytest

from kis.core import audit
from kis.core.models import AuditEntry

NOON = dt.datetime(2026, 11, 30, 11, tzinfo=dt.UTC)


@pytest.mark.django_db
def test_an_act_is_written_down_with_who_did_it() -> None:
    audit.record(
        actor_id=5, actor_name="Esra Yilmaz", party="agency", act="invite",
        subject_type="user", subject_id="7", detail={"language": "nl"}, at=NOON,
    )  # fmt: skip
    entry = AuditEntry.objects.get()
    assert (entry.actor_id, entry.actor_name, entry.party, entry.at) == (5, "Esra Yilmaz", "agency", NOON)
    assert (entry.act, entry.subject_type, entry.subject_id, entry.detail) == (
        "invite",
        "user",
        "7",
        {"language": "nl"},
    )
    assert str(entry) == "2026-11-30 11:00 Esra Yilmaz invite user 7"


@pytest.mark.django_db
def test_an_entry_without_an_actor_is_an_error() -> None:
    with pytest.raises(audit.NobodyActed):
        audit.record(
            actor_id=None, actor_name="", party="agency", act="invite",
            subject_type="user", subject_id="7", detail={}, at=NOON,
        )  # fmt: skip
    assert not AuditEntry.objects.exists()
