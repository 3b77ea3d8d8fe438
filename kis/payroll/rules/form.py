"""The JSON form of a rule set: read strictly, written canonically, and identified by a digest."""

from __future__ import annotations

import datetime as dt
import hashlib
import itertools
import json
from collections.abc import Iterable, Iterator
from typing import Any

from kis.payroll.rules import public_holidays
from kis.payroll.rules.fields import (
    Fields,
    date,
    decimal,
    decimal_text,
    flag,
    label,
    list_of,
    nullable,
    one_of,
    text,
    time_of_day,
    time_text,
    whole,
)
from kis.payroll.rules.model import (
    DAYS,
    NORMAL_LABEL,
    PERIODS,
    Band,
    Breaks,
    Combination,
    Component,
    HolidayCalendar,
    Overtime,
    Reference,
    Rounding,
    RuleSet,
    Tier,
    YearNorm,
)
from kis.payroll.rules.problems import Invalid, Problem, gettext_noop, invalid

STANDARD_TIE_ORDER = ("holiday", "sunday", "saturday", "week-ot", "day-ot", "night", "evening", NORMAL_LABEL)

_surcharge = decimal(0, 1000, 2)
_minutes = whole(0, 200_000)
_shorter_than_a_day = frozenset({Reference.SHIFT, Reference.DAY, Reference.ROSTER})


def parse(value: object) -> RuleSet:
    """Read a rule set from its JSON form (decimals as text or Decimal, never float).

    Only `code` is mandatory; what is left out says nothing: no bands, no overtime, breaks unpaid.
    Raises Invalid with the path of everything that is wrong.
    """
    fields = Fields(value)
    rules = RuleSet(
        code=fields.read("code", _code),
        version=fields.read("version", whole(1, 1_000_000), 1),
        valid_from=fields.read("valid_from", date, dt.date(2000, 1, 1)),
        valid_to=fields.read("valid_to", nullable(date), None),
        title=fields.read("title", text, ""),
        source=fields.read("source", text, ""),
        bands=fields.read("bands", list_of(_band), ()),
        overtime=fields.read("overtime", list_of(_overtime), ()),
        combination=fields.read("combination", one_of({c.value: c for c in Combination}), Combination.HIGHEST),
        pyramiding=fields.read("count_day_ot_in_week", flag, default=False),
        tie_order=fields.read("tie_order", list_of(label), STANDARD_TIE_ORDER),
        breaks=fields.read("breaks", _breaks, Breaks()),
        rounding=fields.read("rounding", one_of({r.value: r for r in Rounding}), Rounding.HALF_UP),
        holidays=fields.read("holidays", _holidays, HolidayCalendar()),
        minimum_call=fields.read("minimum_call_minutes", nullable(whole(1, 1440)), None),
        components=fields.read("components", list_of(_component), ()),
        year_norm=fields.read("year_norm", nullable(_year_norm), None),
    )
    fields.done()
    problems = list(_contradictions(rules))
    if problems:
        raise Invalid(problems)
    return rules


def dump(rules: RuleSet) -> dict[str, Any]:
    """The JSON form, complete: `parse(dump(rules)) == rules`."""
    return {
        "code": rules.code,
        "version": rules.version,
        "valid_from": rules.valid_from.isoformat(),
        "valid_to": rules.valid_to and rules.valid_to.isoformat(),
        "title": rules.title,
        "source": rules.source,
        "bands": [_dump_band(band) for band in rules.bands],
        "overtime": [_dump_overtime(overtime) for overtime in rules.overtime],
        "combination": rules.combination.value,
        "count_day_ot_in_week": rules.pyramiding,
        "tie_order": list(rules.tie_order),
        "breaks": {"paid": rules.breaks.paid, "minimum_minutes": rules.breaks.minimum},
        "rounding": rules.rounding.value,
        "holidays": {"named": list(rules.holidays.named), "extra": [d.isoformat() for d in rules.holidays.extra]},
        "minimum_call_minutes": rules.minimum_call,
        "components": [{"code": c.code, "unit": c.unit, "cents": c.cents} for c in rules.components],
        "year_norm": rules.year_norm
        and {"weekly_minutes": rules.year_norm.weekly_minutes, "weeks": rules.year_norm.weeks},
    }


