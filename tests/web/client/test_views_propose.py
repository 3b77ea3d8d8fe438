"""Other times instead of a refusal: typed like the worker types them, with what it means before it is sent."""

from __future__ import annotations

import re
import uuid
from typing import Any

import pytest
from django.test import Client as Browser

from kis.timesheets import operations
from kis.timesheets.hours import Day, Expense, Hours
from kis.timesheets.models import Timesheet
from kis.timesheets.workflow import Act, State
from kis.web.week.week_form import fields_of
from tests.support import people, walk

WHY = {"reason_code": "times_differ", "reason": "Zie het rooster."}


@pytest.fixture
def carla() -> Browser:
    return people.signed_in(people.carla())


@pytest.fixture
def sheet() -> Timesheet:
    return walk.to(people.sheet(people.ana()), State.SUBMITTED)


def address(sheet: Timesheet) -> str:
    return f"/client/timesheets/{sheet.pk}/propose/"


def form(sheet: Timesheet, **changed: str) -> dict[str, str]:
    """The form as the page holds it, with some fields changed: `days_0_end="15.30"`."""
    fields = {**fields_of(people.hours()), "version": str(sheet.version), "do": "propose", **WHY}
    for name, text in changed.items():
        day, _, part = name.removeprefix("days_").partition("_")
        fields[f"days.{day}.shifts.0.{part}" if name.startswith("days_") else name] = text
    return fields


def post(browser: Browser, sheet: Timesheet, *, htmx: bool = False, **changed: str) -> Any:
    headers = {"HX-Request": "true"} if htmx else {}
    return browser.post(address(sheet), form(sheet, **changed), headers=headers)


