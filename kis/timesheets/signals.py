"""Signals: what stands out in a week and deserves a look. They warn, they never block.

Pure: the caller gathers the facts. A signal is a code, the date it concerns, how grave it is, and figures for its
sentence. Those of the law on working time come from `working_record` and have the key of the law's sentence as code.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
import itertools
import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from kis.staffing.parties import Party
from kis.timesheets.hours import Hours, Shift
from kis.timesheets.working_time.rules import RULES, Rule, Severity

FAR_FROM_USUAL = 120  # minutes on a day
NOT_FOR_CLIENTS = frozenset({"overlap_elsewhere"})


@dataclasses.dataclass(frozen=True, slots=True)
class Signal:
    """`code` on `date`; without a date it concerns the week.

    The names of figures that are durations end in `_minutes`. `shared`: work at another client has a part in it.
    """

    code: str
    date: dt.date | None = None
    figures: Mapping[str, int] = dataclasses.field(default_factory=dict)
    level: Severity = Severity.AMBER
    shared: bool = False

    @property
    def rule(self) -> Rule | None:
        """The rule of the law on working time, if it is one of those."""
        return RULES.get(self.code[:3])

    @property
    def counts(self) -> bool:
        """Whether it asks for a look; the others are only to be known."""
        return self.level is not Severity.INFO

    @property
    def key(self) -> str:
        """What it is known by: the same only as long as nothing in it changes."""
        return hashlib.sha256(json.dumps(self.to_json(), sort_keys=True).encode()).hexdigest()[:32]

    def to_json(self) -> dict[str, Any]:
        data: dict[str, Any] = {"code": self.code, "level": self.level.value}
        if self.date:
            data["date"] = self.date.isoformat()
        if self.figures:
            data["figures"] = dict(self.figures)
        if self.shared:
            data["shared"] = True
        return data

    @classmethod
    def from_json(cls, data: dict[str, Any] | list[Any]) -> Signal:
        if isinstance(data, list):  # as weeks were frozen with until the law had its own signals
            code, date, worked, usual = data
            return cls(code, dt.date.fromisoformat(date), {"worked_minutes": worked, "usual_minutes": usual})
        date = data.get("date")
        return cls(
            data["code"], dt.date.fromisoformat(date) if date else None, data.get("figures", {}),
            Severity(data["level"]), data.get("shared", False),
        )  # fmt: skip


@dataclasses.dataclass(frozen=True, slots=True)
class Facts:
    """What a week is held against: the placement's dates, its usual minutes per day, the worker's other shifts.

    `usual` has seven totals, or none where the placement has no pattern. `elsewhere` are shifts of the same
    worker on other timesheets, as (start, end) moments.
    """

    first: dt.date
    last: dt.date | None = None
    usual: tuple[int, ...] = ()
    elsewhere: tuple[tuple[dt.datetime, dt.datetime], ...] = ()


def signals(hours: Hours, facts: Facts) -> tuple[Signal, ...]:
    """What stands out in a week by itself and beside what is usual, each once, by date and code."""
    found = (*_outside(hours, facts), *_overlaps(hours, facts), *_unusual(hours, facts))
    return in_order({(signal.date, signal.code): signal for signal in found}.values())


def in_order(found: Iterable[Signal]) -> tuple[Signal, ...]:
    """By date, those of the whole week last; of one date the gravest first."""
    return tuple(sorted(found, key=lambda each: (each.date or dt.date.max, -each.level.rank, each.code)))


def seen_by(party: Party, found: Iterable[Signal]) -> tuple[Signal, ...]:
    """The signals as a party may see them.

    The law sees the client as the employer (Arbeidstijdenwet art. 1:1), so it must be told that a week is too long or
    a rest too short, also where work at another client has a part in that. It may not be told where or when else the
    worker works. So of such a signal it gets the rule, how grave it is, and the day of its own shift: no figures, no
    variant of the rule, no number of times. That two shifts overlap with one elsewhere would tell when: that signal
    is for the worker and the agency alone.
    """
    if party != Party.CLIENT:
        return tuple(found)
    return tuple(_for_client(signal) for signal in found if signal.code not in NOT_FOR_CLIENTS)


def still_open(found: Iterable[Signal], acknowledged: Collection[str] = ()) -> tuple[Signal, ...]:
    """Those that ask for a look of the party that sees them so, and has not acknowledged them by their key."""
    return tuple(signal for signal in found if signal.counts and signal.key not in acknowledged)


def _for_client(signal: Signal) -> Signal:
    if not signal.shared:
        return signal
    return dataclasses.replace(signal, code=signal.code[:3], figures={})


def _outside(hours: Hours, facts: Facts) -> Iterator[Signal]:
    for date, day in hours.dated():
        if day.worked(date) and (date < facts.first or (facts.last and date > facts.last)):
            yield Signal("outside_placement", date)


def _overlaps(hours: Hours, facts: Facts) -> Iterator[Signal]:
    own = sorted((*shift.bounds(date), date) for date, shift in _shifts(hours))
    for (_, end, _), (start, _, date) in itertools.pairwise(own):
        if start < end:
            yield Signal("overlap", date)
    for start, end, date in own:
        if any(start < other_end and other_start < end for other_start, other_end in facts.elsewhere):
            yield Signal("overlap_elsewhere", date)


def _unusual(hours: Hours, facts: Facts) -> Iterator[Signal]:
    for (date, day), usual in zip(hours.dated(), facts.usual, strict=False):
        worked = day.worked(date)
        if worked and abs(worked - usual) > FAR_FROM_USUAL:
            yield Signal("unusual", date, {"worked_minutes": worked, "usual_minutes": usual})


def _shifts(hours: Hours) -> Iterator[tuple[dt.date, Shift]]:
    for date, day in hours.dated():
        for shift in day.shifts:
            yield date, shift
