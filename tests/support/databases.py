"""The test database: emptied between transactional tests, and shared with processes that a test starts."""

import os
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest
from django.conf import settings
from django.db import connection


@pytest.fixture(scope="session", autouse=True)
def _flush_empties_everything() -> Iterator[None]:
    """Let Django's flush after a transactional test empty append-only tables and the cache too.

    Triggers refuse a DELETE on append-only tables, and SQLite has no TRUNCATE: they are taken away and put back
    around the flush. The cache table belongs to no model, so that flush would leave it, and with it the counts of
    failed sign-ins.
    """
    operations = type(connection.ops)
    original = operations.execute_sql_flush

    def flush(self: Any, sql_list: list[str]) -> None:
        triggers = _sqlite_triggers()
        drop = [f'DROP TRIGGER "{name}"' for name in triggers]
        original(self, [*drop, *sql_list, "DELETE FROM cache", *triggers.values()])

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(operations, "execute_sql_flush", flush)
        yield


def _sqlite_triggers() -> dict[str, str]:
    """The name of each trigger and the statement that makes it; none on PostgreSQL, which truncates."""
    if connection.vendor != "sqlite":
        return {}
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        return dict(cursor.fetchall())


@pytest.fixture
def process_environment(transactional_db: None) -> dict[str, str]:
    """The environment for a process that a test starts, so that it works on this test's database.

    `subprocess.Popen([sys.executable, "-m", "django", "work"], env=process_environment)`.
    """
    return {
        **os.environ,
        "PYTHONPATH": str(settings.ROOT),
        "DJANGO_SETTINGS_MODULE": "kis.config.settings_test",
        "KIS_DATABASE_URL": _database_url(),
    }


def _database_url() -> str:
    parts = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite://{parts['NAME']}"
    login = quote(parts["USER"]) + (":" + quote(parts["PASSWORD"]) if parts["PASSWORD"] else "")
    return f"postgresql://{login}@:{parts['PORT'] or 5432}/{parts['NAME']}?host={quote(parts['HOST'])}"
