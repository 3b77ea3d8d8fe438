import dataclasses
import datetime as dt
from decimal import Decimal

import pytest

from kis.core.weeks import Week
from kis.payroll.results import Agreed, AgreedTopUp, Entry, entries, needs_preceding, owed
from kis.payroll.rules import templates
from kis.payroll.rules.worked import Rate
from kis.timesheets.hours import Break, Day, Expense, Hours, Shift

WEEK = Week(2026, 48)
STANDARD = Agreed([templates.load("STANDARD-1")], [Rate(dt.date(2000, 1, 1), 1600)])


def week(tuesday: Shift) -> Hours:
    return Hours(WEEK, (Day(), Day((tuesday,)), *(Day(),) * 5))


def summary(found: list[Entry]) -> list[tuple[str, int, int]]:
    return [(f"{entry.label} {entry.percentage}", entry.minutes, entry.cents) for entry in found]


def test_example_a_of_the_standard_from_what_a_worker_writes() -> None:
    hours = week(Shift(14 * 60, 22 * 60 + 30, (Break(30, 18 * 60),)))
    assert summary(entries(hours, STANDARD)) == [("normal 100", 240, 6400), ("evening 130", 240, 8320)]


def test_kilometres_expenses_and_agreed_top_ups_have_lines_of_their_own() -> None:
    day = Day((Shift(480, 600),), km=42)
    hours = Hours(WEEK, (day, *(Day(),) * 6), (Expense(WEEK.monday, 1250, "Parkeren"),))
    on_call = dataclasses.replace(STANDARD, on_call=True)
    found = {entry.label: entry for entry in entries(hours, on_call, {WEEK.monday: AgreedTopUp(60)})}
    assert (found["km"].quantity, found["km"].cents) == (42, 1050)
    assert found["expenses"].cents == 1250
    assert (found["top-up"].minutes, found["top-up"].cents) == (60, 1600)
    assert "top-up" not in {entry.label for entry in entries(hours, on_call)}


@pytest.mark.parametrize(
    ("worked", "for_these", "paid"),
    [(120, False, 60), (150, False, 30), (90, False, 60), (180, False, 0), (150, True, 60)],
)
def test_what_was_agreed_for_other_hours_fills_a_call_up_and_pays_no_more(
    worked: int, for_these: bool, paid: int
) -> None:
    hours = Hours(WEEK, (Day((Shift(480, 480 + worked),)), *(Day(),) * 6))
    on_call = dataclasses.replace(STANDARD, on_call=True)
    found = entries(hours, on_call, {WEEK.monday: AgreedTopUp(60, for_these=for_these)})
    assert sum(entry.minutes for entry in found if entry.label == "top-up") == paid


def test_kilometres_without_a_price_are_told() -> None:
    hours = Hours(WEEK, (Day((Shift(480, 600),), km=42), *(Day(),) * 6))
    rules = Agreed([templates.load("CLEANING-1")], STANDARD.rates)
    assert [(e.quantity, e.cents) for e in entries(hours, rules) if e.label == "km"] == [(42, 0)]


def test_a_correction_owes_only_what_differs() -> None:
    before = entries(week(Shift(8 * 60, 16 * 60)), STANDARD)
    now = entries(week(Shift(8 * 60, 17 * 60)), STANDARD)
    assert summary(owed(now, before)) == [("day-ot 125", 60, 2000)]
    assert summary(owed(before, now)) == [("day-ot 125", -60, -2000)]
    assert owed(now, now) == []


def test_what_was_paid_at_another_wage_is_taken_off_and_paid_anew() -> None:
    hours = week(Shift(8 * 60, 16 * 60))
    raised = dataclasses.replace(STANDARD, rates=[Rate(dt.date(2000, 1, 1), 1700)])
    delta = owed(entries(hours, raised), entries(hours, STANDARD))
    assert sorted((entry.rate_cents, entry.cents) for entry in delta) == [(1600, -12800), (1700, 13600)]


def test_only_rules_over_several_weeks_need_the_weeks_before() -> None:
    assert not needs_preceding(STANDARD.rules, WEEK)
    assert needs_preceding([templates.load("CLEANING-1")], WEEK)
    assert Decimal(0) == Entry(WEEK.monday, "time", "normal").percentage
