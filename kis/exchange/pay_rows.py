"""The canonical row of a payroll export, one component of one card on one day: every package file derives from it."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import BinaryIO

from kis.core.weeks import Week
from kis.exchange.tables import Cell, Column, CsvStyle, write_csv, write_xlsx
from kis.exchange.timecards import hours_of


@dataclasses.dataclass(frozen=True, slots=True)
class PayRow:
    """Time (`minutes`) or pieces (`quantity`: kilometres, days) of one component, with its money.

    In a correction the values are what is added to, or taken off, what was paid before. `worker` and `client` are
    numbers, `component` is our code and `component_name` what people call it, `week` is the week of the work;
    `percentage` includes the hour itself. There is no citizen service number: no package needs it to book hours.
    """

    worker: str
    worker_name: str
    client: str
    job: str
    day: dt.date
    week: Week
    component: str
    card: str
    line: str
    run: str
    component_name: str = ""
    minutes: int = 0
    quantity: Decimal | None = None
    percentage: Decimal | None = None
    amount_cents: int = 0
    cost_centre: str = ""


# The names are those of the file and stay in Dutch in every language of the portal: a package maps them once.
COLUMNS = (
    Column("personeelsnummer"),
    Column("naam", width=24),
    Column("relatie"),
    Column("job"),
    Column("datum", width=11),
    Column("week"),
    Column("uursoort", width=20),
    Column("uren", places=2),
    Column("minuten"),
    Column("aantal", places=2),
    Column("percentage", places=2),
    Column("bedrag", places=2),
    Column("kostenplaats", width=14),
    Column("kaart", width=20),
    Column("regel", width=24),
    Column("run", width=14),
)


def cents(amount: int) -> Decimal:
    """Integer cents as an amount with two places."""
    return Decimal(amount).scaleb(-2)


def cells(row: PayRow) -> tuple[Cell, ...]:
    """The row in the order of COLUMNS. Hours are decimal: 7.3333 is 440 minutes, which stand beside it."""
    is_time = row.quantity is None
    return (
        row.worker,
        row.worker_name,
        row.client,
        row.job,
        row.day,
        str(row.week),
        row.component_name or row.component,
        hours_of(row.minutes) if is_time else None,
        row.minutes if is_time else None,
        row.quantity,
        row.percentage,
        cents(row.amount_cents),
        row.cost_centre,
        row.card,
        row.line,
        row.run,
    )


def to_csv(target: BinaryIO, rows: Iterable[PayRow], style: CsvStyle | None = None) -> None:
    """The rows as CSV, streamed."""
    write_csv(target, [column.name for column in COLUMNS], _all(rows), style or CsvStyle())


def to_xlsx(target: BinaryIO, rows: Iterable[PayRow]) -> None:
    """The rows as a workbook, streamed. Raises TooManyRows."""
    write_xlsx(target, "Loonregels", COLUMNS, _all(rows))


def _all(rows: Iterable[PayRow]) -> Iterator[tuple[Cell, ...]]:
    return (cells(row) for row in rows)
