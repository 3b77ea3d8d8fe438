"""The demo mailbox: what the portal would have mailed, readable without a mail server. In demo mode only."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from kis.post.models import OutboxMail
from kis.web.access import audience
from kis.web.paging import page_of


@require_GET
@audience("everyone")
def mails(request: HttpRequest) -> HttpResponse:
    """All mails, newest first."""
    _demo_only()
    page = page_of(request, OutboxMail.objects.defer("text", "html"), order=("-pk",))
    return render(request, "web/demo/mails.html", {"page": page})


@require_GET
@audience("everyone")
def mail(request: HttpRequest, pk: int) -> HttpResponse:
    """One mail, as plain text with its links."""
    _demo_only()
    return render(request, "web/demo/mail.html", {"mail": get_object_or_404(OutboxMail, pk=pk)})


@require_GET
@audience("everyone")
def mail_html(request: HttpRequest, pk: int) -> HttpResponse:
    """One mail as a mail reader shows it: a page of its own that may run nothing."""
    _demo_only()
    response = HttpResponse(get_object_or_404(OutboxMail, pk=pk).html)
    response["Content-Security-Policy"] = (
        "default-src 'none'; style-src 'unsafe-inline'; sandbox allow-top-navigation-by-user-activation"
    )
    return response


def _demo_only() -> None:
    if not settings.DEMO:
        raise Http404
