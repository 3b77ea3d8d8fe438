import io
import json

import pytest
from django.core.management import call_command

WORKER = {"id": "w", "shifts": [{"start": "2026-11-24T07:00", "end": "2026-11-24T20:00"}]}


def test_workers_go_in_and_findings_come_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{json.dumps(WORKER)}\nnonsense\n{json.dumps(WORKER)}\n"))
    out = io.StringIO()
    call_command("check_working_time", stdout=out)
    first, wrong, again = [json.loads(line) for line in out.getvalue().splitlines()]
    assert first == again
    assert [finding["rule"] for finding in first["findings"]] == ["W01", "W07", "W08"]
    assert wrong["errors"] == [{"path": "", "message": "is no JSON"}]
