import pytest
from django.contrib.auth.models import AnonymousUser

from kis.staffing.actor import actor_of
from kis.staffing.models import Client, Placement, Worker
from kis.staffing.parties import Party
from tests.support import people

pytestmark = pytest.mark.django_db


def test_each_account_belongs_to_one_party() -> None:
    assert people.actor(people.ana()).party == Party.WORKER
    assert people.actor(people.carla()).party == Party.CLIENT
    assert people.actor(people.esra()).party == Party.AGENCY


def test_nobody_is_nobody() -> None:
    assert actor_of(AnonymousUser()) is None


def test_only_the_back_office_is_back_office() -> None:
    assert people.actor(people.esra()).agency_user_is_back_office
    assert not people.actor(people.finn()).agency_user_is_back_office


def test_a_contact_knows_only_the_own_client_and_its_workers() -> None:
    people.placement(people.ana())
    people.placement(people.bram(), people.transport())
    carla = people.actor(people.carla())
    assert [client.name for client in Client.objects.visible_to(carla)] == ["Bakkerij De Groot"]
    assert [str(worker) for worker in Worker.objects.visible_to(carla)] == ["Ana Kowalska"]
    assert Placement.objects.visible_to(carla).count() == 1


def test_a_worker_knows_only_the_own_jobs() -> None:
    people.placement(people.ana())
    people.placement(people.bram())
    assert [job.worker for job in Placement.objects.visible_to(people.actor(people.ana()))] == [people.ana()]
