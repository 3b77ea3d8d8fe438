"""Tasks for the tests, in a module of their own so that a worker process can import them."""

import os
import time
from pathlib import Path

from django_tasks import task
from django_tasks.base import TaskContext

from kis.jobs import progress


@task()
def add(a: int, b: int) -> int:
    return a + b


@task()
def fail(words: str) -> None:
    raise LookupError(words)


@task()
def give_no_json() -> object:
    return object()


@task(takes_context=True)
def attempt(context: TaskContext) -> int:
    return context.attempt


@task()
def count(total: int) -> None:
    for done in range(1, total + 1):
        progress.report(done, total, f"{done}!")


@task()
def sign(path: str) -> None:
    """One line in a file, after a moment in which a rival may come."""
    time.sleep(0.01)
    _write(path, "signed")


@task()
def wait_for_go(folder: str) -> str:
    """Write `start` in the log, wait for the file `go`, write `end`."""
    log, go = Path(folder) / "log", Path(folder) / "go"
    _write(log, "start")
    deadline = time.monotonic() + 30
    while not go.exists() and time.monotonic() < deadline:
        time.sleep(0.02)
    _write(log, "end")
    return "gone"


def _write(path: str | Path, line: str) -> None:
    with open(os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600), "wb", buffering=0) as log:
        log.write(f"{line}\n".encode())
