"""The menu of each party. The client's is the guide's: Berichten, Documenten, Jobs/werkbriefjes."""

from __future__ import annotations

import dataclasses

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from kis.staffing.actor import Actor
from kis.staffing.parties import Party


@dataclasses.dataclass(slots=True)
class MenuItem:
    """One line of the menu, or a heading with lines under it.

    On a phone five lines find room under the thumb; a line that is not `thumb` stands in the reader's own menu.
    """

    label: str
    icon: str = ""
    url: str = ""
    current: bool = False
    count: int = 0
    thumb: bool = True
    children: list[MenuItem] = dataclasses.field(default_factory=list)


def menu_of(actor: Actor, path: str, unread: int = 0) -> list[MenuItem]:
    """The menu of a party with the page at `path` marked; what has no page is not in it."""
    items = {Party.CLIENT: _client, Party.WORKER: _worker}.get(actor.party, _agency)(path, unread)
    for item in items:
        item.children = [child for child in item.children if child.url]
    return [item for item in items if item.url or item.children]


def thumb_rest(menu: list[MenuItem]) -> list[MenuItem]:
    """The lines that find no room under the thumb."""
    return [item for item in menu if not item.thumb]


def help_item(path: str) -> MenuItem:
    return _item(_("Help"), "help", "help", path)


def _client(path: str, unread: int) -> list[MenuItem]:
    jobs = [
        _item(_("Jobs"), "jobs", "client:jobs", path),
        _item(_("Timesheet status"), "status", "client:status", path, also=("/client/timesheets/",)),
    ]
    return [*_shared(path, unread), MenuItem(_("Jobs/timesheets"), children=jobs)]


def _worker(path: str, unread: int) -> list[MenuItem]:
    return [
        _item(_("My week"), "week", "worker:week_current", path, also=("/worker/week/",)),
        _item(_("History"), "history", "worker:history", path),
        *_shared(path, unread),
    ]


def _agency(path: str, unread: int) -> list[MenuItem]:
    messages, documents = _shared(path, unread)
    documents.thumb = False
    return [
        _item(_("Cockpit"), "cockpit", "agency:cockpit", path, exact=True),
        _item(_("Timesheets"), "timesheets", "agency:timesheets", path),
        _item(_("Payroll"), "payroll", "agency:payroll", path, also=(url_or_none("agency:reconciliation"),)),
        _item(_("People"), "people", "agency:people", path),
        messages,
        documents,
        _item(_("Calendar"), "calendar", "agency:calendar", path, thumb=False),
        _item(_("Outbox"), "outbox", "agency:outbox", path, thumb=False),
        _item(_("Settings"), "settings", "agency:settings", path, thumb=False),
    ]


def _shared(path: str, unread: int) -> tuple[MenuItem, MenuItem]:
    messages = _item(_("Messages"), "messages", "mailbox:inbox", path)
    messages.count = unread
    return messages, _item(_("Documents"), "documents", "documents:list", path)


def _item(
    label: str, icon: str, name: str, path: str, *, exact: bool = False, thumb: bool = True, also: tuple[str, ...] = ()
) -> MenuItem:
    url = url_or_none(name)
    current = path == url if exact else bool(url) and path.startswith((url, *also))
    return MenuItem(label, icon, url, current, thumb=thumb)


def url_or_none(name: str) -> str:
    """The address of a page without arguments; empty when there is no such page."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""
