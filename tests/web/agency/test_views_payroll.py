import re

import pytest
from django.test import Client as Browser

from kis.core import clock
from kis.payroll import operations
from kis.payroll.models import PayrollRun
from kis.timesheets.workflow import State
from tests.support import people, walk
from tests.support.time import Freeze


@pytest.fixture
def esra(freeze: Freeze) -> Browser:
    freeze("2026-12-01 09:00")
    return people.signed_in(people.esra())


def form_of(browser: Browser, address: str = "/agency/payroll/") -> dict[str, str]:
    page = browser.get(address).content.decode()
    return dict(re.findall(r'name="(week|sequence|cut_off|figures)" value="([^"]*)"', page))


def start(browser: Browser) -> PayrollRun:
    browser.post("/agency/payroll/start/", form_of(browser))
    run = PayrollRun.objects.get()
    operations.carry_out(run.pk, clock=clock.now, report=lambda done, total: None)
    run.refresh_from_db()
    return run


def test_the_preview_shows_what_would_be_paid(esra: Browser) -> None:
    walk.to(people.sheet(people.ana()), State.APPROVED)
    page = esra.get("/agency/payroll/").content.decode()
    assert "1 werkbriefje verlonen, 40:00 uur" in page


def test_what_was_approved_too_late_waits_unless_one_chooses_otherwise(esra: Browser) -> None:
    walk.to(people.sheet(people.ana()), State.APPROVED, at=clock.at(people.WEEK.next.monday, 16 * 60))
    assert "gaat mee in de volgende verloning" in esra.get("/agency/payroll/").content.decode()
    assert "1 werkbriefje verlonen" in esra.get("/agency/payroll/?until=now").content.decode()


def test_a_run_is_started_shown_and_locked(esra: Browser) -> None:
    walk.to(people.sheet(people.ana()), State.APPROVED)
    run = start(esra)
    page = esra.get(f"/agency/payroll/runs/{run.pk}/").content.decode()
    assert "verloond en vastgelegd" in page
    assert "Ana Kowalska" in page


def test_figures_that_changed_since_they_were_shown_are_shown_again(esra: Browser) -> None:
    walk.to(people.sheet(people.ana()), State.APPROVED)
    form = form_of(esra)
    walk.to(people.sheet(people.bram()), State.APPROVED)
    page = esra.post("/agency/payroll/start/", form, follow=True).content.decode()
    assert "De cijfers zijn intussen veranderd" in page
    assert not PayrollRun.objects.exists()


def test_a_form_sent_twice_starts_one_run(esra: Browser) -> None:
    walk.to(people.sheet(people.ana()), State.APPROVED)
    form = form_of(esra)
    esra.post("/agency/payroll/start/", form)
    assert esra.post("/agency/payroll/start/", form, follow=True).status_code == 200
    assert PayrollRun.objects.count() == 1


def test_a_form_that_is_not_ours_is_no_page(esra: Browser) -> None:
    assert esra.post("/agency/payroll/start/", {"week": "nonsense"}).status_code == 404


def test_a_run_under_way_has_a_bar_and_no_file(esra: Browser) -> None:
    walk.to(people.sheet(people.ana()), State.APPROVED)
    esra.post("/agency/payroll/start/", form_of(esra))
    run = PayrollRun.objects.get()
    assert "<progress" in esra.get(f"/agency/payroll/runs/{run.pk}/").content.decode()
    assert esra.get(f"/agency/payroll/runs/{run.pk}/exports/").status_code == 404
    assert esra.get(f"/agency/payroll/runs/{run.pk}/progress/").status_code == 200
