import dataclasses
import datetime as dt

import pytest

from kis.payroll.rules import templates
from kis.web.agency.rule_example import EXAMPLES, example

STANDARD = templates.load("STANDARD-1")
TODAY = dt.date(2026, 11, 27)


@pytest.mark.parametrize("kind", EXAMPLES)
@pytest.mark.parametrize("name", templates.names())
def test_every_template_has_every_example(kind: str, name: str) -> None:
    found = example(templates.load(name), kind, 1600, TODAY)
    assert found.kind == kind
    assert found.view.calculation.refused is None
    assert found.view.calculation.minutes > 0


def test_the_example_is_what_the_rules_come_to() -> None:
    nights = example(STANDARD, "nights", 2000, TODAY).view.calculation
    # five nights of two evening hours and five and a half at night; what lies on Saturday is at +50 % as well
    assert nights.minutes == 5 * 450
    assert nights.cents == 5 * (2 * 2000 * 13 // 10 + 11 * 2000 * 15 // 20)


def test_an_unknown_kind_is_the_ordinary_week_and_a_later_beginning_does_not_matter() -> None:
    later = dataclasses.replace(STANDARD, valid_from=dt.date(2030, 1, 1))
    assert example(later, "zomaar", 1600, TODAY).kind == "office"


def test_an_ordinary_week_has_no_holiday() -> None:
    found = example(STANDARD, "office", 1600, dt.date(2026, 12, 24))
    assert all("Feestdag" not in line.words for day in found.view.days for line in day.lines)
    assert example(STANDARD, "christmas", 1600, TODAY).week.number == 52
