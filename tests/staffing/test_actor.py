import pytest
from django.contrib.auth.models import AnonymousUser
from pytest_django import DjangoAssertNumQueries

from kis.accounts.models import User
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


def test_who_acts_costs_one_query_and_a_contact_one_more_for_the_departments(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for person, queries in ((people.ana(), 1), (people.carla(), 2), (people.esra(), 1)):
        user = User.objects.get(pk=person.user_id)
        with django_assert_num_queries(queries):
            actor = actor_of(user)
            assert actor
            assert actor.contact is None or actor.contact.client.name == "Bakkerij De Groot"
