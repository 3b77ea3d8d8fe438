from kis.staffing.working_terms import Option
from kis.timesheets.working_time.document import DOCUMENT, renewed, table
from kis.timesheets.working_time.rules import RULES


def test_the_table_in_the_manual_is_fresh() -> None:
    text = DOCUMENT.read_text(encoding="utf-8")
    assert renewed(text) == text, "run python -m kis.timesheets.working_time.document"


def test_the_table_has_a_row_for_every_rule() -> None:
    assert [row.split(" | ")[0] for row in table().splitlines()[2:]] == [f"| {rule}" for rule in RULES]


def test_every_deviation_that_can_be_agreed_is_explained() -> None:
    assert all(f"`{option.value}`" in table() for option in Option)
