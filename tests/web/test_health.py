"""`/health`: what watches over the portal learns which part is ill, and nothing else."""

import datetime as dt
from typing import NoReturn

import pytest
from django.db import OperationalError, connection
from django.test import Client

from kis.core import clock
from kis.jobs.models import WorkerBeat

pytestmark = pytest.mark.django_db


def beat(seconds_ago: int) -> None:
    WorkerBeat.objects.create(name=f"w{seconds_ago}", at=clock.now() - dt.timedelta(seconds=seconds_ago))


def test_with_a_database_and_a_living_worker_all_is_well(client: Client) -> None:
    beat(5)
    response = client.get("/health")
    assert response.status_code == 200
    assert response.json() == {"status": "well", "database": "well", "worker": "well"}
    assert "no-store" in response["Cache-Control"]


def test_one_living_worker_among_dead_ones_is_enough(client: Client) -> None:
    beat(3000)
    beat(30)
    assert client.get("/health").status_code == 200


def test_without_a_worker_the_portal_is_ill(client: Client) -> None:
    response = client.get("/health")
    assert response.status_code == 503
    assert response.json() == {"status": "ill", "database": "well", "worker": "ill"}


def test_a_worker_that_is_silent_for_a_minute_is_ill(client: Client) -> None:
    beat(61)
    assert client.get("/health").json()["worker"] == "ill"


def test_without_a_database_it_still_answers_and_tells_no_secret(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_: object) -> NoReturn:
        raise OperationalError('connection to "db.internal" as user "kis" failed')

    beat(5)
    monkeypatch.setattr(connection, "cursor", away)
    response = client.get("/health")
    assert response.status_code == 503
    assert response.json() == {"status": "ill", "database": "ill", "worker": "unknown"}
    assert b"internal" not in response.content


def test_it_can_only_be_asked(client: Client) -> None:
    assert client.post("/health").status_code == 405
