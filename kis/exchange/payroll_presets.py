"""Files for Dutch payroll packages, made of canonical rows and the agency's mapping table.

Each package has its own way: Loket and Nmbrs want one row per worker and a column per component, Easyflex a row per
day, AFAS a message per component. All of them stop, with the list, when a component has no code. The layouts are
described in docs/exports.md.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import itertools
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import BinaryIO

from kis.exchange.component_mapping import Booking, Rounding, Target, bookings, rounded
from kis.exchange.pay_rows import PayRow
from kis.exchange.tables import Cell, Column, CsvStyle, write_csv, write_xlsx
from kis.payroll.rules.problems import Invalid, Problem, gettext_noop


@dataclasses.dataclass(frozen=True, slots=True)
class PayPeriod:
    """The package's own period: a week, four weeks or a month, by its number in the year. Not the week of the work."""

    year: int
    number: int


@dataclasses.dataclass(slots=True)
class _Totals:
    """What one worker gets booked in the period, per code of the package."""

    name: str
    values: dict[str, Fraction] = dataclasses.field(default_factory=lambda: defaultdict(Fraction))

    def cells(self, codes: Sequence[str]) -> list[Cell]:
        """The values in the order of the codes; an empty cell where there is nothing to book."""
        return [rounded(self.values.get(code, Fraction())) or None for code in codes]


def loket(
    target: BinaryIO, rows: Iterable[PayRow], table: Iterable[Target], *, employer: str, shift: str = "1"
) -> None:
    """Loket.nl, "import variabele gegevens": CSV, a column per component number, decimal comma, digits only.

    `employer` is the connection number (aansluitnummer), `shift` the ploeg. Raises Unmapped, and Invalid for whatever
    is not a number.
    """
    totals, codes = _totals(bookings(rows, table))
    _require_digits([employer, shift, *codes, *totals])
    _require_apart(totals)
    lines = ([int(employer), int(worker), int(shift), *of.cells(codes)] for worker, of in totals.items())
    style = CsvStyle(byte_order_mark=False)
    write_csv(target, ["aanslnr", "persnr", "ploeg", *codes], lines, style)


_NMBRS = ("Debiteurnr", "Bedrijfnr", "Persnr", "Naam", "Periode", "Dagen", "DagenVoorLC")


def nmbrs(
    target: BinaryIO,
    rows: Iterable[PayRow],
    table: Iterable[Target],
    *,
    debtor: str,
    company: str,
    period: PayPeriod,
) -> None:
    """Nmbrs import sheet, tab Variabele Looncomponenten: codes in row 2 from column H, workers from row 3.

    Raises Unmapped.
    """
    totals, codes = _totals(bookings(rows, table))
    when = f"{period.year}-{period.number}"
    lines = (
        [*map(_number, (debtor, company, worker)), of.name, when, None, None, *of.cells(codes)]
        for worker, of in totals.items()
    )
    columns = [*(Column(name) for name in _NMBRS), *(Column(code, places=2) for code in codes)]
    write_xlsx(target, "Variabele Looncomponenten", columns, lines, title="Variabele looncomponenten")


def easyflex(target: BinaryIO, rows: Iterable[PayRow], table: Iterable[Target]) -> None:
    """Easyflex urenbestand: a line per worker, client, day and component; never a total of a week.

    The rows must come worker by worker; they are streamed. Raises Unmapped.
    """
    header = ("Flexwerker", "Relatie", "Datum", "Component", "Aantal")
    write_csv(target, header, _days(bookings(rows, table)), CsvStyle())


def afas(
    target: BinaryIO,
    rows: Iterable[PayRow],
    table: Iterable[Target],
    *,
    employer: str,
    period: PayPeriod,
    period_table: int,
) -> None:
    """AFAS Profit, UpdateConnector HrCompMut: JSON lines, each the body of one call for one worker and component.

    Raises Unmapped.
    """
    found: dict[tuple[str, str], dict[str, Fraction]] = defaultdict(lambda: defaultdict(Fraction))
    for booking in bookings(rows, table):
        found[booking.row.worker, booking.target.code][booking.target.field] += booking.value
    for (worker, code), fields in sorted(found.items()):
        keys = {"@Year": period.year, "@PeId": period.number, "@EmId": worker, "@ErId": employer, "@Sc02": code}
        values = _fields({name: rounded(value) for name, value in sorted(fields.items())})
        if values:
            head = json.dumps({**keys, "@PtId": period_table}, ensure_ascii=False)
            target.write(f'{{"HrCompMut": {{"Element": {head[:-1]}, "Fields": {values}}}}}}}\n'.encode())


def _fields(values: Mapping[str, Decimal]) -> str:
    """Fields as JSON with exact numbers; empty when all of them are nought."""
    if not any(values.values()):
        return ""
    return "{" + ", ".join(f"{json.dumps(name)}: {value:f}" for name, value in values.items()) + "}"


def _totals(booked: Iterable[Booking]) -> tuple[dict[str, _Totals], list[str]]:
    """The workers with something to book, and the codes; both in their order, 28 before 101."""
    totals: dict[str, _Totals] = {}
    for booking in booked:
        of_worker = totals.setdefault(booking.row.worker, _Totals(booking.row.worker_name))
        of_worker.values[booking.target.code] += booking.value
    codes = sorted({code for of in totals.values() for code in of.values}, key=lambda code: (len(code), code))
    return {worker: of for worker, of in sorted(totals.items()) if any(of.cells(codes))}, codes


def _number(text: str) -> Cell:
    """A number where the text is one; with a leading nought it is a code and stays text."""
    return int(text) if text.isascii() and text.isdigit() and not text.startswith("0") else text


def _require_digits(texts: Iterable[str]) -> None:
    wrong = sorted({text for text in texts if not (text.isascii() and text.isdigit())})
    if wrong:
        message = gettext_noop("Loket takes digits only. These are no numbers: %(texts)s.")
        raise Invalid([Problem("", message, {"texts": ", ".join(wrong)})])


def _require_apart(workers: Iterable[str]) -> None:
    """As a number, 0100 is 100."""
    by_number: dict[int, list[str]] = defaultdict(list)
    for worker in workers:
        by_number[int(worker)].append(worker)
    same = sorted(worker for each in by_number.values() if len(each) > 1 for worker in each)
    if same:
        message = gettext_noop("Loket takes these workers for the same one: %(texts)s.")
        raise Invalid([Problem("", message, {"texts": ", ".join(same)})])


def _days(booked: Iterable[Booking]) -> Iterator[Sequence[Cell]]:
    seen: set[str] = set()
    for worker, of_worker in itertools.groupby(booked, key=lambda booking: booking.row.worker):
        if worker in seen:
            raise ValueError(f"the rows of worker {worker} do not stand together")
        seen.add(worker)
        yield from _days_of_worker(worker, of_worker)


def _days_of_worker(worker: str, booked: Iterable[Booking]) -> Iterator[Sequence[Cell]]:
    sums: dict[tuple[str, dt.date, str], Fraction] = defaultdict(Fraction)
    for booking in booked:
        sums[booking.row.client, booking.row.day, booking.target.code] += booking.value
    rounding = Rounding()
    for (client, day, code), value in sorted(sums.items()):
        part = rounding.part(code, value)
        if part:
            yield worker, client, day, code, part
