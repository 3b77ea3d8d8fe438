"""The pictures of the help, made by this journey: `bin/pictures` writes them, a test run looks whether all are there.

They are taken from the demo on a fixed day, in both languages, light, as WebP at their real size.
"""

from __future__ import annotations

import base64
import dataclasses
import json
import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page

from kis.accounts.models import User
from kis.core import clock
from kis.demo import cast, loading
from kis.payroll.models import PayrollRun, RuleVersion
from kis.staffing.models import AgencyUser, ClientContact, Worker
from kis.timesheets.models import Timesheet
from kis.timesheets.workflow import State
from kis.web.pictures import FOLDER, INDEX
from tests.support import people
from tests.support.time import Freeze

ROOT = Path(__file__).resolve().parents[2]
README = ROOT / "docs" / "pictures" / "status.webp"
MOST_BYTES = 60_000
DESK, PHONE = {"width": 1180, "height": 820}, {"width": 390, "height": 780}


@dataclasses.dataclass(frozen=True, slots=True)
class Picture:
    """One picture: its name, who sees the page, where that is, and on what screen."""

    name: str
    who: str
    path: Callable[[], str]
    screen: dict[str, int]


PICTURES = (
    Picture("client-status", "client", lambda: "/client/status/", DESK),
    Picture("client-review", "client", lambda: f"/client/timesheets/{_waiting().pk}/", DESK),
    Picture("worker-week", "worker", lambda: "/worker/week/2026-W48/", PHONE),
    Picture("worker-pay", "worker", lambda: f"/worker/timesheets/{_paid().pk}/pay/", PHONE),
    Picture("agency-cockpit", "agency", lambda: "/agency/?week=2026-W47", DESK),
    Picture("agency-run", "agency", lambda: f"/agency/payroll/runs/{PayrollRun.objects.latest('pk').pk}/", DESK),
    Picture("agency-rules", "agency", lambda: f"/agency/payroll/rules/{_rules().pk}/", DESK),
)
_PEOPLE: dict[str, Callable[[], people.Person]] = {
    "client": lambda: ClientContact.objects.get(user__email=cast.CLIENT_LOG_IN),
    "worker": lambda: Worker.objects.get(user__email=cast.WORKER_LOG_IN),
    "agency": lambda: AgencyUser.objects.get(user__email=cast.AGENCY_LOG_IN),
}


def _waiting() -> Timesheet:
    return Timesheet.objects.awaiting_client().filter(client__number=cast.COMPANIES[0].number).latest("pk")


def _paid() -> Timesheet:
    mine = Timesheet.objects.filter(worker__user__email=cast.WORKER_LOG_IN, state=State.PAID, minutes__gt=1200)
    return mine.latest("iso_week")


def _rules() -> RuleVersion:
    return RuleVersion.objects.get(code=cast.RULES)


@pytest.mark.django_db(transaction=True)
def make_the_pictures(opened: Callable[..., Page], freeze: Freeze) -> None:
    now = freeze("2026-11-24 12:00")
    loading.load(now, weeks=12)
    target = ROOT / "kis" / "web" / "static" / FOLDER
    target.mkdir(parents=True, exist_ok=True)
    sizes = {}
    for language in ("nl", "en"):
        User.objects.update(language=language)
        for picture in PICTURES:
            page = opened(_PEOPLE[picture.who](), picture.path(), viewport=picture.screen)
            made = _taken(page, picture.screen)
            (target / f"{picture.name}-{language}.webp").write_bytes(made)
            sizes[picture.name] = [picture.screen["width"], picture.screen["height"]]
            page.context.close()
    (target / INDEX).write_text(json.dumps(sizes, indent=1, sort_keys=True) + "\n")
    README.write_bytes((target / "client-status-nl.webp").read_bytes())
    assert clock.now() == now


if "KIS_PICTURES" in os.environ:  # as bin/pictures has it; else there is nothing to make
    test_make_the_pictures = make_the_pictures


def _taken(page: Page, screen: dict[str, int]) -> bytes:
    page.wait_for_load_state("networkidle")
    session = page.context.new_cdp_session(page)
    clip = {"x": 0, "y": 0, **screen, "scale": 1}
    found = session.send("Page.captureScreenshot", {"format": "webp", "quality": 72, "clip": clip})
    return base64.b64decode(found["data"])


def test_every_picture_is_there_and_in_use() -> None:
    folder = ROOT / "kis" / "web" / "static" / FOLDER
    wanted = {f"{picture.name}-{language}.webp" for picture in PICTURES for language in ("nl", "en")}
    assert {path.name for path in folder.glob("*.webp")} == wanted
    assert set(json.loads((folder / INDEX).read_text())) == {picture.name for picture in PICTURES}
    for language in ("nl", "en"):
        guides = [path.read_text() for path in (ROOT / "kis/web/templates/web/help").glob(f"*.{language}.html")]
        used = set(re.findall(r'{% picture "([a-z-]+)"', "".join(guides)))
        assert used == {picture.name for picture in PICTURES}
    too_large = [path.name for path in folder.glob("*.webp") if path.stat().st_size > MOST_BYTES]
    assert too_large == []
    assert README.exists()
