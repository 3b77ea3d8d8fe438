"""`bin/manage start_agency`: from an empty database to the first log-in."""

from __future__ import annotations

import io
import re

import pytest
from django.core.management import CommandError, call_command

from kis.accounts.models import User
from kis.accounts.operations import activate
from kis.core import clock
from kis.post.models import OutboxMail
from kis.staffing.actor import actor_of
from kis.staffing.models import AgencySettings

pytestmark = pytest.mark.django_db
START = ["start_agency", "--name", "Keser Interim Solutions", "--helpdesk", "088-6488999", "--user-name", "Esra Yilmaz"]


def test_it_makes_the_agency_and_its_first_back_office_user() -> None:
    call_command(*START, "--email", "Esra@agency.example", stdout=io.StringIO())
    agency = AgencySettings.objects.get()
    assert (agency.name, agency.helpdesk_phone) == ("Keser Interim Solutions", "088-6488999")
    actor = actor_of(User.objects.get(email="Esra@agency.example"))
    assert actor
    assert actor.agency_user_is_back_office


def test_the_link_it_prints_is_the_one_it_mails_and_opens_the_door() -> None:
    out = io.StringIO()
    call_command(*START, "--email", "esra@agency.example", stdout=out)
    link = re.search(r"\S+/account/activate/(\S+)/", out.getvalue())
    assert link
    assert link[0] in OutboxMail.objects.get(kind="invitation").text
    assert activate(link[1], "een lang wachtwoord 7", at=clock.now()).email == "esra@agency.example"


def test_a_second_agency_is_refused() -> None:
    call_command(*START, "--email", "esra@agency.example", stdout=io.StringIO())
    with pytest.raises(CommandError, match="Er is al een uitzendbureau"):
        call_command(*START, "--email", "finn@agency.example")


def test_a_wrong_address_is_named_and_nothing_is_kept() -> None:
    with pytest.raises(CommandError, match="email:"):
        call_command(*START, "--email", "no address")
    assert not AgencySettings.objects.exists()
