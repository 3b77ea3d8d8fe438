"""A locked run as rows for the payroll package: one per worker, placement, date and hour type."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from django.utils import translation

from kis.exchange.pay_rows import PayRow
from kis.payroll.labels import label_words
from kis.payroll.models import PayLine, PayrollRun
from kis.payroll.periods import period_of
from kis.staffing.models import PayPeriod
from kis.timesheets.models import Timesheet


def rows_of(run: PayrollRun) -> Iterator[PayRow]:
    """The lines of a run in one fixed order, streamed: the same file each time it is asked for."""
    lines = PayLine.objects.filter(run=run).select_related(
        "timesheet__worker__user", "timesheet__client", "timesheet__placement__department"
    )
    ordered = lines.order_by("timesheet__worker__number", "timesheet_id", "date", "kind", "label", "percentage", "pk")
    for line in ordered.iterator(2000):
        yield _row(run, line)


def component_name(label: str) -> str:
    """How a component is called in the files, in Dutch in every language of the portal."""
    with translation.override("nl"):
        return label_words(label)


def _row(run: PayrollRun, line: PayLine) -> PayRow:
    sheet = line.timesheet
    placement = sheet.placement
    kind = PayLine.Kind
    quantity = {kind.QUANTITY: Decimal(line.quantity), kind.EXPENSES: Decimal(1)}.get(kind(line.kind))
    timed = line.kind in {kind.TIME, kind.TOP_UP}
    return PayRow(
        worker=sheet.worker.number,
        worker_name=sheet.worker.user.name,
        client=sheet.client.number,
        job=placement.number,
        day=line.date,
        week=sheet.week,
        component=line.label,
        component_name=component_name(line.label),
        card=card_number(sheet),
        line=f"{sheet.pk}-{line.pk}",
        run=run_number(run),
        minutes=line.minutes,
        quantity=quantity,
        percentage=line.percentage if timed else None,
        amount_cents=line.cents,
        cost_centre=placement.department.cost_centre if placement.department else "",
    )


def run_number(run: PayrollRun) -> str:
    """What a run is known by outside: its week, four weeks or month, and which of them."""
    period = period_of(run.week, PayPeriod(run.pay_period))
    named = {
        PayPeriod.WEEK: str(run.week),
        PayPeriod.FOUR_WEEKS: f"{period.year}-P{period.number:02}",
        PayPeriod.MONTH: f"{period.year}-{period.number:02}",
    }
    return f"{named[period.kind]}-{run.sequence}"


def card_number(sheet: Timesheet) -> str:
    """What a timesheet is known by outside: job and week, and which correction it is."""
    number = f"{sheet.placement.number}-{sheet.week}"
    return f"{number}-{sheet.revision}" if sheet.revision else number
