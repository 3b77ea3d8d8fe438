"""Whether every text has its Dutch translation: `python -m tests.support.translations`.

Extracts the texts anew, in a copy, and looks what is then untranslated, uncertain, or no longer in use.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parents[2]


def problems(package: Path) -> Iterator[str]:
    """What is wrong with the translations of `package`, one line each."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / package.name
        shutil.copytree(package, copy, ignore=shutil.ignore_patterns("__pycache__", "*.mo*"))
        (copy / "locale").mkdir()  # catches the texts of packages that have no translations of their own
        done = subprocess.run(
            [sys.executable, "-m", "django", "makemessages", "-l", "nl", "--no-wrap", "--add-location", "file"],
            cwd=copy,
            env={name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"},
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            yield done.stderr
            return
        for po in copy.glob("locale/nl/LC_MESSAGES/*.po"):
            for entry in polib.pofile(str(po)):
                yield f"{package.name}/{entry.occurrences[0][0]}: its app has no folder locale/nl: {entry.msgid!r}"
        for po in sorted(copy.glob("*/**/locale/nl/LC_MESSAGES/*.po")):
            yield from _in_file(po, str(po.relative_to(folder)))


def _in_file(po: Path, name: str) -> Iterator[str]:
    for entry in polib.pofile(str(po)):
        if entry.obsolete:
            yield f"{name}: no longer in use: {entry.msgid!r}"
        elif entry.fuzzy or not entry.translated():
            yield f"{name}: not translated: {entry.msgid!r}"
    checked = subprocess.run(["msgfmt", "--check", "-o", "/dev/null", po], capture_output=True, text=True, check=False)
    if checked.returncode:
        yield f"{name}: {checked.stderr}"


if __name__ == "__main__":
    found = list(problems(ROOT / "kis"))
    print("\n".join(found))
    sys.exit(bool(found))
