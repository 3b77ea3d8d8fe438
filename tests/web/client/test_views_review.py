import pytest
from django.test import Client as Browser

from kis.core import clock
from kis.timesheets import operations
from kis.timesheets.hours import Day, Hours
from kis.timesheets.models import Timesheet
from kis.timesheets.workflow import Act, State
from tests.support import people, walk
from tests.support.queries import SameQueries


@pytest.fixture
def carla() -> Browser:
    return people.signed_in(people.carla())


@pytest.fixture
def sheet() -> Timesheet:
    return walk.to(people.sheet(people.ana()), State.SUBMITTED)


def address(sheet: Timesheet, act: str = "") -> str:
    return f"/client/timesheets/{sheet.pk}/" + (f"{act}/" if act else "")


def test_the_week_shows_planned_against_handed_in_and_the_two_buttons(carla: Browser, sheet: Timesheet) -> None:
    page = carla.get(address(sheet)).content.decode()
    for words in ("Ana Kowalska", "08:00", "16:30", "40:00", "Accepteren", "Weigeren"):
        assert words in page


def test_accepting_goes_on_to_the_next_and_offers_to_undo(carla: Browser, sheet: Timesheet) -> None:
    following = walk.to(people.sheet(people.bram()), State.SUBMITTED)
    answer = carla.post(address(sheet, "accept"), {"version": sheet.version}, follow=True)
    assert answer.request["PATH_INFO"] == address(following)
    assert address(sheet, "undo") in answer.content.decode()
    sheet.refresh_from_db()
    assert sheet.state == State.ACCEPTED


def test_one_can_only_accept_the_hours_one_saw(carla: Browser, sheet: Timesheet) -> None:
    answer = carla.post(address(sheet, "accept"), {"version": sheet.version - 1})
    assert answer.status_code == 409
    assert "Iemand was sneller" in answer.content.decode()
    sheet.refresh_from_db()
    assert sheet.state == State.SUBMITTED


def test_a_post_without_a_version_decides_nothing(carla: Browser, sheet: Timesheet) -> None:
    assert carla.post(address(sheet, "accept")).status_code == 409


def test_accepting_twice_gives_a_calm_page(carla: Browser, sheet: Timesheet) -> None:
    carla.post(address(sheet, "accept"), {"version": sheet.version})
    assert carla.post(address(sheet, "accept"), {"version": sheet.version}).status_code == 409
    assert sheet.steps.filter(act=Act.ACCEPT).count() == 1


def test_refusing_needs_a_reason_and_keeps_what_was_typed(carla: Browser, sheet: Timesheet) -> None:
    answer = carla.post(address(sheet, "refuse"), {"version": sheet.version, "reason": "Dinsdag was korter"})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Wat klopt er niet? Kies een reden." in page, "and no colon behind the question"
    assert "Dinsdag was korter" in page


def test_other_reasons_need_words(carla: Browser, sheet: Timesheet) -> None:
    answer = carla.post(address(sheet, "refuse"), {"version": sheet.version, "reason_code": "other"})
    assert "in eigen woorden" in answer.content.decode()


def test_refused_hours_go_back_to_the_worker_with_reason_and_days(carla: Browser, sheet: Timesheet) -> None:
    carla.post(
        address(sheet, "refuse"),
        {"version": sheet.version, "reason_code": "break_missing", "days": "2026-11-24", "reason": "Zie rooster"},
    )
    sheet.refresh_from_db()
    assert (sheet.state, sheet.disputed) == (State.REFUSED, ["2026-11-24"])
    step = sheet.steps.get(act=Act.REFUSE)
    assert (step.reason_code, step.reason, step.actor_name) == ("break_missing", "Zie rooster", "Carla de Groot")


def test_a_refusal_that_came_too_late_keeps_its_words(carla: Browser, sheet: Timesheet) -> None:
    operations.withdraw(sheet, version=sheet.version, by=people.actor(people.ana()), at=sheet.state_since)
    answer = carla.post(
        address(sheet, "refuse"), {"version": sheet.version - 1, "reason_code": "other", "reason": "Mijn woorden"}
    )
    assert answer.status_code == 409


def test_an_acceptance_can_be_undone_until_the_agency_has_approved(carla: Browser, sheet: Timesheet) -> None:
    walk.to(other := people.sheet(people.bram()), State.ACCEPTED)
    carla.post(address(other, "undo"), {"version": other.version})
    other.refresh_from_db()
    assert other.state == State.SUBMITTED
    walk.to(approved := people.sheet(people.many_workers(1)[0]), State.APPROVED)
    assert carla.post(address(approved, "undo"), {"version": approved.version}).status_code == 409


def test_what_changed_since_the_last_hand_in_is_marked(carla: Browser, sheet: Timesheet) -> None:
    ana = people.actor(people.ana())
    operations.withdraw(sheet, version=sheet.version, by=ana, at=sheet.state_since)
    shorter = people.hours(sheet.week)
    days = (Day(shorter.days[0].shifts[:0], total=420), *shorter.days[1:])
    mended = Hours(sheet.week, days)
    operations.submit(sheet, hours=mended, version=sheet.version, by=ana, at=sheet.state_since)
    page = carla.get(address(sheet)).content.decode()
    assert "8:00" in page
    assert "gewijzigd" in page or "was 8:00" in page


def test_a_draft_shows_no_hours_to_the_client(carla: Browser) -> None:
    draft = people.sheet(people.bram())
    by = people.actor(people.bram())
    operations.save_draft(draft, hours=people.hours(draft.week), version=draft.version, by=by, at=draft.state_since)
    page = carla.get(address(draft)).content.decode()
    assert "Er is nog niets doorgestuurd" in page
    assert "40:00" not in page


def test_after_withdrawing_the_client_still_sees_only_what_was_handed_in(carla: Browser, sheet: Timesheet) -> None:
    ana = people.actor(people.ana())
    operations.withdraw(sheet, version=sheet.version, by=ana, at=sheet.state_since)
    one_day = Hours(sheet.week, (Day(total=77),) + (Day(),) * 6)
    operations.save_draft(sheet, hours=one_day, version=sheet.version, by=ana, at=sheet.state_since)
    page = carla.get(address(sheet)).content.decode()
    assert "1:17" not in page


@pytest.mark.parametrize("act", ["", "accept", "refuse", "undo"])
def test_another_clients_contact_finds_no_such_page(sheet: Timesheet, act: str) -> None:
    dirk = people.signed_in(people.dirk())
    answer = dirk.post(address(sheet, act), {"version": sheet.version}) if act else dirk.get(address(sheet))
    assert answer.status_code == 404


def test_the_page_costs_the_same_after_3_refusals_and_after_30(carla: Browser, same_queries: SameQueries) -> None:
    sheet = walk.to(people.sheet(people.ana()), State.SUBMITTED)

    def refused(times: int) -> None:
        for _ in range(times):
            sheet.refresh_from_db()
            act = {"version": sheet.version, "by": people.actor(people.carla()), "at": clock.now()}
            operations.refuse(sheet, reason="Dinsdag was korter", **act)
            walk.to(sheet, State.SUBMITTED)

    assert same_queries(refused, lambda: carla.get(address(sheet))) <= 16
