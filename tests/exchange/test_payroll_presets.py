"""The files of four payroll packages: their layout, and totals per worker that equal the run's."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from collections import defaultdict
from collections.abc import Callable, Iterable
from decimal import Decimal
from fractions import Fraction
from typing import Any, BinaryIO

import pytest
from hypothesis import given

from kis.exchange import payroll_presets as presets
from kis.exchange.component_mapping import Measure, Target, Unmapped, bookings, rounded
from kis.exchange.pay_rows import PayRow
from kis.exchange.payroll_presets import PayPeriod
from kis.payroll.rules.problems import Invalid
from tests.exchange.rows import TABLE, TUESDAY, row, rows
from tests.exchange.workbooks import sheet

PERIOD = PayPeriod(2026, 48)
Totals = dict[tuple[str, str], Decimal]


def loket(target: BinaryIO, found: Iterable[PayRow], table: Iterable[Target] = TABLE) -> None:
    presets.loket(target, found, table, employer="5555")


def nmbrs(target: BinaryIO, found: Iterable[PayRow], table: Iterable[Target] = TABLE) -> None:
    presets.nmbrs(target, found, table, debtor="9001", company="1", period=PERIOD)


def easyflex(target: BinaryIO, found: Iterable[PayRow], table: Iterable[Target] = TABLE) -> None:
    presets.easyflex(target, found, table)


def afas(target: BinaryIO, found: Iterable[PayRow], table: Iterable[Target] = TABLE) -> None:
    presets.afas(target, found, table, employer="1", period=PERIOD, period_table=5)


ALL = [loket, nmbrs, easyflex, afas]
WEEK = [
    row(minutes=440),
    row(day=TUESDAY + dt.timedelta(days=1), minutes=440),
    row("evening", minutes=90, percentage=Decimal(125)),
    row("km", minutes=0, quantity=Decimal(42), percentage=None),
    row(worker="100002", worker_name="Bram Willems", minutes=-150),
]


def made(write: Callable[..., None], *arguments: Any) -> bytes:
    target = io.BytesIO()
    write(target, *arguments)
    return target.getvalue()


def test_loket_has_a_row_per_worker_and_a_column_per_number() -> None:
    assert made(loket, WEEK).decode().splitlines() == [
        "aanslnr;persnr;ploeg;1;28;101",
        "5555;100001;1;14,67;1,50;42,00",
        "5555;100002;1;-2,50;;",
    ]


def test_loket_takes_digits_only() -> None:
    with pytest.raises(Invalid, match=r"no numbers: P-1, U2100"):
        made(loket, [row(worker="P-1")], [Target("normal", "U2100")])


def test_nmbrs_has_codes_in_row_two_from_column_h() -> None:
    found = sheet(made(nmbrs, WEEK, [*TABLE[1:], Target("normal", "U2100")]))
    lines = list(found.values)
    assert found.title == "Variabele Looncomponenten"
    assert lines[1][:7] == ("Debiteurnr", "Bedrijfnr", "Persnr", "Naam", "Periode", "Dagen", "DagenVoorLC")
    assert lines[1][7:] == ("28", "101", "U2100")
    assert lines[2] == (9001, 1, 100001, "Ana Kowalska", "2026-48", None, None, 1.5, 42, 14.67)
    assert lines[3] == (9001, 1, 100002, "Bram Willems", "2026-48", None, None, None, None, -2.5)


def test_a_number_with_a_leading_nought_stays_as_it_is() -> None:
    assert sheet(made(nmbrs, [row(worker="007")]))["C3"].value == "007"


def test_easyflex_has_a_line_per_day_and_component() -> None:
    assert made(easyflex, WEEK).decode("utf-8-sig").splitlines() == [
        "Flexwerker;Relatie;Datum;Component;Aantal",
        "100001;223445;24-11-2026;1;7,33",
        "100001;223445;24-11-2026;101;42,00",
        "100001;223445;24-11-2026;28;1,50",
        "100001;223445;25-11-2026;1;7,34",
        "100002;223445;24-11-2026;1;-2,50",
    ]


def test_easyflex_adds_up_what_one_day_has_on_one_component() -> None:
    assert made(easyflex, [row(minutes=60), row(minutes=90)]).decode().endswith("1;2,50\r\n")


def test_easyflex_refuses_rows_that_come_back_to_a_worker() -> None:
    with pytest.raises(ValueError, match="do not stand together"):
        made(easyflex, [row(), row(worker="2"), row()])


def test_afas_has_one_body_per_worker_and_component() -> None:
    lines = made(afas, WEEK).decode().splitlines()
    assert len(lines) == 4
    assert json.loads(lines[0]) == {
        "HrCompMut": {
            "Element": {
                "@Year": 2026,
                "@PeId": 48,
                "@EmId": "100001",
                "@ErId": "1",
                "@Sc02": "1",
                "@PtId": 5,
                "Fields": {"VaD1": 14.67},
            }
        }
    }


def test_afas_takes_two_parameters_of_one_component() -> None:
    table = [Target("normal", "1000"), Target("normal", "1000", Measure.AMOUNT, field="VaD2")]
    (line,) = made(afas, [row()], table).decode().splitlines()
    assert json.loads(line)["HrCompMut"]["Element"]["Fields"] == {"VaD1": 8.0, "VaD2": 128.0}


@pytest.mark.parametrize("write", ALL)
def test_an_unmapped_component_stops_every_file(write: Callable[..., None]) -> None:
    with pytest.raises(Unmapped, match=r"standby \(100 %\), training \(100 %\)"):
        made(write, [row("training"), row(), row("standby")])


@pytest.mark.parametrize("write", ALL)
def test_a_correction_that_comes_to_nothing_books_nothing(write: Callable[..., None]) -> None:
    nothing = made(write, [row(), row(minutes=-480, amount_cents=-12800)])
    assert b"100001" not in nothing
    if write is nmbrs:
        assert sheet(nothing).max_row == 2


@pytest.mark.parametrize("write", ALL)
def test_the_same_rows_are_the_same_bytes(write: Callable[..., None]) -> None:
    assert made(write, WEEK) == made(write, WEEK)


def _of_loket(file: bytes) -> Totals:
    header, *lines = csv.reader(io.StringIO(file.decode()), delimiter=";")
    cells = {(line[1], code): cell for line in lines for code, cell in zip(header[3:], line[3:], strict=True)}
    return {key: Decimal(cell.replace(",", ".")) for key, cell in cells.items() if cell}


def _of_nmbrs(file: bytes) -> Totals:
    _, header, *lines = sheet(file).values
    cells = {(str(line[2]), str(code)): cell for line in lines for code, cell in zip(header[7:], line[7:], strict=True)}
    return {key: Decimal(str(cell)) for key, cell in cells.items() if cell is not None}


def _of_easyflex(file: bytes) -> Totals:
    totals: Totals = defaultdict(Decimal)
    for worker, _, _, code, amount in list(csv.reader(io.StringIO(file.decode()), delimiter=";"))[1:]:
        totals[worker, code] += Decimal(amount.replace(",", "."))
    return {key: total for key, total in totals.items() if total}


def _of_afas(file: bytes) -> Totals:
    elements = [json.loads(line, parse_float=Decimal)["HrCompMut"]["Element"] for line in file.splitlines()]
    return {(element["@EmId"], element["@Sc02"]): element["Fields"]["VaD1"] for element in elements}


@pytest.mark.parametrize(
    ("write", "read"), [(loket, _of_loket), (nmbrs, _of_nmbrs), (easyflex, _of_easyflex), (afas, _of_afas)]
)
@given(found=rows())
def test_the_totals_of_every_file_are_those_of_the_run(
    write: Callable[..., None], read: Callable[[bytes], Totals], found: list[PayRow]
) -> None:
    exact: dict[tuple[str, str], Fraction] = defaultdict(Fraction)
    for booked in bookings(found, TABLE):
        exact[booked.row.worker, booked.target.code] += booked.value
    assert read(made(write, found)) == {key: rounded(value) for key, value in exact.items() if rounded(value)}


def test_two_workers_whose_numbers_loket_cannot_tell_apart_stop_the_file() -> None:
    with pytest.raises(Invalid, match="for the same one: 0100, 100"):
        made(loket, [row(worker="0100"), row(worker="100"), row(worker="200")])
