"""The menus. The client's is the guide's sentence G3, word for word."""

import pytest
from django.utils import translation

from kis.staffing.actor import Actor
from kis.staffing.parties import Party
from kis.web.menu import MenuItem, menu_of, thumb_rest, url_or_none


def menu(party: Party, path: str = "/", unread: int = 0) -> list[MenuItem]:
    with translation.override("nl"):
        return menu_of(Actor(party=party, name="Ana Kowalska"), path, unread)


def test_on_the_left_the_client_has_three_options_and_under_the_third_two_more():
    berichten, documenten, jobs = menu(Party.CLIENT)
    assert [berichten.label, documenten.label, jobs.label] == ["Berichten", "Documenten", "Jobs/werkbriefjes"]
    assert [item.label for item in jobs.children] == ["Jobs", "Werkbriefje status"]


def test_the_worker_has_the_week_first():
    assert [item.label for item in menu(Party.WORKER)] == ["Mijn week", "Historie", "Berichten", "Documenten"]


def test_the_agency_has_the_cockpit_first_and_five_things_under_the_thumb():
    items = menu(Party.AGENCY)
    assert items[0].label == "Cockpit"
    assert [item.label for item in items if item.thumb] == [
        "Cockpit",
        "Werkbriefjes",
        "Verloning",
        "Mensen",
        "Berichten",
    ]
    assert [item.label for item in thumb_rest(items)] == ["Documenten", "Kalender", "Uitgaande mail", "Instellingen"]


@pytest.mark.parametrize("party", [Party.WORKER, Party.CLIENT, Party.AGENCY])
def test_every_line_of_a_menu_leads_somewhere(party: Party):
    for item in menu(party):
        assert item.url or all(child.url for child in item.children)


@pytest.mark.parametrize(
    ("party", "path", "label"),
    [
        (Party.WORKER, "/worker/week/2026-W48/", "Mijn week"),
        (Party.AGENCY, "/agency/", "Cockpit"),
        (Party.AGENCY, "/agency/people/", "Mensen"),
        (Party.CLIENT, "/messages/12/", "Berichten"),
        (Party.CLIENT, "/client/timesheets/12/", "Werkbriefje status"),
        (Party.CLIENT, "/client/jobs/3/", "Jobs"),
    ],
)
def test_the_page_one_is_on_is_marked_and_no_other(party: Party, path: str, label: str):
    items = [each for item in menu(party, path) for each in (item, *item.children)]
    assert [item.label for item in items if item.current] == [label]


def test_unread_messages_are_counted():
    assert [item.count for item in menu(Party.WORKER, unread=3)] == [0, 0, 3, 0]


def test_a_page_that_is_not_there_has_no_address():
    assert url_or_none("client:unicorns") == ""
