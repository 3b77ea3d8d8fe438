import json
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from kis.config import serve


class Portal:
    """A portal that runs as bin/run runs it; what it prints is in `lines`."""

    def __init__(self, environment: dict[str, str], folder: Path) -> None:
        self.environment, self._log = environment, folder / "log"
        with self._log.open("wb") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "kis.config.serve"], env=environment, stdout=log, stderr=log
            )
        self.family: list[psutil.Process] = []

    @property
    def printed(self) -> str:
        return self._log.read_text()

    def wait_until_ready(self) -> None:
        deadline = time.monotonic() + 40
        while "is ready" not in self.printed:
            assert self.process.poll() is None, self.printed
            assert time.monotonic() < deadline, self.printed
            time.sleep(0.1)
        self.family = psutil.Process(self.process.pid).children(recursive=True)

    def worker(self) -> psutil.Process:
        """The worker process that runs now, or is about to."""
        deadline = time.monotonic() + 20
        while not (workers := [child for child in self._children() if child.cmdline()[-1:] == ["work"]]):
            assert time.monotonic() < deadline, self.printed
            time.sleep(0.05)
        return workers[0]

    def kill_worker(self) -> None:
        worker = self.worker()
        worker.kill()
        worker.wait()

    def _children(self) -> list[psutil.Process]:
        self.family = list({*self.family, *psutil.Process(self.process.pid).children(recursive=True)})
        return [child for child in self.family if child.is_running() and child.status() != psutil.STATUS_ZOMBIE]

    def left_over(self) -> list[psutil.Process]:
        """Processes that outlive the portal by more than some seconds."""
        return psutil.wait_procs(self.family, timeout=15)[1]


@pytest.fixture
def portal(own_portal: dict[str, str], tmp_path: Path) -> Iterator[Portal]:
    portal = Portal(own_portal, tmp_path)
    portal.wait_until_ready()
    yield portal
    portal.process.kill()
    portal.process.wait()
    assert portal.left_over() == []


def test_the_portal_answers_and_stops_leaving_nothing_behind(portal: Portal):
    with urllib.request.urlopen(f"http://localhost:{portal.environment['PORT']}/health", timeout=5) as answer:
        assert json.load(answer)["status"] == "well"
    portal.process.send_signal(signal.SIGINT)
    assert portal.process.wait(timeout=20) == 0
    assert portal.left_over() == []
    assert "Traceback" not in portal.printed
    assert "demo.example" not in portal.printed  # log-ins are shown in demo mode only


def test_a_worker_process_that_was_killed_is_started_again(portal: Portal):
    portal.kill_worker()
    portal.worker()
    assert portal.printed.count("The worker process has ended (code -9); starting it again.") == 1
    assert portal.process.poll() is None


def test_one_that_dies_between_two_looks_is_started_again_too(monkeypatch: pytest.MonkeyPatch):
    class Process:
        def __init__(self, *codes: int | None) -> None:
            self.codes = [*codes]
            self.returncode = codes[-1]

        def poll(self) -> int | None:
            return self.codes.pop(0) if len(self.codes) > 1 else self.codes[0]

    class StartedAgain(Exception):
        pass

    def start(*_arguments: str) -> None:
        raise StartedAgain

    monkeypatch.setattr(serve, "_start", start)
    with pytest.raises(StartedAgain):
        serve._keep_running({"web server": Process(None), serve.WORKER: Process(None, -9)})


def test_a_worker_process_that_keeps_dying_stops_the_portal(portal: Portal):
    for _ in range(serve.RESTARTS + 1):
        portal.kill_worker()
    assert portal.process.wait(timeout=20) == 1
    assert "The worker process has ended (code -9); stopping." in portal.printed
    assert portal.left_over() == []


def test_when_the_portal_itself_is_killed_nothing_goes_on_without_it(portal: Portal):
    portal.process.kill()
    portal.process.wait()
    assert portal.left_over() == []


def test_what_cannot_be_prepared_is_not_started(own_portal: dict[str, str], tmp_path: Path):
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "kis.sqlite3").write_text("no database at all, but long enough to be taken for one" * 20)
    portal = Portal({**own_portal, "KIS_DATABASE_URL": ""}, tmp_path)
    assert portal.process.wait(timeout=20) == 1
    assert "file is not a database" in portal.printed


def test_a_port_in_use_is_told_before_anything_starts(own_portal: dict[str, str]):
    with socket.create_server(("127.0.0.1", int(own_portal["PORT"]))):
        done = subprocess.run(
            [sys.executable, "-m", "kis.config.serve"], env=own_portal, capture_output=True, text=True, timeout=20
        )
    assert done.returncode == 1
    assert done.stderr == f"Port {own_portal['PORT']} is in use. Choose another: PORT=8001 bin/run\n"
