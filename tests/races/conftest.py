"""Rivals for the races of this folder."""

from collections.abc import Iterator

import pytest

from tests.races.rivals import Rivals


@pytest.fixture
def rivals(process_environment: dict[str, str]) -> Iterator[Rivals]:
    """Three rivals, who wait."""
    started = Rivals(3, process_environment)
    yield started
    started.stop()
