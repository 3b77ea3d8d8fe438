import pytest

from kis.exchange.models import Export
from kis.exchange.tasks import make_export
from kis.jobs.models import Job
from tests.exchange import runs

pytestmark = pytest.mark.django_db


def test_asking_leaves_a_job_that_makes_the_file() -> None:
    order = runs.ordered(runs.locked())
    job = Job.objects.get(pk=order.job)
    assert (job.task, job.args) == (make_export.module_path, [order.pk])
    make_export.call(*job.args)
    assert Export.objects.get().key == order.key
