"""A clock that a test can stop."""

import datetime as dt
from collections.abc import Callable

import pytest

from kis.core import clock

Freeze = Callable[[str | dt.datetime], dt.datetime]


@pytest.fixture
def freeze(monkeypatch: pytest.MonkeyPatch) -> Freeze:
    """`freeze("2026-11-30 16:59")` stops the product's clock there, on the Amsterdam clock; again to move it."""

    def stop(moment: str | dt.datetime) -> dt.datetime:
        if isinstance(moment, str):
            moment = dt.datetime.fromisoformat(moment)
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=clock.AMSTERDAM)
        stopped = moment.astimezone(dt.UTC)
        monkeypatch.setattr(clock, "now", lambda: stopped)
        return stopped

    return stop
