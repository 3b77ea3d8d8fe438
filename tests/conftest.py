"""What every test may lean on; the fixtures themselves live in tests/support, one subject a file.

| fixture | for |
|---|---|
| `freeze` | stopping the product's clock |
| `same_queries` | a list page costs the same for 3 rows as for 30 |
| `process_environment` | a process of its own on this test's database |
| `start_worker` | a real worker process on this test's database |
| `page`, `new_context`, `opened`, `console`, `accessible` | a real browser |
| `shared_standards` | the official schemas, where they lie beside the project |
"""

import contextlib
import importlib.util
import os
from pathlib import Path

import hypothesis
import pytest

from tests.support import postgres

_BROWSER = "browser" if importlib.util.find_spec("pytest_playwright") else "no_browser"
pytest_plugins = [
    f"tests.support.{name}" for name in ("databases", "workers", "time", "queries", "standards", _BROWSER)
]

# A busy machine is slow, not wrong.
hypothesis.settings.register_profile("kis", deadline=None)
hypothesis.settings.load_profile("kis")

_running = contextlib.ExitStack()


def pytest_configure(config: pytest.Config) -> None:
    """Start the throw-away PostgreSQL that the settings name; the workers of a parallel run share their master's."""
    folder = os.environ.get("KIS_TEST_POSTGRES_DIR")
    if folder and not hasattr(config, "workerinput"):
        _running.enter_context(postgres.server(Path(folder)))


def pytest_unconfigure() -> None:
    _running.close()
