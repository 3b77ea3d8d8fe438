"""What comes out: findings."""

from __future__ import annotations

import dataclasses
import datetime as dt
import enum
from collections.abc import Iterable, Mapping

from kis.timesheets.working_time.calendar import moment_of
from kis.timesheets.working_time.record import Reference
from kis.timesheets.working_time.rules import RULES, Rule, Severity


class Unit(enum.StrEnum):
    """What a finding's `measured` and `limit` count."""

    MINUTES = "minutes"
    TIMES = "times"


@dataclasses.dataclass(frozen=True, slots=True)
class Finding:
    """One rule that was not kept.

    `key` names its sentence in `explanations`. `references` are the shifts concerned, in order of time. `start` and
    `end`, in UTC, bound the shift, week or window. `measured` and `limit` count minutes, or times where `unit` says
    so; a mean is per week, rounded up. `params` are further figures for the sentence; those whose name ends in
    `_minutes` are durations. `credited`: leave or sickness of the worker is part of the figure.
    """

    rule: Rule
    severity: Severity
    key: str
    references: tuple[Reference, ...]
    start: dt.datetime
    end: dt.datetime
    measured: int
    limit: int
    unit: Unit = Unit.MINUTES
    params: Mapping[str, int] = dataclasses.field(default_factory=dict)
    credited: bool = False

    @property
    def figures(self) -> dict[str, int]:
        """All figures by name; the names of durations end in `_minutes`."""
        suffix = "_minutes" if self.unit is Unit.MINUTES else ""
        return {f"measured{suffix}": self.measured, f"limit{suffix}": self.limit, **self.params}


def finding(
    key: str,
    severity: Severity,
    references: Iterable[Reference],
    period: tuple[int, int],
    figures: tuple[int, int],
    *,
    unit: Unit = Unit.MINUTES,
    params: Mapping[str, int] | None = None,
    credited: bool = False,
) -> Finding:
    """A finding under the rule that `key` begins with. `period`: absolute minutes. `figures`: measured, limit."""
    start, end = period
    measured, limit = figures
    return Finding(
        rule=RULES[key[:3]],
        severity=severity,
        key=key,
        references=tuple(dict.fromkeys(references)),
        start=moment_of(start),
        end=moment_of(end),
        measured=measured,
        limit=limit,
        unit=unit,
        params=params or {},
        credited=credited,
    )
