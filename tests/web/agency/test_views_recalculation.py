"""Computing paid weeks anew, on the agency's pages and on the worker's."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client as Browser

from kis.core import clock
from kis.payroll import agreements, recheck
from kis.payroll.models import PayrollRun, Recalculation, Recheck
from kis.staffing.models import Placement
from kis.timesheets.models import Timesheet
from kis.timesheets.workflow import State
from tests.support import people, walk
from tests.support.queries import SameQueries
from tests.support.time import Freeze

pytestmark = pytest.mark.django_db
PAGE = "/agency/payroll/recalculate/"


@pytest.fixture
def esra(freeze: Freeze) -> Browser:
    freeze("2026-12-01 09:00")
    return people.signed_in(people.esra())


@pytest.fixture
def raised(esra: Browser, freeze: Freeze) -> Timesheet:
    """A week that was paid at 16 euros; an hour later 17 is agreed for it."""
    wage(people.placement(people.ana()), 1600)
    sheet = walk.to(people.sheet(people.ana()), State.PAID)
    freeze("2026-12-01 10:00")
    wage(sheet.placement, 1700)
    freeze("2026-12-01 10:30")
    return sheet


def wage(job: Placement, cents: int) -> None:
    by = people.actor(people.esra())
    agreements.agree_terms(job, valid_from=people.START, wage_cents=cents, by=by, at=clock.now())


def words(answer: Any) -> str:
    return " ".join(answer.content.decode().replace("\xa0", " ").replace("\u202f", " ").split())


def looked(browser: Browser, week: str = "2026-W40") -> str:
    """The page of what was found."""
    address = str(browser.post(f"{PAGE}look/", {"week": week})["Location"])
    recheck.carry_out(Recheck.objects.latest("pk").pk, clock=clock.now)
    return address


def confirm(browser: Browser, address: str, **form: object) -> str:
    rows = [row.pk for row in Recheck.objects.latest("pk").rows.all()]
    return words(browser.post(f"{address}confirm/", {"row": rows, **form}, follow=True))


def test_what_is_agreed_backwards_is_told_where_payroll_is_run(esra: Browser, raised: Timesheet) -> None:
    assert raised.state == State.PAID
    assert "zijn andere regels of lonen afgesproken voor weken die al zijn verloond" in words(
        esra.get("/agency/payroll/")
    )
    page = words(esra.get(PAGE))
    assert 'value="2026-W36"' in page, "the week of the day from which it was agreed"
    looked(esra)
    assert "al zijn verloond" not in words(esra.get("/agency/payroll/"))


def test_a_look_shows_a_bar_and_then_the_differences_with_their_reason(esra: Browser, raised: Timesheet) -> None:
    address = str(esra.post(f"{PAGE}look/", {"week": "2026-W40"})["Location"])
    assert "Verloonde weken herberekenen" in words(esra.get(address))
    recheck.carry_out(Recheck.objects.get().pk, clock=clock.now)
    assert esra.get(address, headers={"HX-Request": "true"})["HX-Refresh"] == "true"
    page = words(esra.get(address))
    for part in ("€ 640,00", "€ 680,00", "€ 40,00", "ander loon: € 17,00", str(raised.worker)):
        assert part in page


def test_confirmed_it_waits_is_paid_and_told_to_the_worker(esra: Browser, raised: Timesheet, freeze: Freeze) -> None:
    address = looked(esra)
    assert "1 week gaat mee met de volgende verloning" in confirm(esra, address)
    assert "1 herberekende week verlonen, € 40,00" in words(esra.get("/agency/payroll/"))
    ana = people.signed_in(people.ana())
    own = f"/worker/timesheets/{raised.pk}/pay/"
    assert "Het verschil van € 40,00 gaat mee met de volgende verloning" in words(ana.get(own))
    freeze("2026-12-01 11:00")
    walk.run(people.WEEK.next, clock.now())
    run = PayrollRun.objects.latest("pk")
    assert "1 eerder verloonde week is herberekend: € 40,00" in words(esra.get(f"/agency/payroll/runs/{run.pk}/"))
    assert "Ana Kowalska" in words(esra.get(f"/agency/payroll/runs/{run.pk}/recalculated/"))
    page = words(ana.get(own))
    assert "<strong>€ 640,00</strong> bruto" in page, "what was paid stays readable as it was paid"
    assert "Herberekend: het verschil" in page
    assert "Samen € 680,00." in page
    assert "zouden het andere regels zijn" not in page


def test_a_run_without_recalculated_weeks_has_no_such_page(esra: Browser, raised: Timesheet) -> None:
    assert esra.get(f"/agency/payroll/runs/{raised.run_sheet.run_id}/recalculated/").status_code == 404


def test_confirmed_twice_it_counts_once(esra: Browser, raised: Timesheet) -> None:
    address = looked(esra)
    confirm(esra, address)
    assert "1 was al bevestigd" in confirm(esra, address, all=1)
    assert raised.recalculations.count() == 1
    assert "bevestigd</span>" in words(esra.get(address))


def test_a_look_that_is_old_confirms_nothing(esra: Browser, raised: Timesheet, freeze: Freeze) -> None:
    address = looked(esra)
    freeze("2026-12-01 11:00")
    wage(raised.placement, 1800)
    assert "Kijk opnieuw" in words(esra.get(address))
    assert "Er is iets veranderd sinds je keek" in confirm(esra, address)
    assert not Recalculation.objects.exists()


def test_what_waits_can_be_taken_back(esra: Browser, raised: Timesheet) -> None:
    confirm(esra, looked(esra))
    address = f"{PAGE}withdraw/{raised.recalculations.get().pk}/"
    assert "Het is teruggenomen" in words(esra.post(address, follow=True))
    assert "iemand heeft het al teruggenomen" in words(esra.post(address, follow=True))
    assert "Er wacht niets" in words(esra.get(PAGE))


def test_nothing_found_is_said(esra: Browser) -> None:
    walk.to(people.sheet(people.ana()), State.PAID)
    assert "Niets recht te zetten" in words(esra.get(looked(esra)))


def test_a_week_that_is_none_is_refused(esra: Browser) -> None:
    assert "Schrijf de week als 2026-W48" in words(esra.post(f"{PAGE}look/", {"week": "volgende"}, follow=True))


def test_long_lists_cost_as_much_as_short_ones(esra: Browser, freeze: Freeze, same_queries: SameQueries) -> None:
    minutes = iter(range(60))

    def add(count: int) -> None:
        for worker in people.many_workers(count):
            walk.to(people.sheet(people.placement(worker)), State.APPROVED)
        freeze(f"2026-12-01 09:{next(minutes):02}")
        walk.run(people.WEEK, clock.now())
        freeze(f"2026-12-01 09:{next(minutes):02}")
        for worker in people.Worker.objects.all():
            wage(people.placement(worker), 1600 + next(minutes))
        looked(esra)

    assert same_queries(add, lambda: esra.get(f"{PAGE}{Recheck.objects.latest('pk').pk}/")) < 20
    confirm(esra, f"{PAGE}{Recheck.objects.latest('pk').pk}/")
    assert Recalculation.objects.count() == 30


@pytest.mark.parametrize("person", [people.carla, people.dirk])
def test_a_client_never_sees_a_wage(esra: Browser, raised: Timesheet, person: Any) -> None:
    """No page on the way from hours to pay opens for a client, and none that does open has an amount on it."""
    address = looked(esra)
    confirm(esra, address)
    client = people.signed_in(person())
    run = raised.run_sheet.run_id
    closed = [
        address, PAGE, f"/agency/timesheets/{raised.pk}/pay/", f"/worker/timesheets/{raised.pk}/pay/",
        f"/agency/payroll/runs/{run}/", f"/agency/payroll/runs/{run}/recalculated/", "/agency/payroll/",
    ]  # fmt: skip
    assert [client.get(page).status_code for page in closed] == [404] * len(closed)
    for page in ("/client/", "/client/jobs/", f"/client/timesheets/{raised.pk}/"):
        answer = client.get(page)
        if answer.status_code == 200:
            assert "640,00" not in words(answer)
            assert "16,00" not in words(answer)
