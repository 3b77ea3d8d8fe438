"""One activated person of each party, and how a person logs in by the page."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from django.test import Client
from django.urls import reverse

from kis.accounts.models import User
from kis.staffing import operations as staffing
from kis.staffing.actor import SYSTEM
from tests.accounts import users

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse

    Answer = _MonkeyPatchedWSGIResponse
else:
    Answer = object

LogIn = Callable[..., Answer]


@pytest.fixture
def ana(db: None) -> User:
    """A worker."""
    worker = staffing.add_worker(
        number="1", email="Ana.Kowalska@demo.example", name="Ana Kowalska", by=SYSTEM, at=users.NOON
    )
    return users.activated(worker.user)


@pytest.fixture
def carla(db: None) -> User:
    """A contact of a client."""
    bakery = staffing.add_client(number="1", name="Bakkerij De Groot", by=SYSTEM, at=users.NOON)
    contact = staffing.add_contact(
        client=bakery, email="carla@demo.example", name="Carla de Groot", by=SYSTEM, at=users.NOON
    )
    return users.activated(contact.user)


@pytest.fixture
def esra(db: None) -> User:
    """Back office at the agency."""
    person = staffing.add_agency_user(
        email="esra@demo.example", name="Esra Yilmaz", role="back_office", by=SYSTEM, at=users.NOON
    )
    return users.activated(person.user)


@pytest.fixture
def log_in(client: Client) -> LogIn:
    """`log_in("ana@...", "password", next="/...")` posts the log-in form."""

    def post(email: str, password: str = users.PASSWORD, *, by: Client = client, **more: str) -> Answer:
        return by.post(reverse("home"), {"login": email, "password": password, **more})

    return post
