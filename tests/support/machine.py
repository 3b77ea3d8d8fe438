"""Whether this machine has what some tests need: `python -m tests.support.machine postgres`.

Ends with 0 when it has, 1 when those tests are skipped, 2 when KIS_REQUIRE says that it must.
"""

import ctypes
import importlib.util
import os
import shutil
import sys
from pathlib import Path

_CHROMIUM = ("chromium", "chromium-browser", "google-chrome")


def chromium() -> str | None:
    """The operating system's Chromium, or None."""
    return next(filter(None, map(shutil.which, _CHROMIUM)), None)


def postgres_binaries() -> Path | None:
    """The folder of the newest PostgreSQL on this machine, or None."""
    packaged = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    found = str(packaged[-1]) if packaged else shutil.which("initdb")
    return Path(found).resolve().parent if found else None


def lacks_browser() -> str | None:
    """Why no test can run in a browser here, or None."""
    if not importlib.util.find_spec("pytest_playwright"):
        return "its packages are not installed (requirements-browser.txt)"
    if not chromium():
        return "there is no Chromium on this machine"
    if sys.platform == "linux":
        try:
            ctypes.CDLL("libatomic.so.1")
        except OSError:
            return "Playwright's driver needs the system library libatomic1"
    return None


def lacks_postgres() -> str | None:
    """Why no test can run on PostgreSQL here, or None."""
    if postgres_binaries():
        return None
    return "there is no PostgreSQL on this machine: neither /usr/lib/postgresql/*/bin nor initdb on the PATH"


def required(what: str) -> bool:
    """Whether KIS_REQUIRE, such as `postgres,browser`, names it."""
    return what in os.environ.get("KIS_REQUIRE", "").split(",")


def main(what: str) -> int:
    why = {"browser": lacks_browser, "postgres": lacks_postgres}[what]()
    if why is None:
        return 0
    if required(what):
        print(f"FAILED: {what} is required (KIS_REQUIRE), but {why}.", file=sys.stderr)
        return 2
    print(f"Skipping the tests that need {what}: {why}.", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