def words(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


def test_the_week_of_the_review_leads_to_a_form_with_the_hours_as_handed_in(carla: Browser, sheet: Timesheet) -> None:
    assert address(sheet) in words(carla.get(f"/client/timesheets/{sheet.pk}/"))
    page = words(carla.get(address(sheet)))
    assert page.count('value="08:00"') == 5
    assert "Er is nog niets gewijzigd." in page


@pytest.mark.parametrize("text", ["15:30", "1530", "15.30"])
def test_less_goes_to_the_worker_however_the_time_is_typed(carla: Browser, sheet: Timesheet, text: str) -> None:
    answer = post(carla, sheet, days_0_end=text)
    assert answer["Location"] == "/client/status/"
    sheet.refresh_from_db()
    assert (sheet.state, sheet.minutes) == (State.REFUSED, 5 * 480)
    proposal = sheet.proposal()
    assert proposal
    assert proposal.hours.minutes == 5 * 480 - 60
    page = words(carla.get("/client/status/"))
    assert "Uw voorstel ligt bij Ana Kowalska, met uw reden." in page


def badges(page: str) -> list[str]:
    """The words of the states on a page."""
    return [found.strip() for found in re.findall(r'<span class="badge [^>]*>.*?</svg>([^<]*)', page)]


def test_while_it_waits_the_week_is_a_proposal_and_not_refused(carla: Browser, sheet: Timesheet) -> None:
    post(carla, sheet, days_0_end="15.30")
    readers = (
        (carla, f"/client/timesheets/{sheet.pk}/"),
        (people.signed_in(people.ana()), f"/worker/week/{people.WEEK}/"),
        (people.signed_in(people.esra()), "/agency/timesheets/"),
    )
    for reader, page in readers:
        found = badges(words(reader.get(page)))
        assert "Voorstel" in found
        assert "Geweigerd" not in found


def test_more_is_accepted_at_once_and_can_be_undone(carla: Browser, sheet: Timesheet) -> None:
    answer = post(carla, sheet, days_0_end="1730")
    assert answer["Location"] == f"/client/status/?undo={sheet.pk}"
    sheet.refresh_from_db()
    assert (sheet.state, sheet.minutes) == (State.ACCEPTED, 5 * 480 + 60)
    page = words(carla.get(answer["Location"]))
    assert "De uren van Ana Kowalska zijn geaccepteerd, met uw wijzigingen." in page
    carla.post(f"/client/timesheets/{sheet.pk}/undo/", {"version": sheet.version})
    sheet.refresh_from_db()
    assert (sheet.state, sheet.minutes) == (State.SUBMITTED, 5 * 480)


def test_what_it_means_is_said_before_it_is_sent(carla: Browser, sheet: Timesheet) -> None:
    less = words(post(carla, sheet, do="look", days_0_end="15.30"))
    assert "Minder: Ana Kowalska moet akkoord geven." in less
    assert "op ma 23 nov" in less
    assert "De week: 40:00 wordt 39:00 uur." in less
    assert 'Doorgestuurd: <span><span class="nowrap">08:00–16:30</span>' in less
    assert "Zie het rooster.</textarea>" in less
    more = words(post(carla, sheet, do="look", days_0_end="17.30"))
    assert "Dit gaat meteen in." in more
    sheet.refresh_from_db()
    assert sheet.state == State.SUBMITTED


def test_while_typing_only_figures_and_the_verdict_come_back(carla: Browser, sheet: Timesheet) -> None:
    answer = words(post(carla, sheet, do="", htmx=True, days_0_end="15.30"))
    assert "moet akkoord geven" in answer
    assert f'id="s{sheet.pk}-d0-out" hx-swap-oob="true"' in answer
    assert "<input" not in answer


def test_a_shift_is_added_and_keeps_what_was_typed(carla: Browser, sheet: Timesheet) -> None:
    answer = words(post(carla, sheet, do="shift:1", htmx=True, days_0_end="15.30"))
    assert 'name="days.1.shifts.1.start"' in answer
    assert 'value="15.30"' in answer


def test_last_week_is_not_copied_for_a_client(carla: Browser, sheet: Timesheet) -> None:
    """It may hold a draft that a client must not see."""
    before = people.sheet(people.ana(), people.WEEK.previous)
    operations.save_draft(
        before, hours=people.hours(before.week, days=6), version=1, by=people.actor(people.ana()), at=before.state_since
    )  # fmt: skip
    answer = words(post(carla, sheet, do="previous"))
    assert 'value="08:00"' in answer
    assert answer.count('value="08:00"') == 5


def test_what_cannot_be_read_is_told_at_its_field_and_nothing_typed_is_lost(carla: Browser, sheet: Timesheet) -> None:
    answer = post(carla, sheet, days_0_end="half vier")
    assert answer.status_code == 422
    page = words(answer)
    assert "Dit is geen tijd." in page
    assert 'value="half vier"' in page
    assert "Zie het rooster." in page


def test_a_reason_is_needed(carla: Browser, sheet: Timesheet) -> None:
    answer = post(carla, sheet, days_0_end="15.30", reason_code="")
    assert answer.status_code == 422
    assert "Kies een reden" in words(answer)
    assert "in eigen woorden" in words(post(carla, sheet, days_0_end="15.30", reason_code="other", reason=""))
    sheet.refresh_from_db()
    assert sheet.state == State.SUBMITTED


def test_a_proposal_without_a_change_is_none(carla: Browser, sheet: Timesheet) -> None:
    answer = post(carla, sheet)
    assert answer.status_code == 422
    assert "Er is nog niets gewijzigd. Wijzig een dag" in words(answer)


BUS = Expense(people.WEEK.monday, 250, "Bus")


@pytest.fixture
def with_bus() -> Timesheet:
    hours = people.hours(expenses=(BUS,), note="Andere lijn.")
    return walk.to(people.sheet(people.ana()), State.SUBMITTED, hours=hours)


def post_bus(carla: Browser, sheet: Timesheet, do: str = "propose", **changed: str) -> Any:
    fields = fields_of(people.hours(expenses=(BUS,)))
    return post(carla, sheet, **fields | changed | {"do": do})


def test_the_note_stays_as_it_was(carla: Browser, with_bus: Timesheet) -> None:
    post_bus(carla, with_bus, days_0_end="17.30", note="Weg ermee")
    with_bus.refresh_from_db()
    hours = with_bus.hours
    assert (with_bus.state, hours.expenses, hours.note) == (State.ACCEPTED, (BUS,), "Andere lijn.")


@pytest.mark.parametrize("amount", ["2,00", "0.05"])
def test_a_lower_expense_waits_for_the_worker(carla: Browser, with_bus: Timesheet, amount: str) -> None:
    assert "moet akkoord geven" in words(post_bus(carla, with_bus, "look", **{"expenses.0.amount": amount}))
    post_bus(carla, with_bus, **{"expenses.0.amount": amount})
    with_bus.refresh_from_db()
    assert (with_bus.state, with_bus.expense_cents) == (State.REFUSED, 250)
    page = words(people.signed_in(people.ana()).get(f"/worker/week/{people.WEEK}/"))
    assert "€ 2,50" in page


def test_a_higher_expense_is_accepted_at_once(carla: Browser, with_bus: Timesheet) -> None:
    post_bus(carla, with_bus, **{"expenses.0.amount": "3,50"})
    with_bus.refresh_from_db()
    assert (with_bus.state, with_bus.expense_cents) == (State.ACCEPTED, 350)


def test_an_expense_taken_out_waits_for_the_worker(carla: Browser, with_bus: Timesheet) -> None:
    page = words(post_bus(carla, with_bus, "drop:expenses.0"))
    assert 'name="expenses.0.amount"' not in page
    post(carla, with_bus)
    with_bus.refresh_from_db()
    proposal = with_bus.proposal()
    assert proposal
    assert proposal.hours.expenses == ()


def test_an_expense_can_be_added_but_no_receipt(carla: Browser, with_bus: Timesheet) -> None:
    page = words(post_bus(carla, with_bus, "expense"))
    assert 'name="expenses.1.amount"' in page
    assert 'type="file"' not in page
    parking = {"date": str(people.WEEK.monday), "amount": "4", "what": "Parkeren", "receipt": str(uuid.uuid4())}
    post_bus(carla, with_bus, **{f"expenses.1.{part}": text for part, text in parking.items()})
    with_bus.refresh_from_db()
    assert (with_bus.state, with_bus.expense_cents) == (State.ACCEPTED, 650)
    assert with_bus.hours.receipts == frozenset()


def test_an_amount_that_cannot_be_is_told_at_its_field(carla: Browser, with_bus: Timesheet) -> None:
    answer = post_bus(carla, with_bus, **{"expenses.0.amount": "twee euro"})
    assert answer.status_code == 422
    page = words(answer)
    assert 'value="twee euro"' in page
    assert f'href="#s{with_bus.pk}-expenses-0-amount"' in page


def test_who_was_overtaken_reads_what_was_typed_and_cannot_send_it(carla: Browser, sheet: Timesheet) -> None:
    operations.withdraw(
        Timesheet.objects.get(pk=sheet.pk), version=2, by=people.actor(people.ana()), at=sheet.state_since
    )  # fmt: skip
    answer = post(carla, sheet, days_0_end="15.30")
    assert answer.status_code == 409
    page = words(answer)
    assert "Iemand was sneller" in page
    assert 'value="15.30"' in page
    assert "Voorstel versturen" not in page


def test_without_a_turn_the_form_leads_back_to_the_week(carla: Browser) -> None:
    sheet = walk.to(people.sheet(people.ana()), State.ACCEPTED)
    assert carla.get(address(sheet))["Location"] == f"/client/timesheets/{sheet.pk}/"
    assert carla.get(f"/client/timesheets/{sheet.pk}/").content.decode().count(address(sheet)) == 0


def test_the_week_shows_the_proposal_that_waits_beside_what_was_handed_in(carla: Browser) -> None:
    sheet = walk.proposed(people.sheet(people.ana()))
    page = words(carla.get(f"/client/timesheets/{sheet.pk}/"))
    assert "Uw voorstel ligt bij Ana Kowalska." in page
    assert "Carla de Groot stelde andere uren voor" in page
    assert "Ana Kowalska moet akkoord geven, of stuurt opnieuw door." in page
    assert "Vrijdag was de bakkerij dicht" in page
    assert "−8:00" in page
    assert sheet.steps.latest("number").act == Act.PROPOSE


def test_a_placement_by_totals_is_proposed_by_totals(carla: Browser) -> None:
    job = people.placement(entry="totals", pattern={})
    sheet = people.sheet(job)
    by = people.actor(people.ana())
    hours = Hours(sheet.week, (Day(total=480),) * 2 + (Day(),) * 5)
    operations.submit(sheet, hours=hours, version=1, by=by, at=sheet.state_since)
    data = {"days.0.total": "7:30", "days.1.total": "8", "version": "2", "do": "propose", **WHY}
    carla.post(address(sheet), data)
    sheet.refresh_from_db()
    proposal = sheet.proposal()
    assert proposal
    assert [day.total for day in proposal.hours.days[:3]] == [450, 480, None]
