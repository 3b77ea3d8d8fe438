"""Rule sets: which there are and where they hold, each version as a picture and in sentences, writing the next one."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kis.core import clock
from kis.payroll import agreements
from kis.payroll.models import RuleDraft, RuleVersion, Stream
from kis.payroll.rules import templates
from kis.payroll.rules.problems import Invalid
from kis.staffing.models import Placement
from kis.timesheets.operations import Overtaken
from kis.web.access import ActorRequest, audience
from kis.web.agency import rule_form, rule_grid, rule_words
from kis.web.agency.rule_assign import AssignForm, places
from kis.web.agency.rule_editor import WAGE, editor, posted


@require_GET
@audience("agency")
def rules(request: ActorRequest) -> HttpResponse:
    """What is in use, what is being written, and what there is to begin with."""
    versions = list(RuleVersion.objects.order_by("code", "-version"))
    newest = {version.code: version for version in reversed(versions)}
    found, today = places(), clock.today()
    context = {
        "rows": [
            {"version": version, "places": [each.row for each in found[code] if not each.until or each.until >= today]}
            for code, version in newest.items()
        ],
        "drafts": RuleDraft.objects.order_by("code"),
        "job": _job(request),
        "templates": [templates.load(name) for name in templates.names() if name not in newest],
    }
    return render(request, "agency/rules.html", context)


@require_POST
@audience("agency")
def rule_adopt(request: ActorRequest, code: str) -> HttpResponse:
    """Take a template into use as it is."""
    try:
        version = agreements.adopt_template(code, by=request.actor, at=clock.now())
    except Invalid as error:
        raise Http404 from error
    messages.success(request, _("%(code)s is in use. Say now where it holds.") % {"code": code}, extra_tags="good")
    return redirect("agency:rule_version", version.pk)


@require_GET
@audience("agency")
def rule_version(request: ActorRequest, pk: int) -> HttpResponse:
    """One version: its picture, what it says, where it holds, and what changed from one to the next."""
    return _version_page(request, get_object_or_404(RuleVersion, pk=pk))


@require_POST
@audience("agency")
def rule_assign(request: ActorRequest, pk: int) -> HttpResponse:
    """Let a rule set hold somewhere from a day on, or let go of it there."""
    version = get_object_or_404(RuleVersion, pk=pk)
    form = AssignForm(request.POST)
    if form.is_valid():
        try:
            code = "" if form.cleaned_data["letting_go"] else version.code
            row = agreements.assign_rules(code, by=request.actor, at=clock.now(), **form.values())
        except agreements.NoSuchRules:
            form.add_error("valid_from", _("No version of these rules holds on this day yet."))
        else:
            if paid := form.paid_since():
                said = ngettext(
                    "1 week from that day on is paid already; it stays as it was paid.",
                    "%(n)s weeks from that day on are paid already; they stay as they were paid.",
                    paid,
                )
                messages.warning(request, said % {"n": paid})
            day = row.valid_from.strftime("%d-%m-%Y")
            messages.success(request, _("Agreed: from %(day)s on.") % {"day": day}, extra_tags="good")
            return redirect("agency:rule_version", pk)
    return _version_page(request, version, form, status=422)


@require_http_methods(["GET", "HEAD", "POST"])
@audience("agency")
def rule_new(request: ActorRequest) -> HttpResponse:
    """A new rule set, or the next version of one (`?version=`)."""
    wanted = request.GET.get("version", "")
    before = RuleVersion.objects.filter(pk=int(wanted)).first() if wanted.isdecimal() and len(wanted) < 10 else None
    if request.method == "POST":
        return _edit(request, before=before)
    if before and (draft := RuleDraft.objects.filter(code=before.code).first()):
        return redirect("agency:rule_draft", draft.pk)  # it is being written already
    fields, chosen = rule_form.fields_of(before.rules if before else templates.load("STANDARD-1"))
    fields["valid_from"] = clock.today().isoformat()
    if before is None:
        fields |= {"code": "", "title": "", "source": ""}
    return _editor_page(request, fields, chosen, before=before)


@require_http_methods(["GET", "HEAD", "POST"])
@audience("agency")
def rule_draft(request: ActorRequest, pk: int) -> HttpResponse:
    """The next version as it is being written."""
    draft = RuleDraft.objects.filter(pk=pk).first()
    if draft is None:
        return _gone(request)
    if request.method == "POST":
        return _edit(request, draft=draft)
    fields, chosen = rule_form.fields_of(draft.rules)
    return _editor_page(request, fields, chosen, draft=draft)


def _gone(request: ActorRequest) -> HttpResponse:
    """Somebody typed in a draft that a colleague approved or threw away: it stays on the page, as a new one."""
    if request.method != "POST":
        raise Http404
    code = request.POST.get("of", "")
    before = RuleVersion.objects.filter(code=code).order_by("-version").first()
    if request.htmx:
        return _edit(request, before=before)
    messages.warning(
        request,
        _("This draft was approved or thrown away meanwhile. What you typed is still here: keep it as a new draft."),
    )
    fields, chosen, _do = posted(request)
    fields["code"] = code
    onward = reverse("agency:rule_new") + (f"?version={before.pk}" if before else "")
    return _editor_page(request, fields, chosen, before=before, onward=onward, status=409)


@require_POST
@audience("agency")
def rule_approve(request: ActorRequest, pk: int) -> HttpResponse:
    """The second person makes a draft a version."""
    draft = get_object_or_404(RuleDraft, pk=pk)
    try:
        version = agreements.approve_draft(draft, revision=_revision(request), by=request.actor, at=clock.now())
    except agreements.OwnRules:
        messages.warning(request, _("You wrote these rules, so somebody else has to approve them."))
        return redirect("agency:rule_draft", pk)
    except Overtaken:
        messages.warning(request, _("These rules have changed since you looked. Look again."))
        return redirect("agency:rule_draft", pk)
    messages.success(request, _("%(rules)s is approved.") % {"rules": version}, extra_tags="good")
    return redirect("agency:rule_version", version.pk)


@require_POST
@audience("agency")
def rule_drop(request: ActorRequest, pk: int) -> HttpResponse:
    """Throw a draft away."""
    draft = get_object_or_404(RuleDraft, pk=pk)
    try:
        agreements.drop_draft(draft, revision=_revision(request), by=request.actor, at=clock.now())
    except Overtaken:
        messages.warning(request, _("These rules have changed since you looked. Look again."))
        return redirect("agency:rule_draft", pk)
    messages.success(request, _("The draft is thrown away; what is in use stays."))
    return redirect("agency:rules")


def _edit(request: ActorRequest, *, draft: RuleDraft | None = None, before: RuleVersion | None = None) -> HttpResponse:
    """A form that came in: a row more or less, the example again, or to be kept."""
    fields, chosen, do = posted(request)
    if known := draft or before:
        fields["code"] = known.code
    if do != "save":
        return _editor_page(request, fields, chosen, draft=draft, before=before)
    reading = rule_form.read(fields, chosen)
    if reading.rules is None:
        return _editor_page(request, fields, chosen, draft=draft, before=before, status=422)
    revision = _revision(request) if draft else 0
    try:
        kept = agreements.save_draft(reading.content, revision=revision, by=request.actor, at=clock.now())
    except Overtaken:
        messages.warning(request, _("Somebody else has changed this draft meanwhile. What you typed is still here."))
        newer = RuleDraft.objects.filter(code=fields.get("code", "")).first()
        return _editor_page(request, fields, chosen, draft=newer, status=409)
    messages.success(request, _("The draft is kept. A second person has to approve it."), extra_tags="good")
    return redirect("agency:rule_draft", kept.pk)


def _editor_page(
    request: ActorRequest,
    fields: dict[str, str],
    chosen: dict[str, list[str]],
    *,
    draft: RuleDraft | None = None,
    before: RuleVersion | None = None,
    onward: str = "",
    status: int = 200,
) -> HttpResponse:
    """The whole page; its form alone for a pressed button; only the example while somebody types.

    The form goes to `onward`, or back to where it came from.
    """
    found = editor(
        fields, chosen, kind=request.POST.get("example", "office"), wage=request.POST.get("wage", WAGE),
        shows_errors=status == 422 or bool(request.htmx),
    )  # fmt: skip
    code = draft.code if draft else before.code if before else ""
    newest = RuleVersion.objects.filter(code=code).order_by("-version").first() if code else None
    context: dict[str, Any] = {
        "onward": onward or request.get_full_path(),
        "editor": found, "draft": draft, "code": code, "newest": newest, "checked": status == 422,
        "is_own": draft is not None and draft.author_id == request.actor.user_id,
        "change": rule_words.change(newest.rules, draft.rules) if draft and newest else None,
    }  # fmt: skip
    template = "agency/rule_edit.html"
    if request.htmx:
        template = "agency/rule_edit_form.html" if request.POST.get("do") else "agency/rule_example.html"
    return render(request, template, context, status=status)


def _version_page(
    request: ActorRequest, version: RuleVersion, form: AssignForm | None = None, status: int = 200
) -> HttpResponse:
    versions = list(RuleVersion.objects.filter(code=version.code).order_by("-version"))
    found = version.rules
    form = form or AssignForm(initial={"valid_from": _next_monday(), "stream": Stream.PAY, "placement": _job(request)})
    context = {
        "version": version,
        "job": _job(request),
        "grid": rule_grid.draw(found, _("The week of %(rules)s") % {"rules": version}),
        "sentences": rule_words.sentences(found),
        "versions": [
            (each, rule_words.change(before.rules, each.rules) if before else None)
            for each, before in zip(versions, [*versions[1:], None], strict=True)
        ],
        "places": places()[version.code],
        "draft": RuleDraft.objects.filter(code=version.code).first(),
        "form": form,
        "letting_go": _next_monday(),
    }
    return render(request, "agency/rule_version.html", context, status=status)


def _job(request: ActorRequest) -> Placement | None:
    """The job for which rules are being chosen, if it is for one."""
    wanted = request.POST.get("placement") or request.GET.get("placement", "")
    found = Placement.objects.visible_to(request.actor).select_related("worker__user", "client")
    return found.filter(pk=int(wanted)).first() if wanted.isdecimal() and len(wanted) < 10 else None


def _next_monday() -> dt.date:
    today = clock.today()
    return today + dt.timedelta(days=7 - today.weekday())


def _revision(request: ActorRequest) -> int:
    text = request.POST.get("revision", "")
    return int(text) if text.isdecimal() and len(text) < 10 else -1
