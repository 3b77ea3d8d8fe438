import datetime as dt

import pytest
from django.test import Client as Browser

from kis.core.weeks import Week
from kis.timesheets.workflow import State
from tests.support import people, walk
from tests.support.queries import SameQueries
from tests.support.time import Freeze
from tests.web.worker.posting import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def friday(freeze: Freeze) -> None:
    freeze("2026-11-27 15:00")


@pytest.fixture
def visitor() -> Browser:
    return people.signed_in(people.ana())


def test_every_week_stands_there_with_its_hours_state_and_when_it_was_paid(visitor: Browser) -> None:
    walk.to(people.sheet(week=Week(2026, 46)), State.PAID)
    walk.to(people.sheet(week=Week(2026, 47)), State.SUBMITTED)
    people.sheet()
    shown = text_of(visitor.get("/worker/history/"))
    assert shown.index("Week 48") < shown.index("Week 47") < shown.index("Week 46")
    assert "1 week moet je nog doorsturen." in shown
    assert "40:00" in shown
    assert "vr 13 nov" in shown


def test_one_job_can_be_looked_at_alone(visitor: Browser) -> None:
    people.sheet()
    elsewhere = people.placement(people.ana(), people.transport())
    people.sheet(elsewhere)
    rows = visitor.get(f"/worker/history/?job={elsewhere.pk}").context["rows"]
    assert [sheet.client for sheet, _ in rows] == [people.transport()]


def test_the_job_of_somebody_else_is_no_filter(visitor: Browser) -> None:
    people.sheet()
    theirs = people.placement(people.bram())
    assert len(visitor.get(f"/worker/history/?job={theirs.pk}").context["rows"]) == 1


def test_weeks_of_others_are_not_shown(visitor: Browser) -> None:
    people.sheet(people.bram())
    assert "Nog geen weken" in text_of(visitor.get("/worker/history/"))


def test_many_weeks_come_in_pages(visitor: Browser) -> None:
    job = people.placement(people.ana(), start=dt.date(2025, 1, 6))
    for n in range(55):
        people.sheet(job, Week(2026, 48) + -n)
    first = visitor.get("/worker/history/")
    second = visitor.get(f"/worker/history/?{first.context['page'].following}")
    weeks = [sheet.week for page in (first, second) for sheet, _ in page.context["rows"]]
    assert weeks == [Week(2026, 48) + -n for n in range(55)]


@pytest.mark.parametrize("query", ["job=x", "after=nonsense", "job=99999999999999999999"])
def test_an_odd_address_starts_at_the_beginning(visitor: Browser, query: str) -> None:
    people.sheet()
    assert len(visitor.get(f"/worker/history/?{query}").context["rows"]) == 1


def test_thirty_weeks_cost_as_many_queries_as_three(visitor: Browser, same_queries: SameQueries) -> None:
    job = people.placement(people.ana(), start=dt.date(2026, 1, 5))
    opened: list[Week] = []

    def more(count: int) -> None:
        for _ in range(count):
            opened.append(Week(2026, 48) + -len(opened))
            walk.to(people.sheet(job, opened[-1]), State.SUBMITTED)

    same_queries(more, lambda: visitor.get("/worker/history/"))


def test_it_is_a_page_for_workers_only() -> None:
    assert people.signed_in(people.esra()).get("/worker/history/").status_code == 404
