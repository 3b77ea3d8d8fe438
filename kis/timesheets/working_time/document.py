"""The table of rules in docs/working-time.md; `python -m kis.timesheets.working_time.document` renews it."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from kis.timesheets.working_time.explanations import TITLES
from kis.timesheets.working_time.rules import RULES, Rule

DOCUMENT: Final = Path(__file__).resolve().parents[3] / "docs" / "working-time.md"
BEGIN: Final = "<!-- rules: written by kis.timesheets.working_time.document -->\n"
END: Final = "<!-- end of rules -->\n"


def table() -> str:
    """All rules as a Markdown table."""
    head = "| | Who | Title | Found when | Law | Level | Agreed deviation |\n|---|---|---|---|---|---|---|\n"
    return head + "".join(f"| {' | '.join(_cells(rule))} |\n" for rule in RULES.values())


def renewed(document: str) -> str:
    """The document with today's table between its marks."""
    before, rest = document.split(BEGIN)
    return before + BEGIN + "\n" + table() + "\n" + END + rest.split(END)[1]


def _cells(rule: Rule) -> tuple[str, ...]:
    articles = ", ".join(f"[{article}]({article.url})" for article in rule.articles)
    levels = ", ".join(rule.levels)
    return rule.id, rule.who, TITLES[rule.id], rule.test, articles, levels, rule.deviation


if __name__ == "__main__":
    DOCUMENT.write_text(renewed(DOCUMENT.read_text(encoding="utf-8")), encoding="utf-8")
