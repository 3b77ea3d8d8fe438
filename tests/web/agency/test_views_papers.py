"""Evidence for the agency; who may open it is in tests/web/worker/test_views_papers.py."""

import json

import pytest

from kis.timesheets.workflow import State
from tests.support import people, walk

pytestmark = pytest.mark.django_db


def test_the_file_is_made_for_the_agency() -> None:
    sheet = walk.to(people.sheet(people.ana()), State.SUBMITTED)
    person = people.esra()
    answer = people.signed_in(person).get(f"/agency/timesheets/{sheet.pk}/evidence.json")
    assert json.loads(answer.content)["reader"] == "agency"
