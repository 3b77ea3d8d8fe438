"""Paid weeks of all kinds as time cards, by the real job: valid by the official schemas, and true to what was paid."""

from __future__ import annotations

import dataclasses
import io
import itertools
import random
import zipfile
from collections.abc import Callable

import pytest
from django.db import connection, models

from kis.core.append_only import guard, release
from kis.core.weeks import Week
from kis.exchange import exports, setu_1_4, setu_2, setu_export
from kis.exchange.models import ExportOrder
from kis.exchange.setu_codes import CODES_TO_WORDS
from kis.exchange.setu_export import BREAK, EXPENSES, KILOMETRES, WORK, NotIdentified
from kis.exchange.timecards import Action, Issuer, Status, Timecard
from kis.payroll import agreements
from kis.payroll.models import PayrollRun
from kis.staffing import operations as staffing
from kis.staffing.actor import SYSTEM
from kis.timesheets.hours import Break, Day, Expense, Hours, Shift
from kis.timesheets.models import Submission, Timesheet
from kis.timesheets.workflow import State
from tests.exchange import paid_weeks, runs
from tests.standards.official import Standards
from tests.support import people, walk

pytestmark = pytest.mark.django_db
FORMATS = ("setu-2.0-xml", "setu-2.0-json", "setu-1.4")
READERS: dict[str, Callable[[bytes], Timecard]] = {
    "setu-2.0-xml": setu_2.read_xml,
    "setu-2.0-json": setu_2.read_json,
    "setu-1.4": lambda message: CODES_TO_WORDS.back.of(setu_1_4.read(message)),
}


def messages(run: PayrollRun, kind: str) -> dict[str, bytes]:
    """The messages in the file of the bakery, by the real job."""
    made = runs.made(run, kind, **setu_export.choices_for(people.bakery()))
    with zipfile.ZipFile(io.BytesIO(runs.content(made))) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def cards(run: PayrollRun, kind: str) -> dict[str, Timecard]:
    return cards_of(messages(run, kind), kind)


def cards_of(found: dict[str, bytes], kind: str) -> dict[str, Timecard]:
    return {name.rpartition(".")[0]: READERS[kind](content) for name, content in found.items()}


def complaints(standards: Standards, kind: str, message: bytes) -> list[str]:
    checks = (standards.setu_2_xml, standards.setu_2_json, standards.setu_1_4)
    return dict(zip(FORMATS, checks, strict=True))[kind](message)


def holds(card: Timecard, hours: Hours) -> bool:
    """Whether the card says what was written down: work, breaks, kilometres and costs, day by day."""
    worked = {
        day: sum(line.minutes for line in card.intervals if line.hour_type == WORK and line.day == day)
        for day in hours.week.days
    }
    placed = sum(
        pause.minutes for day in hours.days for shift in day.shifts for pause in shift.breaks if pause.start is not None
    )
    km = {line.start: line.quantity for line in card.allowances if line.type == KILOMETRES}
    spent = [line.rates[0].amount * 100 for line in card.allowances if line.type == EXPENSES]
    return (
        worked == {date: day.worked(date) for date, day in hours.dated()}
        and placed == sum(line.minutes for line in card.intervals if line.hour_type == BREAK)
        and km == {date: day.km for date, day in hours.dated() if day.km}
        and spent == [expense.cents for expense in hours.expenses]
    )


@pytest.mark.parametrize("week", paid_weeks.WEEKS, ids=str)
def test_weeks_of_all_kinds_and_their_corrections_are_valid_and_say_what_was_paid(
    week: Week, standards: Standards
) -> None:
    chance = random.Random(str(week))
    paid_weeks.identified()
    kinds = list(paid_weeks.KINDS) * 2
    jobs = [paid_weeks.job(number, kind) for number, kind in enumerate(kinds)]
    sheets = paid_weeks.approved(jobs, week, [paid_weeks.hours(chance, week, kind) for kind in kinds])
    first = runs.paid(week)
    assert first.sheets == len(kinds), "the pay rules take every week"
    fresh = [
        paid_weeks.correction(sheet, paid_weeks.hours(chance, week, kind))
        for sheet, kind in zip(sheets, kinds, strict=True)
        if kind != "not_worked"
    ]
    nothing_after_all = paid_weeks.correction(sheets[kinds.index("not_worked")], people.hours(week, days=1))
    second = runs.paid(week.next)
    everything = ((first, sheets), (second, [*fresh, nothing_after_all]))
    for (run, expected), kind in itertools.product(everything, FORMATS):
        found = messages(run, kind)
        assert [told for message in found.values() for told in complaints(standards, kind, message)] == []
        read = cards_of(found, kind)
        for sheet in expected:
            _is_true(sheet, read, kind)


