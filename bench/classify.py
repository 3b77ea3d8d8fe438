"""How many weeks one core classifies per second, JSON in and out: `python bench/classify.py [weeks]`."""

from __future__ import annotations

import datetime as dt
import json
import pathlib
import random
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).parents[1]))

from kis.core.weeks import Week
from kis.payroll.rules import form, jsonlines, templates

ROUNDS = 3
STARTS = ("05:30", "06:45", "07:00", "08:15", "09:00", "13:30", "14:00", "16:20", "21:45", "22:00")


def week_line(number: int, chance: random.Random, rules: object) -> str:
    """A week of five or six shifts with a break each; some of them over midnight."""
    week = Week(2026, 14) + chance.randrange(50)  # between two nights on which the clock skips an hour
    days = sorted(chance.sample(week.days, chance.choice((5, 6))))
    rates = [{"from": "2025-01-01", "cents": 1471}, {"from": "2026-07-01", "cents": chance.randrange(1499, 2600)}]
    shifts = [shift(day, chance) for day in days]
    return json.dumps({"id": number, "week": str(week), "rules": rules, "rates": rates, "shifts": shifts})


def shift(day: dt.date, chance: random.Random) -> dict[str, object]:
    """Seven to ten hours and three quarters; shifts of one week never touch."""
    start = dt.datetime.fromisoformat(f"{day}T{chance.choice(STARTS)}")
    if start.hour >= 21:
        start = start.replace(hour=18)
    pause = start + dt.timedelta(minutes=chance.randrange(180, 300, 15))
    end = start + dt.timedelta(minutes=chance.randrange(420, 645, 15))
    rest = {"start": text(pause), "end": text(pause + dt.timedelta(minutes=30))}
    return {"start": text(start), "end": text(end), "breaks": [rest]}


def text(moment: dt.datetime) -> str:
    """The form of docs/classify.md."""
    return moment.isoformat(timespec="minutes")


def measure(name: str, lines: list[str]) -> None:
    """Classify all lines, the best of some rounds, and print the speed."""
    best = float("inf")
    for _ in range(ROUNDS):
        start = time.perf_counter()
        answers = list(jsonlines.classified(lines))
        best = min(best, time.perf_counter() - start)
    wrong = [answer for answer in answers if '"errors"' in answer]
    if wrong:
        raise SystemExit(f"{len(wrong)} weeks were refused, the first: {wrong[0]}")
    print(f"{name:<34} {len(lines) / best:>8,.0f} sheets per second ({len(lines):,} in {best:.2f} s, one core)")


def main() -> None:
    """Measure the standard rules by name, as JSON in each line, and all templates mixed."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 5000
    chance = random.Random(48)
    whole = form.dump(templates.load("STANDARD-1"))
    mixed = templates.names()
    measure("STANDARD-1 by name", [week_line(n, chance, "STANDARD-1") for n in range(count)])
    measure("STANDARD-1 as JSON in every line", [week_line(n, chance, whole) for n in range(count)])
    measure("all templates, mixed", [week_line(n, chance, chance.choice(mixed)) for n in range(count)])


if __name__ == "__main__":
    main()
