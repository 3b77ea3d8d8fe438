"""What stands out in a week, beside the client's buttons: warned, never stopped, and nothing of other clients."""

import re

import pytest
from django.test import Client as Browser

from kis.timesheets import operations
from kis.timesheets.hours import Break, Day, Hours, Shift
from kis.timesheets.models import Acknowledgement, Timesheet
from kis.timesheets.workflow import State
from tests.support import people, two_clients, walk
from tests.support.queries import SameQueries

LONG = Day((Shift(8 * 60, 16 * 60),))


@pytest.fixture
def carla() -> Browser:
    return people.signed_in(people.carla())


@pytest.fixture
def sheet() -> Timesheet:
    """A week with a break missing on Monday."""
    return walk.to(two_clients.at_bakery(), State.SUBMITTED, hours=Hours(people.WEEK, (LONG,) + (Day(),) * 6))


def page(browser: Browser, sheet: Timesheet) -> str:
    return browser.get(f"/client/timesheets/{sheet.pk}/").content.decode()


def acknowledge(browser: Browser, sheet: Timesheet, key: str, reason: str = "Gewerkt en gegeten tegelijk.") -> object:
    return browser.post(f"/client/timesheets/{sheet.pk}/acknowledge/", {"key": key, "reason": reason})


def keys(html: str) -> list[str]:
    return re.findall(r'name="key" value="(\w+)"', html)


def test_a_finding_stands_beside_the_button_with_its_article(carla: Browser, sheet: Timesheet) -> None:
    html = page(carla, sheet)
    assert "Deze dienst telt 8:00 uur werk met 0:00 pauze; minstens 0:30 is nodig" in html
    assert 'href="https://wetten.overheid.nl/jci1.3:c:BWBR0007671&amp;artikel=5:4"' in html
    assert "Arbeidstijdenwet 5:4" in html
    assert 'href="#signals">▲ 1 signaal</a>' in html
    assert "Te weinig pauze</span>" in html, "short, in the table of the week"


def test_accepting_is_never_stopped(carla: Browser, sheet: Timesheet) -> None:
    carla.post(f"/client/timesheets/{sheet.pk}/accept/", {"version": sheet.version})
    assert Timesheet.objects.get(pk=sheet.pk).state == State.ACCEPTED


def test_seen_with_a_reason_it_no_longer_asks_and_the_reason_stands_with_it(carla: Browser, sheet: Timesheet) -> None:
    [key] = keys(page(carla, sheet))
    acknowledge(carla, sheet, key)
    html = page(carla, sheet)
    assert "Gewerkt en gegeten tegelijk." in html
    assert "Gezien door Carla de Groot (de opdrachtgever)" in html
    assert keys(html) == []
    assert "▲ 1 signaal" not in html
    waiting = carla.get("/client/status/2026-W48/intermediate/").content.decode()
    assert "▲" not in waiting
    assert re.search(rf'value="{sheet.pk}:\d+" data-minutes="480" checked', waiting), "chosen with the others again"


def test_without_a_reason_it_says_so_beside_the_field(carla: Browser, sheet: Timesheet) -> None:
    [key] = keys(page(carla, sheet))
    answer = carla.post(f"/client/timesheets/{sheet.pk}/acknowledge/", {"key": key, "reason": "  "})
    assert answer.status_code == 422
    html = answer.content.decode()
    assert "Vul in waarom, of wat eraan is gedaan." in html
    assert f'aria-describedby="why-{key}_hint why-{key}_error"' in html
    assert "<details open>" in html
    assert not Acknowledgement.objects.exists()


def test_what_has_changed_meanwhile_is_shown_as_it_is_now(carla: Browser, sheet: Timesheet) -> None:
    answer = carla.post(f"/client/timesheets/{sheet.pk}/acknowledge/", {"key": "0" * 32, "reason": "Gezien."})
    assert answer.status_code == 409
    assert "Iemand was sneller" in answer.content.decode()


def test_after_a_change_the_earlier_reason_says_that_it_was_different_then(carla: Browser, sheet: Timesheet) -> None:
    acknowledge(carla, sheet, keys(page(carla, sheet))[0])
    sheet.refresh_from_db()
    client, worker = people.actor(people.carla()), people.actor(people.ana())
    operations.refuse(sheet, version=sheet.version, by=client, at=sheet.state_since, reason_code="break_missing")
    shorter = Hours(people.WEEK, (Day((Shift(8 * 60, 15 * 60),)),) + (Day(),) * 6)
    operations.submit(sheet, hours=shorter, version=sheet.version, by=worker, at=sheet.state_since)
    html = page(carla, sheet)
    assert "het was toen anders" in html
    assert len(keys(html)) == 1, "it asks again"


