"""Compile the translations that changed: `python -m kis.config.compile_messages`.

With polib, because gettext's own msgfmt is not on a bare machine.
"""

import os
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parents[1]


def compile_stale(root: Path = ROOT) -> list[Path]:
    """Compile each .po below `root` that is newer than its .mo; returns those files."""
    stale = [po for po in sorted(root.rglob("locale/*/LC_MESSAGES/*.po")) if _is_stale(po)]
    for po in stale:
        fresh = po.with_suffix(f".mo.{os.getpid()}")
        polib.pofile(str(po)).save_as_mofile(str(fresh))
        fresh.replace(po.with_suffix(".mo"))  # at once: a running portal never reads half a file
    return stale


def _is_stale(po: Path) -> bool:
    mo = po.with_suffix(".mo")
    return not mo.exists() or mo.stat().st_mtime < po.stat().st_mtime


if __name__ == "__main__":
    compile_stale()
