"""A locked run as rows for the payroll package: one per worker, placement, date and hour type."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from kis.exchange.pay_rows import PayRow
from kis.payroll.models import PayLine, PayrollRun

_COMPONENTS = {
    PayLine.HourType.HOURS: "Normale uren",
    PayLine.HourType.KILOMETRES: "Kilometers",
    PayLine.HourType.EXPENSES: "Onkosten",
}


def rows_of(run: PayrollRun) -> Iterator[PayRow]:
    """The lines of a run in one fixed order, streamed: the same file each time it is asked for."""
    lines = PayLine.objects.filter(run=run).select_related(
        "timesheet__worker__user", "timesheet__client", "timesheet__placement__department"
    )
    for line in lines.order_by("timesheet__worker__number", "timesheet_id", "date", "hour_type").iterator(2000):
        yield _row(run, line)


def _row(run: PayrollRun, line: PayLine) -> PayRow:
    sheet = line.timesheet
    placement = sheet.placement
    quantity = Decimal(line.quantity) if line.hour_type == PayLine.HourType.KILOMETRES else None
    if line.hour_type == PayLine.HourType.EXPENSES:
        quantity = Decimal(1)
    return PayRow(
        worker=sheet.worker.number,
        worker_name=sheet.worker.user.name,
        client=sheet.client.name,
        job=placement.number,
        day=line.date,
        week=sheet.week,
        component=_COMPONENTS[PayLine.HourType(line.hour_type)],
        card=f"{placement.number}-{sheet.week}",
        line=f"{sheet.pk}-{line.pk}",
        run=f"{run.week}-{run.sequence}",
        minutes=line.minutes,
        quantity=quantity,
        amount_cents=line.cents,
        cost_centre=placement.department.cost_centre if placement.department else "",
    )
