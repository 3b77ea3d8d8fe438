"""An agency that bills, clients that can be billed, and weeks that were paid, by the real operations."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from kis.billing import operations
from kis.billing.models import Biller, BillingProfile, Invoice
from kis.core import clock
from kis.core.weeks import Week
from kis.payroll import agreements
from kis.payroll.models import PayrollRun
from kis.staffing import operations as staffing
from kis.staffing.models import Client, Worker
from kis.timesheets import corrections
from kis.timesheets.hours import Hours
from kis.timesheets.models import Timesheet
from kis.timesheets.workflow import State
from tests.exchange import runs
from tests.support import people, walk

NOON = clock.at(dt.date(2026, 12, 1), 12 * 60)
ANA_S_WEEK = 40 * 3360  # cents: 40 hours at 16.00 with factor 2.10


def ready(*clients: Client, at: dt.datetime = people.BEFORE, **changes: object) -> None:
    """Billing is on since `at`, and nothing lacks; `changes` are of the clients' profile."""
    people.agency()
    esra = people.actor(people.esra())
    staffing.configure_agency(by=esra, at=at, billing=True, legal_id="61979007", vat_id="NL854576885B01")
    particulars = {"street": "Havenkade 1", "postcode": "9711 AA", "city": "Groningen"}
    biller = Biller(**particulars, iban="NL91 ABNA 0417 1643 00", g_iban="NL20INGB0001234567")
    operations.keep_biller(biller, by=esra, at=at)
    for client in clients or (people.bakery(),):
        staffing.change_client(client, by=esra, at=at, legal_id="12345678", vat_id="NL004495445B01")
        values = {**particulars, "client": client, "reference": "0029331", **changes}
        operations.keep_profile(BillingProfile(**values), by=esra, at=at)


def approved(
    worker: Worker, client: Client | None = None, week: Week = people.WEEK, hours: Hours | None = None
) -> Timesheet:
    """A week that awaits its payment, of a job at 16.00 with factor 2.10."""
    job = people.placement(worker, client or people.bakery())
    if not job.terms.exists():
        agreements.agree_terms(
            job, valid_from=people.START, wage_cents=1600, bill_factor=Decimal("2.10"),
            by=people.actor(people.esra()), at=people.BEFORE,
        )  # fmt: skip
    return walk.to(people.sheet(job, week), State.APPROVED, hours=hours)


def paid(week: Week = people.WEEK) -> PayrollRun:
    return runs.paid(week)


def issue(client: Client | None = None, at: dt.datetime = NOON) -> list[Invoice]:
    """Invoices over everything that waits at a client."""
    found = client or people.bakery()
    upto = next((row.upto for row in operations.waiting() if row.client == found), 0)
    return operations.issue(found, upto=upto, by=people.actor(people.esra()), at=at)


def walk_a_correction(*, days: int = 5, hours: Hours | None = None, run: Week = people.WEEK.next) -> None:
    """The newest version of Ana's week corrected, and paid in a run."""
    sheet = Timesheet.objects.latest("revision")
    fresh = corrections.open_correction(
        sheet, by=people.actor(people.ana()), at=sheet.state_since, reason="De dagen klopten niet."
    )
    walk.to(fresh, State.APPROVED, hours=hours or people.hours(days=days), at=sheet.state_since)
    paid(run)
