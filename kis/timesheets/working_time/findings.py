"""What comes out: findings, and what a client may see of them."""

from __future__ import annotations

import dataclasses
import datetime as dt
import enum
from collections.abc import Collection, Iterable, Mapping

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


@dataclasses.dataclass(frozen=True, slots=True)
class ClientFinding:
    """What a client is told: the rule, how grave, and its own shifts.

    `whole` is the finding with its figures when all of it is the client's own; else None, because figures, period
    and even the number of windows would tell where or when else the worker works, or that he was ill.
    """

    rule: Rule
    severity: Severity
    references: tuple[Reference, ...]
    whole: Finding | None = None


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


def concerning(findings: Iterable[Finding], references: Collection[Reference]) -> tuple[Finding, ...]:
    """The findings that one of these shifts has a part in: those of one timesheet, say."""
    return tuple(found for found in findings if any(reference in references for reference in found.references))


def for_client(findings: Iterable[Finding], own: Collection[Reference]) -> tuple[ClientFinding, ...]:
    """What a client with the shifts `own` may know; never where else or when else the worker works.

    A finding in which other work or the worker's leave has a part is told once per rule and shift of the client,
    at its gravest, and without figures.
    """
    whole: list[ClientFinding] = []
    gravest: dict[tuple[str, Reference], Severity] = {}
    for found in findings:
        mine = tuple(reference for reference in found.references if reference in own)
        if mine and len(mine) == len(found.references) and not found.credited:
            whole.append(ClientFinding(found.rule, found.severity, mine, found))
            continue
        for reference in mine:
            known = gravest.get((found.rule.id, reference), found.severity)
            gravest[found.rule.id, reference] = max(known, found.severity, key=lambda severity: severity.rank)
    parts = (ClientFinding(RULES[rule], severity, (ref,)) for (rule, ref), severity in gravest.items())
    return (*whole, *parts)
