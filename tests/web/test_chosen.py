"""What no database can hold is left out of what was typed, on every page that searches or asks for a reason."""

import pytest

from kis.timesheets.workflow import State
from tests.support import people, walk

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("page", ["/agency/timesheets/", "/agency/people/"])
def test_a_search_with_a_nul_finds_what_it_says_without(page: str) -> None:
    walk.to(people.sheet(people.ana()), State.SUBMITTED)
    answer = people.signed_in(people.esra()).get(page, {"q": "ko\0wal"})
    assert "Ana Kowalska" in answer.content.decode()


def test_so_does_the_client() -> None:
    walk.to(people.sheet(people.ana()), State.SUBMITTED)
    assert "Ana Kowalska" in people.signed_in(people.carla()).get("/client/jobs/", {"q": "ko\0wal"}).content.decode()


def test_a_reason_with_a_nul_is_kept_without() -> None:
    sheet = walk.to(people.sheet(people.ana()), State.ACCEPTED)
    form = {"act": "return:", "version": sheet.version, "reason": "Vrij\0dag"}
    people.signed_in(people.esra()).post(f"/agency/timesheets/{sheet.pk}/act/", form)
    assert sheet.steps.latest("number").reason == "Vrijdag"
