"""Making files of a locked run in the background, each once; handing them out as they were made.

Who asks for a file that exists gets that one. Two who ask for a new one at the same moment get one order, and two
workers that carry it out make one export: the database has room for one of each.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import tempfile
from collections.abc import Callable
from typing import IO, Any

from django.db import IntegrityError, transaction

from kis.core import audit, files
from kis.core.models import StoredFile
from kis.exchange.formats import FORMATS, Choices
from kis.exchange.models import Export, ExportOrder
from kis.exchange.payroll_export import run_number
from kis.exchange.tasks import make_export
from kis.jobs import operations as jobs
from kis.jobs.models import Job
from kis.payroll.models import PayrollRun
from kis.payroll.rules.problems import Invalid, Problem
from kis.staffing.actor import Actor
from kis.staffing.operations import AgencyOnly
from kis.staffing.parties import Party


class NothingToExport(Exception):
    """The run is not locked, or there is no such format."""


class Altered(Exception):
    """The stored file is lost, or no longer what was made."""


def ask(
    run: PayrollRun, kind: str, *, choices: Choices | None = None, by: Actor, at: dt.datetime
) -> Export | ExportOrder:
    """The file of a run in a format: as it was made before, or ordered now. A refused or failed order is tried again.

    Raises AgencyOnly, NothingToExport.
    """
    if not by.is_agency:
        raise AgencyOnly
    if run.state != PayrollRun.State.LOCKED or kind not in FORMATS:
        raise NothingToExport
    chosen = dict(choices or {})
    key = key_of(kind, chosen)
    with transaction.atomic():
        made: Export | None = Export.objects.filter(run=run, key=key).first()
        if made:
            return made
        who = {"by_id": by.user_id, "by_name": by.name, "at": at}
        order, fresh = ExportOrder.objects.get_or_create(
            run=run, key=key, defaults={"format": kind, "choices": chosen, **who}
        )
        if fresh or _revived(order, who):
            order.job = make_export.enqueue(order.pk).id
            order.save(update_fields=["job"])
        else:
            _retry(order, by=by, at=at)
        return order


def key_of(kind: str, choices: Choices) -> str:
    """The digest of a format and what was chosen with it."""
    return hashlib.sha256(json.dumps([kind, choices], sort_keys=True).encode()).hexdigest()


def carry_out(order_id: int, *, clock: Callable[[], dt.datetime]) -> None:
    """Make the file of an order. Safe to start again at any point, and beside another worker."""
    order = ExportOrder.objects.select_related("run").filter(pk=order_id, state=ExportOrder.State.WAITING).first()
    if order is None or _is_made(order):
        return
    with tempfile.TemporaryFile() as content:
        try:
            FORMATS[order.format].write(content, order.run, order.choices)
        except Invalid as wrong:
            _refuse(order, wrong)
        else:
            _keep(order, content, clock())


def contents(export: Export) -> StoredFile:
    """The stored file of an export, after seeing that it is still what was made. Raises Altered."""
    stored = export.file.file
    try:
        with stored.storage.open(str(stored.name), "rb") as content:
            digest = files.digest_of(content)
    except FileNotFoundError as error:
        raise Altered from error
    if digest != export.sha256:
        raise Altered
    return export.file


def note_download(export: Export, *, by: Actor, at: dt.datetime) -> None:
    """Write down who took the file."""
    _record(export, "download_export", by.user_id, by.name, by.party, at)


def _revived(order: ExportOrder, who: dict[str, Any]) -> bool:
    refused = ExportOrder.objects.filter(pk=order.pk, state=ExportOrder.State.REFUSED)
    return bool(refused.update(state=ExportOrder.State.WAITING, problems=[], **who))


def _retry(order: ExportOrder, *, by: Actor, at: dt.datetime) -> None:
    """Give the job of an order another life, if it was given up."""
    dead = Job.objects.filter(pk=order.job, status=Job.Status.DEAD).first() if order.job else None
    if dead:
        jobs.retry(dead, by=by, at=at)


def _keep(order: ExportOrder, content: IO[bytes], at: dt.datetime) -> None:
    """Store the file and write the export down; when another worker was first, its file is the one that counts."""
    made = FORMATS[order.format]
    name = f"verloning-{run_number(order.run)}{made.tag(order.choices)}.{made.ending}"
    stored = files.keep(content, name=name, content_type=made.content_type, by_id=order.by_id, at=at)
    try:
        with transaction.atomic():
            stored.save()
            export = Export.objects.create(
                run=order.run, format=order.format, choices=order.choices, key=order.key, by_id=order.by_id,
                by_name=order.by_name, at=at, file=stored, name=name, size=stored.size, sha256=stored.sha256,
            )  # fmt: skip
            ExportOrder.objects.filter(pk=order.pk).delete()
            _record(export, "make_export", order.by_id, order.by_name, Party.AGENCY, at)
    except IntegrityError:
        files.discard(stored)
        if not _is_made(order):
            raise


def _is_made(order: ExportOrder) -> bool:
    """Whether the export is there already; an order that came after it has nothing left to ask for."""
    made = Export.objects.filter(run=order.run, key=order.key).exists()
    if made:
        ExportOrder.objects.filter(pk=order.pk).delete()
    return made


def _refuse(order: ExportOrder, wrong: Invalid) -> None:
    problems = [_plain(problem) for problem in wrong.problems]
    ExportOrder.objects.filter(pk=order.pk).update(state=ExportOrder.State.REFUSED, problems=problems)


def _plain(problem: Problem) -> list[Any]:
    """A problem as JSON; a date or number among its words as text."""
    params = {name: value if isinstance(value, int | str) else str(value) for name, value in problem.params.items()}
    return [problem.path, problem.message, params]


def _record(export: Export, act: str, by_id: int | None, by_name: str, party: str, at: dt.datetime) -> None:
    audit.record(
        actor_id=by_id, actor_name=by_name, party=party, act=act, subject_type="Export", subject_id=str(export.pk),
        detail={"name": export.name, "format": export.format, "run": export.run_id, "sha256": export.sha256}, at=at,
    )  # fmt: skip
