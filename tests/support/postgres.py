"""A PostgreSQL server for one test run: in a folder of its own, reached by a socket, gone afterwards."""

import contextlib
import os
import pwd
import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

from kis.config import processes
from tests.support import machine

# Nothing needs to survive a power failure here.
_HASTE = ["-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off"]


@contextlib.contextmanager
def server(folder: Path) -> Iterator[None]:
    """Run a server whose data and socket lie in `folder`; superuser `kis`, no password, no network.

    PostgreSQL refuses to run as root; then it runs as `postgres` or `nobody`, who is given the folder.
    """
    where = machine.postgres_binaries()
    if where is None:
        raise RuntimeError(machine.lacks_postgres())
    owner = _owner()
    if owner:
        shutil.chown(folder, owner)
    data, log = folder / "data", folder / "log"
    _run(owner, where / "initdb", "-D", data, "-U", "kis", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")
    arguments = [where / "postgres", "-D", data, "-k", folder, "-c", "listen_addresses=", *_HASTE]
    with log.open("wb") as lines:
        process = processes.start(arguments, stdout=lines, stderr=lines, cwd="/", user=owner)
    try:
        _wait_until_ready(where, folder, process, log)
        yield
    finally:
        process.terminate()
        process.wait(timeout=20)
        shutil.rmtree(folder, ignore_errors=True)


def _owner() -> str | None:
    if os.geteuid() != 0:
        return None
    names = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"


def _run(owner: str | None, *command: str | Path) -> None:
    done = subprocess.run(command, user=owner, cwd="/", capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{command[0]} failed:\n{done.stderr}")


def _wait_until_ready(where: Path, folder: Path, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + 30
    while subprocess.run([where / "pg_isready", "-q", "-h", folder], cwd="/", check=False).returncode:
        if process.poll() is not None or time.monotonic() > deadline:
            raise RuntimeError(f"PostgreSQL did not start:\n{log.read_text()}")
        time.sleep(0.05)
