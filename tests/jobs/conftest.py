"""Jobs are tested without the product's own returning work in between."""

import pytest

from kis.jobs import schedule


@pytest.fixture(autouse=True)
def _empty_schedule(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(schedule, "_entries", {})
