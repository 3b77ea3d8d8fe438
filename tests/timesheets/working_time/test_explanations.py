import ast
import inspect
import re

import pytest

from kis.timesheets.working_time import Finding, check, explanations
from kis.timesheets.working_time.explanations import SENTENCES, TITLES, sentence, without_figures
from kis.timesheets.working_time.record import WorkRecord
from kis.timesheets.working_time.rules import RULES
from tests.timesheets.working_time.shifts import OF_16, between, findings, nights, on, work


def some_of_each() -> list[Finding]:
    """Findings of many kinds."""
    long_days = [between(on(day, "06:00"), on(day, "20:30"), ref=day) for day in range(13)]
    in_the_night = [*nights(range(60), minutes=650), work(on(60, "20:00"), 1000)]
    sundays = [work(on(6 + 7 * week, "10:00"), 60, pause=10) for week in range(45)]
    young = findings([*long_days, *nights([20])], born=OF_16)
    return [*check(WorkRecord((*long_days, *sundays))), *check(WorkRecord(tuple(in_the_night))), *young]


def test_every_finding_can_be_said() -> None:
    found = some_of_each()
    assert len({each.key for each in found}) > 25
    for each in found:
        assert "%" not in sentence(each)


def test_figures_are_hours_and_minutes_or_numbers() -> None:
    (shift,) = findings([work(on(0, "07:00"), 725, pause=45)], "W01")
    assert sentence(shift) == "This shift has 12:05 hours of work; at most 12:00 are allowed."
    (series,) = findings(nights(range(9)), "N04")
    assert sentence(series) == "9 shifts in a row with a night shift among them; at most 7 are allowed."


def test_a_page_brings_its_own_language() -> None:
    (shift,) = findings([work(on(0, "07:00"), 721, pause=45)], "W01")
    dutch = {SENTENCES["W01"]: "Deze dienst telt %(measured)s uur werk; hoogstens %(limit)s mag."}
    assert sentence(shift, dutch.__getitem__) == "Deze dienst telt 12:01 uur werk; hoogstens 12:00 mag."


def test_a_client_reads_only_what_the_rule_is_about_when_other_work_has_a_part() -> None:
    assert without_figures("W05") == (
        "Too little rest between shifts. Part of this lies outside your own shifts and is not shown here."
    )


def test_every_rule_has_a_title() -> None:
    assert list(TITLES) == list(RULES)


@pytest.mark.parametrize("key", SENTENCES)
def test_a_sentence_has_no_places_but_known_ones(key: str) -> None:
    known = {"measured", "limit", "weeks", "nights", "times", "allowed"}
    known |= {"worked_minutes", "rest_minutes", "needed_minutes"}
    assert set(re.findall(r"%\((\w+)\)s", SENTENCES[key])) <= known


def test_every_source_string_is_marked_for_translation() -> None:
    tree = ast.parse(inspect.getsource(explanations))
    marked = {
        call.args[0].value
        for call in ast.walk(tree)
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == "_"
        if isinstance(call.args[0], ast.Constant)
    }
    assert {*SENTENCES.values(), *TITLES.values(), explanations.RESTRICTED} == marked
