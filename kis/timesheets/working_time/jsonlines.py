"""Workers as JSON lines in, findings as JSON lines out. The format is described in docs/working-time.md."""

from __future__ import annotations

import datetime as dt
import itertools
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from kis.staffing.working_terms import Option, Profile
from kis.timesheets.working_time import reading
from kis.timesheets.working_time.calendar import AMSTERDAM
from kis.timesheets.working_time.check import check
from kis.timesheets.working_time.explanations import sentence
from kis.timesheets.working_time.findings import Finding
from kis.timesheets.working_time.reading import Fields, Unreadable
from kis.timesheets.working_time.record import (
    SERIES_REST,
    STANDARD,
    Impossible,
    Span,
    Standby,
    Terms,
    WorkedShift,
    WorkRecord,
    shift_in_minutes,
)

Json = dict[str, Any]

_WORKER = frozenset({"id", "birth_date", "placements", "shifts", "standby", "credited"})
_TERMS = frozenset({"profile", "options", "series_rest_minutes"})
_SHIFT = frozenset({"start", "end", "breaks", "placement", "ref", "day"})  # `day` and `paid` are for pay: see classify
_BREAK = frozenset({"start", "end", "paid"})
_STANDBY = frozenset({"start", "end", "ref"})


def _no_constant(name: str) -> object:
    raise ValueError(name)


_read = json.JSONDecoder(parse_constant=_no_constant).decode
_write = json.JSONEncoder(separators=(",", ":")).encode


def checked(lines: Iterable[str]) -> Iterator[str]:
    """One line of JSON for each line that is not empty, in the same order. A wrong line does not stop the rest."""
    for number, line in enumerate(lines, start=1):
        if line.strip():
            yield _write(_answer(line, number))


def _answer(line: str, number: int) -> Json:
    worker: object = None
    try:
        value = _read(line)
        worker = value.get("id") if isinstance(value, dict) else None
        return check_one(value)
    except Unreadable as wrong:
        error = {"path": wrong.path, "message": wrong.message}
    except (ValueError, RecursionError):
        error = {"path": "", "message": "is no JSON"}
    return {"id": worker if isinstance(worker, str | int) else None, "line": number, "errors": [error]}


def check_one(value: object) -> Json:
    """Check one worker in its JSON form. Raises Unreadable for the first thing that is wrong."""
    fields = Fields(value, _WORKER)
    worker = fields.read_or("id", reading.nullable(reading.name), None)
    placements: Mapping[str, Terms] = fields.read_or("placements", reading.mapping_of(reading.text, _terms), {})
    record = WorkRecord(
        shifts=fields.read("shifts", _shifts(placements)),
        birth_date=fields.read_or("birth_date", reading.nullable(reading.date), None),
        credited=fields.read_or("credited", reading.mapping_of(reading.week, reading.minutes), {}),
        standby=fields.read_or("standby", reading.list_of(_standby), ()),
    )
    return {"id": worker, "findings": [_finding(found) for found in check(record)]}


def _terms(value: object) -> Terms:
    fields = Fields(value, _TERMS)
    options = fields.read_or("options", _options, ())
    profile = fields.read_or("profile", _profile, Profile.STANDARD)
    series_rest = fields.read_or("series_rest_minutes", reading.minutes, SERIES_REST)
    try:
        return Terms(profile, frozenset(options), series_rest)
    except Impossible as wrong:
        raise Unreadable(wrong.reason, wrong.where) from None


def _shifts(placements: Mapping[str, Terms]) -> reading.Read[tuple[WorkedShift, ...]]:
    """Shifts, each with the terms of its placement. Without a `ref` a shift goes by its number in the list."""

    def terms(value: object) -> Terms:
        known = placements.get(reading.text(value))
        if known is None:
            raise Unreadable("is not one of the placements")
        return known

    numbers = itertools.count()

    def read(value: object) -> WorkedShift:
        fields, number = Fields(value, _SHIFT), next(numbers)
        reference = fields.read_or("ref", _reference, None)
        try:
            return shift_in_minutes(
                fields.read("start", reading.moment),
                fields.read("end", reading.moment),
                fields.read_or("breaks", _breaks, ()),
                reference=number if reference is None else reference,
                terms=fields.read_or("placement", terms, STANDARD),
            )
        except Impossible as wrong:
            raise Unreadable(wrong.reason, wrong.where) from None

    return reading.list_of(read)


def _break(value: object) -> Span:
    fields = Fields(value, _BREAK)
    return fields.read("start", reading.moment), fields.read("end", reading.moment)


def _standby(value: object) -> Standby:
    fields = Fields(value, _STANDBY)
    start, end = fields.read("start", reading.moment), fields.read("end", reading.moment)
    if end <= start:
        raise Unreadable("must be later than the start", "end")
    return Standby(start, end, fields.read_or("ref", _reference, None))


def _finding(found: Finding) -> Json:
    return {
        "rule": found.rule.id,
        "severity": found.severity.value,
        "key": found.key,
        "refs": list(found.references),
        "from": _on_the_clock(found.start),
        "to": _on_the_clock(found.end),
        "measured": found.measured,
        "limit": found.limit,
        "unit": found.unit.value,
        "params": dict(found.params),
        "articles": [str(article) for article in found.rule.articles],
        "law": found.rule.articles[0].url,
        "text": sentence(found),
    }


def _on_the_clock(moment: dt.datetime) -> str:
    return moment.astimezone(AMSTERDAM).isoformat(timespec="minutes")


_reference = reading.nullable(reading.name)
_breaks = reading.list_of(_break)
_options = reading.list_of(reading.one_of({each.value: each for each in Option}))
_profile = reading.one_of({each.value: each for each in Profile})
