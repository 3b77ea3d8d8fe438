"""Berichten: the inbox, a thread, a new thread."""

from __future__ import annotations

from typing import Any

from django.contrib import messages as notices
from django.db.models import Exists, OuterRef
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from kis.core import clock
from kis.mailbox import operations
from kis.mailbox.models import Attachment, Thread, unread_count
from kis.web.access import ActorRequest, audience
from kis.web.downloads import download
from kis.web.mailbox.forms import MessageForm, NewThreadForm
from kis.web.paging import page_of


@require_GET
@audience("worker", "client", "agency")
def inbox(request: ActorRequest) -> HttpResponse:
    """All threads, the latest first; unread ones stand out."""
    unread = Thread.objects.unread_by(request.actor).filter(pk=OuterRef("pk"))
    found = Thread.objects.visible_to(request.actor).annotate(is_unread=Exists(unread))
    if request.actor.is_agency:
        found = found.prefetch_related("participants__user")
    page = page_of(request, found, order=("-last_at", "-pk"))
    return render(request, "mailbox/inbox.html", {"page": page, "unread": unread_count(request.actor)})


@require_http_methods(["GET", "POST"])
@audience("worker", "client", "agency")
def thread(request: ActorRequest, pk: int) -> HttpResponse:
    """One thread, and a form to answer in."""
    found = get_object_or_404(Thread.objects.visible_to(request.actor), pk=pk)
    form = MessageForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        operations.write(
            found, body=form.cleaned_data["body"], uploads=form.cleaned_data["uploads"],
            form_id=form.cleaned_data["form_id"], by=request.actor, at=clock.now(),
        )  # fmt: skip
        return redirect("mailbox:thread", pk)
    context: dict[str, Any] = {
        "thread": found,
        "written": list(found.messages.prefetch_related("attachments__file")),
        "participants": [row.user for row in found.participants.select_related("user")],
        "form": form,
    }
    if request.method == "GET":
        operations.mark_read(found, by=request.actor, at=clock.now())
    return render(request, "mailbox/thread.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@audience("worker", "client", "agency")
def new(request: ActorRequest) -> HttpResponse:
    """Write to the agency; the agency writes to one or more people."""
    people = operations.people_for(request.actor) if request.actor.is_agency else None
    form = NewThreadForm(people, request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        threads = operations.start_threads(
            subject=data["subject"], body=data["body"], to=list(data.get("to", [])), uploads=data["uploads"],
            together=data.get("together", False), form_id=data["form_id"], by=request.actor, at=clock.now(),
        )  # fmt: skip
        notices.success(request, _("Your message is sent."), extra_tags="good")
        return redirect("mailbox:thread", threads[0].pk) if len(threads) == 1 else redirect("mailbox:inbox")
    return render(request, "mailbox/new.html", {"form": form}, status=422 if form.errors else 200)


@require_GET
@audience("worker", "client", "agency")
def attachment(request: ActorRequest, pk: int, attachment: int) -> FileResponse:
    """A file of a thread, for those who take part in it."""
    found = get_object_or_404(Thread.objects.visible_to(request.actor), pk=pk)
    file = get_object_or_404(Attachment.objects.select_related("file"), pk=attachment, message__thread=found)
    return download(file.file)
