"""All pages of somebody, found as people find them: from link to link."""

from __future__ import annotations

import dataclasses
import re
from html import unescape
from urllib.parse import urljoin, urlsplit

from django.conf import settings
from django.http import QueryDict
from django.test import Client as Browser
from django.urls import Resolver404, ResolverMatch, resolve

from kis.timesheets.models import Timesheet

_LINK = re.compile(r"""<a\b[^>]*?\shref=["']([^"'#]+)""")
_IN_A_TEXT = re.compile(r"https?://\S+")


@dataclasses.dataclass(slots=True)
class Found:
    """`pages` are addresses, one for each kind of page; `names` is every address opened, by its name in the tree."""

    pages: list[str] = dataclasses.field(default_factory=list)
    names: set[str] = dataclasses.field(default_factory=set)
    broken: list[str] = dataclasses.field(default_factory=list)


def follow(browser: Browser, *starts: str) -> Found:
    """Open everything that can be reached from `starts` without pressing a button."""
    found, pending, kinds = Found(), list(starts), set()
    while pending:
        address = pending.pop(0)
        match = _match(address)
        if match is None or (kind := _kind(address, match)) in kinds:
            continue
        kinds.add(kind)
        found.names.add(match.view_name)
        response = browser.get(address)
        body = response.getvalue()  # a file that is read to its end is closed
        if response.status_code == 302:
            pending.insert(0, urljoin(address, response["Location"]))
        elif response.status_code != 200:
            found.broken.append(f"{address}: {response.status_code}")
        elif b"<html" in body and "sandbox" not in response["Content-Security-Policy"]:  # that is a mail by itself
            found.pages.append(address)
            pending += [urljoin(address, link) for link in _links(body.decode())]
    return found


def _links(page: str) -> list[str]:
    """Where one can go from here; a link in the text of a mail is one too."""
    links = [unescape(link) for link in (*_LINK.findall(page), *_IN_A_TEXT.findall(page))]
    return [link.removeprefix(settings.BASE_URL) for link in links]


def _match(address: str) -> ResolverMatch | None:
    """What stands at an address of ours; None for somebody else's site."""
    if urlsplit(address).netloc:
        return None
    try:
        return resolve(urlsplit(address).path)
    except Resolver404:
        return None


def _kind(address: str, match: ResolverMatch) -> str:
    """One page of each kind is enough: figures in an address and filters make no other kind, but tabs do.

    Timesheets are of one kind for each state.
    """
    kind = re.sub(r"\d+", "0", urlsplit(address).path)
    kind += QueryDict(urlsplit(address).query).get("tab", "")
    if "/timesheets/<int:pk>/" in f"/{match.route}":
        kind += str(Timesheet.objects.values_list("state", flat=True).get(pk=match.kwargs["pk"]))
    return kind
