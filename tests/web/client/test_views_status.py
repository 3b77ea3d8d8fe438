import pytest
from django.test import Client as Browser

from kis.timesheets.models import Timesheet
from kis.timesheets.workflow import State
from tests.support import people, walk
from tests.support.queries import SameQueries
from tests.support.time import Freeze

STATUS = "/client/status/"
WAITING = "/client/status/2026-W48/intermediate/"


@pytest.fixture
def carla() -> Browser:
    return people.signed_in(people.carla())


def waiting(count: int = 1) -> list[Timesheet]:
    sheets = [people.sheet(worker) for worker in people.many_workers(count)]
    return [walk.to(sheet, State.SUBMITTED) for sheet in sheets]


def accept(browser: Browser, sheets: list[Timesheet], **more: str) -> str:
    chosen = [f"{sheet.pk}:{sheet.version}" for sheet in sheets]
    return browser.post("/client/status/accept/", {"sheet": chosen, **more}, follow=True).content.decode()


def test_the_table_has_the_three_columns_of_the_guide_with_their_counts(carla: Browser) -> None:
    for worker in people.many_workers(7):
        people.sheet(worker)
    walk.to(people.sheet(people.ana()), State.SUBMITTED)
    walk.to(people.sheet(people.bram()), State.ACCEPTED)
    page = carla.get(STATUS).content.decode()
    heads = [page.index(name) for name in (
        "Door eerste accordering", "Door tussenliggende accordering", "Door laatste accordering")]  # fmt: skip
    assert heads == sorted(heads)
    for phase, count in (("first", 7), ("intermediate", 1), ("last", 1)):
        assert f'href="/client/status/2026-W48/{phase}/"' in page
        assert f": {count}" in page.split(f"2026-W48/{phase}/")[1][:120]


def test_the_first_sentence_says_what_waits_and_before_when(carla: Browser) -> None:
    waiting(2)
    page = carla.get(STATUS).content.decode()
    assert "<strong>2 werkbriefjes</strong> wachten op u" in page
    assert "17:00" in page or "17.00" in page
    assert "nog 8 uur" in page.lower()


def test_nothing_waiting_is_said_in_words(carla: Browser) -> None:
    assert "Er wacht niets op u" in carla.get(STATUS).content.decode()


def test_another_clients_weeks_are_not_counted(carla: Browser) -> None:
    walk.to(people.sheet(people.placement(people.bram(), people.transport())), State.SUBMITTED)
    people.dirk()
    assert "Er wacht niets op u" in carla.get(STATUS).content.decode()


def test_a_contact_of_one_department_sees_only_that_one() -> None:
    jobs = [
        people.placement(worker, department=people.department(name))
        for worker, name in zip(people.many_workers(2), ("Broodlijn", "Inpak"), strict=True)
    ]
    sheets = [walk.to(people.sheet(job), State.SUBMITTED) for job in jobs]
    packer = people.contact("Pim Pakker", "pim@bakery.example", people.bakery(), people.department("Inpak"))
    page = people.signed_in(packer).get(WAITING).content.decode()
    assert str(sheets[1].worker) in page
    assert str(sheets[0].worker) not in page


def test_who_must_still_fill_in_is_named_without_hours(carla: Browser) -> None:
    people.sheet(people.ana())
    page = carla.get("/client/status/2026-W48/first/").content.decode()
    assert "Ana Kowalska" in page
    assert "40:00" not in page


def test_only_where_something_stands_out_it_says_that_such_weeks_are_left_out(carla: Browser) -> None:
    left_out = "Werkbriefjes met een signaal doen pas mee als u ze zelf kiest."
    waiting(1)
    assert left_out not in carla.get(WAITING).content.decode()
    walk.to(people.sheet(people.ana()), State.SUBMITTED, hours=people.hours(days=6))
    assert left_out in carla.get(WAITING).content.decode()


def test_several_are_accepted_in_one_confirmed_step_with_their_total(carla: Browser) -> None:
    sheets = waiting(3)
    assert "3 werkbriefjes accepteren, samen 120:00 uur?" in accept(carla, sheets)
    assert Timesheet.objects.filter(state=State.ACCEPTED).count() == 0
    assert "3 werkbriefjes geaccepteerd, samen 120:00 uur" in accept(carla, sheets, confirmed="1")
    assert Timesheet.objects.filter(state=State.ACCEPTED).count() == 3


def test_what_changed_meanwhile_is_named_and_not_accepted(carla: Browser) -> None:
    sheets = waiting(2)
    stale = [sheets[0].pk, sheets[0].version - 1]
    page = carla.post(
        "/client/status/accept/",
        {"sheet": [f"{stale[0]}:{stale[1]}", f"{sheets[1].pk}:{sheets[1].version}"], "confirmed": "1"}, follow=True,
    ).content.decode()  # fmt: skip
    assert f"niet geaccepteerd: {sheets[0].worker}" in page
    assert Timesheet.objects.get(pk=sheets[0].pk).state == State.SUBMITTED
    assert Timesheet.objects.get(pk=sheets[1].pk).state == State.ACCEPTED


def test_accepting_twice_gives_a_calm_answer(carla: Browser) -> None:
    sheets = waiting(1)
    accept(carla, sheets, confirmed="1")
    assert "niet geaccepteerd" in accept(carla, sheets, confirmed="1")


def test_a_stranger_s_weeks_are_never_accepted() -> None:
    sheets = waiting(1)
    accept(people.signed_in(people.dirk()), sheets, confirmed="1")
    assert Timesheet.objects.get(pk=sheets[0].pk).state == State.SUBMITTED


def test_a_form_that_is_not_ours_finds_no_page(carla: Browser) -> None:
    assert carla.post("/client/status/accept/", {"sheet": "x:y"}).status_code == 404


def test_after_the_deadline_the_table_says_what_that_means(carla: Browser, freeze: Freeze) -> None:
    waiting(1)
    freeze("2026-11-30 18:00")
    assert "Dat moment is voorbij" in carla.get(STATUS).content.decode()


def test_what_is_late_already_does_not_hide_what_can_still_be_in_time(carla: Browser, freeze: Freeze) -> None:
    waiting(1)
    following = people.WEEK.next
    walk.to(people.sheet(people.ana(), following), State.SUBMITTED)
    walk.to(people.sheet(people.bram(), following), State.SUBMITTED)
    freeze("2026-12-04 18:00")
    page = " ".join(carla.get(STATUS).content.decode().split())
    assert "<strong>3 werkbriefjes</strong> wachten op u, vóór ma 7 dec 17.00" in page
    assert "nog 2 dagen</strong>. Voor 1 daarvan is het moment al voorbij" in page


@pytest.mark.parametrize("address", [STATUS, WAITING])
def test_the_page_costs_the_same_for_3_and_for_30(carla: Browser, same_queries: SameQueries, address: str) -> None:
    assert same_queries(waiting, lambda: carla.get(address)) <= 14
