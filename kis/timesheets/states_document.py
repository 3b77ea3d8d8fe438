"""The drawing and the table in docs/states.md; `python -m kis.timesheets.states_document` renews them."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from kis.timesheets.workflow import RULES, TURN, Act, Given, Rule, State

DOCUMENT: Final = Path(__file__).resolve().parents[2] / "docs" / "states.md"
BEGIN: Final = "<!-- states: written by kis.timesheets.states_document -->\n"
END: Final = "<!-- end of states -->\n"

_ON_CONDITION: Final = {
    None: "",
    Given.NOT_WORSE: "if it takes nothing from the worker",
    Given.WORSE: "if it may take something from the worker",
    Given.PROPOSED: "if the client proposed other hours",
    Given.PROPOSED_BY_AGENCY: "if the agency proposed other hours",
    Given.CORRECTION: "if it is a correction",
    Given.ASKED_BY_CLIENT: "if it is a correction the client asked for",
}


def drawing() -> str:
    """The states as a Mermaid drawing. A correction begins and ends at what is paid, in a sheet of its own."""
    arrows: dict[tuple[State, State], list[str]] = {}
    for rule in RULES:
        labels = arrows.setdefault((rule.start, rule.end), [])
        if (label := f"{rule.by}: {_word(rule.act)}") not in labels:
            labels.append(label)
    lines = [f"    {start} --> {end}: {', '.join(labels)}\n" for (start, end), labels in arrows.items()]
    return "```mermaid\nstateDiagram-v2\n    [*] --> draft\n" + "".join(lines) + "    paid --> [*]\n```\n"


def table() -> str:
    """All rules as a Markdown table, and whose turn each state is."""
    turns = "".join(f"| {state} | {party or 'nobody'} |\n" for state, party in TURN.items())
    rules = "".join(f"| {' | '.join(_cells(rule))} |\n" for rule in RULES)
    head = "| who | does | from | to | reason | only |\n|---|---|---|---|---|---|\n"
    return f"| state | whose turn |\n|---|---|\n{turns}\n{head}{rules}"


def renewed(document: str) -> str:
    """The document with today's drawing and table between their marks."""
    before, rest = document.split(BEGIN)
    return f"{before}{BEGIN}\n{drawing()}\n{table()}\n{END}{rest.split(END)[1]}"


def _cells(rule: Rule) -> tuple[str, ...]:
    reason = "needed" if rule.needs_reason else ""
    return rule.by, _word(rule.act), rule.start, rule.end, reason, _ON_CONDITION[rule.given]


def _word(act: Act) -> str:
    return act.replace("_", " ")


if __name__ == "__main__":
    DOCUMENT.write_text(renewed(DOCUMENT.read_text(encoding="utf-8")), encoding="utf-8")
