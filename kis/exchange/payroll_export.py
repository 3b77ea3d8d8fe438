"""A locked run as rows for the payroll package: one per worker, placement, date and hour type."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from decimal import Decimal

from django.utils import translation

from kis.core.weeks import Week
from kis.exchange.pay_rows import PayRow
from kis.payroll.labels import label_words
from kis.payroll.models import PayLine, PayrollRun
from kis.payroll.periods import period_of
from kis.staffing.models import PayPeriod
from kis.timesheets.models import Timesheet

_COLUMNS = (
    "pk", "date", "kind", "label", "minutes", "quantity", "percentage", "cents", "timesheet_id",
    "timesheet__iso_year", "timesheet__iso_week", "timesheet__revision", "timesheet__worker__number",
    "timesheet__worker__user__name", "timesheet__client__number", "timesheet__placement__number",
    "timesheet__department__cost_centre",
)  # fmt: skip
_ORDER = ("timesheet__worker__number", "timesheet_id", "date", "kind", "label", "percentage", "pk")
_KIND = PayLine.Kind


def rows_of(run: PayrollRun) -> Iterator[PayRow]:
    """The lines of a run in one fixed order, streamed: the same file each time it is asked for."""
    lines = PayLine.objects.filter(run=run).order_by(*_ORDER).values_list(*_COLUMNS)  # half the time of whole rows
    number, name_of = run_number(run), functools.cache(component_name)
    for line in lines.iterator(2000):
        pk, day, kind, label, minutes, pieces, percentage, amount, sheet, year, week, revision, *people = line
        worker, worker_name, client, job, cost_centre = people
        yield PayRow(
            worker=worker,
            worker_name=worker_name,
            client=client,
            job=job,
            day=day,
            week=Week(year, week),
            component=label,
            component_name=name_of(label),
            card=_card(job, Week(year, week), revision),
            line=f"{sheet}-{pk}",
            run=number,
            minutes=minutes,
            quantity={_KIND.QUANTITY: Decimal(pieces), _KIND.EXPENSES: Decimal(-1 if amount < 0 else 1)}.get(kind),
            percentage=percentage if kind in {_KIND.TIME, _KIND.TOP_UP} else None,
            amount_cents=amount,
            cost_centre=cost_centre or "",
        )


def component_name(label: str) -> str:
    """How a component is called in the files, in Dutch in every language of the portal."""
    with translation.override("nl"):
        return label_words(label)


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
    return _card(sheet.placement.number, sheet.week, sheet.revision)


def _card(job: str, week: Week, revision: int) -> str:
    return f"{job}-{week}-{revision}" if revision else f"{job}-{week}"
