import datetime as dt

import pytest

from kis.core.weeks import Week
from kis.timesheets.workflow import State
from tests.support import people, walk
from tests.support.queries import SameQueries
from tests.support.time import Freeze
from tests.web.worker.posting import WEEK_URL, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def friday(freeze: Freeze) -> None:
    freeze("2026-11-27 15:00")


def words(path: str = WEEK_URL) -> str:
    return text_of(people.signed_in(people.ana()).get(path))


def test_the_first_page_is_the_oldest_week_with_something_to_do() -> None:
    people.sheet()
    people.sheet(week=Week(2026, 46))
    walk.to(people.sheet(week=Week(2026, 45)), State.SUBMITTED)
    assert people.signed_in(people.ana()).get("/worker/week/").url == "/worker/week/2026-W46/"


def test_the_first_page_is_this_week_when_nothing_waits() -> None:
    assert people.signed_in(people.ana()).get("/worker/week/").url == WEEK_URL


def test_the_week_opens_with_what_is_wanted_and_before_when() -> None:
    people.sheet()
    assert "Vul je uren in en stuur ze door, vóór maandag 30 nov 17.00" in words()


def test_the_fate_of_a_draft_says_when_it_is_paid_if_approved_in_time() -> None:
    people.sheet()
    assert "Wordt verloond op di 1 dec als het vóór ma 30 nov 17.00\u00a0uur is goedgekeurd." in (
        people.signed_in(people.ana()).get(WEEK_URL).content.decode()
    )


def test_a_late_week_says_which_run_pays_it(freeze: Freeze) -> None:
    people.sheet()
    freeze("2026-12-01 09:00")
    shown = words()
    assert "Deze week is al te laat" in shown
    assert "Te laat voor de verloning van di 1 dec. Wordt verloond op di 8 dec als het vóór ma 7 dec" in shown


@pytest.mark.parametrize(
    ("state", "said"),
    [
        (State.SUBMITTED, "Bakkerij De Groot is aan de beurt (Carla de Groot), sinds vr 27 nov 12.00"),
        (State.REFUSED, "Jij bent aan de beurt, sinds vr 27 nov 13.00"),
        (State.ACCEPTED, "Het uitzendbureau is aan de beurt, sinds vr 27 nov 13.00"),
        (State.APPROVED, "Goedgekeurd op vr 27 nov 14.00"),
        (State.PAID, "Verloond op vr 27 nov."),
    ],
)
def test_the_fate_says_whose_turn_it_is_by_name_and_since_when(state: State, said: str) -> None:
    people.carla()
    walk.to(people.sheet(), state)
    assert said in words()


def test_a_refusal_shows_its_reason_above_and_on_the_day_it_concerns() -> None:
    walk.to(people.sheet(), State.REFUSED)
    page = people.signed_in(people.ana()).get(WEEK_URL)
    assert "Carla de Groot van Bakkerij De Groot heeft je uren geweigerd:" in text_of(page)
    html = page.content.decode()
    tuesday = html[html.index("dinsdag 24 november") : html.index("woensdag 25 november")]
    assert "De pauze van dinsdag klopt niet" in tuesday
    assert html.count("De pauze van dinsdag klopt niet") == 3  # above, on the day, and in the history


@pytest.mark.parametrize(("state", "can_write"), [(s, s in {State.DRAFT, State.REFUSED}) for s in State])
def test_only_a_week_that_is_the_workers_turn_can_be_written_in(state: State, can_write: bool) -> None:
    walk.to(people.sheet(), state)
    html = people.signed_in(people.ana()).get(WEEK_URL).content.decode()
    assert ('name="days.0.shifts.0.start"' in html) == can_write
    assert ("Doorsturen naar Bakkerij De Groot" in html) == can_write
    assert ("Terughalen" in html) == (state == State.SUBMITTED)


def test_all_jobs_of_the_week_are_on_one_page_with_their_sum() -> None:
    walk.to(people.sheet(), State.SUBMITTED)
    people.sheet(people.placement(people.ana(), people.transport()))
    shown = words()
    assert "Bakkerij De Groot" in shown
    assert "Visser Transport" in shown
    assert "Alle jobs samen 40:00" in shown


def test_a_placement_with_totals_asks_one_number_a_day() -> None:
    people.sheet(people.placement(people.ana(), people.transport(), entry="totals"))
    html = people.signed_in(people.ana()).get(WEEK_URL).content.decode()
    assert 'name="days.0.total"' in html
    assert 'name="days.0.shifts.0.start"' not in html


def test_other_open_weeks_are_one_step_away() -> None:
    people.sheet()
    people.sheet(week=Week(2026, 46))
    assert "Ook nog open: week 46" in words()


def test_a_week_without_a_job_says_so() -> None:
    people.sheet(week=Week(2026, 46))
    assert "Je hebt deze week geen job." in words()


@pytest.mark.parametrize("week", ["2026-W30", "2027-W10", "0001-W01", "9999-W52", "2026-W54"])
def test_a_week_out_of_reach_is_no_page(week: str) -> None:
    people.sheet()
    assert people.signed_in(people.ana()).get(f"/worker/week/{week}/").status_code == 404


def test_the_week_of_somebody_else_is_not_shown() -> None:
    people.sheet(people.bram())
    assert "Bakkerij De Groot" not in words()


@pytest.mark.parametrize("person", [people.carla, people.esra])
def test_it_is_a_page_for_workers_only(person: object) -> None:
    assert callable(person)
    assert people.signed_in(person()).get(WEEK_URL).status_code == 404


def test_it_speaks_english_to_who_reads_english() -> None:
    people.sheet()
    user = people.ana().user
    user.language = "en"
    user.save()
    assert "Hand in to Bakkerij De Groot" in words()


def test_thirty_open_weeks_elsewhere_cost_as_many_queries_as_three(same_queries: SameQueries) -> None:
    people.sheet()
    visitor = people.signed_in(people.ana())
    opened: list[Week] = []

    def more(count: int) -> None:
        for _ in range(count):
            opened.append(Week(2026, 47) + -len(opened))
            people.sheet(job, opened[-1])

    job = people.placement(people.ana(), people.transport(), start=dt.date(2026, 1, 5))
    same_queries(more, lambda: visitor.get(WEEK_URL))


def test_the_strip_marks_the_day_that_was_refused() -> None:
    walk.to(people.sheet(), State.REFUSED)
    html = people.signed_in(people.ana()).get(WEEK_URL).content.decode()
    label = html[html.index('aria-label="ma') :][:120]
    assert "di 8:00, geweigerd" in label
