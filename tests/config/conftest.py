"""A portal of its own for a test: an empty database, a data folder, a free port."""

import os
import socket
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from django.db import connection


@pytest.fixture
def own_portal(tmp_path: Path) -> Iterator[dict[str, str]]:
    """The environment of a portal that has never run, on the kind of database that the tests run on."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(("KIS_", "DJANGO_"))}
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    portal = {
        **inherited,
        "PYTHONPATH": str(settings.ROOT),
        "DJANGO_SETTINGS_MODULE": "kis.config.settings",
        "KIS_DATA_DIR": str(tmp_path / "data"),
        "PORT": str(port),
    }
    if connection.vendor != "postgresql":
        yield portal
        return
    name = f"fresh_{port}"
    parts = connection.settings_dict
    login = f"host={parts['HOST']} user={parts['USER']} dbname=postgres"
    with psycopg.connect(login, password=parts["PASSWORD"], autocommit=True) as server:
        server.execute(f'CREATE DATABASE "{name}"')
        yield {**portal, "KIS_DATABASE_URL": f"postgresql://{parts['USER']}@/{name}?host={parts['HOST']}"}
        server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
