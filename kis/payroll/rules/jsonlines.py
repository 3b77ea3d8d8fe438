"""Weeks as JSON lines in, classified lines as JSON lines out. The format is described in docs/classify.md."""

from __future__ import annotations

import functools
import json
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

from kis.core.weeks import Week
from kis.payroll.rules import form, templates, walltime
from kis.payroll.rules.classify import Classified, classify
from kis.payroll.rules.fields import (
    Fields,
    date,
    decimal,
    decimal_text,
    flag,
    label,
    list_of,
    mapping_of,
    nullable,
    text,
    whole,
)
from kis.payroll.rules.lines import Line, Piece, QuantityLine
from kis.payroll.rules.minimum_call import TopUp
from kis.payroll.rules.model import RuleSet
from kis.payroll.rules.problems import Invalid, gettext_noop, invalid
from kis.payroll.rules.worked import Break, Quantity, Rate, WorkedShift, WorkedWeek

Json = dict[str, Any]

_write = json.JSONEncoder(separators=(",", ":")).encode

_cents = whole(0, 10_000_000)
_factor = decimal(0, 100, 6)
_quantity = decimal(0, 1_000_000, 4)
_minutes_of_a_day = whole(0, 1500)


def classified(lines: Iterable[str]) -> Iterator[str]:
    """One line of JSON for each line that is not empty, in the same order. A wrong line does not stop the rest."""
    for number, line in enumerate(lines, start=1):
        if line.strip():
            yield _write(_answer(line, number))


def _answer(line: str, number: int) -> Json:
    name: object = None
    try:
        value = json.loads(line, parse_float=Decimal, parse_constant=_no_constant)
        name = value.get("id") if isinstance(value, dict) else None
        return classify_one(value)
    except Invalid as wrong:
        errors = [{"path": problem.path, "message": problem.text} for problem in wrong.problems]
    except (ValueError, RecursionError):
        errors = [{"path": "", "message": "is no JSON"}]
    return {"id": name if isinstance(name, str | int) else None, "line": number, "errors": errors}


def _no_constant(name: str) -> object:
    raise ValueError(name)


def classify_one(value: object) -> Json:
    """Classify one week in its JSON form. Raises Invalid with the path of everything that is wrong."""
    fields = Fields(value)
    name = fields.read("id", _id, None)
    rules = fields.read("rules", _rules)
    rates = fields.read("rates", list_of(_rate))
    worked = _worked(fields)
    fields.done()
    return {"id": name, "week": str(worked.week), **_result(classify(worked, rules, rates))}


def _worked(fields: Fields) -> WorkedWeek:
    return WorkedWeek(
        week=fields.read("week", _week),
        shifts=fields.read("shifts", list_of(_shift)),
        preceding=fields.read("preceding", list_of(_shift), ()),
        roster=fields.read("roster", nullable(mapping_of(date, _minutes_of_a_day)), None),
        quantities=fields.read("quantities", list_of(_quantity_entry), ()),
        on_call=fields.read("on_call", flag, default=False),
        workable_days=fields.read("workable_days", nullable(whole(1, 366)), None),
    )


def _id(value: object) -> str | int | None:
    if value is None or (isinstance(value, int) and not isinstance(value, bool)):
        return value
    return text(value)


def _week(value: object) -> Week:
    name = text(value)
    try:
        week = Week.parse(name)
    except ValueError:
        raise invalid("", gettext_noop("must be an ISO week like 2026-W48")) from None
    date(week.monday.isoformat())
    return week


def _rules(value: object) -> tuple[RuleSet, ...]:
    """A template's name, one rule set, or a list of them: versions with their own dates."""
    if isinstance(value, list):
        if not value:
            raise invalid("", gettext_noop("must name at least one rule set"))
        return list_of(_rule_set)(value)
    return (_rule_set(value),)


def _rule_set(value: object) -> RuleSet:
    if isinstance(value, str):
        return templates.load(value)
    return _parsed(json.dumps(value, default=str, separators=(",", ":")))


