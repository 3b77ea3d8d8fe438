"""Counting queries: a list costs the same for 3 rows as for 30."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

SameQueries = Callable[[Callable[[int], object], Callable[[], object]], int]


@pytest.fixture
def same_queries(db: None) -> SameQueries:
    """`same_queries(add, look)`: `add(n)` makes n more rows, `look()` opens the page; 3 and 30 rows cost alike.

    Returns the number of queries. A first look is not counted: it may fill caches.
    """

    def compare(add: Callable[[int], object], look: Callable[[], object]) -> int:
        add(3)
        look()
        few = _queries(look)
        add(27)
        many = _queries(look)
        extra = [sql for sql in many if many.count(sql) > few.count(sql)]
        assert len(many) == len(few), f"{len(few)} queries for 3 rows, {len(many)} for 30; more often:\n" + "\n".join(
            sorted(set(extra))
        )
        return len(many)

    return compare


def _queries(look: Callable[[], object]) -> list[str]:
    with CaptureQueriesContext(connection) as captured:
        look()
    return [query["sql"] for query in captured.captured_queries]
