import pytest
from django.test import Client
from django.utils import translation

from kis.web.pictures import picture
from tests.support import people


@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_picture_is_of_the_readers_language_and_keeps_its_room(language: str) -> None:
    with translation.override(language):
        made = picture("client-status", 'De "tabel"')
    assert f"client-status-{language}" in made
    assert 'width="1180" height="820"' in made
    assert 'alt="De &quot;tabel&quot;"' in made


@pytest.mark.django_db
@pytest.mark.parametrize("party", ["client", "worker", "agency"])
def test_the_guides_show_pictures_with_words_for_who_cannot_see_them(party: str) -> None:
    people.agency()
    page = Client(headers={"accept-language": "nl"}).get(f"/help/{party}/").content.decode()
    assert '<figure class="shot"><img' in page
    assert 'alt=""' not in page
