"""From hours to pay on a page of the agency."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.test import Client as Browser

from kis.payroll import agreements
from kis.staffing import operations as staffing
from kis.timesheets.workflow import State
from tests.support import people, walk
from tests.support.time import Freeze

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def monday(freeze: Freeze) -> None:
    freeze("2026-11-30 09:00")


@pytest.fixture
def esra() -> Browser:
    return people.signed_in(people.esra())


def words(answer: Any) -> str:
    return " ".join(answer.content.decode().replace("\xa0", " ").replace("\u202f", " ").split())


def agreed() -> None:
    by = people.actor(people.esra())
    staffing.configure_agency(by=by, at=people.BEFORE, billing=True)
    agreements.agree_terms(
        people.placement(people.ana()), valid_from=people.START, wage_cents=1600, bill_factor=Decimal("1.85"), by=by,
        at=people.BEFORE,
    )  # fmt: skip


def test_pay_and_bill_stand_beside_each_other_with_their_reasons(esra: Browser) -> None:
    agreed()
    sheet = walk.to(people.sheet(people.ana()), State.SUBMITTED)
    assert f"/agency/timesheets/{sheet.pk}/pay/" in words(esra.get(f"/agency/timesheets/{sheet.pk}/"))
    page = words(esra.get(f"/agency/timesheets/{sheet.pk}/pay/"))
    assert "Nog niet verloond. Zoals het nu staat, komt het op <strong>€ 640,00</strong> bruto." in page
    assert "Wat de opdrachtgever betaalt" in page
    assert "€ 1.184,00" in page
    assert "geen toeslag voor dit tijdstip" in page
    assert "Volgens de regels: STANDARD-1 v1" in page
    assert "Bedrag = uren × uurloon × percentage" in page
    assert "maal de factor die met de opdrachtgever is afgesproken" in page


def test_the_rules_behind_the_lines_are_a_click_away(esra: Browser) -> None:
    version = agreements.adopt_template("STANDARD-1", by=people.actor(people.esra()), at=people.BEFORE)
    sheet = walk.to(people.sheet(people.ana()), State.SUBMITTED)
    page = words(esra.get(f"/agency/timesheets/{sheet.pk}/pay/"))
    assert f'Volgens de regels: <a href="/agency/payroll/rules/{version.pk}/">STANDARD-1 v1</a>' in page


def test_without_a_wage_the_page_says_so(esra: Browser) -> None:
    sheet = walk.to(people.sheet(people.ana()), State.PAID)
    page = words(esra.get(f"/agency/timesheets/{sheet.pk}/pay/"))
    assert "Voor deze uren is geen loon bekend" in page
    assert "Wat de opdrachtgever betaalt" not in page


def test_a_week_that_was_never_handed_in_has_no_such_page(esra: Browser) -> None:
    sheet = people.sheet(people.ana())
    assert esra.get(f"/agency/timesheets/{sheet.pk}/pay/").status_code == 404
    assert "/pay/" not in words(esra.get(f"/agency/timesheets/{sheet.pk}/"))