def _is_true(sheet: Timesheet, read: dict[str, Timecard], kind: str) -> None:
    sheet.refresh_from_db()
    hours, number = sheet.submitted_hours(), f"{sheet.placement.number}-{sheet.week}"
    assert hours
    card = read.get(f"{number}-{sheet.revision}" if sheet.revision else number)
    if card is None:
        assert kind == "setu-1.4"
        assert (hours.minutes, hours.km, hours.expenses) == (0, 0, ()), number
        return
    assert (card.id.value, card.person.name) == (number, sheet.worker.user.name)
    kept = [line for line in card.intervals if line.action is not Action.VOID]
    costs = [line for line in card.allowances if line.action is not Action.VOID]
    assert holds(dataclasses.replace(card, intervals=tuple(kept), allowances=tuple(costs)), hours), (kind, number)
    if kind == "setu-1.4":
        sent = sheet.corrects and (sheet.corrects.minutes or sheet.corrects.km or sheet.corrects.expense_cents)
        assert card.status == (Status.CORRECTED if sent else Status.REPORTED)


def one(hours: Hours | None = None) -> PayrollRun:
    """A paid week of Ana at the bakery, whose numbers are known."""
    paid_weeks.identified()
    walk.to(people.sheet(people.ana()), State.APPROVED, hours=hours)
    return runs.paid()


def test_a_card_names_who_sent_it_for_whom_and_who_accepted_it() -> None:
    [card] = cards(one(), "setu-1.4").values()
    assert card.supplier
    assert card.customer
    assert [(each.value, each.issuer) for each in card.supplier.ids] == [("CRED-77", Issuer.CUSTOMER)]
    assert [(each.value, each.issuer) for each in card.customer.ids] == [("K100", Issuer.SUPPLIER)]
    assert card.supplier.legal_id
    assert card.supplier.legal_id.value == "61979007"
    assert card.customer.legal_id
    assert card.customer.legal_id.value == "12345678"
    assert (card.assignment, card.person.ids[0].value) == ("P0001", "W100")
    assert card.submission
    assert card.submission.name == "Ana Kowalska"
    assert [(each.name, each.by) for each in card.approvals] == [
        ("Carla de Groot", Issuer.CUSTOMER),
        ("Esra Yilmaz", Issuer.SUPPLIER),
    ]


def test_a_shift_over_midnight_counts_for_its_day_and_a_break_lies_where_it_was() -> None:
    night = Day((Shift(22 * 60, 30 * 60, (Break(30, 25 * 60), Break(10))),))
    [card] = cards(one(Hours(people.WEEK, (Day(),) * 6 + (night,))), "setu-2.0-json").values()
    work, pause = card.intervals
    assert (work.day, work.minutes, str(work.start), str(work.end)) == (
        people.WEEK.sunday, 440, "2026-11-29 22:00:00", "2026-11-30 06:00:00"
    )  # fmt: skip
    assert (pause.hour_type, pause.day, str(pause.start), pause.minutes) == (
        BREAK, people.WEEK.sunday, "2026-11-30 01:00:00", 30
    )  # fmt: skip


def test_in_the_night_the_clock_goes_back_a_break_and_a_shift_have_their_true_length() -> None:
    week = Week(2026, 43)
    night = Day((Shift(22 * 60, 30 * 60, (Break(30, 26 * 60 + 50),)),))  # 02:50, ten minutes before it is 02:00 again
    paid_weeks.identified()
    hours = Hours(week, (*(Day(),) * 5, night, Day()))
    walk.to(people.sheet(people.ana(), week), State.APPROVED, hours=hours)
    [card] = cards(runs.paid(week), "setu-1.4").values()
    work, pause = card.intervals
    assert (work.minutes, str(work.start), str(work.end)) == (510, "2026-10-24 22:00:00", "2026-10-25 06:00:00")
    assert (pause.minutes, str(pause.start), str(pause.end)) == (
        30, "2026-10-25 02:50:00+02:00", "2026-10-25 02:20:00+01:00"
    )  # fmt: skip


def test_a_correction_names_the_card_it_corrects_and_says_line_by_line_what_changed() -> None:
    run = one(people.hours(days=2, expenses=(Expense(people.WEEK.monday, 500, "Bon"),)))
    paid = Timesheet.objects.get(run_sheet__run=run)
    wednesday = people.hours(days=3).days[2]
    shorter = Day((Shift(480, 900),))
    paid_weeks.correction(paid, Hours(people.WEEK, (shorter, people.hours().days[1], wednesday, *(Day(),) * 4)))
    again = runs.paid(people.WEEK.next)
    for kind in FORMATS:
        [(name, card)] = cards(again, kind).items()
        assert (name, card.id.value) == ("P0001-2026-W48-1", "P0001-2026-W48")
    actions = {line.id.value: line.action for line in (*card.intervals, *card.allowances)}
    assert actions == {
        "P0001-2026-W48-1.1": Action.CHANGE,
        "P0001-2026-W48-2.1": Action.UNCHANGED,
        "P0001-2026-W48-3.1": Action.ADD,
        "P0001-2026-W48-e1": Action.VOID,
    }


