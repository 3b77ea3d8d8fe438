"""How the hours of one timesheet become its lines, each with its reasons: as they were paid, or would be now.

What was paid is what is stored; the reasons are worked out anew. Where the two no longer agree, `differs` says so.
"""

from __future__ import annotations

import dataclasses
import itertools
from collections.abc import Iterable, Mapping
from typing import Any

from kis.payroll import in_force, recalculation, results
from kis.payroll.computing import Computed, compute, entries_of
from kis.payroll.models import BillLine, PayLine, PayrollRun, RunSheet, SetAside, Stream
from kis.payroll.results import Agreed, Entry
from kis.payroll.rules.classify import Classified
from kis.payroll.rules.explanation import Explanation, explain
from kis.payroll.rules.problems import Invalid
from kis.timesheets.hours import Hours
from kis.timesheets.models import Timesheet

_MODELS: Mapping[Stream, type[PayLine] | type[BillLine]] = {Stream.PAY: PayLine, Stream.BILL: BillLine}


@dataclasses.dataclass(frozen=True, slots=True)
class Reasoned:
    """A line, and why its minutes are paid so; a difference has no minutes of its own, and no reasons."""

    entry: Entry
    reasons: tuple[Explanation, ...] = ()


@dataclasses.dataclass(frozen=True, slots=True)
class Later:
    """The difference that a later run paid after the week was computed anew."""

    run: PayrollRun
    lines: tuple[Reasoned, ...]

    @property
    def minutes(self) -> int:
        return sum(line.entry.minutes for line in self.lines)

    @property
    def cents(self) -> int:
        return sum(line.entry.cents for line in self.lines)


@dataclasses.dataclass(frozen=True, slots=True)
class Calculation:
    """The lines of a timesheet in one stream.

    `run` is the payroll run that paid them; none, and they are what a run would pay now. `refused`: the rules cannot
    divide these hours. `whole` is what the whole week comes to, where the lines are only a correction of it. `later`
    are differences that were paid after it was computed anew, and `awaits` is what the next run is to pay besides.
    """

    lines: tuple[Reasoned, ...]
    run: PayrollRun | None = None
    differs: bool = False
    refused: Invalid | None = None
    whole: tuple[Reasoned, ...] | None = None
    later: tuple[Later, ...] = ()
    awaits: int | None = None

    @property
    def minutes(self) -> int:
        return sum(line.entry.minutes for line in self.lines)

    @property
    def cents(self) -> int:
        return sum(line.entry.cents for line in self.lines)

    @property
    def total_cents(self) -> int:
        """All that was paid for this timesheet, whatever the run."""
        return self.cents + sum(each.cents for each in self.later)

    @property
    def whole_cents(self) -> int:
        return sum(line.entry.cents for line in self.whole or ())


def calculate(sheet: Timesheet, streams: Iterable[Stream] = (Stream.PAY,)) -> dict[Stream, Calculation]:
    """The calculation per stream of a timesheet (with placement and worker) that was handed in.

    A stream that nothing was or would be billed in is left out; so are all of hours that never were handed in.
    """
    hours = sheet.submitted_hours()
    if hours is None or sheet.came_to_nothing:
        return {}
    paid = RunSheet.objects.filter(timesheet=sheet).select_related("run").first()
    computed = compute({sheet.pk: hours}, {sheet.pk: sheet})
    agreed = in_force.load([sheet])
    waits = recalculation.waiting().filter(timesheet=sheet).first() if paid else None
    found: dict[Stream, Calculation] = {}
    for stream in streams:
        now = _now(computed, stream, sheet.pk)
        stored = _stored(stream, sheet) if paid else None
        if stream == Stream.BILL and not (stored or now):
            continue
        one = _one(sheet, hours, agreed.agreed(sheet, stream), now, stored, paid, computed)
        awaits = (waits.cents if stream == Stream.PAY else waits.bill_cents) if waits else None
        found[stream] = dataclasses.replace(one, awaits=awaits)
    return found


def set_aside(sheet: Timesheet) -> SetAside | None:
    """Why a run did not pay the hours as they now stand."""
    return SetAside.objects.filter(timesheet=sheet, number=sheet.submitted_version or 0).first()


def _stored(stream: Stream, sheet: Timesheet) -> dict[PayrollRun, list[Entry]]:
    """The lines of a timesheet per run that paid any, oldest first."""
    found: dict[PayrollRun, list[Entry]] = {}
    for line in _MODELS[stream].objects.filter(timesheet=sheet).select_related("run").order_by("run_id", "pk"):
        found.setdefault(line.run, []).extend(entries_of([line]))
    return found


def _now(computed: Computed, stream: Stream, pk: int) -> list[Entry] | None:
    return (computed.pay if stream == Stream.PAY else computed.bill).get(pk)


def _one(
    sheet: Timesheet,
    hours: Hours,
    agreed: Agreed,
    now: list[Entry] | None,
    stored: Mapping[PayrollRun, list[Entry]] | None,
    paid: RunSheet | None,
    computed: Computed,
) -> Calculation:
    refused = computed.refused.get(sheet.pk)
    lines = stored.get(paid.run, []) if paid and stored is not None else now or []
    classified = None if refused else results.classified(hours, agreed)
    whole = None
    if sheet.corrects_id and not refused:
        whole = tuple(reasoned(results.entries(hours, agreed, computed.top_ups[sheet.pk]), classified, agreed))
    return Calculation(
        lines=tuple(reasoned(lines, None if sheet.corrects_id else classified, agreed)),
        run=paid.run if paid else None,
        differs=stored is not None and _differs(sheet, stored, now or []),
        refused=refused,
        whole=whole,
        later=tuple(
            Later(run, tuple(reasoned(found, None, agreed)))
            for run, found in (stored or {}).items()
            if paid and run != paid.run
        ),
    )


def _differs(sheet: Timesheet, stored: Mapping[PayrollRun, list[Entry]], now: list[Entry]) -> bool:
    """Whether it comes to something else by now. A correction that was paid leaves nothing owed, whatever its lines."""
    if sheet.corrects_id:
        return bool(now)
    return bool(results.owed(now, itertools.chain.from_iterable(stored.values())))


def reasoned(lines: Iterable[Entry], classified: Classified | None, agreed: Agreed) -> Iterable[Reasoned]:
    """Every line with the reasons of its minutes, as long as the same minutes are still paid so."""
    reasons: dict[tuple[Any, ...], tuple[Explanation, ...]] = {}
    if classified:
        versions = {version.name: version for version in classified.rules}
        for line in classified.lines:
            reasons[(line.key, line.minutes)] = explain(line, versions[line.rules], agreed.workable_days)
    order = {PayLine.Kind.TIME: 0, PayLine.Kind.TOP_UP: 1, PayLine.Kind.QUANTITY: 2, PayLine.Kind.EXPENSES: 3}
    for entry in sorted(lines, key=lambda each: (each.date, order[PayLine.Kind(each.kind)], each.percentage)):
        key = (entry.date, entry.percentage, entry.label, entry.rate_cents, entry.factor)
        yield Reasoned(entry, reasons.get((key, entry.minutes), ()))
