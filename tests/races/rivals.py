"""Rivals: processes of their own on this test's database, that act at the same moment."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterable

from django.conf import settings

from kis.config import processes

TOO_LATE = {"overtaken", "not allowed"}
HEAD_START = 0.02  # seconds to read one's line and the timesheet; who is later than that has lost the race


class Rivals:
    """Some processes that wait for a line; `race` gives each its own, all for the same moment."""

    def __init__(self, count: int, environment: dict[str, str]) -> None:
        self.processes = [_start(environment) for _ in range(count)]
        self.race(*["ready"] * count)  # so that the first round is not decided by who woke up first

    def race(self, *turns: str, late: float = 0.0) -> list[str]:
        """What came of each turn ("accept 4 12"), in their order. Each is prepared, then all begin at one moment.

        The first begins `late` seconds after the others, where its way is so much shorter that it would always win.
        """
        moment = time.monotonic() + HEAD_START
        racing = self.processes[: len(turns)]
        for n, (process, turn) in enumerate(zip(racing, turns, strict=True)):
            assert process.stdin
            process.stdin.write(f"{moment + late * (n == 0)} {turn}\n".encode())
            process.stdin.flush()
        return [_answer(process) for process in racing]

    def stop(self) -> None:
        for process in self.processes:
            process.kill()
            process.communicate()


def one_winner_each(answers: Iterable[list[str]]) -> list[int]:
    """The place of each round's one winner, after seeing that the others were told."""
    winners = []
    for each in answers:
        assert each.count("won") == 1, each
        assert set(each) - {"won"} <= TOO_LATE, each
        winners.append(each.index("won"))
    return winners


def was_a_race(winners: list[int]) -> None:
    assert len(set(winners)) > 1, "never a real race: the same one won every round"


def _start(environment: dict[str, str]) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "tests.races.rival"]
    return processes.start(command, env=environment, cwd=settings.ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE)


def _answer(process: subprocess.Popen[bytes]) -> str:
    assert process.stdout
    return process.stdout.readline().decode().strip()
