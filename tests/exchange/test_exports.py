"""Files of a run: each made once, kept with its digest, and the same to the byte for whoever comes later."""

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

import pytest
from pytest_django import Settings

from kis.core.append_only import AppendOnly
from kis.core.models import AuditEntry, StoredFile
from kis.exchange import exports, formats
from kis.exchange.exports import NothingToExport
from kis.exchange.formats import Choices, Format
from kis.exchange.models import Export, ExportOrder
from kis.jobs.models import Job
from kis.payroll import operations as payroll
from kis.payroll.models import PayrollRun
from kis.payroll.rules.problems import invalid
from kis.staffing import operations as staffing
from kis.staffing.actor import SYSTEM
from kis.staffing.operations import AgencyOnly
from kis.timesheets.workflow import State
from tests.exchange import runs
from tests.support import people, walk

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_folder(settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


def kept(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


@pytest.fixture
def refusing(monkeypatch: pytest.MonkeyPatch) -> Callable[[bool], None]:
    """`refusing(True)`: CSV cannot carry the run; `refusing(False)`: now it can."""

    def refuse(really: bool) -> None:
        def write(target: BinaryIO, _run: PayrollRun, _choices: Choices) -> None:
            target.write(b"half a file")
            if really:
                raise invalid("", "Expected one of %(choices)s.", choices="1, 2")

        monkeypatch.setitem(formats.FORMATS, "csv", Format("csv", "text/csv", write))

    return refuse


def test_a_file_is_kept_with_its_digest_and_its_makers_name(tmp_path: Path) -> None:
    run = runs.locked()
    made = runs.made(run)
    [path] = kept(tmp_path)
    assert made.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert (made.name, made.size, made.by_name) == ("verloning-2026-W48-1.csv", path.stat().st_size, "Esra Yilmaz")
    assert runs.content(made).decode("utf-8-sig").splitlines()[1].startswith("W100;Ana Kowalska;K100;P0001;")
    assert not ExportOrder.objects.exists(), "nothing is left to be made"


def test_whoever_asks_again_gets_the_file_that_was_made(tmp_path: Path) -> None:
    run = runs.locked()
    made = runs.made(run)
    before = runs.content(made)
    staffing.change_person(people.ana().user, name="Ana Nowak", by=SYSTEM, at=runs.TUESDAY)
    again = exports.ask(run, "csv", by=people.actor(people.finn()), at=runs.TUESDAY)
    assert again == made
    assert runs.content(made) == before
    assert len(kept(tmp_path)) == 1


def test_each_format_and_each_choice_has_a_file_of_its_own() -> None:
    run = runs.locked()
    made = [runs.made(run), runs.made(run, "xlsx"), runs.made(run, "csv", client=1)]
    assert len({export.pk for export in made}) == 3


def test_two_who_ask_before_it_is_made_have_one_order_and_one_job() -> None:
    run = runs.locked()
    before = Job.objects.count()
    first = runs.ordered(run)
    assert exports.ask(run, "csv", by=people.actor(people.finn()), at=runs.TUESDAY) == first
    assert Job.objects.count() == before + 1


def test_a_job_that_comes_twice_makes_one_file(tmp_path: Path) -> None:
    order = runs.ordered(runs.locked())
    for _ in range(2):
        exports.carry_out(order.pk, clock=lambda: runs.TUESDAY)
    assert Export.objects.count() == 1
    assert len(kept(tmp_path)) == 1


def test_an_order_that_came_after_the_file_is_cleared_away(tmp_path: Path) -> None:
    made = runs.made(runs.locked())
    late = ExportOrder.objects.create(
        run=made.run, format=made.format, key=made.key, by_name="Finn Bakker", at=runs.TUESDAY
    )
    exports.carry_out(late.pk, clock=lambda: runs.TUESDAY)
    assert not ExportOrder.objects.exists()
    assert len(kept(tmp_path)) == 1


def test_a_worker_that_was_overtaken_while_it_wrote_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    order = runs.ordered(runs.locked())
    usual = formats.FORMATS["csv"]

    def slow(target: BinaryIO, run: PayrollRun, choices: Choices) -> None:
        monkeypatch.setitem(formats.FORMATS, "csv", usual)
        exports.carry_out(order.pk, clock=lambda: runs.TUESDAY)  # the rival
        usual.write(target, run, choices)

    monkeypatch.setitem(formats.FORMATS, "csv", Format("csv", "text/csv", slow))
    exports.carry_out(order.pk, clock=lambda: runs.TUESDAY)
    assert Export.objects.count() == StoredFile.objects.count() == len(kept(tmp_path)) == 1


def test_a_file_that_cannot_be_made_says_why_and_is_tried_again_when_asked(refusing: Callable[[bool], None]) -> None:
    run = runs.locked()
    refusing(True)
    order = runs.ordered(run)
    exports.carry_out(order.pk, clock=lambda: runs.TUESDAY)
    order.refresh_from_db()
    assert (order.state, order.reasons) == (ExportOrder.State.REFUSED, ["Verwacht werd een van 1, 2."])
    assert not Export.objects.exists()
    refusing(False)
    assert runs.content(runs.made(run)) == b"half a file"


def test_a_job_that_was_given_up_gets_another_life_when_somebody_asks() -> None:
    run = runs.locked()
    order = runs.ordered(run)
    Job.objects.filter(pk=order.job).update(status=Job.Status.DEAD)
    runs.ordered(run)
    assert Job.objects.get(pk=order.job).status == Job.Status.READY


def test_a_file_that_was_changed_or_lost_is_not_handed_out(tmp_path: Path) -> None:
    made = runs.made(runs.locked())
    [path] = kept(tmp_path)
    path.write_bytes(path.read_bytes().replace(b"480", b"840"))
    with pytest.raises(exports.Altered):
        exports.contents(made)
    path.unlink()
    with pytest.raises(exports.Altered):
        exports.contents(made)


def test_an_export_is_never_changed() -> None:
    made = runs.made(runs.locked())
    made.sha256 = "0" * 64
    with pytest.raises(AppendOnly):
        made.save()


def test_the_log_says_who_made_and_who_took_a_file() -> None:
    made = runs.made(runs.locked())
    exports.note_download(made, by=people.actor(people.finn()), at=runs.TUESDAY)
    log = AuditEntry.objects.filter(subject_type="Export", subject_id=str(made.pk)).order_by("pk")
    assert [(entry.act, entry.actor_name, entry.detail["sha256"]) for entry in log] == [
        ("make_export", "Esra Yilmaz", made.sha256),
        ("download_export", "Finn Bakker", made.sha256),
    ]


@pytest.mark.parametrize("person", [people.ana, people.carla])
def test_only_the_agency_exports(person: Callable[[], people.Person]) -> None:
    run = runs.locked()
    made = runs.made(run)
    by = people.actor(person())
    with pytest.raises(AgencyOnly):
        exports.ask(run, "csv", by=by, at=runs.TUESDAY)
    assert not Export.objects.visible_to(by).filter(pk=made.pk).exists()


def test_a_run_under_way_and_a_format_nobody_knows_give_nothing() -> None:
    run = runs.locked()
    by = people.actor(people.esra())
    with pytest.raises(NothingToExport):
        exports.ask(run, "docx", by=by, at=runs.TUESDAY)
    walk.to(people.sheet(people.bram()), State.APPROVED)
    under_way = payroll.start_run(people.WEEK, sequence=2, cut_off=runs.TUESDAY, by=by, at=runs.TUESDAY)
    with pytest.raises(NothingToExport):
        exports.ask(under_way, "csv", by=by, at=runs.TUESDAY)
