"""The editor of a rule set as its template draws it: rows of fields with their errors, and the example beside them."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping

from django.http import HttpRequest
from django.utils.translation import gettext as _

from kis.core import clock
from kis.payroll.rules import public_holidays
from kis.payroll.rules.model import DAYS, RuleSet
from kis.web.agency import rule_form, rule_grid
from kis.web.agency.rule_example import EXAMPLES, Example, example
from kis.web.agency.rule_words import COMBINATIONS, DAY_WORDS, HOLIDAYS, REFERENCES, ROUNDINGS
from kis.web.week.typed import Mistake, cents

WAGE = "16,00"
_PARTS = (
    "label", "from", "to", "surcharge", "days", "reference", "threshold", "grace", "per_day", "excluded", "after",
    "upto", "code", "unit", "price",
)  # fmt: skip
_FORM = ("example", "wage", "do", "revision", "csrfmiddlewaretoken")


@dataclasses.dataclass(frozen=True, slots=True)
class Row:
    """One row: its place (`bands.2`), its ticked days, what is the matter with it as a whole, and the rows in it."""

    place: str
    days: tuple[str, ...] = ()
    errors: tuple[str, ...] = ()
    tiers: tuple[Row, ...] = ()
    more: bool = False  # something stands in its folded part

    @property
    def names(self) -> dict[str, str]:
        """Its fields by their last part: `label` is `bands.2.label`."""
        return {part: f"{self.place}.{part}" for part in _PARTS}


@dataclasses.dataclass(frozen=True, slots=True)
class Editor:
    """A form, read: what the template needs."""

    fields: Mapping[str, str]
    chosen: Mapping[str, list[str]]
    reading: rule_form.Reading
    example: Example | None
    grid: str
    kind: str
    wage: str
    shows_errors: bool

    days = DAY_WORDS
    references = REFERENCES
    combinations = COMBINATIONS
    roundings = ROUNDINGS
    examples = EXAMPLES
    holidays = HOLIDAYS

    @property
    def errors(self) -> Mapping[str, str]:
        return self.reading.errors if self.shows_errors else {}

    @property
    def bands(self) -> list[Row]:
        return [self._row(f"bands.{n}", "days") for n in rule_form.rows(self.fields, "bands")]

    @property
    def overtime(self) -> list[Row]:
        found = []
        for n in rule_form.rows(self.fields, "overtime"):
            row = self._row(f"overtime.{n}", "excluded")
            tiers = tuple(self._row(f"{row.place}.tiers.{m}") for m in rule_form.tiers(self.fields, n))
            more = bool(row.days or self.fields.get(f"{row.place}.per_day"))
            found.append(dataclasses.replace(row, tiers=tiers, more=more))
        return found

    @property
    def components(self) -> list[Row]:
        return [self._row(f"components.{n}") for n in rule_form.rows(self.fields, "components")]

    def _row(self, place: str, boxes: str = "days") -> Row:
        whole = (self.errors.get(name, "") for name in (place, f"{place}.{boxes}", f"{place}.tiers"))
        return Row(place, tuple(self.chosen.get(f"{place}.{boxes}", ())), tuple(filter(None, whole)))


def posted(request: HttpRequest) -> tuple[dict[str, str], dict[str, list[str]], str]:
    """The text fields, the ticked boxes and the pressed button of a form, a row added or taken away."""
    do = request.POST.get("do", "")
    lists = {name: request.POST.getlist(name) for name in request.POST if name == "named" or name.endswith(_BOXES)}
    fields = {
        name: text.replace("\0", "")[:500]
        for name, text in request.POST.dict().items()
        if name not in lists and name not in _FORM
    }
    fields = rule_form.rearranged(fields, do)
    chosen = {name: [box for box in boxes if box in {*DAYS, *public_holidays.NAMES}] for name, boxes in lists.items()}
    if do == "add:bands":
        chosen.setdefault(f"bands.{rule_form.rows(fields, 'bands')[-1]}.days", list(DAYS[:5]))
    return fields, chosen, do


def editor(
    fields: Mapping[str, str],
    chosen: Mapping[str, list[str]],
    *,
    kind: str = "office",
    wage: str = WAGE,
    shows_errors: bool = False,
) -> Editor:
    """The form with its example, as far as it can be read."""
    reading = rule_form.read(fields, chosen)
    found = _example(reading.rules, kind, wage) if reading.rules else None
    grid = rule_grid.draw(reading.rules, _("The week")) if reading.rules else ""
    return Editor(fields, chosen, reading, found, grid, found.kind if found else kind, wage, shows_errors)


def _example(rules: RuleSet, kind: str, wage: str) -> Example:
    try:
        amount = cents(wage)
    except Mistake:
        amount = 1600
    return example(rules, kind, min(amount, 100_000), clock.today())


_BOXES = (".days", ".excluded")
