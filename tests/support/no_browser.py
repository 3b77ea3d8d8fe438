"""Stands in for the browser where it cannot run: its tests are skipped with a clear line, or fail if it is required."""

from typing import NoReturn

import pytest

from tests.support import machine


def missing_browser(why: str) -> NoReturn:
    """Skip the test; fail it where KIS_REQUIRE names the browser."""
    if machine.required("browser"):
        pytest.fail(f"a browser is required (KIS_REQUIRE), but {why}", pytrace=False)
    pytest.skip(f"browser: {why}")


@pytest.fixture
def new_context() -> NoReturn:
    missing_browser(str(machine.lacks_browser()))


@pytest.fixture
def page() -> NoReturn:
    missing_browser(str(machine.lacks_browser()))
