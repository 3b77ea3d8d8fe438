import json
import pathlib
import re
from collections.abc import Iterator
from typing import Any

import pytest

from kis.payroll.rules import form, jsonlines, templates
from tests.payroll.rules.weeks import STANDARD

DOCUMENT = pathlib.Path(__file__).parents[3] / "docs" / "classify.md"
MONDAY = {"start": "2026-11-23T08:00", "end": "2026-11-23T17:00"}
WEEK: dict[str, Any] = {
    "id": 7,
    "week": "2026-W48",
    "rules": "STANDARD-1",
    "rates": [{"from": "2026-01-01", "cents": 1600}],
    "shifts": [MONDAY],
}


def answer(**changes: Any) -> Any:
    """The answer to a week of one long Monday, with some fields changed."""
    return json.loads(next(jsonlines.classified([json.dumps({**WEEK, **changes})])))


def errors(**changes: Any) -> list[str]:
    return [f"{error['path']}: {error['message']}" for error in answer(**changes)["errors"]]


def example(name: str) -> Any:
    """A block of JSON from the document."""
    found = re.search(rf"<!-- {name} -->\n```json\n(.*?)```", DOCUMENT.read_text(encoding="utf-8"), re.DOTALL)
    assert found
    return json.loads(found[1])


def test_the_example_of_the_document_is_true() -> None:
    answers = list(jsonlines.classified([json.dumps(example("input"))]))
    assert [json.loads(line) for line in answers] == [example("output")]


def test_the_document_names_every_field_of_a_rule_set() -> None:
    written = DOCUMENT.read_text(encoding="utf-8")
    assert [name for name in form.dump(STANDARD) if f"`{name}`" not in written] == []
    assert [name for name in form.dump(STANDARD)["overtime"][0] if f"`{name}`" not in written] == []


def test_a_week_comes_back_with_its_id_its_lines_and_its_totals() -> None:
    got = answer()
    assert (got["id"], got["week"], got["minutes"], got["amount_cents"]) == (7, "2026-W48", 540, 14800)
    assert [(line["label"], line["percentage"], line["minutes"]) for line in got["lines"]] == [
        ("normal", "100", 480),
        ("day-ot", "125", 60),
    ]
    assert got["rules"] == [{"name": "STANDARD-1 v1", "digest": form.digest(STANDARD)}]


def test_rules_may_be_a_rule_set_or_dated_versions_of_one() -> None:
    whole = form.dump(STANDARD)
    assert answer(rules=whole) == answer()
    old = {**whole, "valid_to": "2026-11-22"}
    new = {**whole, "version": 2, "valid_from": "2026-11-23", "overtime": []}
    got = answer(rules=[old, new])
    assert [(line["label"], line["rules"]) for line in got["lines"]] == [("normal", "STANDARD-1 v2")]


def test_numbers_in_json_are_read_as_decimals() -> None:
    bands = '[{"label":"day","days":["mon"],"surcharge":12.35}]'
    week = json.dumps({**WEEK, "rules": {"code": "X", "bands": "BANDS"}}).replace('"BANDS"', bands)
    assert json.loads(next(jsonlines.classified([week])))["lines"][0]["percentage"] == "112.35"


def test_a_bill_has_factors_and_fixed_prices() -> None:
    rates = [{"from": "2026-01-01", "cents": 1600, "factor": 2.1, "fixed_cents": {"day-ot": 5000}}]
    lines = answer(rates=rates)["lines"]
    assert [(line["percentage"], line["rate_cents"], line["factor"], line["amount_cents"]) for line in lines] == [
        ("100", 5000, "1", 5000),
        ("100", 1600, "2.1", 26880),
    ]


def test_composite_types_have_factors_too() -> None:
    late = {"start": "2026-11-23T10:00", "end": "2026-11-23T19:00"}
    rates = [{"from": "2026-01-01", "cents": 1600, "factors": {"evening+day-ot": "1.5"}}]
    lines = answer(rules={**form.dump(STANDARD), "combination": "SUM"}, rates=rates, shifts=[late])["lines"]
    assert [line["factor"] for line in lines if line["label"] == "evening+day-ot"] == ["1.5"]


