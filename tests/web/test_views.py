import pytest
from django.test import Client

from tests.support import people

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("party", ["client", "worker", "agency"])
@pytest.mark.parametrize("language", ["nl", "en"])
def test_there_is_a_guide_for_every_party_in_both_languages(party: str, language: str) -> None:
    people.agency()
    answer = Client(headers={"accept-language": language}).get(f"/help/{party}/")
    assert answer.status_code == 200
    assert "088-6488999" in answer.content.decode()


def test_one_reads_the_guide_of_the_own_party_first() -> None:
    assert "Je week invullen" in people.signed_in(people.ana()).get("/help/").content.decode()
    assert "Dinsdag: verlonen" in people.signed_in(people.esra()).get("/help/").content.decode()


def test_a_guide_for_nobody_is_no_page() -> None:
    assert Client().get("/help/nobody/").status_code == 404


def test_the_agency_s_colour_is_a_line_of_style() -> None:
    answer = Client().get("/accent/250.css")
    assert (answer["Content-Type"], answer.content) == ("text/css", b":root { --accent-h: 250; }\n")
    assert Client().get("/accent/360.css").status_code == 404
