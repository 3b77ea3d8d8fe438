"""Wages and tariffs on the page of a job: for the agency alone."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.test import Client as Browser

from kis.payroll.agreements import agree_terms
from kis.payroll.models import PlacementTerms
from kis.staffing import operations as staffing
from kis.staffing.models import Placement
from kis.timesheets.workflow import State
from tests.support import people, walk
from tests.support.time import Freeze

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def friday(freeze: Freeze) -> None:
    freeze("2026-11-27 15:00")


@pytest.fixture
def esra() -> Browser:
    return people.signed_in(people.esra())


@pytest.fixture
def job() -> Placement:
    return people.placement(people.ana())


def billing() -> None:
    staffing.configure_agency(by=people.actor(people.esra()), at=people.BEFORE, billing=True)


def post(browser: Browser, job: Placement, *, htmx: bool = False, **typed: Any) -> Any:
    data = {"valid_from": "2026-11-23", "wage": "16,50", **typed}
    headers = {"HX-Request": "true"} if htmx else {}
    return browser.post(f"/agency/people/placements/{job.pk}/terms/", data, headers=headers)


def words(answer: Any) -> str:
    return " ".join(answer.content.decode().replace("\xa0", " ").replace("\u202f", " ").split())


def test_a_wage_is_agreed_and_stands_on_the_page_of_the_job(esra: Browser, job: Placement) -> None:
    page = f"/agency/people/placements/{job.pk}/"
    assert "Er is nog geen loon bekend" in words(esra.get(page))
    assert f"{page}terms/" in words(esra.get(page))
    assert post(esra, job, on_call="on").status_code == 302
    terms = PlacementTerms.objects.get()
    assert (terms.wage_cents, terms.on_call, terms.bill_factor, terms.by_name) == (1650, True, None, "Esra Yilmaz")
    assert "€ 16,50" in words(esra.get(page))
    assert "Ana Kowalska verdient € 16,50 per uur" in words(esra.get(f"{page}terms/"))


def test_a_later_agreement_goes_before_an_earlier_one_and_both_stay(esra: Browser, job: Placement) -> None:
    post(esra, job)
    post(esra, job, wage="17,25")
    assert PlacementTerms.objects.count() == 2
    page = words(esra.get(f"/agency/people/placements/{job.pk}/terms/"))
    assert "verdient € 17,25 per uur" in page
    assert "€ 16,50" in page


def test_the_tariff_is_asked_only_where_clients_are_billed(esra: Browser, job: Placement) -> None:
    address = f"/agency/people/placements/{job.pk}/terms/"
    assert 'name="factor"' not in words(esra.get(address))
    billing()
    assert 'name="factor"' in words(esra.get(address))
    post(esra, job, tariff="factor", factor="1,85")
    assert PlacementTerms.objects.get().bill_factor == Decimal("1.85")


def test_another_wage_leaves_the_tariffs_of_single_hour_types_and_the_page_shows_them(
    esra: Browser, job: Placement
) -> None:
    billing()
    own: dict[str, Any] = {"bill_factors": {"evening": "1.6"}, "bill_fixed": {"sunday": 6100}}
    agree_terms(
        job, valid_from=people.START, wage_cents=1600, bill_factor=Decimal("1.85"), **own,
        by=people.actor(people.esra()), at=people.BEFORE,
    )  # fmt: skip
    page = words(esra.get(f"/agency/people/placements/{job.pk}/terms/"))
    assert "<li>Avond: maal 1,6</li><li>Zondag: € 61,00</li>" in page
    assert post(esra, job, wage="17,00", tariff="factor", factor="1,85").status_code == 302
    terms = PlacementTerms.objects.get(wage_cents=1700)
    assert (terms.bill_factors, terms.bill_fixed) == (own["bill_factors"], own["bill_fixed"])


def test_while_typing_the_page_tells_what_it_comes_to(esra: Browser, job: Placement) -> None:
    billing()
    walk.to(people.sheet(people.ana()), State.PAID)
    said = words(post(esra, job, htmx=True, wage="14,03", tariff="factor", factor="1,85"))
    assert "€ 14,03 loon, € 25,96 tarief" in said  # 25,9555
    assert "Onder het minimumloon: op die leeftijd is dat € 14,99 vanaf" in said
    assert "Eén week vanaf deze dag is al verloond." in said
    assert not PlacementTerms.objects.exists()
    assert "tarief" not in words(post(esra, job, htmx=True, wage="veel", tariff="none"))


def test_what_is_wrong_is_told_and_nothing_typed_is_lost(esra: Browser, job: Placement) -> None:
    answer = post(esra, job, wage="16,50x")
    assert answer.status_code == 422
    assert 'value="16,50x"' in words(answer)
    assert "Dit is geen bedrag." in words(answer)


def test_nobody_else_sees_a_wage(job: Placement, esra: Browser) -> None:
    post(esra, job)
    for person in (people.ana(), people.carla()):
        assert people.signed_in(person).get(f"/agency/people/placements/{job.pk}/terms/").status_code == 404
    carla = people.signed_in(people.carla())
    walk.to(people.sheet(people.ana()), State.SUBMITTED)
    for address in (f"/client/jobs/{job.pk}/", "/client/jobs/"):
        assert "16,50" not in words(carla.get(address))