def test_everything_a_week_may_carry_is_read() -> None:
    got = answer(
        rules={
            **form.dump(STANDARD),
            "overtime": [{"label": "r", "reference": "roster", "tiers": [{"surcharge": 25}]}],
        },
        shifts=[
            {**MONDAY, "breaks": [{"start": "2026-11-23T12:00", "end": "2026-11-23T12:30", "paid": True}], "day": None}
        ],
        preceding=[{"start": "2026-11-16T08:00", "end": "2026-11-16T09:00"}],
        roster={"2026-11-23": 500},
        quantities=[{"day": "2026-11-23", "code": "km", "quantity": "10.5"}],
        on_call=True,
        workable_days=20,
    )
    assert [(line["label"], line["minutes"]) for line in got["lines"]] == [("normal", 530), ("r", 10)]
    assert got["quantities"][0]["amount_cents"] == 263
    assert got["top_ups"] == []


def test_a_year_norm_gives_a_balance() -> None:
    assert answer(rules="HORECA-1")["balance_minutes"] == 540 - 2280
    assert "balance_minutes" not in answer()


@pytest.mark.parametrize("name", templates.names())
def test_every_template_can_be_named(name: str) -> None:
    assert answer(rules=name)["rules"][0]["name"] == f"{name} v1"


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"week": "2027-W53"}, "week: must be an ISO week like 2026-W48"),
        ({"week": "1999-W01"}, "week: must be a date like 2026-11-24, between 2000 and 2099"),
        ({"rules": "STANDARD"}, "rules: is no template; there are: "),
        ({"rules": []}, "rules: must name at least one rule set"),
        ({"rules": [{"code": "X", "bands": [{}]}]}, "rules[0].bands[0].label: is missing"),
        ({"rules": {"code": "X", "bands": 5}}, "rules.bands: must be a list"),
        ({"rates": [{"from": "2026-01-01", "cents": 16.5}]}, "rates[0].cents: must be a whole number"),
        ({"rates": []}, "rates: no rate is in force on 2026-11-23"),
        ({"shifts": [{**MONDAY, "end": "2026-11-23T25:00"}]}, "shifts[0].end: must be a time of day"),
        ({"shifts": [{**MONDAY, "end": "2026-11-23T07:00"}]}, "shifts[0].end: must be later than the start"),
        ({"shifts": [{**MONDAY, "day": "2026-11-30"}]}, "shifts[0].day: must lie in the week"),
        ({"shifts": [MONDAY, MONDAY]}, "shifts[1].start: overlaps shifts[0]"),
        ({"quantities": [{"day": "2026-11-23", "code": "meal", "quantity": 1}]}, "quantities[0].code: is no component"),
        ({"roster": {"monday": 480}}, "roster.monday: must be a date"),
        ({"colour": "red"}, "colour: is not known here"),
        ({"id": [1]}, "id: must be text"),
    ],
)
def test_what_is_wrong_in_a_week_is_named_by_its_path(changes: dict[str, Any], error: str) -> None:
    assert errors(**changes)[0].startswith(error)


def test_all_wrong_shifts_are_reported() -> None:
    assert [error.split(":")[0] for error in errors(shifts=[{}, MONDAY, {"start": "now"}])] == [
        "shifts[0].start",
        "shifts[2].start",
    ]


def test_a_wrong_line_does_not_stop_the_rest() -> None:
    lines = ["\n", "no json\n", "[1]", json.dumps(WEEK), "", '{"id": "x"}', "[" * 100_000, '{"id": NaN}', "9" * 5000]
    got = [json.loads(line) for line in jsonlines.classified(lines)]
    assert [(part.get("line"), part.get("id"), "errors" in part) for part in got] == [
        (2, None, True),
        (3, None, True),
        (None, 7, False),
        (6, "x", True),
        (7, None, True),
        (8, None, True),
        (9, None, True),
    ]
    assert got[0]["errors"] == [{"path": "", "message": "is no JSON"}]
    assert got[3]["errors"] == [{"path": "rules", "message": "is missing"}]


def test_lines_are_answered_one_by_one() -> None:
    def endless() -> Iterator[str]:
        while True:
            yield json.dumps(WEEK)

    assert json.loads(next(jsonlines.classified(endless())))["minutes"] == 540


def test_an_answer_is_one_line_of_plain_ascii() -> None:
    line = next(jsonlines.classified([json.dumps({**WEEK, "id": "\ud800 é \n"})]))
    assert line.isascii()
    assert "\n" not in line
