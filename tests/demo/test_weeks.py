"""The weeks of the demo went as weeks go."""

from __future__ import annotations

import pytest

from kis.core.weeks import Week
from kis.payroll.models import PayrollRun
from kis.staffing.models import Placement
from kis.timesheets.models import Acknowledgement, Step, Timesheet
from kis.timesheets.workflow import Act, State

pytestmark = pytest.mark.usefixtures("demo")
THIS = Week(2026, 48)


def test_every_active_placement_has_a_timesheet_of_this_week() -> None:
    assert Timesheet.objects.of_week(THIS).count() == Placement.objects.active_in(THIS).count()


def test_every_past_week_has_a_locked_payroll_run() -> None:
    runs = PayrollRun.objects.filter(state=PayrollRun.State.LOCKED)
    assert {run.week for run in runs} == {THIS.previous, THIS.previous.previous}
    assert PayrollRun.objects.count() == 2


def test_weeks_were_refused_and_mended_again() -> None:
    mended = Timesheet.objects.filter(steps__act=Act.REFUSE, state=State.PAID).distinct()
    assert mended.exists()
    assert all(sheet.steps.filter(act=Act.SUBMIT).count() > 1 for sheet in mended)


def test_something_waits_for_each_party() -> None:
    open_states = set(Timesheet.objects.of_week(THIS.previous).values_list("state", flat=True))
    assert {State.DRAFT, State.REFUSED, State.SUBMITTED, State.ACCEPTED} <= open_states


def test_somebody_has_begun_this_week() -> None:
    assert Timesheet.objects.of_week(THIS).filter(state=State.DRAFT, minutes__gt=0).exists()


def test_the_steps_of_a_timesheet_follow_each_other_in_time() -> None:
    last: dict[int, Step] = {}
    for step in Step.objects.order_by("timesheet_id", "number"):
        before = last.get(step.timesheet_id)
        assert before is None or before.at <= step.at
        last[step.timesheet_id] = step


def test_what_waits_for_the_client_of_the_demo_has_a_break_missing() -> None:
    (waiting,) = Timesheet.objects.of_week(THIS.previous).awaiting_client().filter(client__number="K1001")
    assert [signal["code"] for signal in waiting.signals] == ["W07"]
    assert (waiting.signal_count, waiting.finding_level) == (1, 1)


def test_a_long_series_of_nights_was_seen_and_explained_by_the_agency() -> None:
    seen = Acknowledgement.objects.get()
    assert (seen.code, seen.party, seen.timesheet.client.name) == ("N04", "agency", "Bakkerij Het Anker")
