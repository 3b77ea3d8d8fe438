"""Every format from the lines of a run: read back, and held against what was paid."""

import csv
import io
import itertools
import json
import random
import re
from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction

import pytest

from kis.core.weeks import Week
from kis.exchange import exports, mappings
from kis.exchange.component_mapping import Measure, Target, rounded
from kis.exchange.formats import FORMATS
from kis.exchange.mappings import Component
from kis.exchange.models import ExportOrder, MappingVersion, Package
from kis.exchange.payroll_export import rows_of
from kis.jobs import progress
from kis.jobs.models import Job
from kis.payroll import agreements
from kis.payroll.models import PayLine, PayrollRun
from kis.staffing.actor import SYSTEM
from kis.timesheets.hours import Break, Day, Expense, Hours, Shift
from kis.timesheets.workflow import State
from tests.exchange import paid_weeks, runs
from tests.exchange.workbooks import lines
from tests.support import people, walk

pytestmark = pytest.mark.django_db
SETTINGS = {"employer": "5555", "shift": "1", "debtor": "9001", "company": "1", "period_table": "5"}
TABLE = (
    Target("normal", "1"),
    Target("saturday", "1"),
    Target("km", "101", Measure.QUANTITY),
    Target("expenses", "200", Measure.AMOUNT),
)  # fmt: skip
Totals = dict[tuple[str, str], Decimal]


@pytest.fixture
def run() -> PayrollRun:
    """Two workers with hours that do not divide by three, kilometres and receipts; and a correction of one."""
    workers = [people.worker(f"Werker {n}", f"10000{n}", f"werker{n}@worker.example") for n in (1, 2)]
    for worker in workers:
        walk.to(people.sheet(worker), State.APPROVED, hours=week(7 * 60 + 20))
    walk.correction(people.sheet(workers[0], people.WEEK.previous), State.APPROVED)
    return runs.paid()


def week(minutes: int) -> Hours:
    day = Day((Shift(480, 480 + minutes + 30, (Break(30),)),), km=21)
    spent = (Expense(people.WEEK.monday, 1234, "Parkeren"), Expense(people.WEEK.monday, 7, "Zegel"))
    return Hours(people.WEEK, (day,) * 3 + (Day(),) * 4, spent)


def mapped(package: str, table: tuple[Target, ...] = TABLE) -> MappingVersion:
    now = mappings.current(package)
    shown = now.number if now else 0
    by = people.actor(people.esra())
    return mappings.save_codes(package, table, SETTINGS, shown=shown, by=by, at=runs.TUESDAY)


def exported(run: PayrollRun, package: str) -> bytes:
    return runs.content(runs.made(run, package, mapping=mapped(package).number))


def paid(run: PayrollRun) -> Totals:
    """What the lines of the run say per worker and code."""
    totals: Totals = defaultdict(Decimal)
    for line in PayLine.objects.filter(run=run).select_related("timesheet__worker"):
        worker = line.timesheet.worker.number
        totals[worker, "1"] += Decimal(line.minutes)
        totals[worker, "101"] += line.quantity
        totals[worker, "200"] += Decimal(line.cents if line.kind == "expenses" else 0) / 100
    for worker, code in totals:
        if code == "1":
            totals[worker, code] = (totals[worker, code] / 60).quantize(Decimal("0.01"))
    return {key: value for key, value in totals.items() if value}


def decimal(text: object) -> Decimal:
    return Decimal(str(text).replace(",", "."))


def from_loket(content: bytes, _run: PayrollRun) -> Totals:
    rows = list(csv.DictReader(io.StringIO(content.decode()), delimiter=";"))
    assert {(row["aanslnr"], row["ploeg"]) for row in rows} == {("5555", "1")}
    codes = [name for name in rows[0] if name not in {"aanslnr", "persnr", "ploeg"}]
    return {(row["persnr"], code): decimal(row[code]) for row in rows for code in codes if row[code]}


def from_nmbrs(content: bytes, run: PayrollRun) -> Totals:
    _title, header, *rows = lines(content)
    assert {(row[0], row[1], row[4]) for row in rows} == {(9001, 1, f"{run.iso_year}-{run.iso_week}")}
    return {
        (str(row[2]), str(code)): round(decimal(value), 2)
        for row in rows
        for code, value in zip(header[7:], row[7:], strict=True)
        if value is not None
    }


def from_easyflex(content: bytes, _run: PayrollRun) -> Totals:
    totals: Totals = defaultdict(Decimal)
    for row in csv.DictReader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"):
        assert re.fullmatch(r"[0-9]{2}-[0-9]{2}-202[67]", row["Datum"])
        totals[row["Flexwerker"], row["Component"]] += decimal(row["Aantal"])
    return {key: value for key, value in totals.items() if value}


def from_afas(content: bytes, run: PayrollRun) -> Totals:
    found = [json.loads(line, parse_float=Decimal)["HrCompMut"]["Element"] for line in content.decode().splitlines()]
    keys = {(each["@Year"], each["@PeId"], each["@ErId"], each["@PtId"]) for each in found}
    assert keys == {(run.iso_year, run.iso_week, "5555", 5)}
    return {(each["@EmId"], each["@Sc02"]): each["Fields"]["VaD1"] for each in found}


