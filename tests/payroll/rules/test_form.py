import json
from typing import Any

import pytest

from kis.payroll.rules import Invalid, form
from kis.payroll.rules.model import Combination, Rounding
from tests.payroll.rules.weeks import STANDARD, band, beyond, rules, standard


def refusal(**parts: Any) -> str:
    with pytest.raises(Invalid) as wrong:
        rules(**parts)
    return str(wrong.value)


def test_only_the_code_is_mandatory() -> None:
    bare = form.parse({"code": "BARE"})
    assert (bare.version, bare.bands, bare.overtime) == (1, (), ())
    assert (bare.combination, bare.rounding, bare.breaks.paid) == (Combination.HIGHEST, Rounding.HALF_UP, False)
    with pytest.raises(Invalid, match="code: is missing"):
        form.parse({})


@pytest.mark.parametrize("code", ["", "  ", "x" * 61, 7])
def test_a_code_is_a_name(code: object) -> None:
    assert refusal(code=code) == "code: must be a name of 1 to 60 characters"


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ({"bands": [band("night", 50, hours="22:00-06:00")]}, "bands[0].to: must be later than the beginning"),
        ({"bands": [{**band("night", 50), "from": "25:00"}]}, "bands[0].from: must be a time of day"),
        ({"bands": [{**band("night", 50), "days": []}]}, "bands[0].days: must name at least one day"),
        ({"bands": [{**band("night", 50), "days": ["monday"]}]}, "bands[0].days[0]: must be one of: mon, tue"),
        ({"bands": [band("night", 12.5)]}, "bands[0].surcharge: must be a number from 0 to 1000"),
        ({"bands": [band("normal", 10)]}, "bands[0].surcharge: must be 0 for normal hours"),
        ({"bands": [{**band("night", 50), "colour": "red"}]}, "bands[0].colour: is not known here"),
        ({"overtime": [beyond("month", 1, 25)]}, "overtime[0].reference: must be one of: shift, day"),
        ({"overtime": [beyond("day", -1, 25)]}, "overtime[0].threshold_minutes: must be a whole number"),
        ({"overtime": [beyond("day", 1, 25, "normal")]}, "overtime[0].label: is the name of hours without"),
        ({"overtime": [beyond("week", 1, 25, grace_minutes=15)]}, "overtime[0].grace_minutes: is only for"),
        (
            {"overtime": [beyond("week", 1, 25, minutes_per_workable_day=456)]},
            "overtime[0].minutes_per_workable_day: is only for overtime per pay period",
        ),
        (
            {"overtime": [beyond("day", 1, 0, tiers=[{"surcharge": 1, "after_minutes": 60, "upto_minutes": 60}])]},
            "overtime[0].tiers[0].upto_minutes: must be more than where the tier begins",
        ),
        (
            {"overtime": [{**beyond("roster", 0, 25), "threshold_minutes": 60}]},
            "overtime[0].threshold_minutes: is not known here",
        ),
        ({"combination": "AVERAGE"}, "combination: must be one of: HIGHEST, SUM, BAND_WINS, COMPOUND"),
        ({"holidays": {"named": ["easter"]}}, "holidays.named[0]: must be one of: new-year"),
        ({"holidays": {"extra": ["5 May"]}}, "holidays.extra[0]: must be a date"),
        ({"rounding": "up"}, "rounding: must be one of: half-up, half-even"),
        ({"year_norm": {"weekly_minutes": 0}}, "year_norm.weekly_minutes: must be a whole number from 1"),
        ({"breaks": {"paid": "no"}}, "breaks.paid: must be true or false"),
        ({"components": [{"code": "km", "unit": "km"}]}, "components[0].cents: is missing"),
        ({"minimum_call_minutes": 0}, "minimum_call_minutes: must be a whole number from 1"),
    ],
)
def test_what_is_wrong_is_named_by_its_path(parts: dict[str, Any], expected: str) -> None:
    assert refusal(**parts).startswith(expected)


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        (
            {"bands": [band("a", 1, "mon tue", "00:00-08:00"), band("b", 2, "tue wed", "07:00-09:00")]},
            "bands[1]: overlaps the band “a” on tue",
        ),
        ({"valid_from": "2026-01-02", "valid_to": "2026-01-01"}, "valid_to: must not lie before the first day"),
        (
            {"overtime": [beyond("day", 1, 1, "ot"), beyond("week", 1, 1, "ot")]},
            "overtime[1].label: stands here twice: ot",
        ),
        (
            {"bands": [band("late", 1)], "overtime": [beyond("day", 1, 1, "late")]},
            "overtime[0].label: is already the name",
        ),
        (
            {"overtime": [beyond("four_weeks", 1, 1, "four"), beyond("year", 1, 1)]},
            "overtime[1].reference: only one rule can count over several weeks",
        ),
        ({"tie_order": ["a", "b", "a"]}, "tie_order[2]: stands here twice: a"),
        (
            {"components": [{"code": "km", "unit": "km", "cents": c} for c in (1, 2)]},
            "components[1].code: stands here twice",
        ),
    ],
)
def test_what_contradicts_itself_is_refused(parts: dict[str, Any], expected: str) -> None:
    assert refusal(**parts).startswith(expected)


def test_all_wrong_bands_are_reported_at_once() -> None:
    wrong = refusal(bands=[{}, band("night", 50), {"label": "x"}])
    assert wrong == "bands[0].label: is missing; bands[2].days: is missing"


def test_bands_may_touch() -> None:
    touching = [band("a", 1, hours="00:00-08:00"), band("b", 2, hours="08:00-24:00")]
    assert len(rules(bands=touching).bands) == 2


def test_the_canonical_text_is_the_same_however_it_was_written() -> None:
    written = {
        "holidays": {"extra": ["2026-05-05", "2026-04-03"], "named": ["kings-day", "new-year"]},
        "bands": [band("late", "12.50", "fri mon")],
        "code": "X",
    }
    again = {
        "code": "X",
        "bands": [band("late", "12.5", "mon fri")],
        "holidays": {"named": ["new-year", "kings-day"], "extra": ["2026-04-03", "2026-05-05"]},
    }
    assert form.canonical(form.parse(written)) == form.canonical(form.parse(again))
    assert form.digest(form.parse(written)) == form.digest(form.parse(again))


def test_a_digest_changes_with_any_change() -> None:
    assert form.digest(standard(title="Another title")) != form.digest(STANDARD)
    assert len(form.digest(STANDARD)) == 64


def test_the_canonical_text_is_json_that_reads_back() -> None:
    assert form.parse(json.loads(form.canonical(STANDARD))) == STANDARD
