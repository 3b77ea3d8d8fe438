"""The cast of the demo fits together, and nobody of it can be reached."""

from __future__ import annotations

from kis.demo import cast


def test_everybody_has_one_job_and_every_job_has_somebody() -> None:
    assert sum(job.count for company in cast.COMPANIES for job in company.jobs) == len(cast.WORKERS)
    assert len(set(cast.WORKERS)) == len(cast.WORKERS)


def test_there_are_a_dozen_clients_and_some_sixty_workers() -> None:
    assert len(cast.COMPANIES) == 12
    assert 55 <= len(cast.WORKERS) <= 65


def test_the_first_client_has_enough_people_for_the_picture_of_the_guide() -> None:
    assert sum(job.count for job in cast.COMPANIES[0].jobs if not job.ended) > 9


def test_every_job_is_in_a_department_of_its_client() -> None:
    for company in cast.COMPANIES:
        assert {job.department for job in company.jobs} <= {name for name, _ in company.departments} | {""}


def test_no_address_of_the_demo_exists() -> None:
    addresses = [email for company in cast.COMPANIES for _, email, _ in company.contacts]
    addresses += [email for _, email, _ in cast.COLLEAGUES] + [cast.WORKER_LOG_IN]
    assert all(address.endswith("demo.example") for address in addresses)


def test_a_usual_week_is_read_from_lines() -> None:
    assert cast.usual("67 06:00-10:30/0", "67 12:00-15:30/0", "5 22:00-06:00/30") == [
        *[[]] * 4, [[1320, 1800, 30]], *[[[360, 630, 0], [720, 930, 0]]] * 2,
    ]  # fmt: skip
