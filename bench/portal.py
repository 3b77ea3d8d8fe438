"""The portal by real HTTP, logged in: pages, decisions, a payroll run, memory. `python bench/portal.py --help`.

Starts web server and worker process on a database of its own, SQLite and PostgreSQL, fills it, and asks one request
after the other. Prints a table for each database and size, and what grew between the sizes.
"""

from __future__ import annotations

import argparse
import contextlib
import http.client
import os
import re
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tests.support import machine, postgres

ROOT = Path(__file__).resolve().parents[1]
FILL = "import django; django.setup(); from bench._fill import main; main()"
PASSWORD = "only-for-measuring-1"  # noqa: S105 -- see _fill.py
ROUNDS, WARM = 100, 10
MIB = 1024 * 1024


class Browser:
    """One reader with cookies, on one connection that stays open."""

    def __init__(self, port: int) -> None:
        self.port, self.cookies = port, dict[str, str]()
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=600)

    def ask(self, path: str, fields: list[tuple[str, str]] | None = None) -> tuple[int, str, http.client.HTTPMessage]:
        """GET, or POST with the fields and the CSRF token."""
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        body = None
        if fields is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            headers["X-CSRFToken"] = self.cookies.get("csrftoken", "")
            body = urllib.parse.urlencode(fields)
        self.connection.request("POST" if body is not None else "GET", path, body, headers)
        answer = self.connection.getresponse()
        text = answer.read().decode()
        for line in answer.headers.get_all("Set-Cookie") or []:
            name, _, value = line.partition(";")[0].partition("=")
            self.cookies[name] = value
        return answer.status, text, answer.headers

    def page(self, path: str) -> str:
        """A page that must be there."""
        status, text, _ = self.ask(path)
        assert status == 200, (path, status)
        return text

    def log_in(self, login: str) -> None:
        self.page("/")
        status, _, _ = self.ask("/", [("login", login), ("password", PASSWORD)])
        assert status == 302, status


@contextlib.contextmanager
def database(kind: str) -> Iterator[dict[str, str]]:
    """The environment of a portal on an empty database."""
    with tempfile.TemporaryDirectory(prefix="kis-bench-") as folder:
        plain = {name: value for name, value in os.environ.items() if not name.startswith("KIS_")}
        environment = {
            **plain, "KIS_DATA_DIR": folder, "PYTHONPATH": str(ROOT), "DJANGO_SETTINGS_MODULE": "kis.config.settings"
        }  # fmt: skip
        if kind == "sqlite":
            yield environment
            return
        with tempfile.TemporaryDirectory(prefix="kis-bench-pg-") as place, postgres.server(Path(place)):
            yield environment | {"KIS_DATABASE_URL": f"postgresql://kis@/postgres?host={place}"}


