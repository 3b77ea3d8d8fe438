"""A worker's form as a browser posts it."""

from __future__ import annotations

import re
from typing import Any

from django.test import Client as Browser
from django.urls import reverse

from kis.timesheets.models import Timesheet
from kis.web.week.week_form import fields_of
from tests.support import people

MONDAY = {"days.0.shifts.0.start": "8:00", "days.0.shifts.0.end": "16:30", "days.0.shifts.0.pause": "30"}
WEEK_URL = "/worker/week/2026-W48/"


def post(browser: Browser, what: str, sheet: Timesheet, fields: dict[str, Any], **more: Any) -> Any:
    """Post `fields` to the draft, submit or withdraw of a timesheet, from a page that showed it as it is in `sheet`."""
    data = {"version": sheet.version, "page": "page-1", **fields, **more}
    return browser.post(reverse(f"worker:sheet_{what}", args=[sheet.pk]), data)


def type_along(browser: Browser, sheet: Timesheet, fields: dict[str, Any], **more: Any) -> Any:
    """The draft that saves itself while typing."""
    data = {"version": sheet.version, "page": "page-1", "do": "", **fields, **more}
    return browser.post(reverse("worker:sheet_draft", args=[sheet.pk]), data, headers={"HX-Request": "true"})


def full_week(**more: str) -> dict[str, str]:
    """Five ordinary days, as the form holds them."""
    return {**fields_of(people.hours()), **more}


def text_of(response: Any) -> str:
    """The words of a page, on one line."""
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def field(response: Any, name: str) -> str:
    """The input of that name, as HTML."""
    found = re.search(rf'<(?:input|textarea|select)[^>]*name="{re.escape(name)}"[^>]*>', response.content.decode())
    assert found, f"no field {name}"
    return found[0]