def canonical(rules: RuleSet) -> str:
    """The one text that stands for this version: sorted names, no spaces."""
    return json.dumps(dump(rules), sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def digest(rules: RuleSet) -> str:
    """SHA-256 of the canonical text, in hexadecimal. Two versions with one digest say the same."""
    return hashlib.sha256(canonical(rules).encode()).hexdigest()


def _code(value: object) -> str:
    if not isinstance(value, str) or not value.strip() or len(value) > 60:
        raise invalid("", gettext_noop("must be a name of 1 to 60 characters"))
    return value


def _days(value: object) -> tuple[str, ...]:
    given = set(list_of(one_of({day: day for day in DAYS}))(value))
    return tuple(day for day in DAYS if day in given)


def _band(value: object) -> Band:
    fields = Fields(value)
    band = Band(
        label=fields.read("label", label),
        days=fields.read("days", _days),
        start=fields.read("from", time_of_day, 0),
        end=fields.read("to", time_of_day, 1440),
        surcharge=fields.read("surcharge", _surcharge),
    )
    fields.done()
    _check_order(band.start, band.end)
    if not band.days:
        raise invalid("days", gettext_noop("must name at least one day"))
    if band.label == NORMAL_LABEL and band.surcharge:
        raise invalid("surcharge", gettext_noop("must be 0 for normal hours; give the band a name of its own"))
    return band


def _check_order(start: int, end: int) -> None:
    if end <= start:
        raise invalid("to", gettext_noop("must be later than the beginning; split what passes midnight"))


def _overtime(value: object) -> Overtime:
    fields = Fields(value)
    reference = fields.read("reference", one_of({r.value: r for r in Reference}))
    overtime = Overtime(
        label=fields.read("label", label),
        reference=reference,
        threshold=None if reference is Reference.ROSTER else fields.read("threshold_minutes", _minutes),
        tiers=fields.read("tiers", list_of(_tier)),
        grace=fields.read("grace_minutes", whole(0, 240), 0),
        excluded_days=fields.read("excluded_days", _days, ()),
        minutes_per_workable_day=fields.read("minutes_per_workable_day", nullable(whole(1, 1440)), None),
    )
    fields.done()
    if overtime.label == NORMAL_LABEL:
        raise invalid("label", gettext_noop("is the name of hours without a surcharge; choose another"))
    if overtime.grace and reference not in _shorter_than_a_day:
        raise invalid("grace_minutes", gettext_noop("is only for overtime per shift, per day or beyond the roster"))
    if overtime.minutes_per_workable_day and reference is not Reference.PAY_PERIOD:
        raise invalid("minutes_per_workable_day", gettext_noop("is only for overtime per pay period"))
    return overtime


def _tier(value: object) -> Tier:
    fields = Fields(value)
    tier = Tier(
        surcharge=fields.read("surcharge", _surcharge),
        after=fields.read("after_minutes", _minutes, 0),
        upto=fields.read("upto_minutes", nullable(_minutes), None),
        start=fields.read("from", time_of_day, 0),
        end=fields.read("to", time_of_day, 1440),
    )
    fields.done()
    _check_order(tier.start, tier.end)
    if tier.upto is not None and tier.upto <= tier.after:
        raise invalid("upto_minutes", gettext_noop("must be more than where the tier begins"))
    return tier


def _breaks(value: object) -> Breaks:
    fields = Fields(value)
    breaks = Breaks(fields.read("paid", flag, default=False), fields.read("minimum_minutes", whole(0, 240), 0))
    fields.done()
    return breaks


def _holidays(value: object) -> HolidayCalendar:
    fields = Fields(value)
    no_dates: tuple[dt.date, ...] = ()
    known = {name: name for name in public_holidays.NAMES}
    named = set(fields.read("named", list_of(one_of(known)), public_holidays.USUAL))
    extra = set(fields.read("extra", list_of(date), no_dates))
    fields.done()
    return HolidayCalendar(tuple(name for name in known if name in named), tuple(sorted(extra)))


def _component(value: object) -> Component:
    fields = Fields(value)
    component = Component(
        fields.read("code", label), fields.read("unit", label), fields.read("cents", whole(0, 10_000_000))
    )
    fields.done()
    return component


def _year_norm(value: object) -> YearNorm:
    fields = Fields(value)
    norm = YearNorm(fields.read("weekly_minutes", whole(1, 10080)), fields.read("weeks", whole(1, 53), 52))
    fields.done()
    return norm


def _dump_band(band: Band) -> dict[str, Any]:
    return {
        "label": band.label,
        "days": list(band.days),
        "from": time_text(band.start),
        "to": time_text(band.end),
        "surcharge": decimal_text(band.surcharge),
    }


def _dump_overtime(overtime: Overtime) -> dict[str, Any]:
    form: dict[str, Any] = {
        "label": overtime.label,
        "reference": overtime.reference.value,
        "threshold_minutes": overtime.threshold,
        "tiers": [_dump_tier(tier) for tier in overtime.tiers],
        "grace_minutes": overtime.grace,
        "excluded_days": list(overtime.excluded_days),
        "minutes_per_workable_day": overtime.minutes_per_workable_day,
    }
    if overtime.reference is Reference.ROSTER:
        del form["threshold_minutes"]
    return form


def _dump_tier(tier: Tier) -> dict[str, Any]:
    return {
        "surcharge": decimal_text(tier.surcharge),
        "after_minutes": tier.after,
        "upto_minutes": tier.upto,
        "from": time_text(tier.start),
        "to": time_text(tier.end),
    }


def _contradictions(rules: RuleSet) -> Iterator[Problem]:
    """What each part allows, but not all of them together."""
    if rules.valid_to is not None and rules.valid_to < rules.valid_from:
        yield Problem("valid_to", gettext_noop("must not lie before the first day"))
    yield from _overlaps(rules.bands)
    yield from _repeated("overtime", (overtime.label for overtime in rules.overtime), ".label")
    yield from _repeated("tie_order", rules.tie_order)
    yield from _repeated("components", (component.code for component in rules.components), ".code")
    bands = {band.label for band in rules.bands}
    for index, overtime in enumerate(rules.overtime):
        if overtime.label in bands:
            yield Problem(f"overtime[{index}].label", gettext_noop("is already the name of a time band"))
    periods = [index for index, overtime in enumerate(rules.overtime) if overtime.reference in PERIODS]
    for index in periods[1:]:
        yield Problem(f"overtime[{index}].reference", gettext_noop("only one rule can count over several weeks"))


def _overlaps(bands: tuple[Band, ...]) -> Iterator[Problem]:
    for (_, one), (index, other) in itertools.combinations(enumerate(bands), 2):
        shared = set(one.days) & set(other.days)
        if shared and one.start < other.end and other.start < one.end:
            days = ", ".join(day for day in DAYS if day in shared)
            message = gettext_noop("overlaps the band “%(other)s” on %(days)s")
            yield Problem(f"bands[{index}]", message, {"other": one.label, "days": days})


def _repeated(path: str, names: Iterable[str], field: str = "") -> Iterator[Problem]:
    seen: set[str] = set()
    for index, name in enumerate(names):
        if name in seen:
            yield Problem(f"{path}[{index}]{field}", gettext_noop("stands here twice: %(name)s"), {"name": name})
        seen.add(name)
