"""Worker processes for a test, on the test's database; and waiting for what they do."""

import subprocess
import sys
import time
from collections.abc import Callable, Iterator

import pytest

StartWorker = Callable[..., "subprocess.Popen[bytes]"]

# The process ties itself to us, so that it ends with a test run that was killed: a test that has threads must not
# run code between fork and exec.
_WORK = """
from kis.config.processes import _die_with_parent
_die_with_parent()
from django.core.management import execute_from_command_line
execute_from_command_line(["django", "work"])
"""


@pytest.fixture
def start_worker(process_environment: dict[str, str]) -> Iterator[StartWorker]:
    """`start_worker(KIS_SMTP_URL=...)` starts a real worker process; it is killed after the test."""
    running: list[subprocess.Popen[bytes]] = []

    def start(**environment: str) -> "subprocess.Popen[bytes]":
        running.append(
            subprocess.Popen([sys.executable, "-c", _WORK], env={**process_environment, **environment}, cwd="/")
        )
        return running[-1]

    yield start
    for process in running:
        process.kill()
        process.wait()


def until(happened: Callable[[], object], within: float = 20) -> None:
    """Wait until something holds; fail after `within` seconds."""
    deadline = time.monotonic() + within
    while not happened():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.02)
