"""What a worker writes down for one week at one placement: shifts, kilometres, expenses, a note.

Pure values. Times are whole minutes after midnight of the day the shift starts on; an end past 1440 lies on
the next day. A shift over midnight belongs to the day it starts. Lengths are counted in absolute time, so that
the nights in which the clock changes come out right.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

from kis.core import clock
from kis.core.minutes import DAY
from kis.core.weeks import Week

NIGHT_END, NIGHT_START = 6 * 60, 22 * 60


@dataclasses.dataclass(frozen=True, slots=True)
class Break:
    """A pause of `minutes`; `start` (minutes after midnight of the shift's day) where it is known."""

    minutes: int
    start: int | None = None


@dataclasses.dataclass(frozen=True, slots=True)
class Shift:
    """Work from `start` to `end`, less its breaks."""

    start: int
    end: int
    breaks: tuple[Break, ...] = ()

    def bounds(self, date: dt.date) -> tuple[dt.datetime, dt.datetime]:
        """Start and end as moments, in UTC so that they compare in absolute time."""
        return clock.at(date, self.start).astimezone(dt.UTC), clock.at(date, self.end).astimezone(dt.UTC)

    def length(self, date: dt.date) -> int:
        """Minutes from start to end, breaks included; a night with a clock change is longer or shorter."""
        start, end = self.bounds(date)
        return int((end - start).total_seconds()) // 60

    @property
    def pause(self) -> int:
        return sum(pause.minutes for pause in self.breaks)

    def worked(self, date: dt.date) -> int:
        return self.length(date) - self.pause

    @property
    def night(self) -> int:
        """Minutes between 22:00 and 06:00, as the picture of the week shows them."""
        windows = ((0, NIGHT_END), (NIGHT_START, DAY + NIGHT_END), (DAY + NIGHT_START, 2 * DAY))
        return sum(max(0, min(self.end, end) - max(self.start, start)) for start, end in windows)


@dataclasses.dataclass(frozen=True, slots=True)
class Day:
    """One day: shifts, or a total where the placement is set so, or the word that nothing was worked."""

    shifts: tuple[Shift, ...] = ()
    total: int | None = None
    not_worked: bool = False
    km: int = 0

    @property
    def is_empty(self) -> bool:
        return self == Day()

    @property
    def pause(self) -> int:
        return sum(shift.pause for shift in self.shifts)

    @property
    def night(self) -> int:
        return sum(shift.night for shift in self.shifts)

    def worked(self, date: dt.date) -> int:
        """Minutes worked on the day, breaks not counted."""
        return self.total if self.total is not None else sum(shift.worked(date) for shift in self.shifts)


@dataclasses.dataclass(frozen=True, slots=True)
class Expense:
    """Money laid out on a day; `receipt` is the id of a stored file."""

    date: dt.date
    cents: int
    what: str
    receipt: str | None = None


@dataclasses.dataclass(frozen=True, slots=True)
class Problem:
    """Something that cannot be: where (`days.0.shifts.1.end`), and which of `PROBLEMS`."""

    where: str
    code: str


# What can never have happened. Everything else is a signal (signals.py), and is let through.
PROBLEMS = frozenset(
    {"end_is_start", "too_long", "break_too_long", "break_outside", "day_too_long", "worked_and_not", "below_zero"}
    | {"too_many_km", "outside_week", "no_such_time", "amount_too_high", "not_your_file"}
)
MAX_KM, MAX_EXPENSE_CENTS = 2_000, 1_000_000


class ImpossibleHours(ValueError):
    """Hours that cannot be: `problems` says which, and where."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__(", ".join(f"{problem.where}: {problem.code}" for problem in problems))
        self.problems = problems


@dataclasses.dataclass(frozen=True, slots=True)
class Hours:
    """One week of one placement, as written down."""

    week: Week
    days: tuple[Day, ...] = (Day(),) * 7
    expenses: tuple[Expense, ...] = ()
    note: str = ""

    def dated(self) -> Iterator[tuple[dt.date, Day]]:
        """The seven days with their dates, Monday first."""
        return zip(self.week.days, self.days, strict=True)

    @property
    def minutes(self) -> int:
        return sum(day.worked(date) for date, day in self.dated())

    @property
    def km(self) -> int:
        return sum(day.km for day in self.days)

    @property
    def expense_cents(self) -> int:
        return sum(expense.cents for expense in self.expenses)

    @property
    def receipts(self) -> frozenset[str]:
        """The ids of the stored files that the expenses name."""
        return frozenset(expense.receipt for expense in self.expenses if expense.receipt)

    @property
    def is_empty(self) -> bool:
        return not self.expenses and not self.note and all(day.is_empty for day in self.days)

    def problems(self) -> tuple[Problem, ...]:
        """All that cannot be, each with its place."""
        found: list[Problem] = []
        for index, (date, day) in enumerate(self.dated()):
            found += [Problem(f"days.{index}{where}", code) for where, code in _day_problems(date, day)]
        for index, expense in enumerate(self.expenses):
            if expense.cents < 0:
                found.append(Problem(f"expenses.{index}.cents", "below_zero"))
            if expense.cents > MAX_EXPENSE_CENTS:
                found.append(Problem(f"expenses.{index}.cents", "amount_too_high"))
            if expense.date not in self.week:
                found.append(Problem(f"expenses.{index}.date", "outside_week"))
        return tuple(found)

    def to_json(self) -> dict[str, Any]:
        """A form for the database; `from_json` reads it back."""
        return {
            "days": [_day_to_json(day) for day in self.days],
            "expenses": [[e.date.isoformat(), e.cents, e.what, e.receipt] for e in self.expenses],
            "note": self.note,
        }

    @classmethod
    def from_json(cls, week: Week, data: dict[str, Any]) -> Hours:
        if not data:
            return cls(week)
        return cls(
            week=week,
            days=tuple(_day_from_json(day) for day in data["days"]),
            expenses=tuple(Expense(dt.date.fromisoformat(d), c, w, r) for d, c, w, r in data["expenses"]),
            note=data["note"],
        )

    def digest(self, placement: str) -> str:
        """SHA-256 over the content, its week and the placement's number: what a decision is taken on."""
        text = json.dumps([placement, str(self.week), self.to_json()], sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()


def changed_days(old: Hours, new: Hours) -> tuple[dt.date, ...]:
    """The dates on which two versions of a week differ."""
    pairs = zip(old.dated(), new.days, strict=True)
    return tuple(date for (date, before), after in pairs if before != after)


def touched_days(before: Hours, after: Hours) -> tuple[dt.date, ...]:
    """The dates on which hours, kilometres or expenses differ."""
    days = set(changed_days(before, after))
    was, now = Counter(before.expenses), Counter(after.expenses)
    days |= {expense.date for expense in (was - now) + (now - was)}
    return tuple(sorted(days))


def _day_problems(date: dt.date, day: Day) -> Iterator[tuple[str, str]]:
    for index, shift in enumerate(day.shifts):
        for field, code in _shift_problems(date, shift):
            yield f".shifts.{index}.{field}", code
    if day.worked(date) > clock.day_length(date):  # so that a week never has more than its own hours either
        yield ".total", "day_too_long"
    if day.total is not None and day.total < 0:
        yield ".total", "below_zero"
    if day.km < 0:
        yield ".km", "below_zero"
    if day.km > MAX_KM:
        yield ".km", "too_many_km"
    if day.not_worked and (day.shifts or day.total):
        yield ".not_worked", "worked_and_not"


def _shift_problems(date: dt.date, shift: Shift) -> Iterator[tuple[str, str]]:
    if shift.end <= shift.start:
        yield "end", "end_is_start"
    elif shift.end - shift.start >= DAY:
        yield "end", "too_long"
    elif not (clock.exists(date, shift.start) and clock.exists(date, shift.end)):
        yield "start" if clock.exists(date, shift.end) else "end", "no_such_time"
    elif any(pause.minutes < 0 for pause in shift.breaks):
        yield "pause", "below_zero"
    elif shift.pause >= shift.length(date):
        yield "pause", "break_too_long"
    elif not all(_inside(pause, shift) for pause in shift.breaks):
        yield "pause", "break_outside"


def _inside(pause: Break, shift: Shift) -> bool:
    return pause.start is None or shift.start <= pause.start <= pause.start + pause.minutes <= shift.end


def _day_to_json(day: Day) -> dict[str, Any]:
    data: dict[str, Any] = {}
    if day.shifts:
        data["shifts"] = [[s.start, s.end, [[b.minutes, b.start] for b in s.breaks]] for s in day.shifts]
    if day.total is not None:
        data["total"] = day.total
    if day.not_worked:
        data["not_worked"] = True
    if day.km:
        data["km"] = day.km
    return data


def _day_from_json(data: dict[str, Any]) -> Day:
    shifts = tuple(
        Shift(start, end, tuple(Break(minutes, at) for minutes, at in breaks))
        for start, end, breaks in data.get("shifts", ())
    )
    return Day(shifts, data.get("total"), data.get("not_worked", False), data.get("km", 0))
