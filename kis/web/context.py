"""What every page shows around its content: the agency, the menu, the helpdesk."""

from __future__ import annotations

import functools
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from kis.mailbox.models import unread_count
from kis.staffing.actor import Actor
from kis.staffing.models import AgencySettings
from kis.web import theme
from kis.web.menu import MenuItem, help_item, menu_of, thumb_rest

_last_known: dict[str, str] = {}


def last_known() -> dict[str, str]:
    """The agency's name and helpdesk number as this process last saw them, for the page that may ask nothing."""
    return dict(_last_known)


class Portal:
    """What a page may ask; what it does not ask costs nothing."""

    def __init__(self, request: HttpRequest) -> None:
        self.path = request.path
        self.actor: Actor | None = getattr(request, "actor", None)
        self.theme = theme.chosen(request)
        self.themes = theme.CHOICES
        self.languages = settings.LANGUAGES
        self.demo: bool = settings.DEMO

    @functools.cached_property
    def agency(self) -> AgencySettings:
        """The agency's settings; before there are any, a nameless agency."""
        found = AgencySettings.objects.first() or AgencySettings(name="KIS Online")
        _last_known["name"], _last_known["helpdesk_phone"] = found.name, found.helpdesk_phone
        return found

    @property
    def name(self) -> str:
        return self.agency.name

    @property
    def helpdesk_phone(self) -> str:
        return self.agency.helpdesk_phone

    @property
    def accent_url(self) -> str:
        hue = self.agency.accent_hue
        return "" if hue is None else reverse("accent", args=[hue])

    @functools.cached_property
    def menu(self) -> list[MenuItem]:
        return menu_of(self.actor, self.path, unread_count(self.actor)) if self.actor else []

    @functools.cached_property
    def menu_rest(self) -> list[MenuItem]:
        return thumb_rest(self.menu)

    @functools.cached_property
    def help(self) -> MenuItem:
        return help_item(self.path)

    @property
    def help_url(self) -> str:
        return reverse("help")


def portal(request: HttpRequest) -> dict[str, Any]:
    """The context processor: `portal` in every template."""
    return {"portal": Portal(request)}
