"""The form of a rule set and its JSON, both ways."""

from __future__ import annotations

import pytest
from django.utils import translation

from kis.payroll.rules import templates
from kis.payroll.rules.form import dump
from kis.web.agency import rule_form

STANDARD = templates.load("STANDARD-1")


def form(**more: str) -> rule_form.Reading:
    fields, chosen = rule_form.fields_of(STANDARD)
    return rule_form.read({**fields, **{name.replace("__", "."): text for name, text in more.items()}}, chosen)


def test_names_stand_in_the_form_in_the_readers_language_and_are_read_back() -> None:
    with translation.override("nl"):
        fields, chosen = rule_form.fields_of(STANDARD)
        assert fields["bands.0.label"] == "Nacht"
        assert fields["components.1.unit"] == "dag"
        assert fields["tie_order"].startswith("Feestdag; Zondag; Zaterdag; Overwerk (week)")
        found = rule_form.read({**fields, "bands.0.label": "Ploeg laat", "bands.1.label": "avond"}, chosen)
    assert found.rules is not None
    assert [band.label for band in found.rules.bands[:2]] == ["ploeg-laat", "evening"]
    assert found.rules.components[1].unit == "day"


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("name", templates.names())
def test_every_template_survives_the_form(name: str, language: str) -> None:
    rules = templates.load(name)
    with translation.override(language):
        found = rule_form.read(*rule_form.fields_of(rules))
    assert found.errors == {}
    assert found.rules is not None
    kept, before = dump(found.rules), dump(rules)
    for name_ in ("version", "valid_to"):
        kept.pop(name_), before.pop(name_)
    assert kept == before


@pytest.mark.parametrize(
    ("field", "typed", "path"),
    [
        ("bands__0__from", "25:00", "bands.0.from"),
        ("bands__0__surcharge", "veel", "bands.0.surcharge"),
        ("bands__0__to", "00:00", "bands.0.to"),
        ("bands__1__label", "é", "bands.1.label"),
        ("overtime__0__threshold", "lang", "overtime.0.threshold"),
        ("overtime__0__threshold", "", "overtime.0.threshold"),
        ("overtime__0__tiers__0__surcharge", "-1", "overtime.0.tiers.0.surcharge"),
        ("overtime__1__grace", "10", "overtime.1.grace"),
        ("overtime__0__reference", "eeuw", "overtime.0.reference"),
        ("components__0__price", "gratis", "components.0.price"),
        ("valid_from", "morgen", "valid_from"),
        ("code", "", "code"),
        ("tie_order", "normal; normal", "tie_order"),
        ("extra", "morgen", "extra"),
        ("minimum_call", "0", "minimum_call"),
        ("year_norm", "9999", "year_norm"),
        ("breaks__minimum", "x", "breaks.minimum"),
    ],
)
def test_what_is_wrong_is_told_at_its_field(field: str, typed: str, path: str) -> None:
    found = form(**{field: typed})
    assert found.rules is None
    assert path in found.errors


def test_hours_and_money_are_read_as_people_type_them() -> None:
    found = form(overtime__0__threshold="8,5", components__0__price="0,30", bands__0__surcharge="12,5 %")
    assert found.rules is not None
    assert found.rules.overtime[0].threshold == 510
    assert found.rules.components[0].cents == 30
    assert str(found.rules.bands[0].surcharge) == "12.5"


def test_rows_are_added_and_taken_away() -> None:
    fields, _chosen = rule_form.fields_of(STANDARD)
    more = rule_form.rearranged(fields, "add:bands")
    assert rule_form.rows(more, "bands") == [0, 1, 2, 3, 4, 5]
    assert rule_form.rows(rule_form.rearranged(more, "drop:bands.2"), "bands") == [0, 1, 3, 4, 5]
    tier = rule_form.rearranged(fields, "add:overtime.0.tiers")
    assert rule_form.tiers(tier, 0) == [0, 1]
    assert rule_form.rearranged(fields, "add:nothing") == fields
    assert rule_form.rows(rule_form.rearranged({}, "add:overtime"), "overtime") == [0]


def test_a_form_never_grows_beyond_measure() -> None:
    fields = {f"bands.{n}.label": "x" for n in range(rule_form.MAX_ROWS)}
    assert rule_form.rearranged(fields, "add:bands") == fields