READERS = {"loket": from_loket, "nmbrs": from_nmbrs, "easyflex": from_easyflex, "afas": from_afas}


@pytest.mark.parametrize("package", Package.values)
def test_the_sums_in_the_file_of_a_package_are_those_of_the_pay_lines(run: PayrollRun, package: str) -> None:
    found = READERS[package](exported(run, package), run)
    assert found == paid(run)
    assert len(found) == 6, "hours, kilometres and receipts of two workers"


@pytest.mark.parametrize("week", paid_weeks.WEEKS, ids=str)
def test_weeks_of_all_kinds_and_their_corrections_add_up_in_every_package(week: Week) -> None:
    """Each component is booked twice: its hours or pieces on one code, its money on another."""
    chance = random.Random(str(week))
    kinds = [kind for kind in paid_weeks.KINDS if kind != "not_worked"]
    jobs = [paid_weeks.job(number, kind) for number, kind in enumerate(kinds)]
    for job in jobs:
        agreements.agree_terms(job, valid_from=people.START, wage_cents=1789, by=SYSTEM, at=people.BEFORE)
    sheets = paid_weeks.approved(jobs, week, [paid_weeks.hours(chance, week, kind) for kind in kinds])
    first = runs.paid(week)
    for sheet, kind in zip(sheets, kinds, strict=True):
        paid_weeks.correction(sheet, paid_weeks.hours(chance, week, kind))
    second = runs.paid(week.next)
    components = {each.label: each for run in (first, second) for each in mappings.components_of(run)}
    codes = {label: str(number) for number, label in enumerate(components, 11)}
    table = tuple(
        Target(label, f"{measure_number}{codes[label]}", measure)
        for label, component in components.items()
        for measure_number, measure in enumerate(component.measures, 1)
    )
    for run, package in itertools.product((first, second), Package.values):
        content = runs.content(runs.made(run, package, mapping=mapped(package, table).number))
        lines = PayLine.objects.filter(run=run).select_related("timesheet__worker")
        assert READERS[package](content, run) == sums(lines, components, codes), (run, package)


def sums(lines: Iterable[PayLine], components: dict[str, Component], codes: dict[str, str]) -> Totals:
    """What the lines come to per worker and code, exact until the end."""
    exact: dict[tuple[str, str], Fraction] = defaultdict(Fraction)
    for line in lines:
        values = {
            Measure.HOURS: Fraction(line.minutes, 60),
            Measure.QUANTITY: Fraction((-1 if line.cents < 0 else 1) if line.kind == "expenses" else line.quantity),
            Measure.AMOUNT: Fraction(line.cents, 100),
        }
        for number, measure in enumerate(components[line.label].measures, 1):
            exact[line.timesheet.worker.number, f"{number}{codes[line.label]}"] += values[measure]
    totals = {key: rounded(value) for key, value in exact.items()}
    return {key: value for key, value in totals.items() if value}


@pytest.mark.parametrize("package", Package.values)
def test_a_component_without_a_code_stops_the_file_and_is_named(run: PayrollRun, package: str) -> None:
    order = runs.ordered(run, package, mapping=mapped(package, TABLE[:1]).number)
    exports.carry_out(order.pk, clock=lambda: runs.TUESDAY)
    order.refresh_from_db()
    assert order.state == ExportOrder.State.REFUSED
    [reason] = order.reasons
    assert "Kilometers" in reason
    assert "Onkosten" in reason


def test_other_codes_make_another_file_and_the_first_one_stays(run: PayrollRun) -> None:
    first = runs.made(run, "loket", mapping=mapped("loket").number)
    before = runs.content(first)
    other = runs.made(run, "loket", mapping=mapped("loket", (Target("normal", "7"), *TABLE[1:])).number)
    assert (first.name, other.name) == ("verloning-2026-W48-1-loket-v1.csv", "verloning-2026-W48-1-loket-v2.csv")
    assert runs.content(first) == before != runs.content(other)


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_pay_lines_of_a_run_are_the_same_bytes_each_time(run: PayrollRun, kind: str) -> None:
    files = []
    for _ in range(2):
        file = io.BytesIO()
        FORMATS[kind].write(file, run, {})
        files.append(file.getvalue())
    assert files[0] == files[1] != b""


def test_writing_tells_how_far_it_is(run: PayrollRun) -> None:
    job = Job.objects.create(
        task="t", status=Job.Status.RUNNING, owner="w", lease_until=runs.TUESDAY, run_at=runs.TUESDAY,
        enqueued_at=runs.TUESDAY,
    )  # fmt: skip
    with progress.of(job):
        FORMATS["csv"].write(io.BytesIO(), run, {})
    job.refresh_from_db()
    assert (job.progress.done, job.progress.total) == (len(list(rows_of(run))),) * 2
