"""The formats a locked run can be exported in: how each file is called, and what writes it.

A format that is not in this table does not exist. The words for people are in `kis.web.agency.export_words`.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, BinaryIO

from kis.exchange import archives, pay_rows, payroll_presets, setu_export
from kis.exchange.models import MappingVersion, Package
from kis.exchange.pay_rows import PayRow
from kis.exchange.payroll_export import rows_of
from kis.jobs import progress
from kis.payroll.models import PayLine, PayrollRun
from kis.payroll.periods import period_of
from kis.staffing.models import PayPeriod

Choices = Mapping[str, Any]
Writer = Callable[[BinaryIO, PayrollRun, Choices], None]


@dataclasses.dataclass(frozen=True, slots=True)
class Format:
    """A file of a run. `write` raises Invalid for what the format cannot carry; `tag` tells its files apart by name."""

    ending: str
    content_type: str
    write: Writer
    tag: Callable[[Choices], str] = lambda _choices: ""


def _rows(write: Callable[[BinaryIO, Iterable[PayRow]], None]) -> Writer:
    return lambda target, run, _choices: write(target, _counted(run))


def _counted(run: PayrollRun) -> Iterator[PayRow]:
    """The rows of a run, while the progress is told."""
    total = PayLine.objects.filter(run=run).count()
    for done, row in enumerate(rows_of(run), 1):
        progress.report(done, total)
        yield row


def _loket(target: BinaryIO, run: PayrollRun, choices: Choices) -> None:
    mapping = _mapping(Package.LOKET, choices)
    payroll_presets.loket(target, _counted(run), mapping.table, **mapping.settings)


def _nmbrs(target: BinaryIO, run: PayrollRun, choices: Choices) -> None:
    mapping = _mapping(Package.NMBRS, choices)
    payroll_presets.nmbrs(target, _counted(run), mapping.table, period=_period(run), **mapping.settings)


def _easyflex(target: BinaryIO, run: PayrollRun, choices: Choices) -> None:
    payroll_presets.easyflex(target, _counted(run), _mapping(Package.EASYFLEX, choices).table)


def _afas(target: BinaryIO, run: PayrollRun, choices: Choices) -> None:
    mapping = _mapping(Package.AFAS, choices)
    employer, periods = mapping.settings["employer"], int(mapping.settings["period_table"])
    payroll_presets.afas(
        target, _counted(run), mapping.table, employer=employer, period=_period(run), period_table=periods
    )


def _mapping(package: Package, choices: Choices) -> MappingVersion:
    found: MappingVersion = MappingVersion.objects.get(package=package, number=choices["mapping"])
    return found


def _tag(package: Package) -> Callable[[Choices], str]:
    return lambda choices: f"-{package}-v{choices['mapping']}"


def _of_client(generation: str) -> Callable[[Choices], str]:
    return lambda choices: f"-{archives.safe(choices['number'])}-setu-{generation}"


def _period(run: PayrollRun) -> payroll_presets.PayPeriod:
    """The package's own period is that of the run, not the weeks of the work: a late week is booked when it is paid."""
    period = period_of(run.week, PayPeriod(run.pay_period))
    return payroll_presets.PayPeriod(period.year, period.number)


_CSV, _XLSX = "text/csv; charset=utf-8", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_ZIP = "application/zip"

FORMATS: dict[str, Format] = {
    "xlsx": Format("xlsx", _XLSX, _rows(pay_rows.to_xlsx)),
    "csv": Format("csv", _CSV, _rows(pay_rows.to_csv)),
    Package.LOKET: Format("csv", _CSV, _loket, _tag(Package.LOKET)),
    Package.NMBRS: Format("xlsx", _XLSX, _nmbrs, _tag(Package.NMBRS)),
    Package.EASYFLEX: Format("csv", _CSV, _easyflex, _tag(Package.EASYFLEX)),
    Package.AFAS: Format("jsonl", "application/jsonl", _afas, _tag(Package.AFAS)),
    "setu-2.0-xml": Format("zip", _ZIP, setu_export.to_2_xml, _of_client("2.0-xml")),
    "setu-2.0-json": Format("zip", _ZIP, setu_export.to_2_json, _of_client("2.0-json")),
    "setu-1.4": Format("zip", _ZIP, setu_export.to_1_4, _of_client("1.4")),
}
