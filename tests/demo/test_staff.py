"""Everybody of the demo is at work."""

from __future__ import annotations

import pytest
from django.contrib.auth.hashers import check_password

from kis.accounts.models import User
from kis.demo import cast
from kis.staffing.models import AgencySettings, AgencyUser, Client, ClientContact, Placement, Worker

pytestmark = pytest.mark.usefixtures("demo")


def test_the_agency_is_the_one_of_the_guide() -> None:
    agency = AgencySettings.objects.get()
    assert (agency.name, agency.helpdesk_phone) == ("Keser Interim Solutions", "088-6488999")
    assert agency.links.filter(label="ABU-cao", url__contains="keser.nl/links").exists()
    assert AgencyUser.objects.get(user__email=cast.AGENCY_LOG_IN).role == AgencyUser.Role.BACK_OFFICE


def test_all_clients_have_somebody_who_decides() -> None:
    assert Client.objects.count() == len(cast.COMPANIES)
    for client in Client.objects.all():
        assert ClientContact.objects.filter(client=client, departments=None).exists()


def test_the_worker_of_the_demo_has_two_jobs_at_two_clients() -> None:
    mine = Placement.objects.filter(worker__user__email=cast.WORKER_LOG_IN)
    assert len(set(mine.values_list("client__name", flat=True))) == 2


def test_everybody_but_the_newcomer_can_log_in() -> None:
    users = {user.email: user for user in User.objects.all()}
    outside = [email for email, user in users.items() if not user.has_usable_password()]
    assert outside == list(Worker.objects.filter(user__name=cast.WORKERS[-1][0]).values_list("user__email", flat=True))
    assert check_password(cast.PASSWORD, users[cast.WORKER_LOG_IN].password)
