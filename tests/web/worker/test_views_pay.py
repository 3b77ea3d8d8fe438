"""From hours to pay on the worker's own page."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from kis.payroll import agreements
from kis.timesheets.workflow import State
from tests.support import people, walk
from tests.support.time import Freeze

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def monday(freeze: Freeze) -> None:
    freeze("2026-11-30 09:00")


def words(answer: Any) -> str:
    return " ".join(answer.content.decode().replace("\xa0", " ").replace("\u202f", " ").split())


def test_a_worker_reads_how_the_own_pay_came_about_and_nothing_of_the_tariff() -> None:
    agreements.agree_terms(
        people.placement(people.ana()), valid_from=people.START, wage_cents=1600, bill_factor=Decimal("1.85"),
        by=people.actor(people.esra()), at=people.BEFORE,
    )  # fmt: skip
    sheet = walk.to(people.sheet(people.ana()), State.PAID)
    ana = people.signed_in(people.ana())
    assert f"/worker/timesheets/{sheet.pk}/pay/" in words(ana.get("/worker/week/2026-W48/"))
    page = words(ana.get(f"/worker/timesheets/{sheet.pk}/pay/"))
    assert "<strong>€ 640,00</strong> bruto, verloond in de verloning van week 48" in page
    assert "€ 16,00" in page
    assert "1,85" not in page
    assert "Wat de opdrachtgever betaalt" not in page


def test_it_is_there_for_nobody_else() -> None:
    sheet = walk.to(people.sheet(people.ana()), State.PAID)
    address = f"/worker/timesheets/{sheet.pk}/pay/"
    for person in (people.bram(), people.carla(), people.esra()):
        assert people.signed_in(person).get(address).status_code == 404
    untouched = people.sheet(people.ana(), people.WEEK.previous)
    assert people.signed_in(people.ana()).get(f"/worker/timesheets/{untouched.pk}/pay/").status_code == 404
