import pytest
from django.test import Client as Browser
from django.urls import reverse

from kis.core.weeks import Week
from kis.timesheets.hours import Break, Day, Shift
from kis.timesheets.workflow import State
from tests.support import people, walk
from tests.support.time import Freeze
from tests.web.worker.posting import MONDAY, WEEK_URL, field, full_week, post, text_of, type_along

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def friday(freeze: Freeze) -> None:
    freeze("2026-11-27 15:00")


@pytest.fixture
def visitor() -> Browser:
    return people.signed_in(people.ana())


def test_what_is_typed_is_kept_while_typing(visitor: Browser) -> None:
    sheet = people.sheet()
    answer = type_along(visitor, sheet, MONDAY)
    sheet.refresh_from_db()
    assert answer.status_code == 200
    assert sheet.hours.days[0] == Day((Shift(480, 990, (Break(30),)),))
    assert f'value="{sheet.version}"' in field(answer, "version")
    assert "8:00" in text_of(answer)


def test_without_scripts_saving_leads_back_to_the_week(visitor: Browser) -> None:
    answer = post(visitor, "draft", people.sheet(), MONDAY, do="save")
    assert answer.url == WEEK_URL
    assert "Opgeslagen. Er is nog niets doorgestuurd." in text_of(visitor.get(WEEK_URL))


def test_what_cannot_be_read_is_still_there_after_a_reload_with_the_message_beside_it(visitor: Browser) -> None:
    type_along(visitor, people.sheet(), MONDAY | {"days.1.shifts.0.start": "25:00", "days.1.shifts.0.end": "26"})
    page = visitor.get(WEEK_URL)
    box = field(page, "days.1.shifts.0.start")
    assert 'value="25:00"' in box
    assert 'aria-invalid="true"' in box
    assert "-days-1-shifts-0-start-error" in box
    assert 'value="08:00"' in field(page, "days.0.shifts.0.start") or 'value="8:00"' in field(
        page, "days.0.shifts.0.start"
    )


def test_what_is_merely_still_empty_is_not_called_wrong_while_typing(visitor: Browser) -> None:
    sheet = people.sheet()
    answer = type_along(visitor, sheet, {"days.0.shifts.0.start": "8"})
    assert "data-error-of" not in answer.content.decode()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("days.0.shifts.0.start", "25:00"),
        ("days.0.shifts.0.end", "8:00"),
        ("days.0.shifts.0.pause", "9:00"),
        ("days.0.km", "-3"),
        ("days.0.km", "99999999999"),
        ("days.0.total", "25:00"),
        ("expenses.0.amount", "-4"),
        ("note", "x" * 1001),
    ],
)
def test_what_cannot_be_is_told_beside_its_field_and_kept(visitor: Browser, name: str, value: str) -> None:
    expense = {"expenses.0.date": "2026-11-23", "expenses.0.amount": "4", "expenses.0.what": "Parkeren"}
    answer = post(visitor, "draft", people.sheet(), {**MONDAY, **expense, name: value}, do="save")
    assert answer.status_code == 422
    assert 'aria-invalid="true"' in field(answer, name)
    assert value in answer.content.decode()


def test_a_date_outside_the_week_is_told(visitor: Browser) -> None:
    expense = {"expenses.0.date": "2026-12-24", "expenses.0.amount": "4", "expenses.0.what": "Parkeren"}
    assert 'aria-invalid="true"' in field(post(visitor, "draft", people.sheet(), expense), "expenses.0.date")


def test_a_shift_can_be_added_and_taken_away(visitor: Browser) -> None:
    sheet = people.sheet()
    answer = post(visitor, "draft", sheet, MONDAY, do="shift:0")
    assert "data-focus" in field(answer, "days.0.shifts.1.start")
    sheet.refresh_from_db()
    second = {"days.0.shifts.1.start": "18", "days.0.shifts.1.end": "20"}
    post(visitor, "draft", sheet, MONDAY | second, do="drop:days.0.shifts.0")
    sheet.refresh_from_db()
    assert sheet.hours.days[0].shifts == (Shift(1080, 1200),)


@pytest.mark.parametrize("do", ["shift:9", "shift:", "drop:", "expense:x", "nonsense", "usual:3"])
def test_a_button_that_is_not_ours_changes_nothing_that_was_typed(visitor: Browser, do: str) -> None:
    sheet = people.sheet()
    assert post(visitor, "draft", sheet, MONDAY, do=do).status_code == 200
    sheet.refresh_from_db()
    assert sheet.hours.days[0].shifts == (Shift(480, 990, (Break(30),)),)


def test_empty_days_become_as_last_week_and_what_was_typed_stays(visitor: Browser) -> None:
    walk.to(people.sheet(week=Week(2026, 47)), State.SUBMITTED)
    sheet = people.sheet()
    post(visitor, "draft", sheet, {"days.0.shifts.0.start": "10", "days.0.shifts.0.end": "12"}, do="previous")
    sheet.refresh_from_db()
    assert sheet.hours.days[0].shifts == (Shift(600, 720),)
    assert sheet.hours.minutes == 120 + 4 * 480


