import pytest
from django.test import Client as Browser

from kis.timesheets import operations
from kis.timesheets.workflow import State
from tests.support import people, walk
from tests.support.queries import SameQueries


@pytest.fixture
def carla() -> Browser:
    return people.signed_in(people.carla())


def test_everybody_who_works_here_is_listed_and_found_without_accents(carla: Browser) -> None:
    people.placement(people.ana())
    people.placement(people.worker("Łukasz Żółć", "W300", "lukasz@worker.example"))
    page = carla.get("/client/jobs/?q=lukasz+zolc").content.decode()
    assert "Łukasz Żółć" in page
    assert "Ana Kowalska" not in page


def test_the_page_opens_with_how_many_people_work_here_now(carla: Browser) -> None:
    people.placement(people.ana())
    people.placement(people.ana(), job_title="Inpakker")
    people.placement(people.bram())
    people.placement(people.worker("Ooit Geweest", "W301", "ooit@worker.example"), end=people.START)
    assert "<strong>2 medewerkers</strong>" in carla.get("/client/jobs/?q=nobody").content.decode()


def test_ended_jobs_are_a_filter_away(carla: Browser) -> None:
    people.placement(people.ana(), start=people.START, end=people.START, job_title="Ooit")
    assert "Ooit" not in carla.get("/client/jobs/").content.decode()
    assert "Ooit" in carla.get("/client/jobs/?which=ended").content.decode()


def test_a_job_shows_its_weeks_as_picture_and_table(carla: Browser) -> None:
    sheet = walk.to(people.sheet(people.ana()), State.APPROVED)
    page = carla.get(f"/client/jobs/{sheet.placement_id}/").content.decode()
    assert "<svg" in page
    assert "40:00" in page


def test_a_job_shows_no_hours_that_are_not_handed_in(carla: Browser) -> None:
    sheet = people.sheet(people.ana())
    by = people.actor(people.ana())
    operations.save_draft(sheet, hours=people.hours(sheet.week), version=sheet.version, by=by, at=sheet.state_since)
    assert "40:00" not in carla.get(f"/client/jobs/{sheet.placement_id}/").content.decode()


def test_another_clients_job_is_not_there() -> None:
    job = people.placement(people.ana())
    assert people.signed_in(people.dirk()).get(f"/client/jobs/{job.pk}/").status_code == 404


def test_the_list_costs_the_same_for_3_and_for_30(carla: Browser, same_queries: SameQueries) -> None:
    def add(count: int) -> None:
        for worker in people.many_workers(count):
            walk.to(people.sheet(worker), State.SUBMITTED)

    assert same_queries(add, lambda: carla.get("/client/jobs/")) <= 14


def test_a_spoiled_page_key_starts_at_the_beginning(carla: Browser) -> None:
    people.placement(people.ana())
    assert "Ana Kowalska" in carla.get("/client/jobs/?after=rubbish").content.decode()