@functools.lru_cache(maxsize=256)
def _parsed(rules: str) -> RuleSet:
    """Many lines carry the same rules: they are read once."""
    return form.parse(json.loads(rules))


def _shift(value: object) -> WorkedShift:
    fields = Fields(value)
    shift = WorkedShift(
        start=fields.read("start", walltime.read),
        end=fields.read("end", walltime.read),
        breaks=fields.read("breaks", list_of(_break), ()),
        day=fields.read("day", nullable(date), None),
    )
    fields.done()
    return shift


def _break(value: object) -> Break:
    fields = Fields(value)
    pause = Break(
        start=fields.read("start", walltime.read),
        end=fields.read("end", walltime.read),
        paid=fields.read("paid", flag, default=False),
    )
    fields.done()
    return pause


def _quantity_entry(value: object) -> Quantity:
    fields = Fields(value)
    entry = Quantity(fields.read("day", date), fields.read("code", label), fields.read("quantity", _quantity))
    fields.done()
    return entry


def _rate(value: object) -> Rate:
    fields = Fields(value)
    rate = Rate(
        valid_from=fields.read("from", date),
        cents=fields.read("cents", _cents),
        factor=fields.read("factor", _factor, Decimal(1)),
        factors=fields.read("factors", mapping_of(_type_label, _factor), {}),
        fixed=fields.read("fixed_cents", mapping_of(_type_label, _cents), {}),
    )
    fields.done()
    return rate


def _type_label(value: object) -> str:
    """A label of the rules, or two joined: `evening+day-ot`."""
    return "+".join(label(part) for part in text(value).split("+"))


def _result(result: Classified) -> Json:
    answer: Json = {
        "minutes": result.minutes,
        "amount_cents": result.amount_cents,
        "lines": [_line(line) for line in result.lines],
        "quantities": [_quantity_line(line) for line in result.quantities],
        "top_ups": [_top_up(top_up) for top_up in result.top_ups],
        "rules": [_version(rules) for rules in result.rules],
    }
    if result.balance_minutes is not None:
        answer["balance_minutes"] = result.balance_minutes
    return answer


def _line(line: Line) -> Json:
    return {
        "day": line.day.isoformat(),
        "label": line.label,
        "percentage": decimal_text(line.percentage),
        "rate_cents": line.rate_cents,
        "factor": decimal_text(line.factor),
        "minutes": line.minutes,
        "amount_cents": line.amount_cents,
        "rules": line.rules,
        "because": [_piece(piece) for piece in line.pieces],
    }


def _piece(piece: Piece) -> Json:
    reason = piece.reason
    because: Json = {
        "from": walltime.moment_text(piece.start),
        "to": walltime.moment_text(piece.end),
        "minutes": piece.end - piece.start,
        "band": reason.band.label,
        "band_surcharge": decimal_text(reason.band.surcharge),
    }
    if reason.overtime:
        because["overtime"] = reason.overtime.label
        because["overtime_reference"] = reason.overtime.reference.value
        because["overtime_surcharge"] = decimal_text(reason.overtime_surcharge)
    return because


def _quantity_line(line: QuantityLine) -> Json:
    return {
        "day": line.day.isoformat(),
        "code": line.code,
        "unit": line.unit,
        "unit_cents": line.unit_cents,
        "quantity": decimal_text(line.quantity),
        "amount_cents": line.amount_cents,
        "rules": line.rules,
    }


def _top_up(top_up: TopUp) -> Json:
    return {
        "day": top_up.day.isoformat(),
        "missing_minutes": top_up.missing,
        "rate_cents": top_up.rate_cents,
        "amount_cents": top_up.amount_cents,
        "rules": top_up.rules,
    }


@functools.lru_cache(maxsize=512)
def _digest(rules: RuleSet) -> str:
    return form.digest(rules)


def _version(rules: RuleSet) -> Json:
    return {"name": rules.name, "digest": _digest(rules)}