def test_the_correction_of_a_week_without_lines_is_a_first_card_and_the_next_one_corrects_that(
    standards: Standards,
) -> None:
    nothing = Hours(people.WEEK, (Day(not_worked=True),) * 7)
    run, week = one(nothing), people.WEEK
    paid = Timesheet.objects.get(run_sheet__run=run)
    assert cards(run, "setu-1.4") == {}
    told = []
    for hours in (people.hours(days=1), nothing, people.hours(days=2)):
        paid = paid_weeks.correction(paid, hours, at=paid.state_since)
        week = week.next
        run = runs.paid(week)
        found = messages(run, "setu-1.4")
        assert [text for message in found.values() for text in complaints(standards, "setu-1.4", message)] == []
        [card] = cards_of(found, "setu-1.4").values()
        told.append((card.id.value, card.status, [line.action for line in card.intervals]))
        [again] = cards(run, "setu-2.0-xml").values()
        assert (again.id.value, len(again.intervals)) == ("P0001-2026-W48", sum(bool(day.shifts) for day in hours.days))
    assert told == [
        ("P0001-2026-W48", Status.REPORTED, [None]),
        ("P0001-2026-W48", Status.CORRECTED, [Action.VOID]),
        ("P0001-2026-W48", Status.CORRECTED, [Action.ADD, Action.ADD]),
    ]


def test_a_client_gets_no_wage_and_no_week_of_another_client() -> None:
    paid_weeks.identified()
    for client in (people.bakery(), people.transport()):
        job = people.placement(people.ana(), client)
        agreements.agree_terms(
            job, valid_from=people.START, wage_cents=1789, bill_cents=3377, by=SYSTEM, at=people.BEFORE
        )
        walk.to(people.sheet(job), State.APPROVED)
    run = runs.paid()
    assert run.cents
    for kind in FORMATS:
        [content] = messages(run, kind).values()
        assert not [word for word in (b"17.89", b"33.77", b"K200", b"Visser") if word in content]


def test_who_has_no_legal_number_yet_is_named() -> None:
    people.agency()
    with pytest.raises(NotIdentified) as both:
        setu_export.choices_for(people.bakery())
    assert (both.value.agency, both.value.client, len(both.value.problems)) == (True, True, 2)
    staffing.configure_agency(by=SYSTEM, at=people.BEFORE, legal_id="61979007")
    with pytest.raises(NotIdentified) as one_of_them:
        setu_export.choices_for(people.bakery())
    assert (one_of_them.value.agency, one_of_them.value.client) == (False, True)


def test_a_number_put_right_makes_another_file() -> None:
    run = one()
    before = setu_export.choices_for(people.bakery())
    staffing.change_client(people.bakery(), legal_id="87654321", by=SYSTEM, at=runs.TUESDAY)
    after = setu_export.choices_for(people.bakery())
    first, second = (runs.made(run, "setu-1.4", **choices) for choices in (before, after))
    assert first.name == second.name == "verloning-2026-W48-1-K100-setu-1.4.zip"
    assert runs.content(first) != runs.content(second)


def test_the_clients_of_a_run_are_those_it_paid_for() -> None:
    run = one()
    people.transport()
    assert list(setu_export.clients_of(run)) == [people.bakery()]


def test_a_week_that_is_stored_otherwise_than_approved_is_not_sent() -> None:
    run = one()
    table = Submission._meta.db_table
    release(connection, [table])
    models.QuerySet(Submission).update(content=people.hours(days=6).to_json())
    guard(connection, [table])
    order = runs.ordered(run, "setu-1.4", **setu_export.choices_for(people.bakery()))
    exports.carry_out(order.pk, clock=lambda: runs.TUESDAY)
    order.refresh_from_db()
    assert order.state == ExportOrder.State.REFUSED
    assert order.reasons == ["P0001-2026-W48 is anders opgeslagen dan het is goedgekeurd."]


def test_cards_are_read_in_chunks_and_stay_in_order(monkeypatch: pytest.MonkeyPatch) -> None:
    paid_weeks.identified()
    for worker in people.many_workers(5):
        walk.to(people.sheet(worker), State.APPROVED)
    run = runs.paid()
    whole = messages(run, "setu-2.0-xml")
    monkeypatch.setattr(setu_export, "CHUNK", 2)
    small = list(setu_export.weeks(run, setu_export.choices_for(people.bakery())))
    assert [f"{week.name}.xml" for week in small] == list(whole)


@pytest.mark.parametrize("kind", FORMATS)
def test_a_card_names_the_order_of_the_client(kind: str, standards: Standards) -> None:
    run = one()
    staffing.change_placement(people.placement(people.ana()), by=SYSTEM, at=people.BEFORE, purchase_order="PO-12")
    [message] = messages(run, kind).values()
    assert complaints(standards, kind, message) == []
    assert READERS[kind](message).references.purchase_order == "PO-12"
