import pytest
from django.test import Client as Browser

from kis.timesheets.workflow import State
from tests.support import people, walk
from tests.support.time import Freeze
from tests.web.worker.posting import MONDAY, WEEK_URL, field, full_week, post, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def friday(freeze: Freeze) -> None:
    freeze("2026-11-27 15:00")


@pytest.fixture
def visitor() -> Browser:
    return people.signed_in(people.ana())


def test_the_week_goes_to_the_client_as_it_stands_on_the_screen(visitor: Browser) -> None:
    sheet = people.sheet()
    assert post(visitor, "submit", sheet, full_week()).url == WEEK_URL
    sheet.refresh_from_db()
    assert sheet.state == State.SUBMITTED
    assert sheet.submitted_hours() == people.hours()
    assert "Je uren zijn doorgestuurd naar Bakkerij De Groot." in text_of(visitor.get(WEEK_URL))


def test_a_week_with_something_wrong_is_not_handed_in_and_says_where(visitor: Browser) -> None:
    sheet = people.sheet()
    answer = post(visitor, "submit", sheet, full_week(**{"days.2.shifts.0.end": "laat"}))
    sheet.refresh_from_db()
    assert (answer.status_code, sheet.state) == (422, State.DRAFT)
    assert 'value="laat"' in field(answer, "days.2.shifts.0.end")
    assert "wo 25 nov, einde:" in text_of(answer)
    assert f'href="#s{sheet.pk}-days-2-shifts-0-end"' in answer.content.decode()
    assert sheet.hours.days[0].shifts, "the rest is kept as a draft"


def test_a_half_filled_day_is_asked_for_at_handing_in(visitor: Browser) -> None:
    answer = post(visitor, "submit", people.sheet(), {"days.0.shifts.0.start": "8"})
    assert 'aria-invalid="true"' in field(answer, "days.0.shifts.0.end")


def test_an_empty_week_asks_for_hours_or_the_word_that_nothing_was_worked(visitor: Browser) -> None:
    answer = post(visitor, "submit", people.sheet(), {"note": "Ik was er niet."})
    assert answer.status_code == 422
    assert "Er valt nog niets door te sturen." in text_of(answer)
    assert "Ik was er niet." in text_of(answer)


def test_a_week_in_which_nothing_was_worked_can_be_handed_in(visitor: Browser) -> None:
    sheet = people.sheet()
    post(visitor, "submit", sheet, {f"days.{n}.not_worked": "on" for n in range(7)})
    sheet.refresh_from_db()
    assert sheet.state == State.SUBMITTED


def test_a_signal_never_keeps_a_week_back(visitor: Browser) -> None:
    sheet = people.sheet()
    post(visitor, "submit", sheet, {"days.0.shifts.0.start": "6", "days.0.shifts.0.end": "20"})
    sheet.refresh_from_db()
    assert (sheet.state, sheet.signal_count > 0) == (State.SUBMITTED, True)


def test_the_same_form_sent_twice_gets_a_calm_answer(visitor: Browser) -> None:
    sheet = people.sheet()
    post(visitor, "submit", sheet, full_week())
    assert post(visitor, "submit", sheet, full_week()).url == WEEK_URL
    assert "Deze uren waren al doorgestuurd. Je hoeft niets te doen." in text_of(visitor.get(WEEK_URL))
    assert people.sheet().steps.count() == 1


def test_a_stale_page_hands_nothing_in(visitor: Browser) -> None:
    shown = people.sheet()
    post(visitor, "draft", shown, {"days.0.km": "1"}, page="page-2")
    answer = post(visitor, "submit", shown, full_week())
    assert answer.status_code == 409
    assert people.sheet().state == State.DRAFT
    assert 'value="08:00"' in field(answer, "days.0.shifts.0.start")


def test_a_refused_week_is_mended_and_handed_in_again(visitor: Browser) -> None:
    sheet = walk.to(people.sheet(), State.REFUSED)
    post(visitor, "submit", sheet, full_week(**{"days.1.shifts.0.pause": "45"}))
    sheet.refresh_from_db()
    assert (sheet.state, sheet.disputed, sheet.minutes) == (State.SUBMITTED, [], 2400 - 15)


@pytest.mark.parametrize("version", ["", "abc", "-1", "99999999999999999999", "٣"])
def test_a_form_that_does_not_say_what_it_showed_hands_nothing_in(visitor: Browser, version: str) -> None:
    post(visitor, "submit", people.sheet(), MONDAY, version=version)
    assert people.sheet().state == State.DRAFT


def test_the_week_of_somebody_else_is_not_there(visitor: Browser) -> None:
    assert post(visitor, "submit", people.sheet(people.bram()), MONDAY).status_code == 404
