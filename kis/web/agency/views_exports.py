"""The files of a run: asked for, watched while they are made, taken along."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from kis.core import clock
from kis.exchange import exports as operations
from kis.exchange import mappings, setu_export
from kis.exchange.formats import Choices
from kis.exchange.models import Export, Package
from kis.payroll.models import PayrollRun
from kis.staffing.models import Client
from kis.web import notices
from kis.web.access import ActorRequest, audience
from kis.web.agency.export_choices import RunFiles
from kis.web.agency.export_words import CARDS
from kis.web.downloads import download


@require_GET
@audience("agency")
def exports(request: ActorRequest, pk: int) -> HttpResponse:
    """What a run can be exported as, and the files that were made of it. Asked again while one is being made."""
    run = _locked(pk)
    files = RunFiles(request.actor, run)
    waiting = ".".join(str(order.pk) for order, _name, _job in files.waiting)
    context: dict[str, Any] = {"run": run, "waiting": files.waiting, "waiting_for": waiting}
    if request.htmx:
        response = render(request, "agency/exports_progress.html", context)
        if waiting != request.GET.get("waiting"):
            response["HX-Refresh"] = "true"
        return response
    client = _client(request, run, request.GET.get("client", ""))
    packages, lines, cards = files.packages(), files.lines(), files.cards(client) if client else []
    context |= {
        "packages": packages,
        "others": files.not_set_up(packages),
        "lines": lines,
        "clients": setu_export.clients_of(run) & Client.objects.visible_to(request.actor),
        "client": client,
        "cards": cards,
        "unknown": files.unknown,
        "may_set": request.actor.agency_user_is_back_office,
        "besides": files.besides([*packages, *lines, *cards]),
    }
    return render(request, "agency/exports.html", context)


@require_POST
@audience("agency")
def export_make(request: ActorRequest, pk: int) -> HttpResponse:
    """Have a file made, with the codes and numbers that hold now; when it exists, it is on the page already."""
    run, kind = _locked(pk), request.POST.get("format", "")
    client = _client(request, run, request.POST.get("client", ""))
    back = reverse("agency:exports", args=[pk]) + (f"?{urlencode({'client': client.pk})}" if client else "")
    try:
        operations.ask(run, kind, choices=_choices(kind, client), by=request.actor, at=clock.now())
    except operations.NothingToExport as error:
        raise Http404 from error
    except setu_export.NotIdentified:
        pass  # the page says what is lacking
    return redirect(back)


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


def _client(request: ActorRequest, run: PayrollRun, pk: str) -> Client | None:
    """The client that was chosen. Raises Http404 for one that the run did not pay for."""
    if not pk:
        return None
    if not (pk.isascii() and pk.isdigit() and len(pk) < 19):
        raise Http404
    return get_object_or_404(setu_export.clients_of(run) & Client.objects.visible_to(request.actor), pk=pk)


def _choices(kind: str, client: Client | None) -> Choices:
    """What holds now for a file of this kind. Raises Http404 where something is not chosen, NotIdentified."""
    if kind in Package.values:
        mapping = mappings.current(kind)
        if mapping is None:
            raise Http404
        return {"mapping": mapping.number}
    if kind in CARDS:
        if client is None:
            raise Http404
        return setu_export.choices_for(client)
    return {}