@contextlib.contextmanager
def serving(environment: dict[str, str]) -> Iterator[int]:
    """Web server and worker process as `bin/run` starts them; the port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    run = [sys.executable, "-m", "kis.config.serve"]
    process = subprocess.Popen(run, env={**environment, "PORT": str(port)}, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout
        for line in process.stdout:
            if "ready" in line:
                break
        yield port
    finally:
        process.terminate()
        process.wait(timeout=40)


def fill(environment: dict[str, str], what: str, sheets: int) -> float:
    """Seconds that it took."""
    began = time.perf_counter()
    subprocess.run([sys.executable, "-c", FILL, what, str(sheets)], env=environment, check=True)
    return time.perf_counter() - began


def times(ask: Callable[[int], None], rounds: int = ROUNDS, warm: int = WARM) -> tuple[float, float]:
    """Median and 95th percentile in milliseconds."""
    taken = []
    for n in range(rounds + warm):
        began = time.perf_counter()
        ask(n)
        taken.append(1000 * (time.perf_counter() - began))
    taken = sorted(taken[warm:])
    return statistics.median(taken), taken[int(0.95 * len(taken)) - 1]


def pages(port: int) -> dict[str, tuple[float, float]]:
    """Milliseconds per page and decision."""
    client = Browser(port)
    client.log_in("werkgever@bench.example")
    table = client.page("/client/status/")
    listed = re.findall(r'href="(/client/status/[^"]+/intermediate/)"', table)[0]
    waiting = client.page(listed)
    sheets = re.findall(r'name="sheet" value="(\d+):(\d+)"', waiting)
    assert len(sheets) >= 50, len(sheets)
    first = int(sheets[0][0])
    found = {
        "status table": times(lambda _: void(client.page("/client/status/"))),
        f"waiting list, {len(sheets)} rows": times(lambda _: void(client.page(listed))),
        "page of a week": times(lambda n: void(client.page(f"/client/timesheets/{first + n % 50}/"))),
    }
    agency = Browser(port)  # only now: the web server closes a connection on which nobody asks anything
    agency.log_in("bureau@bench.example")
    found |= {
        "cockpit": times(lambda _: void(agency.page("/agency/"))),
        "list of timesheets": times(lambda _: void(agency.page("/agency/timesheets/"))),
    }

    def accept(n: int) -> None:
        status, _, headers = client.ask(f"/client/timesheets/{first + n}/accept/", [("version", "2")])
        assert status == 302, status
        assert "timesheets" in headers["Location"], headers["Location"]  # on to the next one

    found["accept"] = times(accept, rounds=80)
    many = [("sheet", f"{first + 95 + n}:2") for n in range(500)] + [("confirmed", "1")]
    began = time.perf_counter()
    status, _, _ = client.ask("/client/status/accept/", many)
    taken = 1000 * (time.perf_counter() - began)
    assert status == 302, status
    found["accept 500 at once"] = taken, taken
    return found


def void(_: object) -> None:
    """What came back is not looked at."""


class Memory(threading.Thread):
    """The resident memory of web server and worker process, looked at ten times a second."""

    def __init__(self, serve_port: int) -> None:
        super().__init__(daemon=True)
        self.peak = 0.0
        self.seen: list[float] = []
        self.over = threading.Event()
        self.port = serve_port

    def processes(self) -> dict[str, psutil.Process]:
        """The portal's own, by what they do."""
        found: dict[str, psutil.Process] = {}
        for process in psutil.process_iter(["cmdline"]):
            line = " ".join(process.info["cmdline"] or [])
            if "granian" in line and f"--port {self.port}" in line:
                found[f"web {process.pid}"] = process
            elif line.endswith("-m django work") and process.environ().get("PORT") == str(self.port):
                found["worker"] = process
        return found

    def at_rest(self) -> float:
        """MiB of all of them together, shared pages counted once."""
        return sum(process.memory_full_info().pss for process in self.processes().values()) / MIB

    def run(self) -> None:
        worker = self.processes()["worker"]
        while not self.over.wait(0.1):
            self.seen.append(worker.memory_info().rss / MIB)

    def stop(self) -> tuple[float, float, float]:
        """MiB of the worker: before, half-way at most, at most."""
        self.over.set()
        self.join()
        half = self.seen[: len(self.seen) // 2] or self.seen
        return self.seen[0], max(half), max(self.seen)


def run_payroll(port: int) -> float:
    """Seconds from the button to the lock, by the agency's own page."""
    agency = Browser(port)
    agency.log_in("bureau@bench.example")
    page = agency.page("/agency/payroll/?until=now")
    form = re.search(r'<form method="post" action="/agency/payroll/start/">.*?</form>', page, re.S)
    assert form
    fields = [(n, v) for n, v in re.findall(r'name="(\w+)" value="([^"]*)"', form[0]) if n != "csrfmiddlewaretoken"]
    began = time.perf_counter()
    status, _, headers = agency.ask("/agency/payroll/start/", [(n, v.replace("&amp;", "&")) for n, v in fields])
    assert status == 302, status
    assert "/runs/" in headers["Location"], headers["Location"]
    while "HX-Refresh" not in agency.ask(headers["Location"] + "progress/")[2]:
        time.sleep(0.2)
    return time.perf_counter() - began


def measure_pages(kind: str, sizes: list[int], run: int) -> None:
    """The tables of one database."""
    found: dict[int, dict[str, tuple[float, float]]] = {}
    for size in sizes:
        with database(kind) as environment:
            subprocess.run([sys.executable, "-m", "kis.config.prepare"], env=environment, check=True)
            filled = fill(environment, "portal", size)
            with serving(environment) as port:
                rest = Memory(port).at_rest()
                found[size] = pages(port)
                after = Memory(port).at_rest()
                print(f"\n{kind}, {size:,} timesheets (filled in {filled:.0f} s), milliseconds p50 and p95:")
                for name, (middle, slow) in found[size].items():
                    print(f"  {name:24} {middle:8.1f} {slow:8.1f}")
                print(f"  memory of web and worker: {rest:.0f} MiB after the start, {after:.0f} MiB after all this")
                if run:
                    fill(environment, "approved", run)
                    report_run(port, run)
    if len(found) > 1:
        small, large = found[sizes[0]], found[sizes[-1]]
        print(f"\n{kind}, growth of p50 from {sizes[0]:,} to {sizes[-1]:,}:")
        for name in small:
            print(f"  {name:24} {large[name][0] / small[name][0]:8.2f}")


def report_run(port: int, sheets: int) -> None:
    memory = Memory(port)
    memory.start()
    seconds = run_payroll(port)
    before, half, peak = memory.stop()
    print(
        f"  payroll run of {sheets:,}: {seconds:.1f} s, {sheets / seconds:.0f} a second; the worker's memory "
        f"{before:.0f} MiB before, at most {half:.0f} in its first half and {peak:.0f} MiB in all"
    )


def measure_run(kind: str, sheets: int) -> None:
    """One large run by itself."""
    with database(kind) as environment:
        subprocess.run([sys.executable, "-m", "kis.config.prepare"], env=environment, check=True)
        filled = fill(environment, "approved", sheets)
        with serving(environment) as port:
            print(f"\n{kind}, {sheets:,} timesheets of seven shifts (filled in {filled:.0f} s):")
            report_run(port, sheets)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--database", nargs="+", choices=["sqlite", "postgres"], default=["sqlite", "postgres"])
    parser.add_argument("--sheets", nargs="*", type=int, default=[1_000, 100_000])
    parser.add_argument("--run", type=int, default=10_000, help="timesheets in the run at each size; 0: none")
    parser.add_argument("--large-run", type=int, default=0, help="one run of so many timesheets by itself")
    chosen = parser.parse_args()
    for kind in chosen.database:
        if kind == "postgres" and machine.postgres_binaries() is None:
            print("PostgreSQL is not here; left out")
            continue
        if chosen.sheets:
            measure_pages(kind, chosen.sheets, chosen.run)
        if chosen.large_run:
            measure_run(kind, chosen.large_run)


if __name__ == "__main__":
    main()
