"""The page for when something of ours breaks: calm, and with the helpdesk's number, whatever it is that broke."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseServerError
from django.template.loader import get_template

from kis.web.access import audience
from kis.web.context import last_known


@audience("everyone")
def server_error(request: HttpRequest) -> HttpResponseServerError:
    """Made without the database, the session, or anything else that may be ill."""
    return HttpResponseServerError(get_template("500.html").render({"portal": last_known()}))
