"""Tests in a real browser: the Chromium of the operating system, at the address of the live server.

`page.goto("/")` opens the portal. Every error on the console, a violation of the content security policy among them,
fails the test, unless it said beforehand `console.allow("404")`.
"""

import os
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from playwright.sync_api import BrowserContext, ConsoleMessage, Page, WebError
from pytest_django.live_server_helper import LiveServer

from tests.support import machine, people
from tests.support.no_browser import missing_browser

# Playwright's driver runs an event loop beside the test, which Django would take for asynchronous code.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")

NewContext = Callable[..., BrowserContext]
Accessible = Callable[..., None]


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    if why := machine.lacks_browser():
        missing_browser(why)
    # No sandbox: tests may run as root, and only ever see our own pages.
    return {"executable_path": machine.chromium(), "args": ["--no-sandbox", "--disable-dev-shm-usage"]}


@pytest.fixture(scope="session")
def browser_context_args(browser_type_launch_args: dict[str, Any], live_server: LiveServer) -> dict[str, Any]:
    return {"base_url": live_server.url, "locale": "nl-NL", "timezone_id": "Europe/Amsterdam"}


class Console:
    """What the browser complained about, and what the test expected."""

    def __init__(self) -> None:
        self.complaints: list[str] = []
        self._allowed: list[str] = []

    def allow(self, pattern: str) -> None:
        """Expect complaints that contain this regular expression."""
        self._allowed.append(pattern)

    def watch(self, context: BrowserContext) -> None:
        context.on("console", self._message)
        context.on("weberror", self._error)

    def unexpected(self) -> list[str]:
        return [line for line in self.complaints if not any(re.search(pattern, line) for pattern in self._allowed)]

    def _message(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.complaints.append(f"{message.text} ({message.location.get('url')})")

    def _error(self, error: WebError) -> None:
        self.complaints.append(str(error.error))


@pytest.fixture
def console() -> Console:
    return Console()


@pytest.fixture
def new_context(
    new_context: Callable[..., BrowserContext], console: Console
) -> Iterator[Callable[..., BrowserContext]]:
    """Another visitor with cookies of its own: `new_context().new_page()`."""

    def watched(**options: Any) -> BrowserContext:
        context = new_context(**options)
        console.watch(context)
        return context

    yield watched
    if complaints := console.unexpected():
        pytest.fail("The browser's console shows errors:\n" + "\n".join(complaints), pytrace=False)


@pytest.fixture
def opened(new_context: NewContext, live_server: LiveServer) -> Callable[..., Page]:
    """`opened(person, path, viewport=...)` is a page of somebody who is signed in, in a browser of their own."""

    def open_(person: people.Person, path: str, **options: Any) -> Page:
        context = new_context(**options)
        session = people.signed_in(person).cookies[settings.SESSION_COOKIE_NAME].value
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}])
        page = context.new_page()
        page.goto(path)
        return page

    return open_


@pytest.fixture
def accessible() -> Accessible:
    """`accessible(page)` fails when axe finds a violation on it; `accessible(page, "color-contrast")` of that rule."""

    def check(page: Page, *rules: str) -> None:
        found = Axe().run(page, options={"resultTypes": ["violations"], **({"runOnly": rules} if rules else {})})
        assert not found.violations_count, f"{page.url}\n{found.generate_report()}"

    return check
