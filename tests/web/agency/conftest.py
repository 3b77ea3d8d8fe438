import pytest

from tests.support.time import Freeze


@pytest.fixture(autouse=True)
def _monday_morning(db: None, freeze: Freeze) -> None:
    """Monday 30 November 2026, eight hours before the deadline of week 48."""
    freeze("2026-11-30 09:00")
