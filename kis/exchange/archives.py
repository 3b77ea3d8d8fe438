"""Many messages in one download: a ZIP that is the same to the byte each time it is made."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable
from typing import BinaryIO

_BORN = (2000, 1, 1, 0, 0, 0)
_UNIX, _READABLE = 3, 0o644 << 16
_UNSAFE = re.compile(r"[^A-Za-z0-9._-]+")


def write_zip(target: BinaryIO, files: Iterable[tuple[str, bytes]]) -> None:
    """Write the files, one at a time in memory, in the order they come.

    Names lose what does not belong in a file name; two that become the same are told apart by a number.
    """
    used: set[str] = set()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files:
            info = zipfile.ZipInfo(_free(safe(name), used), _BORN)
            info.create_system, info.external_attr, info.compress_type = _UNIX, _READABLE, zipfile.ZIP_DEFLATED
            archive.writestr(info, content)


def safe(name: str) -> str:
    """A name without what does not belong in the name of a file."""
    return _UNSAFE.sub("_", name).lstrip(".")


def _free(name: str, used: set[str]) -> str:
    stem, dot, ending = name.rpartition(".")
    number, free = 1, name
    while not free or free.lower() in used:
        number += 1
        free = f"{stem}-{number}{dot}{ending}"
    used.add(free.lower())
    return free
