"""The codes of the payroll packages: looked at, changed, and every version of them kept."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from kis.core import clock
from kis.exchange import mappings
from kis.exchange.models import MappingVersion, Package
from kis.payroll.labels import label_words
from kis.payroll.models import PayrollRun
from kis.payroll.rules.problems import Invalid
from kis.timesheets.operations import Overtaken
from kis.web import notices
from kis.web.access import ActorRequest, audience
from kis.web.agency.export_words import MEASURES, SETTINGS
from kis.web.agency.mapping_forms import MappingForm
from kis.web.paging import page_of


@require_http_methods(["GET", "POST"])
@audience("agency")
def mapping(request: ActorRequest, package: str) -> HttpResponse:
    """The table of one package, what lacks a code on top. `run` is where the reader came from."""
    kind, run = _package(package), _run(request)
    form = MappingForm(kind, mappings.current(kind), mappings.recent_components(), request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            shown = form.settings.cleaned_data["shown"]
            saved = mappings.save_codes(
                kind, form.table(), form.values(), shown=shown, by=request.actor, at=clock.now()
            )
        except Invalid as wrong:
            form.settings.add_error(None, [_(problem.message) % problem.params for problem in wrong.problems])
        except Overtaken:
            messages.warning(request, _("Someone saved other codes meanwhile. Look at them, and change them again."))
            return redirect(request.get_full_path())
        else:
            words = {"package": kind.label, "n": saved.number}
            notices.say(request, _("The codes for %(package)s are saved as version %(n)s.") % words)
            return redirect("agency:exports", run.pk) if run else redirect("agency:mapping", kind)
    context = {
        "form": form,
        "package": kind,
        "packages": Package.choices,
        "run": run,
        "lacking": [label_words(component.label) for component in form.lacking],
        "page": page_of(request, MappingVersion.objects.filter(package=kind), order=("-number",), length=10),
    }
    return render(request, "agency/mapping.html", context, status=422 if form.has_errors else 200)


@require_GET
@audience("agency")
def mapping_version(request: ActorRequest, package: str, number: int) -> HttpResponse:
    """A version as it was."""
    kind = _package(package)
    version = get_object_or_404(MappingVersion, package=kind, number=number)
    context = {
        "version": version,
        "package": kind,
        "lines": [
            {"target": target, "words": label_words(target.component), "measure": MEASURES[target.measure]}
            for target in version.table
        ],
        "settings": [(SETTINGS[kind, name], value) for name, value in version.settings.items()],
    }
    return render(request, "agency/mapping_version.html", context)


def _package(name: str) -> Package:
    if name not in Package.values:
        raise Http404
    return Package(name)


def _run(request: ActorRequest) -> PayrollRun | None:
    pk = request.GET.get("run", "")
    locked = PayrollRun.objects.filter(state=PayrollRun.State.LOCKED)
    return locked.filter(pk=pk).first() if pk.isascii() and pk.isdigit() and len(pk) < 19 else None
