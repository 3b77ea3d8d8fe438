"""A second engine, slow and simple: it walks through every minute. Both must come to the same lines."""

import datetime as dt
from collections import Counter, defaultdict
from decimal import Decimal
from typing import Any, NamedTuple

from hypothesis import given, settings

from kis.payroll.rules import Rate, RuleSet, WorkedShift, WorkedWeek, classify
from kis.payroll.rules.model import HOLIDAY, NORMAL, WEEKDAYS, Band, Combination, Overtime, Reference
from kis.payroll.rules.walltime import AMSTERDAM
from tests.payroll.rules.strategies import rates, rule_sets, worked_weeks

MINUTE = dt.timedelta(minutes=1)


class Minute(NamedTuple):
    moment: dt.datetime  # UTC
    shift: int
    day: dt.date
    worked: bool

    @property
    def local(self) -> dt.datetime:
        return self.moment.astimezone(AMSTERDAM)


def minutes_of(shift: WorkedShift, index: int, rules: RuleSet) -> list[Minute]:
    start, end = shift.start.astimezone(dt.UTC), shift.end.astimezone(dt.UTC)
    day = shift.day or shift.start.astimezone(AMSTERDAM).date()
    pauses = breaks_of(shift)
    found = []
    moment = start
    while moment < end:
        pause = next(
            (p for p in pauses if p[0] <= moment < p[1] and p[1] - p[0] >= rules.breaks.minimum * MINUTE), None
        )
        if pause is None:
            found.append(Minute(moment, index, day, worked=True))
        elif pause[2] or rules.breaks.paid:
            found.append(Minute(moment, index, day, worked=False))
        moment += MINUTE
    return found


def breaks_of(shift: WorkedShift) -> list[tuple[dt.datetime, dt.datetime, bool]]:
    found: list[tuple[dt.datetime, dt.datetime, bool]] = []
    for pause in sorted(shift.breaks, key=lambda pause: pause.start):
        start, end = pause.start.astimezone(dt.UTC), pause.end.astimezone(dt.UTC)
        if found and found[-1][1] == start and found[-1][2] == pause.paid:
            start = found.pop()[0]
        found.append((start, end, pause.paid))
    return found


def overtime_of(
    minutes: list[Minute], rules: RuleSet, worked: WorkedWeek
) -> dict[Minute, list[tuple[Overtime, Decimal]]]:
    kinds: dict[Minute, list[tuple[Overtime, Decimal]]] = defaultdict(list)
    for overtime in sorted(rules.overtime, key=lambda o: list(Reference).index(o.reference)):
        counting = [
            minute
            for minute in minutes
            if minute.worked and (rules.pyramiding or not kinds[minute]) and not excluded(minute.day, overtime, rules)
        ]
        totals = Counter(heap(minute, overtime) for minute in counting)
        seen: Counter[Any] = Counter()
        for minute in counting:
            name = heap(minute, overtime)
            limit = overtime.threshold or 0
            if overtime.reference is Reference.ROSTER:
                assert worked.roster is not None
                limit = worked.roster.get(minute.day, 0)
            if seen[name] >= limit and totals[name] - limit > overtime.grace:
                kinds[minute].append((overtime, surcharge_at(overtime, seen[name] - limit, minute)))
            seen[name] += 1
    return kinds


def excluded(day: dt.date, overtime: Overtime, rules: RuleSet) -> bool:
    names = {WEEKDAYS[day.weekday()]} | ({HOLIDAY} if day in rules.holidays else set())
    return bool(names & set(overtime.excluded_days))


def heap(minute: Minute, overtime: Overtime) -> Any:
    heaps = {Reference.SHIFT: minute.shift, Reference.DAY: minute.day, Reference.ROSTER: minute.day}
    return heaps.get(overtime.reference)


def surcharge_at(overtime: Overtime, depth: int, minute: Minute) -> Decimal:
    clock = minute.local.hour * 60 + minute.local.minute
    for tier in overtime.tiers:
        if tier.after <= depth < (tier.upto or 10**9) and tier.start <= clock < tier.end:
            return tier.surcharge
    return Decimal(0)


def band_of(minute: Minute, rules: RuleSet) -> Band:
    day = WEEKDAYS[minute.local.weekday()]
    if any(HOLIDAY in band.days for band in rules.bands) and minute.local.date() in rules.holidays:
        day = HOLIDAY
    clock = minute.local.hour * 60 + minute.local.minute
    return next((b for b in rules.bands if day in b.days and b.start <= clock < b.end), NORMAL)


def rank(label: str, rules: RuleSet) -> float:
    order = [*rules.tie_order, *(["normal"] if "normal" not in rules.tie_order else [])]
    return order.index(label) if label in order else order.index("normal") - 0.5


def verdict(band: Band, kinds: list[tuple[Overtime, Decimal]], rules: RuleSet) -> tuple[str, Decimal]:
    if not kinds:
        return band.label, band.surcharge
    overtime, extra = min(kinds, key=lambda kind: (-kind[1], rank(kind[0].label, rules)))
    by_rank = min([band.label, overtime.label], key=lambda label: rank(label, rules))
    if band.surcharge == extra == 0:
        return by_rank, Decimal(0)
    if 0 in (band.surcharge, extra):
        return (band.label, band.surcharge) if band.surcharge else (overtime.label, extra)
    both = f"{band.label}+{overtime.label}"
    match rules.combination:
        case Combination.SUM:
            return both, band.surcharge + extra
        case Combination.COMPOUND:
            return both, (1 + band.surcharge / 100) * (1 + extra / 100) * 100 - 100
        case Combination.BAND_WINS:
            return band.label, band.surcharge
    if band.surcharge == extra:
        return by_rank, extra
    return (band.label, band.surcharge) if band.surcharge > extra else (overtime.label, extra)


def slowly(worked: WorkedWeek, rules: RuleSet, rates: tuple[Rate, ...]) -> dict[Any, int]:
    minutes = sorted(m for index, shift in enumerate(worked.shifts) for m in minutes_of(shift, index, rules))
    kinds = overtime_of(minutes, rules, worked)
    found: Counter[Any] = Counter()
    for minute in minutes:
        label, surcharge = verdict(band_of(minute, rules), kinds[minute], rules)
        rate = max((r for r in rates if r.valid_from <= minute.local.date()), key=lambda r: r.valid_from)
        found[minute.day, 100 + surcharge, label, rate.cents, rate.factor] += 1
    return dict(found)


@given(rule_sets(), worked_weeks(), rates())
@settings(max_examples=60, deadline=None)
def test_the_engine_agrees_with_one_that_walks_through_every_minute(
    rules: RuleSet, worked: WorkedWeek, rates: tuple[Rate, ...]
) -> None:
    result = classify(worked, [rules], rates)
    assert {line.key: line.minutes for line in result.lines} == slowly(worked, rules, rates)


@given(rule_sets(), worked_weeks(), rates())
@settings(max_examples=60, deadline=None)
def test_the_pieces_of_a_line_are_its_minutes_and_no_minute_is_paid_twice(
    rules: RuleSet, worked: WorkedWeek, rates: tuple[Rate, ...]
) -> None:
    lines = classify(worked, [rules], rates).lines
    for line in lines:
        assert sum(piece.end - piece.start for piece in line.pieces) == line.minutes
    minutes = [minute for line in lines for piece in line.pieces for minute in range(piece.start, piece.end)]
    assert len(minutes) == len(set(minutes))
