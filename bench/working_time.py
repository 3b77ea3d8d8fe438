"""How many workers one core checks in a second: `python bench/working_time.py [workers]`.

One check is one worker with 16 weeks of history: four to six shifts a week with a break each, at two
placements, one worker in five on nights. A worker-week is one of those weeks.
"""

from __future__ import annotations

import datetime as dt
import gc
import json
import random
import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from kis.core.weeks import Week
from kis.timesheets.working_time import WorkRecord, check, jsonlines, worked_shift
from kis.timesheets.working_time.calendar import AMSTERDAM

WEEKS = 16
ROUNDS = 3
DAY_STARTS = ("06:00", "07:00", "07:30", "08:00", "08:15", "09:00", "12:40", "14:00")

Times = tuple[dt.datetime, dt.datetime, dt.datetime, dt.datetime]


def worker(chance: random.Random) -> list[Times]:
    """The shifts of 16 weeks, each with start, end, and the bounds of its break."""
    night = chance.random() < 0.2
    first = Week(2026, 14) + chance.randrange(30)  # between two nights on which the clock skips an hour
    shifts = []
    for number in range(WEEKS):
        start = "22:00" if night else chance.choice(DAY_STARTS)
        days = (first + number).days[chance.choice((0, 0, 1)) : chance.choice((5, 5, 5, 6))]
        shifts += [shift(day, start, chance) for day in days]
    return shifts


def shift(day: dt.date, start_text: str, chance: random.Random) -> Times:
    """Seven to nine and a half hours, with half an hour of break."""
    start = dt.datetime.fromisoformat(f"{day}T{start_text}")
    pause = start + dt.timedelta(minutes=chance.randrange(180, 300, 15))
    end = start + dt.timedelta(minutes=chance.randrange(420, 575, 5))
    return start, end, pause, pause + dt.timedelta(minutes=30)


def as_record(shifts: list[Times]) -> WorkRecord:
    """The input of `check`, from aware datetimes."""
    aware = ([moment.replace(tzinfo=AMSTERDAM) for moment in times] for times in shifts)
    return WorkRecord(
        shifts=tuple(
            worked_shift(start, end, [(pause, resumed)], reference=number)
            for number, (start, end, pause, resumed) in enumerate(aware)
        ),
        birth_date=dt.date(1998, 4, 12),
    )


def as_line(number: int, shifts: list[Times]) -> str:
    """The form of docs/working-time.md."""
    return json.dumps(
        {
            "id": number,
            "birth_date": "1998-04-12",
            "placements": {"A": {}, "B": {"options": ["short_breaks"]}},
            "shifts": [
                {
                    "start": text(start),
                    "end": text(end),
                    "breaks": [{"start": text(pause), "end": text(resumed)}],
                    "placement": "A" if at % 3 else "B",
                }
                for at, (start, end, pause, resumed) in enumerate(shifts)
            ],
        }
    )


def text(moment: dt.datetime) -> str:
    return moment.isoformat(timespec="minutes")


def measure(name: str, work: Callable[[], object], workers: int, weeks: int = WEEKS) -> None:
    """The best of some rounds, in processor time: other work on the machine does not count."""
    best = float("inf")
    for _ in range(ROUNDS):
        start = time.process_time()
        work()
        best = min(best, time.process_time() - start)
    print(f"{name:<34} {workers / best:>7,.0f} checks, {workers * weeks / best:>8,.0f} worker-weeks per second")


def main() -> None:
    """Measure the checks alone, from aware datetimes, and from JSON lines to JSON lines."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    chance = random.Random(48)
    workers = [worker(chance) for _ in range(count)]
    records = [as_record(shifts) for shifts in workers]
    lines = [as_line(number, shifts) for number, shifts in enumerate(workers)]
    refused = [answer for answer in jsonlines.checked(lines) if '"errors"' in answer]
    if refused:
        raise SystemExit(f"{len(refused)} workers were refused, the first: {refused[0]}")
    findings = sum(len(check(record)) for record in records)
    print(f"{count:,} workers, {sum(map(len, workers)):,} shifts, {findings:,} findings, one core")
    gc.freeze()  # as in the command: what is there before the first check is not looked through again and again
    measure("the checks", lambda: [check(record) for record in records], count)
    measure("from aware datetimes", lambda: [check(as_record(shifts)) for shifts in workers], count)
    measure("from JSON lines to JSON lines", lambda: sum(map(len, jsonlines.checked(lines))), count)
    single = [as_line(number, shifts[:5]) for number, shifts in enumerate(workers)]
    measure("the same, a week without history", lambda: sum(map(len, jsonlines.checked(single))), count, weeks=1)


if __name__ == "__main__":
    main()
