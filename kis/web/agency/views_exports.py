"""The files of a run: asked for, watched while they are made, taken along."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from typing import Any

from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from kis.core import clock
from kis.exchange import exports as operations
from kis.exchange.models import Export, ExportOrder
from kis.jobs.models import Job
from kis.payroll.models import PayrollRun
from kis.web import notices
from kis.web.access import ActorRequest, audience
from kis.web.agency.export_words import FORMATS
from kis.web.downloads import download


@dataclasses.dataclass(frozen=True, slots=True)
class Choice:
    """One format on the page: the file of it, or what became of the order for it."""

    code: str
    name: str
    hint: str
    made: Export | None
    order: ExportOrder | None
    job: Job | None

    @property
    def waits(self) -> bool:
        return bool(self.order and self.order.state == ExportOrder.State.WAITING) and not self.failed

    @property
    def failed(self) -> bool:
        return bool(self.job and self.job.status == Job.Status.DEAD)


@require_GET
@audience("agency")
def exports(request: ActorRequest, pk: int) -> HttpResponse:
    """What a run can be exported as, and the files that were made of it. Asked again while one is being made."""
    run = _locked(pk)
    choices = list(_choices(request, run))
    waiting = ".".join(str(choice.order.pk) for choice in choices if choice.waits and choice.order)
    context: dict[str, Any] = {"run": run, "choices": choices, "waiting": waiting}
    if not request.htmx:
        return render(request, "agency/exports.html", context)
    response = render(request, "agency/exports_progress.html", context)
    if waiting != request.GET.get("waiting"):
        response["HX-Refresh"] = "true"
    return response


@require_POST
@audience("agency")
def export_make(request: ActorRequest, pk: int) -> HttpResponse:
    """Have a file made; when it exists, it is on the page already."""
    try:
        operations.ask(_locked(pk), request.POST.get("format", ""), by=request.actor, at=clock.now())
    except operations.NothingToExport as error:
        raise Http404 from error
    return redirect("agency:exports", pk)


@require_GET
@audience("agency")
def export(request: ActorRequest, pk: int) -> HttpResponse | FileResponse:
    """A file as it was made, the same bytes each time."""
    found = get_object_or_404(Export.objects.visible_to(request.actor).select_related("file"), pk=pk)
    try:
        stored = operations.contents(found)
    except operations.Altered:
        notices.say(
            request,
            _("The stored file is no longer what was made, so it is not handed out. Tell your administrator."),
            kind="bad",
        )
        return redirect("agency:exports", found.run_id)
    operations.note_download(found, by=request.actor, at=clock.now())
    return download(stored)


def _locked(pk: int) -> PayrollRun:
    return get_object_or_404(PayrollRun, pk=pk, state=PayrollRun.State.LOCKED)


def _choices(request: ActorRequest, run: PayrollRun) -> Iterator[Choice]:
    made = {each.key: each for each in Export.objects.visible_to(request.actor).filter(run=run)}
    orders = {order.key: order for order in ExportOrder.objects.filter(run=run)}
    jobs = Job.objects.in_bulk([order.job for order in orders.values() if order.job])
    for code, (name, hint) in FORMATS.items():
        key = operations.key_of(code, {})
        order = orders.get(key)
        job = jobs.get(order.job) if order and order.job else None
        yield Choice(code, str(name), str(hint), made.get(key), order, job)
