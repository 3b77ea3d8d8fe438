"""Several activate the same account at the same moment: one wins, the others hear so, the winner's password holds."""

import subprocess
import sys
import time

from django.conf import settings

from kis.accounts.models import OneTimeLink, User
from kis.config import processes
from kis.core import clock
from tests.accounts import users

ROUNDS = 200
RIVALS = ("one", "two", "three")


def test_of_rivals_with_the_same_link_exactly_one_wins(process_environment: dict[str, str]) -> None:
    invited = [users.jan(f"user{number}@demo.example") for number in range(ROUNDS)]
    tokens = [users.invited(user, clock.now()) for user in invited]
    rivals = [_start(name, process_environment) for name in RIVALS]
    try:
        answers = [_race(rivals, token) for token in tokens]
    finally:
        for rival in rivals:
            rival.kill()
            rival.communicate()

    assert [sorted(each) for each in answers] == [["spent", "spent", "won"]] * ROUNDS
    winners = [RIVALS[each.index("won")] for each in answers]
    assert len(set(winners)) > 1, "never a real race: the same process won every round"
    for user, winner in zip(User.objects.order_by("pk"), winners, strict=True):
        assert user.check_password(f"wachtwoord van {winner}")
        assert user.session_epoch == 1
    assert OneTimeLink.objects.filter(used_at__isnull=False).count() == ROUNDS


def _start(name: str, environment: dict[str, str]) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "tests.races.activation_rival", name]
    return processes.start(command, env=environment, cwd=settings.ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE)


def _race(rivals: list[subprocess.Popen[bytes]], token: str) -> list[str]:
    start = time.monotonic() + 0.003
    for rival in rivals:
        assert rival.stdin
        rival.stdin.write(f"{start} {token}\n".encode())
        rival.stdin.flush()
    return [_answer(rival) for rival in rivals]


def _answer(rival: subprocess.Popen[bytes]) -> str:
    assert rival.stdout
    return rival.stdout.readline().decode().strip()
