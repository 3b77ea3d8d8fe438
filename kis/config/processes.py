"""Processes that end with the one that started them."""

import ctypes
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

_PR_SET_PDEATHSIG = 1


def start(command: Sequence[str | Path], **options: Any) -> subprocess.Popen[bytes]:
    """Start a process that gets a SIGTERM when we are gone, even if we were killed (on Linux; elsewhere it lives on).

    `options` are those of `subprocess.Popen`. To be called from the main thread: the kernel watches the caller's.
    """
    return subprocess.Popen(command, preexec_fn=_die_with_parent, **options)  # noqa: PLW1509 -- no threads yet


def _die_with_parent() -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
