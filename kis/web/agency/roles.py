"""What only the back office may do: settings, the calendar, colleagues."""

from __future__ import annotations

from django.http import Http404

from kis.web.access import ActorRequest


def back_office_only(request: ActorRequest) -> None:
    """For a consultant the page is not there."""
    if not request.actor.agency_user_is_back_office:
        raise Http404
