"""Papers for the client; who may open the evidence of a week is in tests/web/worker/test_views_papers.py."""

import io
import json

import pytest
from python_calamine import CalamineWorkbook

from kis.timesheets.workflow import State
from tests.support import people, walk
from tests.support.queries import SameQueries
from tests.support.time import Freeze

pytestmark = pytest.mark.django_db
RECORD = "/client/jobs/hours."


def test_the_file_is_made_for_the_client() -> None:
    sheet = walk.to(people.sheet(people.ana()), State.SUBMITTED)
    person = people.carla()
    answer = people.signed_in(person).get(f"/client/timesheets/{sheet.pk}/evidence.json")
    assert json.loads(answer.content)["reader"] == "client"


def test_the_record_tells_who_worked_when_and_who_accepted_it(freeze: Freeze) -> None:
    freeze("2026-11-30 09:00")
    job = people.placement(people.ana(), people.bakery(), department=people.department())
    walk.to(people.sheet(job), State.ACCEPTED)
    walk.to(people.sheet(job, people.WEEK.previous), State.SUBMITTED)
    carla = people.signed_in(people.carla())
    rows = carla.get(f"{RECORD}csv?first=2026-W40&last=2026-W48").content.decode("utf-8-sig").splitlines()
    assert rows[0].startswith("Week;Datum;Medewerker;Job;Jobnummer;Afdeling;Kostenplaats;Begin;Einde;")
    assert len(rows) == 6
    assert rows[1].startswith(
        f"2026-W48;23-11-2026;Ana Kowalska;{job.job_title};{job.number};Broodlijn;4100;08:00;16:30;30;480;0;"
    )
    assert "Carla de Groot;" in rows[1]
    book = CalamineWorkbook.from_filelike(io.BytesIO(carla.get(f"{RECORD}xlsx?first=2026-W40&last=2026-W48").content))
    cells = book.get_sheet_by_index(0).to_python()
    assert cells[0][0] == "Week"
    assert [row[2] for row in cells[1:]] == ["Ana Kowalska"] * 5


def test_the_record_is_of_the_own_client_and_departments(freeze: Freeze) -> None:
    freeze("2026-11-30 09:00")
    walk.to(people.sheet(people.placement(people.ana(), people.bakery(), department=people.department())), State.PAID)
    only_packing = people.contact("Piet Inpak", "piet@bakery.example", people.bakery(), people.department("Inpak"))
    for person in (people.dirk(), only_packing):
        answer = people.signed_in(person).get(f"{RECORD}csv?first=2026-W40&last=2026-W48", follow=True)
        assert "geen uren geaccepteerd" in answer.content.decode()


@pytest.mark.parametrize(
    "query", ["", "first=x&last=2026-W48", "first=2026-W48&last=2026-W40", "first=2020-W01&last=2026-W40"]
)
def test_weeks_that_cannot_be_are_told_to_the_client(query: str, freeze: Freeze) -> None:
    freeze("2026-11-30 09:00")
    page = people.signed_in(people.carla()).get(f"{RECORD}xlsx?{query}", follow=True).content.decode()
    assert "laatste week" in page
    if "x&" in query:
        assert 'name="first" value="x"' in page


def test_a_long_record_costs_no_more_queries_than_a_short_one(freeze: Freeze, same_queries: SameQueries) -> None:
    freeze("2026-11-30 09:00")
    carla = people.signed_in(people.carla())

    def add(count: int) -> None:
        for worker in people.many_workers(count):
            walk.to(people.sheet(people.placement(worker)), State.ACCEPTED)

    same_queries(add, lambda: carla.get(f"{RECORD}csv?first=2026-W40&last=2026-W48"))
