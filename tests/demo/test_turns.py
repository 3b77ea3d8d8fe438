"""Proposals and a correction in the demo, each at its moment."""

import pytest

from kis.demo import loading
from kis.payroll.models import PayLine, PayrollRun, PlacementTerms, RuleDraft
from kis.payroll.wage_checks import low_wage_of
from kis.staffing.models import Placement
from kis.timesheets.models import Step, Timesheet
from kis.timesheets.workflow import Act, State
from tests.support.time import Freeze

pytestmark = pytest.mark.django_db


def test_one_proposal_waits_for_the_worker_and_one_counts_already(freeze: Freeze) -> None:
    loading.load(freeze("2026-11-24 12:00"), weeks=4)
    proposed = Step.objects.filter(act=Act.PROPOSE)
    assert sorted(proposed.values_list("end", flat=True)) == [State.ACCEPTED, State.REFUSED]
    assert Timesheet.objects.filter(proposed_version__isnull=False).count() == 1


@pytest.mark.parametrize(("moment", "corrections"), [("2026-11-24 12:00", 1), ("2026-11-17 09:00", 1)])
def test_a_paid_week_is_being_corrected(freeze: Freeze, moment: str, corrections: int) -> None:
    now = freeze(moment)
    loading.load(now, weeks=4)
    found = Timesheet.objects.filter(corrects__isnull=False)
    assert [sheet.state for sheet in found] == [State.ACCEPTED] * corrections
    assert not found.filter(state_since__gt=now).exists()


def test_every_job_has_a_wage_above_the_minimum_and_is_paid_by_it(freeze: Freeze) -> None:
    now = freeze("2026-11-24 12:00")
    loading.load(now, weeks=5)
    jobs = Placement.objects.select_related("worker")
    assert not set(jobs.values_list("pk", flat=True)) - set(PlacementTerms.objects.values_list("placement", flat=True))
    assert [job.number for job in jobs if low_wage_of(job, since=job.start)] == []
    assert not PayLine.objects.filter(minutes__gt=0, cents=0).exists()
    assert set(PayrollRun.objects.values_list("pay_period", flat=True)) == {"week", "four_weeks"}
    assert {"STANDARD-1 v1", "CLEANING-1 v1", "METAAL-TECHNIEK-1 v1", "HORECA-1 v1"} <= set(
        PayLine.objects.values_list("rules", flat=True)
    )
    assert PayrollRun.objects.filter(bill_cents__gt=0).exists()
    assert RuleDraft.objects.get().code == "STANDARD-1"
