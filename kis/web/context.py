"""What every page shows around its content: the agency, the menu, the helpdesk."""

from __future__ import annotations

import dataclasses
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from kis.staffing.actor import Actor
from kis.staffing.models import AgencySettings
from kis.staffing.parties import Party


@dataclasses.dataclass(slots=True)
class MenuItem:
    label: str
    url: str = ""
    current: bool = False
    count: int = 0
    children: list[MenuItem] = dataclasses.field(default_factory=list)


def portal(request: HttpRequest) -> dict[str, Any]:
    """The context processor: `portal` in every template."""
    actor: Actor | None = getattr(request, "actor", None)
    agency = AgencySettings.objects.first()
    return {
        "portal": {
            "name": agency.name if agency else "KIS Online",
            "helpdesk_phone": agency.helpdesk_phone if agency else "",
            "actor": actor,
            "menu": _menu(actor, request.path) if actor else [],
            "help_url": reverse("help"),
            "accent_url": reverse("accent", args=[agency.accent_hue]) if agency and agency.accent_hue else "",
            "languages": settings.LANGUAGES,
            "demo": settings.DEMO,
        }
    }


def _menu(actor: Actor, path: str) -> list[MenuItem]:
    """The menu of a party; the client's is the guide's: Berichten, Documenten, Jobs/werkbriefjes."""
    messages = _item(_("Messages"), "mailbox:inbox", path, count=_unread(actor))
    documents = _item(_("Documents"), "documents:list", path)
    if actor.party == Party.CLIENT:
        jobs = [_item(_("Jobs"), "client:jobs", path), _item(_("Timesheet status"), "client:status", path)]
        return [messages, documents, MenuItem(_("Jobs/timesheets"), children=jobs)]
    if actor.party == Party.WORKER:
        week = _item(_("My week"), "worker:week_current", path, under="/worker/week/")
        return [week, _item(_("History"), "worker:history", path), messages, documents]
    return [
        _item(_("Cockpit"), "agency:cockpit", path, exact=True),
        _item(_("Timesheets"), "agency:timesheets", path),
        _item(_("Payroll"), "agency:payroll", path),
        _item(_("People"), "agency:people", path),
        messages,
        documents,
        _item(_("Calendar"), "agency:calendar", path),
        _item(_("Outbox"), "agency:outbox", path),
        _item(_("Settings"), "agency:settings", path),
    ]


def _item(label: str, name: str, path: str, *, count: int = 0, exact: bool = False, under: str = "") -> MenuItem:
    url = reverse(name)
    current = path == url if exact else path.startswith(under or url)
    return MenuItem(label, url, current, count)


def _unread(actor: Actor) -> int:
    from kis.mailbox.models import unread_count

    return unread_count(actor)
