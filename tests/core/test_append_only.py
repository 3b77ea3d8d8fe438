"""Tables that only grow: Python refuses a change, and the database refuses what goes past Python."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, migrations, transaction
from django.db.migrations.state import ProjectState

from kis.core import audit
from kis.core.append_only import (
    AppendOnly,
    AppendOnlyModel,
    KeepAppendOnly,
    RenewAppendOnly,
    guard,
    guarded_tables,
    release,
)
from kis.core.models import AuditEntry

pytestmark = pytest.mark.django_db
NOON = dt.datetime(2026, 11, 30, 11, tzinfo=dt.UTC)
TABLE = "core_auditentry"
UPDATE = "UPDATE core_auditentry SET act = 'other'"
DELETE = "DELETE FROM core_auditentry"


def entry(act: str = "invite") -> AuditEntry:
    return audit.record(
        actor_id=5, actor_name="Esra Yilmaz", party="agency", act=act,
        subject_type="user", subject_id="7", detail={}, at=NOON,
    )  # fmt: skip


def sql(statement: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def _change_and_save(one: AuditEntry) -> None:
    one.act = "other"
    one.save()


@pytest.mark.parametrize(
    "change",
    [
        _change_and_save,
        lambda one: one.delete(),
        lambda one: AuditEntry.objects.update(act="other"),
        lambda one: AuditEntry.objects.filter(pk=one.pk).delete(),
        lambda one: AuditEntry.objects.bulk_update([one], ["act"]),
        lambda one: AuditEntry.objects.update_or_create(pk=one.pk, defaults={"act": "other"}),
    ],
)
def test_python_refuses_to_change_what_was_written(change: Callable[[AuditEntry], object]) -> None:
    one = entry()
    with pytest.raises(AppendOnly):
        change(AuditEntry.objects.get())
    assert AuditEntry.objects.get().act == one.act


@pytest.mark.parametrize("statement", [UPDATE, DELETE])
def test_the_database_refuses_it_too(statement: str) -> None:
    entry()
    with pytest.raises(DatabaseError, match=f"{TABLE} only grows"):
        sql(statement)
    assert AuditEntry.objects.get().act == "invite"


def test_a_copy_under_the_same_key_does_not_write_over_the_first() -> None:
    one = entry()
    copy = AuditEntry(**{field.attname: getattr(one, field.attname) for field in AuditEntry._meta.concrete_fields})
    with pytest.raises(DatabaseError), transaction.atomic():
        AuditEntry.objects.bulk_create([copy], update_conflicts=True, unique_fields=["id"], update_fields=["act"])


def test_it_grows() -> None:
    entry()
    AuditEntry.objects.bulk_create([AuditEntry(at=NOON, actor_name="KIS Online", party="system", act="open")])
    assert AuditEntry.objects.count() == 2


def test_every_append_only_model_is_guarded_by_the_database_after_all_migrations() -> None:
    """SQLite drops the triggers of a table that a migration rebuilds: such a migration must add them again."""
    models = [model for model in apps.get_models() if issubclass(model, AppendOnlyModel)]
    assert AuditEntry in models
    assert set(guarded_tables(connection)) >= {model._meta.db_table for model in models}


def test_the_guard_can_be_taken_away_and_put_back() -> None:
    entry()
    release(connection, [TABLE])
    assert TABLE not in guarded_tables(connection)
    sql(UPDATE)
    guard(connection, [TABLE])
    with pytest.raises(DatabaseError):
        sql(DELETE)
    assert AuditEntry.objects.get().act == "other"


@pytest.mark.django_db(transaction=True)
def test_the_migration_goes_both_ways() -> None:
    class Back(migrations.Migration):
        operations = [KeepAppendOnly(TABLE)]

    state = ProjectState()
    with connection.schema_editor() as editor:
        Back("x", "core").unapply(state, editor)
    assert TABLE not in guarded_tables(connection)
    with connection.schema_editor() as editor:
        Back("x", "core").apply(state, editor)
    assert TABLE in guarded_tables(connection)


@pytest.mark.django_db(transaction=True)
def test_a_rebuilt_table_gets_its_guard_back_whichever_way_the_migration_goes() -> None:
    class Rebuild(migrations.Migration):
        operations = [RenewAppendOnly(TABLE)]

    state = ProjectState()
    for go in (Rebuild("x", "core").apply, Rebuild("x", "core").unapply):
        for lost in ([TABLE], []):
            release(connection, lost)
            with connection.schema_editor() as editor:
                go(state, editor)
            assert TABLE in guarded_tables(connection)
