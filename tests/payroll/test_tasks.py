import datetime as dt

import pytest

from kis.core import clock
from kis.jobs.models import Job
from kis.payroll import operations
from kis.payroll.models import PayrollRun
from kis.payroll.tasks import carry_out_run
from kis.timesheets.workflow import State
from tests.support import people, walk

pytestmark = pytest.mark.django_db


def test_starting_a_run_leaves_a_job_that_carries_it_out() -> None:
    walk.to(people.sheet(people.ana()), State.APPROVED)
    tuesday = clock.at(dt.date(2026, 12, 1), 540)
    esra = people.actor(people.esra())
    run = operations.start_run(people.WEEK, sequence=1, cut_off=tuesday, by=esra, at=tuesday)
    job = Job.objects.get()
    assert (job.task, job.args) == (carry_out_run.module_path, [run.pk])
    carry_out_run.call(*job.args)
    run.refresh_from_db()
    assert run.state == PayrollRun.State.LOCKED
