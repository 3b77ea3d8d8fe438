import json
import re
from typing import Any

import pytest

from kis.timesheets.working_time import jsonlines
from kis.timesheets.working_time.document import DOCUMENT

SHIFT = {"start": "2026-11-24T07:00", "end": "2026-11-24T20:00", "ref": "tue"}
WORKER: dict[str, Any] = {"id": 7, "birth_date": "1998-04-12", "shifts": [SHIFT]}


def answer(**changes: Any) -> Any:
    """The answer to a worker with one long Tuesday, with some fields changed."""
    return json.loads(next(jsonlines.checked([json.dumps({**WORKER, **changes})])))


def keys(**changes: Any) -> list[str]:
    return [finding["key"] for finding in answer(**changes)["findings"]]


def errors(**changes: Any) -> list[str]:
    return [f"{error['path']}: {error['message']}" for error in answer(**changes)["errors"]]


def example(mark: str) -> Any:
    """The JSON block after a mark in the manual."""
    block = re.search(rf"<!-- {mark} -->\n```json\n(.*?)```", DOCUMENT.read_text(encoding="utf-8"), re.DOTALL)
    assert block
    return json.loads(block[1])


def test_the_example_in_the_manual_is_what_really_happens() -> None:
    given = json.dumps(example("input"))
    assert json.loads(next(jsonlines.checked([given]))) == example("output")


def test_a_finding_has_all_that_is_needed_to_look_it_up() -> None:
    found = answer()["findings"][0]
    assert found["rule"] == "W01"
    assert found["articles"] == ["ATW 5:7.2a"]
    assert found["law"] == "https://wetten.overheid.nl/jci1.3:c:BWBR0007671&artikel=5:7"
    assert (found["from"], found["to"]) == ("2026-11-24T07:00+01:00", "2026-11-24T20:00+01:00")
    assert (found["measured"], found["limit"], found["unit"], found["refs"]) == (780, 720, "minutes", ["tue"])


def test_the_october_night_is_told_on_the_dutch_clock() -> None:
    night = {"start": "2026-10-24T18:00", "end": "2026-10-25T06:30"}
    found = answer(shifts=[night])["findings"][0]
    assert (found["from"], found["to"]) == ("2026-10-24T18:00+02:00", "2026-10-25T06:30+01:00")
    assert found["measured"] == 13 * 60 + 30


def test_shifts_without_a_reference_go_by_their_number() -> None:
    anonymous = {"start": "2026-11-24T07:00", "end": "2026-11-24T20:00"}
    short = {"start": "2026-11-20T07:00", "end": "2026-11-20T08:00", "ref": None}
    assert {ref for finding in answer(shifts=[short, anonymous])["findings"] for ref in finding["refs"]} == {1}


def test_terms_go_by_placement() -> None:
    assert "W08" in keys()
    shift = {**SHIFT, "placement": "A"}
    assert "W08" not in keys(placements={"A": {"options": ["short_breaks"]}}, shifts=[shift])
    assert keys(placements={"A": {"profile": "driver"}}, shifts=[shift]) == []


def test_age_leave_and_standby_are_read() -> None:
    call = {"start": "2026-11-25T18:00", "end": "2026-11-25T20:00", "ref": "call"}
    assert "Y07" in keys(birth_date="2010-01-01", standby=[call])
    assert "W04" in keys(credited={f"2026-W{week}": 2880 for week in range(32, 49)})


def test_shifts_of_the_other_door_can_be_used_as_they_are() -> None:
    shift = {
        **SHIFT,
        "day": "2026-11-24",
        "breaks": [{"start": "2026-11-24T12:00", "end": "2026-11-24T13:00", "paid": True}],
    }
    assert keys(shifts=[shift]) == []


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"shifts": [{"start": "2026-11-24T07:00"}]}, "shifts[0].end: is missing"),
        ({"shifts": [{**SHIFT, "end": "2026-11-24T07:00"}]}, "shifts[0].end: must be later than the start"),
        ({"shifts": [SHIFT, {**SHIFT, "place": "A"}]}, "shifts[1].place: is not known here"),
        ({"shifts": [{**SHIFT, "placement": "A"}]}, "shifts[0].placement: is not one of the placements"),
        (
            {"shifts": [{**SHIFT, "breaks": [{"start": "2026-11-24T06:00", "end": "2026-11-24T08:00"}]}]},
            "shifts[0].breaks[0]: must lie within the shift",
        ),
        (
            {"shifts": [{"start": "2027-03-28T02:30", "end": "2027-03-28T08:00"}]},
            "shifts[0].start: does not exist: the clock goes forward that night",
        ),
        ({"placements": {"A": {"profile": "pilot"}}}, "placements.A.profile: must be one of: standard, driver, exempt"),
        (
            {"placements": {"A": {"options": ["night_hours", "nights_per_year"]}}},
            "placements.A.options: must limit nights per year or by their hours, not both (art. 5:8.9)",
        ),
        (
            {"standby": [{"start": "2026-11-24T07:00", "end": "2026-11-24T07:00"}]},
            "standby[0].end: must be later than the start",
        ),
        ({"credited": {"2026-W54": 1}}, "credited.2026-W54: must be an ISO week like 2026-W48"),
        ({"birth_date": "soon"}, "birth_date: must be a date like 2008-03-01"),
        ({"wages": []}, "wages: is not known here"),
    ],
)
def test_what_is_wrong_is_said_with_its_place(changes: dict[str, Any], expected: str) -> None:
    assert errors(**changes) == [expected]


@pytest.mark.parametrize("line", ["nonsense", "[" * 100_000, '{"shifts": NaN}', '"\\ud800'])
def test_what_is_no_json_is_said(line: str) -> None:
    (said,) = jsonlines.checked([line])
    assert json.loads(said) == {"id": None, "line": 1, "errors": [{"path": "", "message": "is no JSON"}]}


def test_a_wrong_line_does_not_stop_the_rest() -> None:
    good = json.dumps(WORKER)
    answers = [json.loads(said) for said in jsonlines.checked([good, "\n", '{"id": "x"}', good])]
    assert [each["id"] for each in answers] == [7, "x", 7]
    assert answers[1]["line"] == 3


@pytest.mark.parametrize("line", ["[]", "1", "null", '"text"', "true"])
def test_a_line_that_is_no_object_is_refused(line: str) -> None:
    (said,) = jsonlines.checked([line])
    assert json.loads(said)["errors"] == [{"path": "", "message": "must be an object"}]
