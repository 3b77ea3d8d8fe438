"""Random rule sets and weeks for the property-based tests."""

import dataclasses
import datetime as dt
import itertools
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from kis.core.weeks import Week
from kis.payroll.rules import Break, Quantity, Rate, RuleSet, WorkedShift, WorkedWeek, form
from kis.payroll.rules.model import DAYS, WEEKDAYS
from kis.payroll.rules.public_holidays import NAMES
from kis.payroll.rules.walltime import midnight, moment_of

Json = dict[str, Any]

# An ordinary week, Christmas, the year's end, both clock changes (one of them on Easter Sunday).
WEEKS = tuple(Week(*week) for week in ((2026, 48), (2026, 52), (2026, 53), (2026, 43), (2027, 12)))
LABELS = ("night", "evening", "day", "sunday", "holiday", "early", "late")

weeks = st.sampled_from(WEEKS)
percent = st.sampled_from(["0", "10", "12.5", "25", "30", "33.33", "50", "100"])
clock_edges = st.lists(st.integers(1, 95).map(lambda quarter: quarter * 15), max_size=4, unique=True)


def clock(minute: int) -> str:
    return f"{minute // 60:02d}:{minute % 60:02d}"


@st.composite
def bands(draw: st.DrawFn) -> list[Json]:
    """Bands that lie side by side on each day, or leave gaps."""
    found = []
    for day in DAYS if draw(st.booleans()) else WEEKDAYS:
        edges = sorted({0, *draw(clock_edges), 1440})
        for start, end in itertools.pairwise(edges):
            if draw(st.booleans()):
                label = draw(st.sampled_from(LABELS))
                span = {"from": clock(start), "to": clock(end)}
                found.append({"label": label, "days": [day], **span, "surcharge": draw(percent)})
    return found


@st.composite
def tiers(draw: st.DrawFn) -> list[Json]:
    """One tier, or a first stretch of overtime, perhaps with hours of its own, and perhaps what follows it."""
    if draw(st.booleans()):
        return [{"surcharge": draw(percent)}]
    first: Json = {"surcharge": draw(percent), "upto_minutes": draw(st.integers(1, 180))}
    if draw(st.booleans()):
        first |= {"from": "07:00", "to": "20:00"}
    return [first, {"surcharge": draw(percent)}] if draw(st.booleans()) else [first]


excluded_days: st.SearchStrategy[list[str]] = st.sampled_from([[], ["sat", "sun"], ["holiday"]])


@st.composite
def overtime(draw: st.DrawFn, reference: str, most: int) -> Json:
    rule: Json = {"label": f"{reference.replace('_', '-')}-ot", "reference": reference, "tiers": draw(tiers())}
    if reference != "roster":
        rule["threshold_minutes"] = draw(st.integers(0, most))
    if reference in {"shift", "day", "roster"}:
        rule["grace_minutes"] = draw(st.sampled_from([0, 0, 15]))
    rule["excluded_days"] = draw(excluded_days)
    return rule


OVERTIME = {
    name: overtime(name, most)
    for name, most in {"shift": 600, "day": 600, "roster": 0, "week": 2600, "four_weeks": 3000}.items()
}


@st.composite
def rule_sets(draw: st.DrawFn, references: tuple[str, ...] = tuple(OVERTIME)) -> RuleSet:
    """Any rule set that its JSON form allows."""
    chosen = draw(st.lists(st.sampled_from(references), unique=True, max_size=3)) if references else []
    parts = {
        "code": draw(st.text(min_size=1, max_size=10).filter(str.strip)),
        "version": draw(st.integers(1, 99)),
        "valid_from": "2026-01-01",
        "valid_to": draw(st.sampled_from([None, "2027-12-31"])),
        "bands": draw(bands()),
        "overtime": [draw(OVERTIME[name]) for name in chosen],
        "combination": draw(st.sampled_from(["HIGHEST", "SUM", "BAND_WINS", "COMPOUND"])),
        "count_day_ot_in_week": draw(st.booleans()),
        "tie_order": draw(st.lists(st.sampled_from([*LABELS, "day-ot", "week-ot", "normal"]), unique=True)),
        "breaks": {"paid": draw(st.booleans()), "minimum_minutes": draw(st.sampled_from([0, 15]))},
        "rounding": draw(st.sampled_from(["half-up", "half-even"])),
        "holidays": {"named": draw(st.lists(st.sampled_from(NAMES), unique=True)), "extra": ["2026-11-25"]},
        "minimum_call_minutes": draw(st.sampled_from([None, 180])),
        "components": [{"code": "km", "unit": "km", "cents": draw(st.integers(0, 50))}],
    }
    return form.parse(parts)


@st.composite
def worked_weeks(draw: st.DrawFn, week: Week | None = None) -> WorkedWeek:
    """Up to seven shifts that do not overlap, with breaks, over midnight and assigned to other days."""
    week = week or draw(weeks)
    length = midnight(week.next.monday) - midnight(week.monday)
    edges = sorted(draw(st.lists(st.integers(0, length + 300), min_size=2, max_size=14, unique=True)))
    pairs = zip(edges[::2], edges[1::2], strict=False)
    shifts = [draw(shifts_in(week, start, min(end, start + 1000))) for start, end in pairs if start < length]
    quantities = draw(st.lists(st.builds(Quantity, st.sampled_from(week.days), st.just("km"), amounts), max_size=3))
    return WorkedWeek(
        week,
        tuple(shifts),
        roster={day: draw(st.integers(0, 600)) for day in week.days[:5]},
        quantities=tuple(quantities),
        on_call=draw(st.booleans()),
    )


amounts = st.integers(0, 5000).map(lambda number: Decimal(number).scaleb(-2))


@st.composite
def shifts_in(draw: st.DrawFn, week: Week, start: int, end: int) -> WorkedShift:
    """A shift from `start` to `end`, minutes after the week's beginning."""
    zero = midnight(week.monday)
    edges = sorted(draw(st.lists(st.integers(start, end), max_size=4, unique=True)))
    pauses = [
        Break(moment_of(zero + low), moment_of(zero + high), paid=draw(st.booleans()))
        for low, high in zip(edges[::2], edges[1::2], strict=False)
    ]
    day = draw(st.none() | st.sampled_from(week.days))
    return WorkedShift(moment_of(zero + start), moment_of(zero + end), tuple(pauses), day)


@st.composite
def rates(draw: st.DrawFn) -> tuple[Rate, ...]:
    """A wage that changes once, perhaps within the week."""
    changes = draw(st.sampled_from([dt.date(2026, 11, 26), dt.date(2027, 1, 1), dt.date(2026, 12, 25)]))
    first = Rate(
        dt.date(2026, 1, 1), draw(st.integers(1000, 4000)), draw(st.sampled_from([Decimal(1), Decimal("2.1")]))
    )
    return (first, dataclasses.replace(first, valid_from=changes, cents=draw(st.integers(1000, 4000))))
