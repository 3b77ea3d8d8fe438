"""Tables that only grow: history, submissions, pay lines. Python refuses a change, and so does the database."""

from __future__ import annotations

from typing import Any, NoReturn

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState


class AppendOnly(Exception):
    """Somebody tried to change or delete a row of a table that only grows."""


class AppendOnlyQuerySet(models.QuerySet[Any]):
    def update(self, **_: Any) -> NoReturn:
        raise AppendOnly(self.model.__name__)

    def delete(self) -> NoReturn:
        raise AppendOnly(self.model.__name__)

    def bulk_update(self, *_: Any, **__: Any) -> NoReturn:
        raise AppendOnly(self.model.__name__)


class AppendOnlyModel(models.Model):
    """A row that is written once. Its migration adds `KeepAppendOnly(table)`, so that no other way in exists."""

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise AppendOnly(type(self).__name__)
        super().save(*args, **{**kwargs, "force_insert": True})

    def delete(self, *_: Any, **__: Any) -> NoReturn:
        raise AppendOnly(type(self).__name__)


class KeepAppendOnly(Operation):
    """Migration operation: triggers on `table` that refuse UPDATE and DELETE, on SQLite and PostgreSQL."""

    reversible = True
    atomic = True

    def __init__(self, table: str) -> None:
        self.table = table

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        pass  # triggers are no part of the models

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, _from: ProjectState, _to: ProjectState
    ) -> None:
        for statement in _create(schema_editor.connection, self.table):
            schema_editor.execute(statement, None)

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, _from: ProjectState, _to: ProjectState
    ) -> None:
        for statement in _drop(schema_editor.connection, self.table):
            schema_editor.execute(statement, None)

    def describe(self) -> str:
        return f"Refuse changes to rows of {self.table}"


class RenewAppendOnly(KeepAppendOnly):
    """Migration operation: the same triggers once more, after SQLite rebuilt the table and lost them.

    It stands first and last in a migration that changes such a table, so that both directions end with them.
    """

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, _from: ProjectState, _to: ProjectState
    ) -> None:
        super().database_backwards(app_label, schema_editor, _from, _to)
        super().database_forwards(app_label, schema_editor, _from, _to)

    database_backwards = database_forwards


_GUARDED_SQLITE = (
    "SELECT DISTINCT tbl_name FROM sqlite_master "
    "WHERE type = 'trigger' AND name LIKE '%\\_append\\_only\\_%' ESCAPE '\\'"
)
_GUARDED_POSTGRESQL = (
    "SELECT DISTINCT event_object_table FROM information_schema.triggers "
    "WHERE trigger_name LIKE '%\\_append\\_only' ESCAPE '\\'"
)


def guarded_tables(connection: BaseDatabaseWrapper) -> list[str]:
    """The tables that carry the triggers now."""
    query = _GUARDED_SQLITE if connection.vendor == "sqlite" else _GUARDED_POSTGRESQL
    with connection.cursor() as cursor:
        cursor.execute(query)
        return sorted(row[0] for row in cursor.fetchall())


def release(connection: BaseDatabaseWrapper, tables: list[str]) -> None:
    """Take the triggers away: for emptying a test database, or for retention with a reason of its own."""
    _execute(connection, [statement for table in tables for statement in _drop(connection, table)])


def guard(connection: BaseDatabaseWrapper, tables: list[str]) -> None:
    """Put the triggers back."""
    _execute(connection, [statement for table in tables for statement in _create(connection, table)])


def _execute(connection: BaseDatabaseWrapper, statements: list[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def _create(connection: BaseDatabaseWrapper, table: str) -> list[str]:
    if connection.vendor == "sqlite":
        return [
            f'CREATE TRIGGER "{table}_append_only_{event.lower()}" BEFORE {event} ON "{table}" '
            f"BEGIN SELECT RAISE(ABORT, '{table} only grows'); END"
            for event in ("UPDATE", "DELETE")
        ]
    return [
        "CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION '% only grows', TG_TABLE_NAME "
        "USING ERRCODE = 'integrity_constraint_violation'; END $$",
        f'CREATE TRIGGER "{table}_append_only" BEFORE UPDATE OR DELETE ON "{table}" '
        "FOR EACH ROW EXECUTE FUNCTION refuse_change()",
    ]


def _drop(connection: BaseDatabaseWrapper, table: str) -> list[str]:
    if connection.vendor == "sqlite":
        return [f'DROP TRIGGER IF EXISTS "{table}_append_only_{event}"' for event in ("update", "delete")]
    return [f'DROP TRIGGER IF EXISTS "{table}_append_only" ON "{table}"']
