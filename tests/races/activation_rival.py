"""A process that tries to activate accounts, at the same moment as its rivals: `-m tests.races.activation_rival me`.

Reads lines of a moment (of the monotonic clock) and a token; answers each with what came of it.
"""

import sys
import time

import django

django.setup()

from kis.accounts import operations  # noqa: E402 -- the apps must be ready first
from kis.core import clock  # noqa: E402 -- the apps must be ready first


def main(me: str) -> None:
    for line in sys.stdin:
        moment, token = line.split()
        while time.monotonic() < float(moment):
            pass
        try:
            operations.activate(token, password_of(me), at=clock.now())
            answer = "won"
        except operations.LinkSpent:
            answer = "spent"
        print(answer, flush=True)


def password_of(me: str) -> str:
    return f"wachtwoord van {me}"


if __name__ == "__main__":
    main(sys.argv[1])
