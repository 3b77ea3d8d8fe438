import io
import json

import pytest
from django.core.management import call_command

WEEK = {
    "week": "2026-W48",
    "rules": "STANDARD-1",
    "rates": [{"from": "2026-01-01", "cents": 1600}],
    "shifts": [{"start": "2026-11-24T08:00", "end": "2026-11-24T12:00"}],
}


def test_weeks_go_in_and_lines_come_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{json.dumps(WEEK)}\nnonsense\n{json.dumps(WEEK)}\n"))
    out = io.StringIO()
    call_command("classify", stdout=out)
    answers = [json.loads(line) for line in out.getvalue().splitlines()]
    assert [answer.get("amount_cents") for answer in answers] == [6400, None, 6400]
    assert answers[1]["errors"] == [{"path": "", "message": "is no JSON"}]
