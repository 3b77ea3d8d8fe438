"""The formats a locked run can be exported in: how each file is called, and what writes it.

A format that is not in this table does not exist. The words for people are in `kis.web.agency.export_words`.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, BinaryIO

from kis.exchange import pay_rows
from kis.exchange.pay_rows import PayRow
from kis.exchange.payroll_export import rows_of
from kis.jobs import progress
from kis.payroll.models import PayLine, PayrollRun

Choices = Mapping[str, Any]


@dataclasses.dataclass(frozen=True, slots=True)
class Format:
    """A file of a run. `write` raises Invalid for what the format cannot carry."""

    ending: str
    content_type: str
    write: Callable[[BinaryIO, PayrollRun, Choices], None]


def _rows(write: Callable[[BinaryIO, Iterable[PayRow]], None]) -> Callable[[BinaryIO, PayrollRun, Choices], None]:
    return lambda target, run, _choices: write(target, _counted(run))


def _counted(run: PayrollRun) -> Iterator[PayRow]:
    """The rows of a run, while the progress is told."""
    total = PayLine.objects.filter(run=run).count()
    for done, row in enumerate(rows_of(run), 1):
        progress.report(done, total)
        yield row


FORMATS: dict[str, Format] = {
    "xlsx": Format(
        "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", _rows(pay_rows.to_xlsx)
    ),
    "csv": Format("csv", "text/csv; charset=utf-8", _rows(pay_rows.to_csv)),
}
