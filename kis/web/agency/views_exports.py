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
from kis.exchange import mappings
from kis.exchange.formats import Choices
from kis.exchange.models import Export, ExportOrder, Package
from kis.jobs.models import Job
from kis.payroll.labels import label_words
from kis.payroll.models import PayrollRun
from kis.web import notices
from kis.web.access import ActorRequest, audience
from kis.web.agency.export_words import LINES, PACKAGES
from kis.web.downloads import download


@dataclasses.dataclass(frozen=True, slots=True)
class Choice:
    """One format on the page: the file of it, or what became of the order for it, or what stands in its way."""

    code: str
    name: str
    hint: str
    made: Export | None
    order: ExportOrder | None
    job: Job | None
    lacking: tuple[str, ...] = ()  # components without a code

    @property
    def is_package(self) -> bool:
        return self.code in PACKAGES

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
    files = _Files(request, run)
    lines, packages = list(files.lines()), list(files.packages())
    shown = [*lines, *packages]
    waiting = ".".join(str(choice.order.pk) for choice in shown if choice.waits and choice.order)
    context: dict[str, Any] = {"run": run, "choices": shown, "waiting": waiting}
    if request.htmx:
        response = render(request, "agency/exports_progress.html", context)
        if waiting != request.GET.get("waiting"):
            response["HX-Refresh"] = "true"
        return response
    set_up = {choice.code for choice in packages}
    context |= {
        "lines": lines,
        "packages": packages,
        "others": [(package, package.label) for package in PACKAGES if package not in set_up],
        "earlier": files.besides(shown),
    }
    return render(request, "agency/exports.html", context)


@require_POST
@audience("agency")
def export_make(request: ActorRequest, pk: int) -> HttpResponse:
    """Have a file made, with the codes that hold now; when it exists, it is on the page already."""
    kind, choices = request.POST.get("format", ""), {}
    if kind in Package.values:
        mapping = mappings.current(kind)
        if mapping is None:
            raise Http404
        choices = {"mapping": mapping.number}
    try:
        operations.ask(_locked(pk), kind, choices=choices, by=request.actor, at=clock.now())
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


class _Files:
    """The files and orders of a run, read once."""

    def __init__(self, request: ActorRequest, run: PayrollRun) -> None:
        self.run = run
        self.made: dict[str, Export] = {
            each.key: each for each in Export.objects.visible_to(request.actor).filter(run=run)
        }
        self.orders = {order.key: order for order in ExportOrder.objects.filter(run=run)}
        self.jobs = Job.objects.in_bulk([order.job for order in self.orders.values() if order.job])

    def lines(self) -> Iterator[Choice]:
        for code, (name, hint) in LINES.items():
            yield self._choice(code, name, hint, {})

    def packages(self) -> Iterator[Choice]:
        """The packages whose codes were ever set up, with what lacks a code."""
        current = mappings.all_current()
        components = mappings.components_of(self.run) if current else []
        for code, mapping in current.items():
            package = Package(code)
            lacking = tuple(label_words(each.label) for each in mappings.missing(components, mapping.table))
            yield self._choice(code, package.label, PACKAGES[package], {"mapping": mapping.number}, lacking)

    def besides(self, shown: list[Choice]) -> list[Export]:
        """Files that were made with other codes than hold now, newest first."""
        current = {choice.made.pk for choice in shown if choice.made}
        return [each for each in self.made.values() if each.pk not in current]

    def _choice(self, code: str, name: Any, hint: Any, choices: Choices, lacking: tuple[str, ...] = ()) -> Choice:
        key = operations.key_of(code, choices)
        order = self.orders.get(key)
        job = self.jobs.get(order.job) if order and order.job else None
        return Choice(code, str(name), str(hint), self.made.get(key), order, job, lacking)
