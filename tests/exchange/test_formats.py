import io

import pytest

from kis.exchange.formats import FORMATS
from kis.exchange.payroll_export import rows_of
from kis.jobs import progress
from kis.jobs.models import Job
from tests.exchange import runs

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_pay_lines_of_a_run_are_the_same_bytes_each_time(kind: str) -> None:
    run = runs.locked()
    files = []
    for _ in range(2):
        file = io.BytesIO()
        FORMATS[kind].write(file, run, {})
        files.append(file.getvalue())
    assert files[0] == files[1] != b""


def test_writing_tells_how_far_it_is() -> None:
    run = runs.locked()
    job = Job.objects.create(
        task="t", status=Job.Status.RUNNING, owner="w", lease_until=runs.TUESDAY, run_at=runs.TUESDAY,
        enqueued_at=runs.TUESDAY,
    )  # fmt: skip
    with progress.of(job):
        FORMATS["csv"].write(io.BytesIO(), run, {})
    job.refresh_from_db()
    assert (job.progress.done, job.progress.total) == (len(list(rows_of(run))),) * 2
