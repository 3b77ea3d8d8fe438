"""What a client prints: a week is one sheet, and a list begins below its heading."""

from __future__ import annotations

import io
from collections.abc import Callable

import pypdf
import pytest
from playwright.sync_api import Page

from kis.timesheets.workflow import State
from tests.support import people, walk

pytestmark = pytest.mark.django_db(transaction=True)


def printed(page: Page) -> list[str]:
    """The words on each sheet."""
    return [sheet.extract_text() for sheet in pypdf.PdfReader(io.BytesIO(page.pdf(format="A4"))).pages]


def test_a_week_is_one_sheet_with_what_was_decided_and_nothing_to_click(opened: Callable[..., Page]) -> None:
    sheet = walk.to(people.sheet(people.ana()), State.ACCEPTED)
    [paper] = printed(opened(people.carla(), f"/client/timesheets/{sheet.pk}/"))
    for wanted in ("Ana Kowalska", "ma 23 nov", "40:00", "Carla de Groot accepteerde de uren"):
        assert wanted in paper
    for clickable in ("Acceptatie terugnemen", "Alle weken van deze job", "Bewijsdossier"):
        assert clickable not in paper


def test_a_long_list_begins_on_the_first_sheet(opened: Callable[..., Page]) -> None:
    for worker in people.many_workers(40):
        people.placement(worker)
    sheets = printed(opened(people.carla(), "/client/jobs/"))
    assert len(sheets) > 1
    assert "Werker" in sheets[0]
    assert sum(sheet.count("Werker") for sheet in sheets) == 40
