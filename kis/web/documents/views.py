"""Documenten: what is shared with the reader; for the agency also sharing, withdrawing and who has seen it."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import Count, Q
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kis.core import clock
from kis.documents import operations
from kis.documents.models import Document
from kis.web.access import ActorRequest, audience
from kis.web.documents.forms import ShareForm
from kis.web.downloads import download
from kis.web.paging import page_of


@require_GET
@audience("worker", "client", "agency")
def documents(request: ActorRequest) -> HttpResponse:
    """The list, by category."""
    found = Document.objects.visible_to(request.actor).select_related(
        "file", "client", "worker__user", "placement__client", "placement__worker__user"
    )
    category = request.GET.get("category", "")
    if category in Document.Category.values:
        found = found.filter(category=category)
    mine = Q(views__user_id=request.actor.user_id)
    found = found.annotate(seen_by=Count("views__user_id", distinct=True), own_views=Count("views", filter=mine))
    page = page_of(request, found, order=("-shared_at", "-pk"))
    fresh = Document.objects.visible_to(request.actor).exclude(mine).count()
    context = {"page": page, "category": category, "categories": Document.Category.choices, "fresh": fresh}
    return render(request, "documents/list.html", context)


@require_GET
@audience("worker", "client", "agency")
def download_document(request: ActorRequest, pk: int) -> FileResponse:
    """The file itself, for those it is shared with."""
    document = get_object_or_404(Document.objects.visible_to(request.actor).select_related("file"), pk=pk)
    operations.note_download(document, by=request.actor, at=clock.now())
    return download(document.file)


@require_http_methods(["GET", "POST"])
@audience("agency")
def share(request: ActorRequest) -> HttpResponse:
    """Share a file with a client, a worker or a job."""
    form = ShareForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        data = dict(form.cleaned_data)
        [upload] = data.pop("file")
        document = operations.share(upload, by=request.actor, at=clock.now(), **data)
        messages.success(request, _("%(title)s is shared.") % {"title": document.title}, extra_tags="good")
        return redirect("documents:list")
    return render(request, "documents/share.html", {"form": form}, status=422 if form.errors else 200)


@require_GET
@audience("agency")
def seen(request: ActorRequest, pk: int) -> HttpResponse:
    """Who has seen a document, and when."""
    document = get_object_or_404(Document.objects.visible_to(request.actor), pk=pk)
    page = page_of(request, document.views.all(), order=("-at", "-pk"))
    return render(request, "documents/seen.html", {"document": document, "page": page})


@require_POST
@audience("agency")
def withdraw(request: ActorRequest, pk: int) -> HttpResponse:
    """Take a document back."""
    document = get_object_or_404(Document.objects.visible_to(request.actor), pk=pk)
    if operations.withdraw(document, by=request.actor, at=clock.now()):
        messages.success(request, _("%(title)s is withdrawn.") % {"title": document.title}, extra_tags="good")
    return redirect("documents:list")
