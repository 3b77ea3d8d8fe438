"""Two people ask for the same file at one moment, and three workers make it: one order, one file."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings

from kis.core.models import StoredFile
from kis.exchange.models import Export, ExportOrder
from kis.jobs.models import Job
from tests.exchange import runs
from tests.races.rivals import Rivals
from tests.support import people

ROUNDS = 20


def test_of_two_who_ask_at_once_there_is_one_order_and_of_three_who_make_it_one_file(rivals: Rivals) -> None:
    run = runs.locked()
    askers = (people.esra().user_id, people.finn().user_id)
    jobs = Job.objects.count()
    for _ in range(ROUNDS):
        assert rivals.race(*(f"ask_export {user} {run.pk}" for user in askers)) == ["done"] * 2
        assert (ExportOrder.objects.count(), Job.objects.count()) == (1, jobs + 1)
        ExportOrder.objects.all().delete()
        Job.objects.latest("enqueued_at").delete()

    files = _files()
    order = runs.ordered(run)
    assert rivals.race(*[f"make_export {order.pk}"] * 3) == ["done"] * 3
    made = Export.objects.get()
    assert not ExportOrder.objects.exists()
    assert StoredFile.objects.count() == 1
    assert len(_files() - files) == 1, "who was too late has cleared its own file away"
    assert runs.content(made)


def _files() -> set[Path]:
    return {path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()}