def test_empty_days_become_as_usual(visitor: Browser) -> None:
    sheet = people.sheet()
    post(visitor, "draft", sheet, {}, do="usual")
    sheet.refresh_from_db()
    assert sheet.hours == people.hours()


def test_as_usual_gives_totals_where_totals_are_asked(visitor: Browser) -> None:
    sheet = people.sheet(people.placement(people.ana(), people.transport(), entry="totals"))
    post(visitor, "draft", sheet, {}, do="usual")
    sheet.refresh_from_db()
    assert sheet.hours.days[0] == Day(total=480)


def test_a_week_is_not_worked_and_worked_after_all(visitor: Browser) -> None:
    sheet = people.sheet()
    answer = post(visitor, "draft", sheet, {}, do="nothing")
    sheet.refresh_from_db()
    assert all(day.not_worked for day in sheet.hours.days)
    assert "Toch gewerkt" in text_of(answer)
    post(visitor, "draft", sheet, {f"days.{n}.not_worked": "on" for n in range(7)}, do="work")
    sheet.refresh_from_db()
    assert sheet.hours.is_empty


def test_signals_stand_on_their_day_while_typing(visitor: Browser) -> None:
    answer = type_along(visitor, people.sheet(), {"days.0.shifts.0.start": "8", "days.0.shifts.0.end": "16:30"})
    assert 'class="signal"' in answer.content.decode()


def test_a_page_of_yesterday_keeps_what_was_typed_and_can_save_it_on_purpose(visitor: Browser) -> None:
    shown = people.sheet()
    post(visitor, "draft", shown, {"days.0.km": "1"}, page="page-2")
    answer = post(visitor, "draft", shown, MONDAY)
    assert answer.status_code == 409
    assert 'value="8:00"' in field(answer, "days.0.shifts.0.start")
    now = people.sheet()
    assert now.hours.days[0] == Day(km=1)
    assert f'name="over" value="{now.version}"' in answer.content.decode()
    post(visitor, "draft", shown, MONDAY, over=now.version)
    assert people.sheet().hours.days[0].shifts


def test_while_typing_a_stale_page_is_told_without_losing_its_fields(visitor: Browser) -> None:
    shown = people.sheet()
    post(visitor, "draft", shown, {"days.0.km": "1"}, page="page-2")
    answer = type_along(visitor, shown, MONDAY)
    assert 'name="over"' in answer.content.decode()
    assert 'name="days.0.shifts.0.start"' not in answer.content.decode()


def test_a_page_whose_answer_got_lost_knows_its_own_draft_again(visitor: Browser) -> None:
    shown = people.sheet()
    type_along(visitor, shown, {"days.0.km": "1"})
    answer = type_along(visitor, shown, MONDAY)
    assert 'name="over"' not in answer.content.decode()
    assert people.sheet().hours.days[0].shifts


def test_what_comes_after_the_client_has_accepted_can_still_be_read(visitor: Browser) -> None:
    shown = people.sheet()
    walk.to(people.sheet(), State.ACCEPTED)
    answer = post(visitor, "draft", shown, MONDAY | {"days.0.shifts.0.start": "7:00"})
    assert answer.status_code == 409
    assert "Dit had je getypt" in text_of(answer)
    assert "07:00–16:30" in text_of(answer)
    typed_along = type_along(visitor, shown, MONDAY | {"days.0.shifts.0.start": "7:00"})
    assert typed_along.headers["HX-Retarget"] == f"#sheet-{shown.pk}"


def test_what_comes_after_handing_in_can_be_saved_by_taking_the_week_back(visitor: Browser) -> None:
    shown = people.sheet()
    walk.to(people.sheet(), State.SUBMITTED)
    answer = post(visitor, "draft", shown, MONDAY)
    assert reverse("worker:sheet_withdraw", args=[shown.pk]) in answer.content.decode()
    assert "Terughalen en dit opslaan" in text_of(answer)


def test_a_draft_of_somebody_else_is_not_there(visitor: Browser) -> None:
    sheet = people.sheet(people.bram())
    assert post(visitor, "draft", sheet, MONDAY).status_code == 404
    assert post(people.signed_in(people.carla()), "draft", sheet, MONDAY).status_code == 404


def test_looking_at_the_address_of_a_draft_changes_nothing(visitor: Browser) -> None:
    assert visitor.get(reverse("worker:sheet_draft", args=[people.sheet().pk])).status_code == 405


def test_a_full_week_is_kept_as_it_was_typed(visitor: Browser) -> None:
    type_along(visitor, people.sheet(), full_week(note="Rustige week."))
    assert people.sheet().hours == people.hours(note="Rustige week.")
