"""What a form says: the version of a timesheet that it showed, or of many, and the reason that was typed."""

from __future__ import annotations

from django.http import Http404, HttpRequest

NONE_SHOWN = -1
REASON_LENGTH = 2000


def version_shown(request: HttpRequest) -> int:
    """The version the page showed; without one nothing was shown, so nothing can be decided."""
    text = request.POST.get("version", "")
    return int(text) if text.isdecimal() and len(text) < 10 else NONE_SHOWN


def reason_typed(request: HttpRequest) -> str:
    """The words in the field `reason`, as long as a history keeps; without what a database cannot hold."""
    return request.POST.get("reason", "").replace("\0", "").strip()[:REASON_LENGTH]


def chosen_versions(request: HttpRequest) -> dict[int, int]:
    """The ticked timesheets as id and version shown, posted as `sheet=12:3`. Anything else is no such page."""
    try:
        pairs = [text.split(":") for text in request.POST.getlist("sheet")]
        return {int(pk): int(version) for pk, version in pairs}
    except ValueError as error:
        raise Http404 from error
