import re

import pytest
from django.test import Client as Browser

from kis.payroll import agreements, forecast
from kis.payroll.models import Forecast, PayrollRun, TopUp
from kis.staffing.actor import SYSTEM
from kis.timesheets.hours import Day, Hours, Shift
from kis.timesheets.workflow import State
from tests.support import people, walk
from tests.support.time import Freeze
from tests.web.agency.test_views_payroll import form_of


@pytest.fixture
def esra(freeze: Freeze) -> Browser:
    freeze("2026-12-01 09:00")
    return people.signed_in(people.esra())


def asked(browser: Browser) -> str:
    answer = browser.post("/agency/payroll/forecast/", form_of(browser))
    assert answer.status_code == 302
    return str(answer["Location"])


def worked_out(browser: Browser) -> str:
    address = asked(browser)
    forecast.carry_out(Forecast.objects.get().pk)
    return address


def test_a_forecast_shows_a_bar_and_then_its_amounts(esra: Browser) -> None:
    job = walk.to(people.sheet(people.ana()), State.APPROVED).placement
    agreements.agree_terms(job, valid_from=people.START, wage_cents=1600, by=SYSTEM, at=people.BEFORE)
    address = asked(esra)
    assert "Bedragen berekenen" in esra.get(address).content.decode()
    forecast.carry_out(Forecast.objects.get().pk)
    page = esra.get(address).content.decode()
    assert "€\u00a0640,00" in page
    assert "Normale uren" in page
    assert esra.get(address, headers={"HX-Request": "true"})["HX-Refresh"] == "true"


def test_a_wage_below_the_minimum_stands_in_the_forecast_with_its_day(esra: Browser) -> None:
    job = walk.to(people.sheet(people.ana()), State.APPROVED).placement
    agreements.agree_terms(job, valid_from=people.START, wage_cents=1450, by=SYSTEM, at=people.BEFORE)
    page = esra.get(worked_out(esra)).content.decode()
    assert "Onder het minimumloon" in page
    assert "ma 23 nov €\u00a014,50, terwijl €\u00a014,99 het minimum is" in page
    assert 'name="minutes"' not in page, "there is nothing to pay besides"


def test_the_run_starts_from_the_forecast(esra: Browser) -> None:
    walk.to(people.sheet(people.ana()), State.APPROVED)
    page = esra.get(worked_out(esra)).content.decode()
    form = dict(re.findall(r'name="(period|week|sequence|cut_off|figures)" value="([^"]*)"', page))
    esra.post("/agency/payroll/start/", form)
    assert PayrollRun.objects.count() == 1


def test_a_forecast_that_no_longer_holds_says_so_and_starts_nothing(esra: Browser) -> None:
    walk.to(people.sheet(people.ana()), State.APPROVED)
    address = worked_out(esra)
    walk.to(people.sheet(people.bram()), State.APPROVED)
    page = esra.get(address).content.decode()
    assert "De cijfers zijn veranderd" in page
    assert "payroll/start/" not in page


def test_a_short_call_is_paid_up_to_what_is_typed(esra: Browser) -> None:
    short = Hours(people.WEEK, (Day((Shift(480, 600),)), *(Day(),) * 6))
    sheet = walk.to(people.sheet(people.ana()), State.APPROVED, hours=short)
    agreements.agree_terms(
        sheet.placement, valid_from=people.START, wage_cents=1600, on_call=True, by=SYSTEM, at=people.BEFORE
    )
    page = esra.get(worked_out(esra)).content.decode()
    assert 'value="1:00"' in page
    form = {"forecast": Forecast.objects.get().pk, "date": "2026-11-23", "minutes": "zestig"}
    refused = esra.post(f"/agency/payroll/top-up/{sheet.pk}/", form, follow=True)
    assert "bijvoorbeeld 1:30" in refused.content.decode()
    esra.post(f"/agency/payroll/top-up/{sheet.pk}/", {**form, "minutes": "1:00"})
    assert TopUp.objects.get().minutes == 60
    again = esra.post(f"/agency/payroll/top-up/{sheet.pk}/", {**form, "minutes": "1:00"}, follow=True)
    assert "heeft iemand al beslist" in again.content.decode()
