"""The form of a rule set and its JSON, both ways. Pure: a form is a mapping of field names to text.

Field names are the paths of kis.payroll.rules.form with points for brackets: `bands[2].from` is `bands.2.from`. Hours
are typed as hours, money as euros, and names as the reader's language has them; the JSON has minutes, cents and codes.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from kis.core.minutes import Unreadable, clock_text, duration_text, parse_duration, parse_time
from kis.core.money import cents_text
from kis.payroll.labels import label_of, label_words, unit_of, unit_words
from kis.payroll.rules.form import STANDARD_TIE_ORDER, dump, parse
from kis.payroll.rules.model import RuleSet
from kis.payroll.rules.problems import Invalid
from kis.web.week.typed import Mistake, cents

MAX_ROWS = 40
_PLAIN = ("code", "title", "source", "valid_from", "combination", "rounding", "tie_order", "extra", "minimum_call",
          "breaks.minimum", "year_norm")  # fmt: skip
_FLAGS = ("count_day_ot_in_week", "breaks.paid")
_ROW = re.compile(r"(bands|overtime|components)\.(\d{1,2})\.([a-z_]+)")
_TIER = re.compile(r"overtime\.(\d{1,2})\.tiers\.(\d{1,2})\.([a-z_]+)")
_BEHIND = {  # fields that are called otherwise than their path
    "threshold_minutes": "threshold", "after_minutes": "after", "upto_minutes": "upto", "grace_minutes": "grace",
    "minutes_per_workable_day": "per_day", "minimum_call_minutes": "minimum_call", "cents": "price",
    "excluded_days": "excluded", "holidays": "named", "minimum_minutes": "minimum", "weekly_minutes": "year_norm",
}  # fmt: skip


class _Reader:
    """Collects what cannot be read, by field."""

    def __init__(self, fields: Mapping[str, str], chosen: Mapping[str, list[str]]) -> None:
        self.fields, self.chosen = fields, chosen
        self.errors: dict[str, str] = {}

    def text(self, name: str) -> str:
        return self.fields.get(name, "").strip()

    def value(self, name: str, read: Callable[[str], Any], wrong: str) -> Any:
        """What was typed, read; None where nothing was."""
        text = self.text(name)
        if not text:
            return None
        try:
            return read(text)
        except (Unreadable, Mistake, ValueError):
            self.errors[name] = wrong
            return None

    def hours(self, name: str) -> int | None:
        found: int | None = self.value(name, _long, _("These are not hours. Write them as 7:30 or 7,5."))
        return found

    def time(self, name: str) -> str | None:
        minute = self.value(name, parse_time, _("This is not a time. Write it as 7:30."))
        return clock_text(minute) if minute is not None else None

    def whole(self, name: str) -> int | None:
        found: int | None = self.value(name, int, _("This is not a whole number."))
        return found


@dataclasses.dataclass(frozen=True, slots=True)
class Reading:
    """What could be read of a form: the rules, or what is the matter by field; and the JSON as far as it goes."""

    rules: RuleSet | None
    errors: dict[str, str]
    content: dict[str, Any]


def read(fields: Mapping[str, str], chosen: Mapping[str, list[str]]) -> Reading:
    """Read a form; `chosen` has the ticked boxes by name. Never raises."""
    reader = _Reader(fields, chosen)
    content = _content(reader)
    if reader.errors:
        return Reading(None, reader.errors, content)
    try:
        return Reading(parse({**content, "version": 1}), {}, content)
    except Invalid as wrong:
        errors = {field_of(problem.path): _(problem.message) % problem.params for problem in wrong.problems}
        return Reading(None, errors, content)


def field_of(path: str) -> str:
    """The field that a path of a problem speaks of: `overtime[0].threshold_minutes` is `overtime.0.threshold`."""
    name = re.sub(r"\[(\d+)\]", r".\1", path)
    if name.startswith("holidays.extra"):
        return "extra"
    head, _dot, last = name.rpartition(".")
    renamed = _BEHIND.get(last, last)
    if last in {"weekly_minutes", "weeks"} or name.startswith("holidays"):
        return renamed if last != "weeks" else "year_norm"
    if name.startswith("tie_order"):
        return "tie_order"
    return f"{head}.{renamed}" if head else renamed


def fields_of(rules: RuleSet) -> tuple[dict[str, str], dict[str, list[str]]]:
    """The form filled with rules: its text fields, and its ticked boxes."""
    content = dump(rules)
    fields = {name: str(content[name]) for name in ("code", "title", "source", "valid_from", "combination", "rounding")}
    fields["tie_order"] = "; ".join(map(label_words, rules.tie_order))
    fields["extra"] = ", ".join(content["holidays"]["extra"])
    fields["minimum_call"] = duration_text(rules.minimum_call) if rules.minimum_call else ""
    fields["breaks.minimum"] = str(rules.breaks.minimum or "")
    fields["year_norm"] = duration_text(rules.year_norm.weekly_minutes) if rules.year_norm else ""
    chosen = {"named": list(rules.holidays.named)}
    fields |= {"breaks.paid": "on"} if rules.breaks.paid else {}
    fields |= {"count_day_ot_in_week": "on"} if rules.pyramiding else {}
    for n, band in enumerate(content["bands"]):
        fields |= {f"bands.{n}.{name}": str(band[name]) for name in ("from", "to", "surcharge")}
        fields[f"bands.{n}.label"] = label_words(band["label"])
        chosen[f"bands.{n}.days"] = band["days"]
    for n, overtime in enumerate(rules.overtime):
        place = f"overtime.{n}"
        fields |= {f"{place}.label": label_words(overtime.label), f"{place}.reference": overtime.reference.value}
        fields[f"{place}.threshold"] = duration_text(overtime.threshold) if overtime.threshold is not None else ""
        fields[f"{place}.grace"] = str(overtime.grace or "")
        per_day = overtime.minutes_per_workable_day
        fields[f"{place}.per_day"] = duration_text(per_day) if per_day else ""
        chosen[f"{place}.excluded"] = list(overtime.excluded_days)
        for m, tier in enumerate(content["overtime"][n]["tiers"]):
            row = f"{place}.tiers.{m}"
            fields |= {f"{row}.{name}": tier[name] for name in ("surcharge", "from", "to")}
            fields[f"{row}.after"] = duration_text(tier["after_minutes"]) if tier["after_minutes"] else ""
            upto = tier["upto_minutes"]
            fields[f"{row}.upto"] = duration_text(upto) if upto is not None else ""
    for n, component in enumerate(rules.components):
        place = f"components.{n}"
        fields |= {f"{place}.code": label_words(component.code), f"{place}.unit": unit_words(component.unit)}
        fields[f"{place}.price"] = cents_text(component.cents)
    return fields, chosen


def rows(fields: Mapping[str, str], kind: str) -> list[int]:
    """The numbers of the rows of a kind: bands, overtime or components."""
    found = (_ROW.fullmatch(name) or _TIER.fullmatch(name) for name in fields)
    numbers = {int(match[2] if match.re is _ROW else match[1]) for match in found if match and _kind(match) == kind}
    return sorted(numbers)


def tiers(fields: Mapping[str, str], n: int) -> list[int]:
    """The numbers of the tiers of an overtime rule."""
    found = (_TIER.fullmatch(name) for name in fields)
    return sorted({int(match[2]) for match in found if match and int(match[1]) == n})


def rearranged(fields: Mapping[str, str], do: str) -> dict[str, str]:
    """The form with a row added or taken away, as the pressed button says: `add:bands`, `drop:overtime.0.tiers.1`."""
    what, _colon, where = do.partition(":")
    if what == "drop":
        return {name: text for name, text in fields.items() if not name.startswith(f"{where}.")}
    if what != "add":
        return dict(fields)
    if tier_of := re.fullmatch(r"overtime\.(\d{1,2})\.tiers", where):
        number = max(tiers(fields, int(tier_of[1])), default=-1) + 1
        return {**fields, f"{where}.{number}.surcharge": ""} if number < MAX_ROWS else dict(fields)
    if where not in {"bands", "overtime", "components"}:
        return dict(fields)
    number = max(rows(fields, where), default=-1) + 1
    first = {"bands": "label", "overtime": "label", "components": "code"}[where]
    fresh = {f"{where}.{number}.{first}": ""}
    if where == "overtime":
        fresh[f"{where}.{number}.tiers.0.surcharge"] = ""
    return {**fields, **fresh} if number < MAX_ROWS else dict(fields)


def _kind(match: re.Match[str]) -> str:
    return match[1] if match.re is _ROW else "overtime"


def _content(reader: _Reader) -> dict[str, Any]:
    fields = reader.fields
    content: dict[str, Any] = {name: reader.text(name) for name in ("code", "title", "source")}
    content |= {"valid_from": reader.text("valid_from"), "combination": reader.text("combination") or "HIGHEST"}
    content |= {"rounding": reader.text("rounding") or "half-up"}
    content["count_day_ot_in_week"] = bool(fields.get("count_day_ot_in_week"))
    content["tie_order"] = _labels(reader.text("tie_order")) or list(STANDARD_TIE_ORDER)
    content["breaks"] = {
        "paid": bool(fields.get("breaks.paid")),
        "minimum_minutes": reader.whole("breaks.minimum") or 0,
    }
    content["holidays"] = {"named": reader.chosen.get("named", []), "extra": _listed(reader.text("extra"))}
    content["minimum_call_minutes"] = reader.hours("minimum_call")
    norm = reader.hours("year_norm")
    content["year_norm"] = {"weekly_minutes": norm} if norm is not None else None
    content["bands"] = [_band(reader, n) for n in rows(fields, "bands")]
    content["overtime"] = [_overtime(reader, n) for n in rows(fields, "overtime")]
    content["components"] = [_component(reader, n) for n in rows(fields, "components")]
    return content


def _band(reader: _Reader, n: int) -> dict[str, Any]:
    place = f"bands.{n}"
    return {
        "label": label_of(reader.text(f"{place}.label")),
        "days": reader.chosen.get(f"{place}.days", []),
        "from": reader.time(f"{place}.from") or "00:00",
        "to": reader.time(f"{place}.to") or "24:00",
        "surcharge": _number(reader.text(f"{place}.surcharge")),
    }


def _overtime(reader: _Reader, n: int) -> dict[str, Any]:
    place = f"overtime.{n}"
    reference = reader.text(f"{place}.reference") or "day"
    found = {
        "label": label_of(reader.text(f"{place}.label")),
        "reference": reference,
        "tiers": [_tier(reader, f"{place}.tiers.{m}") for m in tiers(reader.fields, n)],
        "grace_minutes": reader.whole(f"{place}.grace") or 0,
        "excluded_days": reader.chosen.get(f"{place}.excluded", []),
        "minutes_per_workable_day": reader.hours(f"{place}.per_day"),
    }
    if reference != "roster":
        found["threshold_minutes"] = reader.hours(f"{place}.threshold")
    return found


def _tier(reader: _Reader, place: str) -> dict[str, Any]:
    return {
        "surcharge": _number(reader.text(f"{place}.surcharge")),
        "after_minutes": reader.hours(f"{place}.after") or 0,
        "upto_minutes": reader.hours(f"{place}.upto"),
        "from": reader.time(f"{place}.from") or "00:00",
        "to": reader.time(f"{place}.to") or "24:00",
    }


def _component(reader: _Reader, n: int) -> dict[str, Any]:
    place = f"components.{n}"
    price = reader.value(f"{place}.price", cents, _("This is not an amount. Write it as 12,50."))
    return {
        "code": label_of(reader.text(f"{place}.code")),
        "unit": unit_of(reader.text(f"{place}.unit")),
        "cents": price,
    }


def _long(text: str) -> int:
    """Hours that may be more than a day has: `152:00` over four weeks. Raises Unreadable."""
    if found := re.fullmatch(r"(\d{3,4}):([0-5]\d)", text):
        return 60 * int(found[1]) + int(found[2])
    return parse_duration(text)


def _listed(text: str) -> list[str]:
    return [part.strip() for part in re.split(r"[,;\s]+", text) if part.strip()]


def _labels(text: str) -> list[str]:
    return [label_of(part) for part in text.split(";") if part.strip()]


def _number(text: str) -> str:
    return text.strip().removesuffix("%").strip().replace(",", ".")
