import re
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client as Browser

from kis.exchange import mappings
from kis.exchange.component_mapping import Measure, Target
from kis.exchange.mappings import Component
from kis.exchange.models import ExportOrder, MappingVersion, Package
from kis.payroll.models import PayrollRun
from kis.timesheets.hours import Day, Hours
from kis.web.agency.mapping_forms import MappingForm
from tests.exchange import runs
from tests.support import people
from tests.support.queries import SameQueries
from tests.support.time import Freeze

ADDRESS = "/agency/payroll/mapping/loket/"


@pytest.fixture
def esra(freeze: Freeze) -> Browser:
    freeze("2026-12-01 09:00")
    return people.signed_in(people.esra())


@pytest.fixture
def run() -> PayrollRun:
    """Hours and kilometres."""
    week = people.hours(days=2)
    return runs.locked(Hours(week.week, (Day(week.days[0].shifts, km=30), *week.days[1:])))


def form_of(browser: Browser, address: str = ADDRESS) -> dict[str, str]:
    """The fields of the page as it came."""
    page = browser.get(address).content.decode()
    fields = dict(re.findall(r'<input type="(?:text|hidden)" name="([^"]+)" value="([^"]*)"', page))
    for name, options in re.findall(r'<select name="([^"]+)".*?>(.*?)</select>', page, re.DOTALL):
        chosen = re.search(r'value="([^"]*)" selected', options) or re.search(r'value="([^"]*)"', options)
        assert chosen
        fields[name] = chosen[1]
    fields.pop("csrfmiddlewaretoken", None)
    return fields


def filled(form: dict[str, str], **codes: str) -> dict[str, str]:
    """The form with the settings and codes typed in."""
    places = {form[name]: name.removesuffix("component") for name in form if name.endswith("component")}
    typed = {places[component] + "code": code for component, code in codes.items()}
    return {**form, "employer": "5555", "shift": "1", **typed}


def save(package: str = "loket", *table: Target, shown: int = 0) -> MappingVersion:
    settings = {"employer": "5555", "shift": "1"}
    by = people.actor(people.esra())
    return mappings.save_codes(package, table, settings, shown=shown, by=by, at=runs.TUESDAY)


def test_what_occurs_in_the_last_runs_waits_for_its_code(esra: Browser, run: PayrollRun) -> None:
    page = esra.get(ADDRESS).content.decode()
    assert "2 componenten van de laatste verloningen hebben nog geen code: Kilometers, Normale uren." in page
    assert '<option value="quantity" selected>Aantal</option>' in page
    answer = esra.post(ADDRESS, filled(form_of(esra), km="101", normal="1"))
    assert (answer.status_code, answer["Location"]) == (302, ADDRESS)
    saved = MappingVersion.objects.get()
    assert set(saved.table) == {Target("km", "101", Measure.QUANTITY), Target("normal", "1")}
    assert saved.settings == {"employer": "5555", "shift": "1"}
    page = esra.get(ADDRESS).content.decode()
    assert "nog geen code" not in page
    assert "opgeslagen als versie 1" in page


def test_a_second_line_books_a_surcharge_and_an_emptied_code_is_left_out(esra: Browser, run: PayrollRun) -> None:
    save("loket", Target("normal", "1"), Target("km", "101", Measure.QUANTITY))
    form = filled(form_of(esra), km="")
    form |= {"line-2-component": "normal", "line-2-code": "86", "line-2-measure": "hours", "line-2-factor": "0,3"}
    esra.post(ADDRESS, {**form, "line-2-percentage": "130"})
    table = {(line.component, line.code, line.factor, line.percentage) for line in mappings.current("loket").table}  # type: ignore[union-attr]  # it was saved above
    assert {(component, code, str(factor), str(pct)) for component, code, factor, pct in table} == {
        ("normal", "1", "1", "None"),
        ("normal", "86", "0.3", "130"),
    }


