import datetime as dt

import pytest

from kis.core import clock
from kis.exchange.payroll_export import rows_of
from kis.payroll import operations
from kis.payroll.models import PayrollRun
from kis.staffing import operations as staffing
from kis.staffing.actor import SYSTEM
from kis.timesheets.hours import Day, Expense, Hours
from kis.timesheets.workflow import State
from tests.exchange import runs
from tests.support import people, walk

pytestmark = pytest.mark.django_db
TUESDAY = clock.at(dt.date(2026, 12, 1), 540)


def test_a_run_gives_one_row_per_worker_job_date_and_hour_type() -> None:
    hours = people.hours(days=2)
    with_km = Hours(hours.week, (Day(hours.days[0].shifts, km=30), *hours.days[1:]))
    walk.to(people.sheet(people.ana()), State.APPROVED, hours=with_km)
    esra = people.actor(people.esra())
    cut_off = clock.at(dt.date(2026, 11, 30), 1020)
    run = operations.start_run(people.WEEK, sequence=1, cut_off=cut_off, by=esra, at=TUESDAY)
    operations.carry_out(run.pk, clock=lambda: TUESDAY, report=lambda done, total: None)
    rows = list(rows_of(PayrollRun.objects.get(pk=run.pk)))
    assert [(row.day.isoformat(), row.component_name, row.minutes, row.quantity) for row in rows] == [
        ("2026-11-23", "Kilometers", 0, 30),
        ("2026-11-23", "Normale uren", 480, None),
        ("2026-11-24", "Normale uren", 480, None),
    ]
    assert [row.component for row in rows] == ["km", "normal", "normal"]
    assert {(row.worker, row.worker_name, row.client) for row in rows} == {("W100", "Ana Kowalska", "K100")}


def test_an_expense_taken_off_is_a_piece_taken_off() -> None:
    lunch = Expense(people.WEEK.monday, 1250, "Lunch")
    sheet = walk.to(people.sheet(people.ana()), State.APPROVED, hours=people.hours(expenses=(lunch,)))
    runs.paid()
    sheet.refresh_from_db()
    fresh = walk.corrections.open_correction(sheet, by=people.actor(people.ana()), at=TUESDAY, reason="Geen lunch.")
    walk.to(fresh, State.APPROVED, hours=people.hours(), at=TUESDAY)
    [row] = [row for row in rows_of(runs.paid(people.WEEK.next)) if row.component == "expenses"]
    assert (row.quantity, row.amount_cents) == (-1, -1250)


def test_the_cost_centre_is_that_of_the_week_as_on_invoices() -> None:
    job = people.placement(people.ana(), people.bakery(), department=people.department())
    walk.to(people.sheet(job), State.APPROVED)
    staffing.change_placement(job, by=SYSTEM, at=people.BEFORE, department=people.department("Inpak"))
    assert {row.cost_centre for row in rows_of(runs.paid())} == {"4100"}
