"""A small demo: two weeks and the present one, on a Tuesday after the payroll run; made once for a file of tests."""

import datetime as dt
from collections.abc import Iterator

import pytest
from django.db import transaction
from pytest_django.plugin import DjangoDbBlocker

from kis.core import clock
from kis.demo import loading

NOW = clock.at(dt.date(2026, 11, 24), 12 * 60)


@pytest.fixture(scope="module")
def _demo_of_the_file(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    with django_db_blocker.unblock(), transaction.atomic():
        loading.load(NOW, weeks=2)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def demo(_demo_of_the_file: None, db: None) -> None:
    """Within the transaction of its own that `db` gives, every test has the demo as it was loaded."""
