"""Run the portal: prepare, then web server and worker process side by side: `python -m kis.config.serve`.

Reads PORT, KIS_HOST, KIS_BASE_URL and KIS_DEMO from the environment (see kis/config/settings.py). It imports no
Django, so that it weighs little.
"""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from types import FrameType
from typing import NoReturn

from kis.config import environment, processes

READY_WITHIN = 60  # seconds
STOP_WITHIN = 20  # seconds; a request or a job in hand may be finished
_SHORTLY = 0.2

WORKERS, THREADS = 2, 4
WORKER, WORK = "worker process", ("-m", "django", "work")
RESTARTS, RESTARTS_WITHIN = 3, 60  # times, seconds: who dies more often is ill, and starting it again hides that

DEMO_LOG_INS = """
    client   werkgever@demo.example
    worker   medewerker@demo.example
    agency   bureau@demo.example
    password welkom-bij-KIS-1
"""


class Stop(Exception):
    """The portal is to stop; the argument is the exit code."""


def main() -> int:
    """Run until a signal comes, or a process dies that cannot be started again; returns the exit code."""
    port, host = environment.port(os.environ.get("PORT")), os.environ.get("KIS_HOST") or "127.0.0.1"
    if not _is_free(host, port):
        print(f"Port {port} is in use. Choose another: PORT=8001 bin/run", file=sys.stderr)
        return 1
    signal.signal(signal.SIGTERM, _stop)
    signal.signal(signal.SIGINT, _stop)
    running: dict[str, subprocess.Popen[bytes]] = {}
    try:
        _prepare(running)
        running["web server"] = _start(*_granian(host, port))
        running[WORKER] = _start(*WORK)
        _wait_until_ready(host, port, running)
        _announce(environment.base_url(os.environ.get("KIS_BASE_URL"), port))
        _keep_running(running)
    except Stop as stop:
        return int(stop.args[0])
    finally:
        _stop_all(running)


def _prepare(running: dict[str, subprocess.Popen[bytes]]) -> None:
    """Bring database and files up to date, in a process of its own: it needs Django, and we do not."""
    running["preparation"] = _start("-m", "kis.config.prepare")
    if running["preparation"].wait():
        raise Stop(1)  # it has said why
    del running["preparation"]


def _stop(_signal: int, _frame: FrameType | None) -> None:
    raise Stop(0)


def _granian(host: str, port: int) -> list[str]:
    return [
        *("-m", "granian", "--interface", "wsgi", "--host", host, "--port", str(port), "--no-ws"),
        *("--workers", str(WORKERS), "--blocking-threads", str(THREADS)),
        # Without it a worker that does not end would keep the whole server from stopping.
        *("--workers-kill-timeout", "10", "--respawn-failed-workers", "--log-level", "warning"),
        "kis.config.wsgi:application",
    ]


def _start(*arguments: str) -> subprocess.Popen[bytes]:
    # One heap, not one for each thread: threads take turns in Python anyway, and each heap keeps memory to itself.
    environ = {"MALLOC_ARENA_MAX": "1", **os.environ}
    # A session of its own: Ctrl-C reaches us alone, and we stop each once.
    return processes.start([sys.executable, *arguments], start_new_session=True, env=environ)


def _is_free(host: str, port: int) -> bool:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def _wait_until_ready(host: str, port: int, running: dict[str, subprocess.Popen[bytes]]) -> None:
    deadline = time.monotonic() + READY_WITHIN
    while (health := _health(host, port)) != "well":
        _check_alive(running)
        if time.monotonic() > deadline:
            print(f"Not ready after {READY_WITHIN} seconds: {health}", file=sys.stderr)
            raise Stop(1)
        time.sleep(_SHORTLY)


def _health(host: str, port: int) -> str:
    """`well`, or what is ill. Raises Stop when the portal cannot even say."""
    try:
        with socket.create_connection((_reachable(host), port), timeout=5) as connection:
            connection.sendall(b"GET /health HTTP/1.0\r\nHost: localhost\r\n\r\n")
            head, _, body = connection.makefile("rb").read().decode(errors="replace").partition("\r\n\r\n")
    except OSError as error:
        return str(error)
    status = head.partition("\r\n")[0]
    if " 500 " in status:
        raise Stop(1)  # broken, not busy starting; the log says why
    return "well" if " 200 " in status else body


def _reachable(host: str) -> str:
    """How this machine itself reaches the web server that listens at `host`."""
    return "127.0.0.1" if host in {"0.0.0.0", "::"} else host  # noqa: S104 -- the one who runs it chose so


def _keep_running(running: dict[str, subprocess.Popen[bytes]]) -> NoReturn:
    """Watch over the processes for ever, and start a worker process that was killed again: it loses no job.

    The web server sees to its own workers.
    """
    restarts: list[float] = []
    while True:
        _check_alive({name: process for name, process in running.items() if name != WORKER})
        if (code := running[WORKER].poll()) is not None:
            restarts = [moment for moment in restarts if moment > time.monotonic() - RESTARTS_WITHIN]
            if len(restarts) == RESTARTS:
                _check_alive(running)
            print(f"The {WORKER} has ended (code {code}); starting it again.", file=sys.stderr)
            restarts.append(time.monotonic())
            running[WORKER] = _start(*WORK)
        time.sleep(_SHORTLY)


def _check_alive(running: dict[str, subprocess.Popen[bytes]]) -> None:
    for name, process in running.items():
        if process.poll() is not None:
            print(f"The {name} has ended (code {process.returncode}); stopping.", file=sys.stderr)
            raise Stop(1)


def _announce(address: str) -> None:
    print(f"\nKIS Online is ready: {address}   (Ctrl-C stops it)", flush=True)
    if os.environ.get("KIS_DEMO") == "1":
        print(DEMO_LOG_INS, flush=True)


def _stop_all(running: dict[str, subprocess.Popen[bytes]]) -> None:
    """Ask all to stop, wait for the work in hand, and kill what is left of each one's session."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for process in running.values():
        process.terminate()
    deadline = time.monotonic() + STOP_WITHIN
    for process in running.values():
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(max(0.1, deadline - time.monotonic()))
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


if __name__ == "__main__":
    sys.exit(main())
