"""What every page shows around its content."""

import pytest
from django.test import Client

from kis.staffing.models import AgencySettings
from tests.support import people
from tests.support.queries import SameQueries

pytestmark = pytest.mark.django_db


def test_the_name_and_the_helpdesk_number_of_the_agency_stand_on_every_page(client: Client):
    people.agency()
    text = client.get("/").content.decode()
    assert "Keser Interim Solutions" in text
    assert 'href="tel:088-6488999"' in text


def test_before_there_is_an_agency_the_pages_have_a_name_too(client: Client):
    assert "KIS Online" in client.get("/").content.decode()


def test_the_accent_of_the_agency_is_a_stylesheet(client: Client):
    agency = people.agency()
    assert "/accent/" not in client.get("/").content.decode()
    AgencySettings.objects.filter(pk=agency.pk).update(accent_hue=0)
    assert 'href="/accent/0.css"' in client.get("/").content.decode()
    assert "--accent-h: 0;" in client.get("/accent/0.css").content.decode()
    assert client.get("/accent/360.css").status_code == 404


def test_a_page_before_signing_in_has_no_menu(client: Client):
    assert '<nav class="menu"' not in client.get("/").content.decode()


def test_who_is_signed_in_sees_their_own_name_and_menu():
    text = people.signed_in(people.carla()).get("/account/").content.decode()
    assert '<nav class="menu"' in text
    assert "Carla de Groot" in text
    assert "Bakkerij De Groot" in text


def test_the_frame_of_a_page_costs_the_same_however_many_people_there_are(same_queries: SameQueries):
    browser = people.signed_in(people.ana())
    same_queries(people.many_workers, lambda: browser.get("/account/"))
