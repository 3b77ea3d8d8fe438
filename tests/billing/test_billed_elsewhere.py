"""Weeks from before the agency billed from the portal: what others billed is not billed again."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from kis.billing import operations
from kis.exchange.invoices import Profile
from kis.payroll import recheck
from kis.payroll.models import BillLine
from kis.payroll.rules.problems import Invalid
from kis.staffing import operations as staffing
from kis.timesheets.hours import Day, Hours
from kis.timesheets.models import Timesheet
from tests.billing import billed
from tests.exchange.bills import findings
from tests.standards.official import Standards
from tests.support import people

pytestmark = pytest.mark.django_db


def paid_before() -> Timesheet:
    """A week that was paid a minute before the agency began to bill."""
    first = billed.approved(people.ana())
    billed.paid()
    assert not BillLine.objects.exists()
    first.refresh_from_db()
    billed.ready(at=first.state_since + dt.timedelta(minutes=1))
    return first


@pytest.mark.parametrize(
    ("days", "more"), [(3, Decimal(-2)), (6, Decimal("1.5")), (0, Decimal(-5))]
)  # of Saturday 150 %
def test_of_a_week_from_before_the_agency_billed_only_what_a_correction_changes_is_billed(
    days: int, more: Decimal
) -> None:
    paid_before()
    billed.walk_a_correction(hours=people.hours(days=days) if days else Hours(people.WEEK, (Day(not_worked=True),) * 7))
    a_day = billed.ANA_S_WEEK // 5
    assert sum(line.cents for line in BillLine.objects.all()) == more * a_day
    billed.walk_a_correction(days=4, run=people.WEEK.next.next)
    assert sum(line.cents for line in BillLine.objects.all()) == -a_day, "a second one differs from both"


def test_what_is_taken_back_of_a_week_that_others_billed_comes_off_the_next_invoice(standards: Standards) -> None:
    paid_before()
    billed.walk_a_correction(days=4)
    with pytest.raises(Invalid, match="off the next invoice"):
        billed.issue()
    billed.approved(people.ana(), week=people.WEEK.next)
    billed.paid(people.WEEK.next)
    [made] = billed.issue()
    assert (made.corrects, made.net_cents) == ("", billed.ANA_S_WEEK * 4 // 5)
    assert findings(standards, made.xml.encode(), Profile.NLCIUS) == []


def test_what_is_taken_back_of_a_week_that_others_billed_holds_no_other_document_up() -> None:
    first = paid_before()
    billed.walk_a_correction(days=4)
    staffing.change_placement(
        first.placement, by=people.actor(people.esra()), at=billed.NOON, purchase_order="PO-1"
    )  # what is taken back is about that order, the week of Bram about none
    billed.approved(people.bram(), week=people.WEEK.next)
    billed.paid(people.WEEK.next)
    [made] = billed.issue()
    assert (made.order, made.net_cents) == ("", billed.ANA_S_WEEK)
    [waits] = operations.waiting()
    assert waits.cents == -billed.ANA_S_WEEK // 5


def test_a_look_at_weeks_that_others_billed_asks_nothing_of_the_client_again() -> None:
    paid_before()
    asked = recheck.ask(people.WEEK, by=people.actor(people.esra()), at=billed.NOON)
    recheck.carry_out(asked.pk, clock=lambda: billed.NOON)
    assert not asked.rows.exists()