def test_each_percentage_that_lacks_a_code_has_a_line_where_others_have_one(run: PayrollRun) -> None:
    percentages = (Decimal(125), Decimal(130), Decimal(150))
    save("loket", Target("evening", "9", percentage=Decimal(130)))
    form = MappingForm(Package.LOKET, mappings.current("loket"), [Component("evening", "time", percentages)])
    lines = [(line.initial["percentage"], line.initial.get("code")) for line in form.lines if line.of]
    assert lines == [(Decimal(125), None), (Decimal(150), None), (Decimal(130), "9")]


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"employer": "vijf"}, "Alleen cijfers"),
        ({"line-1-code": "U21"}, "Alleen cijfers"),
        ({"line-0-measure": "hours"}, "Dit component wordt niet zo geteld"),
        ({"line-2-code": "5"}, "Kies een component"),
        ({"line-1-factor": "0"}, "Een getal groter dan nul."),
        ({"line-1-factor": "-1"}, "Een getal groter dan nul."),
        ({"line-1-code": "101"}, "bij elkaar optellen"),
        (
            {"line-2-component": "normal", "line-2-code": "1", "line-2-measure": "hours"},
            "Twee regels boeken hetzelfde component op dezelfde code",
        ),
    ],
)
def test_what_the_package_could_not_take_is_said_beside_it(
    esra: Browser, run: PayrollRun, typed: dict[str, str], told: str
) -> None:
    form = filled(form_of(esra), km="101", normal="1")
    answer = esra.post(ADDRESS, {**form, **typed})
    assert answer.status_code == 422
    assert told in answer.content.decode()
    assert not MappingVersion.objects.exists()


def test_codes_that_somebody_saved_meanwhile_are_shown_first(esra: Browser, run: PayrollRun) -> None:
    form = filled(form_of(esra), km="101", normal="1")
    save("loket", Target("normal", "7"))
    page = esra.post(ADDRESS, form, follow=True).content.decode()
    assert "Iemand heeft intussen andere codes opgeslagen" in page
    assert MappingVersion.objects.count() == 1


def test_a_version_stays_readable(esra: Browser, run: PayrollRun) -> None:
    first = save("loket", Target("normal", "1"))
    save("loket", Target("normal", "2"), shown=1)
    page = esra.get(f"{ADDRESS}1/").content.decode()
    assert first.digest in page
    assert "Aansluitnummer" in page
    assert f'href="{ADDRESS}1/"' in esra.get(ADDRESS).content.decode()
    assert esra.get(f"{ADDRESS}3/").status_code == 404
    assert esra.get("/agency/payroll/mapping/exact/").status_code == 404


def test_a_file_of_a_package_waits_for_codes_and_is_then_made(esra: Browser, run: PayrollRun) -> None:
    files = f"/agency/payroll/runs/{run.pk}/exports/"
    make: dict[str, Any] = {"path": files + "make/", "data": {"format": "loket"}}
    assert esra.post(**make).status_code == 404, "its codes were never set up"
    assert f'href="{ADDRESS}?run={run.pk}"' in esra.get(files).content.decode()
    save("loket", Target("normal", "1"))
    page = esra.get(files).content.decode()
    assert "Deze componenten van de verloning hebben nog geen code: Kilometers." in page
    assert 'value="loket"' not in page, "no button for a file that cannot be made"
    answer = esra.post(f"{ADDRESS}?run={run.pk}", filled(form_of(esra), km="101", normal="1"))
    assert answer["Location"] == files, "back to where the reader came from"
    assert 'value="loket"' in esra.get(files).content.decode()
    esra.post(**make)
    assert ExportOrder.objects.get().choices == {"mapping": 2}


def test_files_with_earlier_codes_stay_in_reach(esra: Browser, run: PayrollRun) -> None:
    table = Target("normal", "1"), Target("km", "101", Measure.QUANTITY)
    save("easyflex", *table)
    made = runs.made(run, "easyflex", mapping=1)
    save("easyflex", Target("normal", "2"), table[1], shown=1)
    page = esra.get(f"/agency/payroll/runs/{run.pk}/exports/").content.decode()
    assert "Andere bestanden van deze verloning" in page
    assert f"/agency/payroll/exports/{made.pk}/" in page


def test_the_page_costs_the_same_for_many_lines_and_versions(esra: Browser, same_queries: SameQueries) -> None:
    def add(count: int) -> None:
        now = mappings.current("loket")
        number = now.number if now else 0
        for n in range(number, number + count):
            save("loket", *(Target(f"part-{m}", str(m)) for m in range(n + 1)), shown=n)

    assert same_queries(add, lambda: esra.get(ADDRESS)) <= 10
