"""How long the files of one run take, and how much memory: `python bench/exports.py [timesheets]`."""

from __future__ import annotations

import datetime as dt
import os
import pathlib
import sys
import tempfile
import time
import tracemalloc

sys.path.insert(0, str(pathlib.Path(__file__).parents[1]))
os.environ["DJANGO_SETTINGS_MODULE"] = "kis.config.settings"
os.environ.setdefault("KIS_SECRET_KEY", "only-for-measuring")
_folder = tempfile.TemporaryDirectory(prefix="kis-bench-")
os.environ["KIS_DATA_DIR"] = _folder.name

import django  # noqa: E402 -- the settings must be known first

django.setup()

from django.core.management import call_command  # noqa: E402 -- the apps must be ready first

from kis.accounts.models import User  # noqa: E402 -- the apps must be ready first
from kis.core import clock  # noqa: E402 -- the apps must be ready first
from kis.core.weeks import Week  # noqa: E402 -- the apps must be ready first
from kis.exchange import exports, mappings, setu_export  # noqa: E402 -- the apps must be ready first
from kis.exchange.component_mapping import Target  # noqa: E402 -- the apps must be ready first
from kis.exchange.formats import FORMATS  # noqa: E402 -- the apps must be ready first
from kis.exchange.models import ExportOrder, Package  # noqa: E402 -- the apps must be ready first
from kis.payroll.models import PayLine, PayrollRun, RunSheet  # noqa: E402 -- the apps must be ready first
from kis.staffing import operations as staffing  # noqa: E402 -- the apps must be ready first
from kis.staffing.actor import SYSTEM  # noqa: E402 -- the apps must be ready first
from kis.staffing.models import Client, Placement, Worker  # noqa: E402 -- the apps must be ready first
from kis.timesheets.hours import Break, Day, Hours, Shift  # noqa: E402 -- the apps must be ready first
from kis.timesheets.models import Submission, Timesheet  # noqa: E402 -- the apps must be ready first

WEEK = Week(2026, 48)
AT = clock.at(dt.date(2026, 12, 1), 540)


def main() -> None:
    """Fill a database of its own, make each file once, and print what it took."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    call_command("migrate", verbosity=0)
    client = _client()
    run = _run(client, count)
    settings = {"employer": "1", "shift": "1", "debtor": "1", "company": "1", "period_table": "5"}
    for package in Package:
        mappings.save_codes(package, [Target("normal", "1")], settings, shown=0, by=SYSTEM, at=AT)
    cards = setu_export.choices_for(client)
    print(f"{count:,} timesheets, {count * 5:,} lines")
    for kind in FORMATS:
        choices = {"mapping": 1} if kind in Package.values else dict(cards) if kind.startswith("setu") else {}
        for measure in (_seconds, _megabytes):
            order = exports.ask(run, kind, choices={**choices, "measured": measure.__name__}, by=SYSTEM, at=AT)
            assert isinstance(order, ExportOrder)
            answer = measure(order)
            print(f"{kind:<14} {answer}" if measure is _seconds else f"{'':<14} {answer}")
    started = time.perf_counter()
    mappings.components_of(run)
    print(f"which components occur: {time.perf_counter() - started:.3f} s")


def _seconds(order: ExportOrder) -> str:
    started = time.perf_counter()
    exports.carry_out(order.pk, clock=lambda: AT)
    return f"{time.perf_counter() - started:6.2f} s"


def _megabytes(order: ExportOrder) -> str:
    tracemalloc.start()
    exports.carry_out(order.pk, clock=lambda: AT)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return f"{peak / 1e6:6.0f} MB at most"


def _client() -> Client:
    staffing.configure_agency(by=SYSTEM, at=AT, name="Bureau", legal_id="00000001")
    return staffing.add_client(number="K1", name="Bakkerij", legal_id="00000002", by=SYSTEM, at=AT)


def _run(client: Client, count: int) -> PayrollRun:
    """A locked run that paid an ordinary week to each of many workers; written in bulk, as the operations would."""
    users = User.objects.bulk_create([User(email=f"w{n}@x.example", name=f"Werker {n}") for n in range(count)], 500)
    workers = Worker.objects.bulk_create(
        [Worker(user=user, number=str(100_000 + n)) for n, user in enumerate(users)], 500
    )
    jobs = Placement.objects.bulk_create(
        [
            Placement(number=f"P{n}", worker=worker, client=client, job_title="x", start=dt.date(2026, 1, 1))
            for n, worker in enumerate(workers)
        ],
        500,
    )
    hours = Hours(WEEK, (Day((Shift(480, 990, (Break(30, 720),)),)),) * 5 + (Day(),) * 2)
    sheets = Timesheet.objects.bulk_create(
        [
            Timesheet(
                placement=job,
                worker_id=job.worker_id,
                client=client,
                iso_year=2026,
                iso_week=48,
                state="paid",
                state_since=AT,
                submitted_version=2,
                digest=hours.digest(job.number),
                minutes=2400,
            )
            for job in jobs
        ],
        500,
    )
    Submission.objects.bulk_create(
        [
            Submission(timesheet=sheet, number=2, content=hours.to_json(), digest=sheet.digest, at=AT)
            for sheet in sheets
        ],
        500,
    )
    run = PayrollRun.objects.create(
        iso_year=2026, iso_week=48, sequence=1, state="locked", cut_off=AT, planned=count, started_at=AT,
        started_by_name="x", locked_at=AT, sheets=count, digest="0" * 64,
    )  # fmt: skip
    RunSheet.objects.bulk_create([RunSheet(run=run, timesheet=sheet, digest=sheet.digest) for sheet in sheets], 500)
    PayLine.objects.bulk_create(
        [
            PayLine(run=run, timesheet=sheet, date=day, kind="time", label="normal", percentage=100, minutes=480)
            for sheet in sheets
            for day in WEEK.days[:5]
        ],
        500,
    )
    return run


if __name__ == "__main__":
    main()
