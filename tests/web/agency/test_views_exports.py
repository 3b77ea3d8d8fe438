import itertools

import pytest
from django.test import Client as Browser

from kis.exchange import exports
from kis.exchange.models import Export, ExportOrder
from kis.jobs.models import Job
from kis.payroll.models import PayrollRun
from tests.exchange import paid_weeks, runs
from tests.support import people
from tests.support.queries import SameQueries
from tests.support.time import Freeze


@pytest.fixture
def esra(freeze: Freeze) -> Browser:
    freeze("2026-12-01 09:00")
    return people.signed_in(people.esra())


def page(browser: Browser, run: PayrollRun) -> str:
    return browser.get(f"/agency/payroll/runs/{run.pk}/exports/").content.decode()


def test_a_file_is_asked_for_watched_and_taken_along_the_same_each_time(esra: Browser) -> None:
    run = runs.locked()
    address = f"/agency/payroll/runs/{run.pk}/exports/"
    assert address in esra.get(f"/agency/payroll/runs/{run.pk}/").content.decode()
    assert esra.post(address + "make/", {"format": "csv"}).status_code == 302
    order = ExportOrder.objects.get()
    assert f"?waiting={order.pk}" in page(esra, run)
    waiting = {"headers": {"HX-Request": "true"}}
    assert "HX-Refresh" not in esra.get(f"{address}?waiting={order.pk}", **waiting)
    exports.carry_out(order.pk, clock=lambda: runs.TUESDAY)
    assert esra.get(f"{address}?waiting={order.pk}", **waiting)["HX-Refresh"] == "true"
    made = Export.objects.get()
    shown = page(esra, run)
    assert made.sha256 in shown
    assert "voor Esra Yilmaz" in shown
    first, second = (esra.get(f"/agency/payroll/exports/{made.pk}/") for _ in range(2))
    assert first.getvalue() == second.getvalue() == runs.content(made)
    assert first["Content-Disposition"] == 'attachment; filename="verloning-2026-W48-1.csv"'


def test_asking_for_a_file_that_exists_shows_it(esra: Browser) -> None:
    run = runs.locked()
    made = runs.made(run)
    answer = esra.post(f"/agency/payroll/runs/{run.pk}/exports/make/", {"format": "csv"}, follow=True)
    assert f"/agency/payroll/exports/{made.pk}/" in answer.content.decode()
    assert not ExportOrder.objects.exists()


def test_a_file_that_could_not_be_made_says_why_and_offers_to_try_again(esra: Browser) -> None:
    run = runs.locked()
    order = runs.ordered(run)
    ExportOrder.objects.update(
        state=ExportOrder.State.REFUSED,
        problems=[["", "A workbook holds at most %(most)s rows; choose CSV.", {"most": 9}]],
    )
    shown = page(esra, run)
    assert "Een werkmap heeft plaats voor hoogstens 9 rijen" in shown
    assert "Opnieuw proberen" in shown
    ExportOrder.objects.update(state=ExportOrder.State.WAITING, problems=[])
    Job.objects.filter(pk=order.job).update(status=Job.Status.DEAD)
    assert "een paar keer misgegaan" in page(esra, run)


def test_a_file_that_is_not_what_was_made_is_not_handed_out(esra: Browser) -> None:
    made = runs.made(runs.locked())
    made.file.file.storage.delete(made.file.file.name)
    answer = esra.get(f"/agency/payroll/exports/{made.pk}/", follow=True)
    assert "niet meer wat er gemaakt is" in answer.content.decode()


def test_a_format_that_is_not_there_is_no_page(esra: Browser) -> None:
    run = runs.locked()
    assert esra.post(f"/agency/payroll/runs/{run.pk}/exports/make/", {"format": "docx"}).status_code == 404


def test_the_time_cards_of_a_client_are_asked_for_by_choosing_the_client(esra: Browser) -> None:
    paid_weeks.identified()
    run = runs.locked()
    address, bakery = f"/agency/payroll/runs/{run.pk}/exports/", people.bakery()
    assert "Bakkerij De Groot" in page(esra, run)
    assert 'value="setu-1.4"' not in page(esra, run), "first whose"
    assert 'value="setu-1.4"' in esra.get(f"{address}?client={bakery.pk}").content.decode()
    answer = esra.post(address + "make/", {"format": "setu-1.4", "client": bakery.pk})
    assert answer["Location"] == f"{address}?client={bakery.pk}"
    order = ExportOrder.objects.get()
    assert "Bezig met: SETU Timecard 1.4, XML, K100" in page(esra, run)
    exports.carry_out(order.pk, clock=lambda: runs.TUESDAY)
    made = Export.objects.get()
    assert made.name == "verloning-2026-W48-1-K100-setu-1.4.zip"
    assert "Andere bestanden van deze verloning" in page(esra, run)
    shown = esra.get(f"{address}?client={bakery.pk}").content.decode()
    assert "Andere bestanden" not in shown, "it stands with its client"
    assert made.sha256 in shown


def test_a_client_that_was_not_paid_for_is_no_choice(esra: Browser) -> None:
    run = runs.locked()
    address = f"/agency/payroll/runs/{run.pk}/exports/"
    for client in (str(people.transport().pk), "1e3", "9" * 30):
        assert esra.get(f"{address}?client={client}").status_code == 404
    assert esra.post(address + "make/", {"format": "setu-1.4"}).status_code == 404


def test_numbers_that_a_time_card_needs_are_asked_for_where_they_belong(esra: Browser) -> None:
    run = runs.locked()
    client = people.bakery()
    address = f"/agency/payroll/runs/{run.pk}/exports/?client={client.pk}"
    shown = esra.get(address).content.decode()
    assert 'href="/agency/settings/"' in shown.split("Urenberichten voor")[1]
    assert f'href="/agency/people/clients/{client.pk}/"' in shown
    esra.post(f"/agency/payroll/runs/{run.pk}/exports/make/", {"format": "setu-1.4", "client": client.pk})
    assert not ExportOrder.objects.exists()
    consultant = people.signed_in(people.finn()).get(address).content.decode()
    assert "Vraag uw backoffice het in te vullen" in consultant
    assert 'href="/agency/settings/"' not in consultant.split("Urenberichten voor")[1]
    paid_weeks.identified()
    assert "nog niet ingevuld" not in esra.get(address).content.decode()


def test_the_page_costs_the_same_for_many_files(esra: Browser, same_queries: SameQueries) -> None:
    run = runs.locked()
    number = itertools.count()

    def add(count: int) -> None:
        for _ in range(count):
            runs.made(run, "csv", n=next(number))

    assert same_queries(add, lambda: page(esra, run)) <= 12
