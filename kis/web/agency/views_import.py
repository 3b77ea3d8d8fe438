"""Clients, contacts, workers and jobs from spreadsheets: first looked at, then taken in, all or nothing."""

from __future__ import annotations

import dataclasses
import tempfile
import uuid
from pathlib import Path

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from kis.core import clock, files
from kis.core.models import StoredFile
from kis.core.weeks import Week
from kis.exchange.import_columns import KINDS
from kis.exchange.import_sheets import ImportRefused, Problem
from kis.exchange.import_template import WORKBOOK, write_template
from kis.exchange.imports import CHANGED, NEW, SAME, Report, import_people
from kis.web.access import ActorRequest, audience
from kis.web.agency.import_form import ImportForm
from kis.web.agency.roles import back_office_only

SHOWN = 200  # of what is wrong; whoever has more of it mends these first
KINDS_TAKEN = frozenset({"csv", "xlsx"})


@dataclasses.dataclass(frozen=True, slots=True)
class Preview:
    """What an import would come to: a report, or what is wrong."""

    report: Report | None
    problems: tuple[Problem, ...] = ()

    @property
    def rows(self) -> list[tuple[str, int, int, int]]:
        """Per table: its name, and how many rows are new, changed and the same."""
        counts = self.report.counts if self.report else {}
        return [(str(KINDS[name].title), found[NEW], found[CHANGED], found[SAME]) for name, found in counts.items()]

    @property
    def changes_something(self) -> bool:
        return any(new or changed for _title, new, changed, _same in self.rows)

    @property
    def shown(self) -> tuple[Problem, ...]:
        return self.problems[:SHOWN]


@require_http_methods(["GET", "HEAD", "POST"])
@audience("agency")
def people_import(request: ActorRequest) -> HttpResponse:
    """Choose files, see what they would change, and take them in; nothing is kept before that."""
    back_office_only(request)
    form = ImportForm(request.POST or None, request.FILES or None, initial={"first_week": Week.of(clock.today())})
    if request.method != "POST":
        return render(request, "agency/import.html", {"form": form})
    again = _chosen_before(request)
    if again:
        form.fields["tables"].required = False
    if not form.is_valid():
        return render(request, "agency/import.html", {"form": form}, status=422)
    stored = again or [
        files.accept(upload, by_id=request.actor.user_id, at=clock.now(), kinds=KINDS_TAKEN)
        for upload in form.cleaned_data["tables"]
    ]
    keep = bool(again) and request.POST.get("do") == "import"
    preview = _import(request, stored, form, keep=keep)
    if keep and preview.report:
        messages.success(request, _("The import is done."), extra_tags="good")
        return redirect("agency:people")
    context = {"form": form, "preview": preview, "files": stored}
    return render(request, "agency/import.html", context, status=422 if preview.problems else 200)


@require_GET
@audience("agency")
def import_template(request: ActorRequest) -> HttpResponse:
    """The workbook to fill in."""
    back_office_only(request)
    with tempfile.TemporaryDirectory() as folder:
        write_template(Path(folder))
        content = (Path(folder) / WORKBOOK).read_bytes()
    return HttpResponse(
        content,
        content_type=files.KINDS["xlsx"].content_type,
        headers={"Content-Disposition": f'attachment; filename="{WORKBOOK}"'},
    )


def _import(request: ActorRequest, stored: list[StoredFile], form: ImportForm, *, keep: bool) -> Preview:
    with tempfile.TemporaryDirectory() as folder:
        paths = []
        for n, file in enumerate(stored):
            path = Path(folder, str(n), file.name)  # two files may bear one name
            path.parent.mkdir()
            with file.file.open("rb") as content:
                path.write_bytes(content.read())
            paths.append(path)
        try:
            report = import_people(
                paths, by=request.actor, at=clock.now(), first_week=form.cleaned_data["first_week"],
                send_invitations=form.cleaned_data["invite"], dry_run=not keep,
            )  # fmt: skip
        except ImportRefused as refused:
            return Preview(None, refused.problems)
    return Preview(report)


def _chosen_before(request: ActorRequest) -> list[StoredFile]:
    """The files that the preview was about; only the reader's own, and only when no others were chosen."""
    if request.FILES:
        return []
    try:
        ids = [uuid.UUID(text) for text in request.POST.getlist("file")[:20]]
    except ValueError:
        return []
    found = StoredFile.objects.filter(uploaded_by_id=request.actor.user_id).in_bulk(ids)
    return [found[pk] for pk in ids if pk in found]
