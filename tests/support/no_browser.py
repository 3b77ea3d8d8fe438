"""Stands in for the browser where its packages are not installed: its tests are skipped with a clear line."""

from typing import NoReturn

import pytest

from tests.support.requirements import missing

WHY = "its packages are not installed (requirements-browser.txt)"


@pytest.fixture
def new_context() -> NoReturn:
    missing("browser", WHY)


@pytest.fixture
def page() -> NoReturn:
    missing("browser", WHY)