def test_while_the_worker_mends_it_there_is_nothing_to_acknowledge(carla: Browser) -> None:
    sheet = walk.to(two_clients.at_bakery(), State.REFUSED, hours=Hours(people.WEEK, (LONG,) + (Day(),) * 6))
    html = page(carla, sheet)
    assert "met 0:00 pauze" in html, "what was handed in still stands out"
    assert keys(html) == []


# Privacy.


def test_too_long_a_week_at_two_clients_is_told_to_both_and_nothing_of_the_other(carla: Browser) -> None:
    bakery, transport = two_clients.handed_in()
    dirk = people.signed_in(people.dirk())
    for browser, sheet, secret in (
        (carla, bakery, two_clients.WORDS_OF_TRANSPORT),
        (dirk, transport, two_clients.WORDS_OF_BAKERY),
    ):
        html = page(browser, sheet)
        assert "Week te lang. Een deel hiervan ligt buiten de eigen diensten en is hier niet te zien." in html
        assert [word for word in secret if word in html] == []


def test_no_page_of_a_client_has_a_word_or_an_hour_of_the_other(carla: Browser) -> None:
    bakery, _ = two_clients.handed_in()
    job = bakery.placement_id
    addresses = ["/client/status/", "/client/status/2026-W48/intermediate/", "/client/jobs/", f"/client/jobs/{job}/",
                 f"/client/timesheets/{bakery.pk}/", f"/client/timesheets/{bakery.pk}/propose/"]  # fmt: skip
    for address in addresses:
        html = carla.get(address, follow=True).content.decode()
        assert "Ana Kowalska" in html or address == "/client/status/"
        assert [word for word in two_clients.WORDS_OF_TRANSPORT if word in html] == [], address
    chosen = {"sheet": f"{bakery.pk}:{bakery.version}"}
    html = carla.post("/client/status/accept/", chosen).content.decode()
    assert [word for word in two_clients.WORDS_OF_TRANSPORT if word in html] == []


def test_trying_out_other_times_does_not_tell_when_the_worker_works_elsewhere(carla: Browser) -> None:
    """The same signals come back whether the times proposed come near the work elsewhere or not."""
    bakery, transport = two_clients.handed_in()
    near = {"days.0.shifts.0.start": "12:00", "days.0.shifts.0.end": "18:30", "days.0.shifts.0.pause": "30"}
    address, headers = f"/client/timesheets/{bakery.pk}/propose/", {"HX-Request": "true"}
    tried = carla.post(address, {"version": bakery.version, "do": "", **near}, headers=headers).content.decode()
    by = people.actor(people.ana())
    operations.withdraw(transport, version=transport.version, by=by, at=transport.state_since)
    alone = carla.post(address, {"version": bakery.version, "do": "", **near}, headers=headers).content.decode()
    assert re.findall(r'class="level.*?</p>', tried, re.DOTALL) == re.findall(r'class="level.*?</p>', alone, re.DOTALL)
    assert "Een deel hiervan" not in tried


def test_an_overlap_with_work_elsewhere_is_not_the_client_s_to_know(carla: Browser) -> None:
    bakery = walk.to(two_clients.at_bakery(), State.SUBMITTED,
                     hours=Hours(people.WEEK, (Day((Shift(1080, 1260),)),) + (Day(),) * 6))  # fmt: skip
    walk.to(two_clients.at_transport(), State.SUBMITTED, hours=two_clients.evenings())
    html = page(carla, bakery)
    assert "overlappen" not in html
    esra = people.signed_in(people.esra())
    assert "overlappen" in esra.get(f"/agency/timesheets/{bakery.pk}/").content.decode()


def test_the_age_of_the_worker_is_not_told_beyond_the_rule(carla: Browser) -> None:
    sheet = two_clients.at_bakery()
    sheet.worker.birth_date = sheet.week.monday.replace(year=2009, month=3, day=14)
    sheet.worker.save()
    evening = Day((Shift(15 * 60, 23 * 60 + 30, (Break(30),)),))
    walk.to(sheet, State.SUBMITTED, hours=Hours(people.WEEK, (evening,) + (Day(),) * 6))
    html = page(carla, sheet)
    assert "met 16 en 17 jaar" in html
    assert "2009" not in html


def test_the_review_costs_the_same_for_3_and_for_30_that_wait(carla: Browser, same_queries: SameQueries) -> None:
    def add(count: int) -> None:
        for worker in people.many_workers(count):
            walk.to(people.sheet(people.placement(worker)), State.SUBMITTED,
                    hours=Hours(people.WEEK, (LONG,) + (Day(),) * 6))  # fmt: skip

    assert same_queries(add, lambda: page(carla, Timesheet.objects.awaiting_client().earliest("pk"))) <= 24
