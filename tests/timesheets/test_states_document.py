from kis.timesheets.states_document import DOCUMENT, drawing, renewed, table
from kis.timesheets.workflow import RULES, State


def test_the_drawing_and_the_table_are_fresh() -> None:
    text = DOCUMENT.read_text(encoding="utf-8")
    assert renewed(text) == text, "run python -m kis.timesheets.states_document"


def test_every_rule_has_its_row_and_its_arrow() -> None:
    rows = table().split("| who |")[1].splitlines()[2:]
    assert len(rows) == len(RULES)
    arrows = {tuple(line.split(":")[0].split(" --> ")) for line in drawing().splitlines() if " --> " in line}
    assert {(f"    {rule.start}", rule.end) for rule in RULES} <= arrows


def test_every_state_is_drawn() -> None:
    assert all(f" {state} " in drawing() for state in State)
