import pytest
from django.test import Client as Browser

from kis.timesheets.models import Timesheet
from kis.timesheets.workflow import State
from tests.support import people, walk
from tests.support.queries import SameQueries


@pytest.fixture
def esra() -> Browser:
    return people.signed_in(people.esra())


def accepted(count: int = 1) -> list[Timesheet]:
    return [walk.to(people.sheet(worker), State.ACCEPTED) for worker in people.many_workers(count)]


def act(browser: Browser, sheet: Timesheet, what: str, **more: object) -> tuple[int, str]:
    data = {"act": what, "version": sheet.version, **more}
    answer = browser.post(f"/agency/timesheets/{sheet.pk}/act/", data, follow=True)
    sheet.refresh_from_db()
    return answer.status_code, answer.content.decode()


def test_the_last_approval_is_one_button(esra: Browser) -> None:
    [sheet] = accepted()
    act(esra, sheet, "approve:")
    assert sheet.state == State.APPROVED


def test_approving_goes_on_to_the_next_one(esra: Browser) -> None:
    first, second = accepted(2)
    answer = esra.post(f"/agency/timesheets/{first.pk}/act/", {"act": "approve:", "version": first.version})
    assert answer["Location"] == f"/agency/timesheets/{second.pk}/"


@pytest.mark.parametrize(("what", "end"), [("send_back:", State.SUBMITTED), ("return:", State.REFUSED)])
def test_sending_back_needs_a_reason(esra: Browser, what: str, end: State) -> None:
    [sheet] = accepted()
    status, page = act(esra, sheet, what)
    assert (status, sheet.state) == (422, State.ACCEPTED)
    assert "Geef een reden" in page
    act(esra, sheet, what, reason="Dinsdag klopt niet")
    assert sheet.state == end


def test_what_was_typed_is_kept_when_somebody_was_faster(esra: Browser) -> None:
    [sheet] = accepted()
    answer = esra.post(
        f"/agency/timesheets/{sheet.pk}/act/", {"act": "send_back:", "version": 1, "reason": "Mijn reden"}
    )
    assert answer.status_code == 409
    assert "Mijn reden" in answer.content.decode()


def test_the_agency_acts_for_the_client_with_a_reason_and_it_shows(esra: Browser) -> None:
    sheet = walk.to(people.sheet(people.ana()), State.SUBMITTED)
    assert act(esra, sheet, "accept:client")[0] == 422
    act(esra, sheet, "accept:client", reason="Telefonisch akkoord")
    assert sheet.state == State.ACCEPTED
    page = esra.get(f"/agency/timesheets/{sheet.pk}/").content.decode()
    assert "Esra Yilmaz voor Bakkerij De Groot" in page


def test_an_approval_is_taken_back_with_a_reason_until_it_is_paid(esra: Browser) -> None:
    sheet = walk.to(people.sheet(people.ana()), State.APPROVED)
    act(esra, sheet, "reopen:", reason="Nog een vraag")
    assert sheet.state == State.ACCEPTED


def test_an_act_that_is_not_possible_now_is_answered_calmly(esra: Browser) -> None:
    sheet = people.sheet(people.ana())
    assert act(esra, sheet, "approve:")[0] == 409


def test_many_are_approved_in_one_confirmed_step(esra: Browser) -> None:
    sheets = accepted(3)
    chosen = {"sheet": [f"{sheet.pk}:{sheet.version}" for sheet in sheets]}
    page = esra.post("/agency/timesheets/approve/", chosen).content.decode()
    assert "3 werkbriefjes accorderen, samen 120:00 uur?" in page
    page = esra.post("/agency/timesheets/approve/", {**chosen, "confirmed": "1"}, follow=True).content.decode()
    assert "3 werkbriefjes geaccordeerd, 120:00 uur" in page
    assert Timesheet.objects.filter(state=State.APPROVED).count() == 3


def test_filters_narrow_the_list(esra: Browser) -> None:
    walk.to(people.sheet(people.ana()), State.SUBMITTED)
    people.sheet(people.bram())
    page = esra.get("/agency/timesheets/?q=kowalska&state=submitted&week=2026-W48").content.decode()
    assert "Ana Kowalska" in page
    assert "Bram Willems" not in page


def test_a_week_that_does_not_exist_is_no_page(esra: Browser) -> None:
    assert esra.get("/agency/timesheets/?week=2026-W60").status_code == 404


def test_the_list_costs_the_same_for_3_and_for_30(esra: Browser, same_queries: SameQueries) -> None:
    assert same_queries(accepted, lambda: esra.get("/agency/timesheets/")) <= 14


def test_the_agency_sees_a_proposal_and_agrees_for_the_worker_with_a_reason(esra: Browser) -> None:
    sheet = walk.proposed(people.sheet(people.ana()))
    page = esra.get(f"/agency/timesheets/{sheet.pk}/").content.decode()
    assert "Er zijn andere uren voorgesteld" in page
    assert act(esra, sheet, "agree:worker")[0] == 422
    act(esra, sheet, "agree:worker", reason="Ana belde: akkoord.")
    assert (sheet.state, sheet.minutes) == (State.ACCEPTED, 4 * 480)
    page = esra.get(f"/agency/timesheets/{sheet.pk}/").content.decode()
    assert "Esra Yilmaz voor Ana Kowalska ging akkoord met de voorgestelde uren" in page


def test_every_version_is_named_with_who_made_it(esra: Browser) -> None:
    sheet = walk.proposed(people.sheet(people.ana()))
    versions = esra.get(f"/agency/timesheets/{sheet.pk}/").content.decode().split("Versies")[1]
    assert versions.index("Carla de Groot stelde andere uren voor") < versions.index(
        "Ana Kowalska stuurde de uren door"
    )


def test_without_a_proposal_nobody_agrees_for_the_worker(esra: Browser) -> None:
    sheet = walk.to(people.sheet(people.ana()), State.REFUSED)
    assert "agree:worker" not in esra.get(f"/agency/timesheets/{sheet.pk}/").content.decode()
    assert act(esra, sheet, "agree:worker", reason="Toch.")[0] == 409
