"""What the demo's agency has billed."""

from __future__ import annotations

import pytest

from kis.billing import operations
from kis.billing.models import Invoice, InvoicedLine
from kis.payroll.models import BillLine, PayrollRun
from kis.staffing.models import Client

pytestmark = pytest.mark.usefixtures("demo")


def test_every_run_but_the_last_is_billed_and_one_client_shows_what_is_missing() -> None:
    last = PayrollRun.objects.latest("pk")
    unfinished = Client.objects.latest("number")
    billed = BillLine.objects.exclude(run=last).exclude(timesheet__client=unfinished).exclude(cents=0)
    assert billed.count() == InvoicedLine.objects.count() > 0
    assert [row.client for row in operations.waiting() if row.problems] == [unfinished]
    assert any(not row.problems for row in operations.waiting())


def test_numbers_follow_each_other_in_time() -> None:
    for year in set(Invoice.objects.values_list("year", flat=True)):
        rows = list(Invoice.objects.filter(year=year).order_by("sequence").values_list("sequence", "at"))
        assert [number for number, _at in rows] == list(range(1, len(rows) + 1))
        assert [at for _number, at in rows] == sorted(at for _number, at in rows)
