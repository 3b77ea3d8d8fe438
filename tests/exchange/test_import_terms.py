"""Wages and factors from a spreadsheet: agreed from a day on, never moved unseen."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from kis.core import clock
from kis.core.weeks import Week
from kis.exchange.import_sheets import ImportRefused
from kis.exchange.imports import import_people
from kis.payroll.agreements import agree_terms
from kis.payroll.models import PlacementTerms
from kis.staffing.actor import SYSTEM
from kis.staffing.models import Placement, Worker

pytestmark = pytest.mark.django_db
NOW = clock.at(Week(2026, 48).monday, 9 * 60)
START, LATER = dt.date(2026, 9, 1), dt.date(2026, 12, 1)
Imported = Callable[..., str]


@pytest.fixture
def imported(tmp_path: Path) -> Imported:
    """Imports one placement with these cells, and answers what came of its row."""

    def run(wage: str = "", factor: str = "", since: str = "") -> str:
        files = {
            "inleners.csv": "nummer;naam\nK1;Bakkerij De Groot\n",
            "medewerkers.csv": "nummer;naam;e-mail\nW1;Ana Kowalska;ana@worker.example\n",
            "plaatsingen.csv": (
                "nummer;medewerker;inlener;functie;begin;einde;uurloon;factor;loon vanaf\n"
                f"P1;W1;K1;Inpakker;01-09-2026;31-12-2026;{wage};{factor};{since}\n"
            ),
        }
        for name, content in files.items():
            (tmp_path / name).write_text(content, encoding="utf-8")
        report = import_people(sorted(tmp_path.glob("*.csv")), by=SYSTEM, at=NOW)
        [outcome] = report.counts["placements"]
        return outcome

    return run


def agreed() -> list[tuple[dt.date, int, Decimal | None]]:
    return list(PlacementTerms.objects.values_list("valid_from", "wage_cents", "bill_factor"))


def test_the_first_wage_holds_from_the_start_of_the_job(imported: Imported) -> None:
    assert imported("16,50", "1,85") == "new"
    assert agreed() == [(START, 1650, Decimal("1.85"))]


def test_a_job_that_was_there_without_a_wage_gets_its_first(imported: Imported) -> None:
    imported()
    assert agreed() == []
    assert imported("16,50") == "changed"
    assert agreed() == [(START, 1650, None)]


@pytest.mark.parametrize("since", ["", "01-09-2026", "01-10-2026"])
def test_the_same_again_agrees_nothing_new(imported: Imported, since: str) -> None:
    imported("16,50", "1,85")
    assert imported("16.5", "1.8500", since) == "same"
    assert len(agreed()) == 1


def test_a_raise_holds_from_its_day_and_leaves_the_rest(imported: Imported) -> None:
    imported("16,50", "1,85")
    assert imported("17,00", since="01-12-2026") == "changed"
    assert imported(factor="1,90", since="15-12-2026") == "changed"
    assert agreed()[1:] == [(LATER, 1700, Decimal("1.85")), (dt.date(2026, 12, 15), 1700, Decimal("1.9"))]


def test_a_factor_takes_the_place_of_a_fixed_tariff_and_a_wage_leaves_it(imported: Imported) -> None:
    imported()
    job = Placement.objects.get()
    agree_terms(job, valid_from=START, wage_cents=1650, bill_cents=3100, on_call=True, by=SYSTEM, at=NOW)
    imported("17,00", since="01-12-2026")
    imported(factor="2", since="15-12-2026")
    rows = PlacementTerms.objects.values_list("wage_cents", "bill_cents", "bill_factor", "on_call")
    assert list(rows)[1:] == [(1700, 3100, None, True), (1700, None, Decimal(2), True)]


@pytest.mark.parametrize(
    ("cells", "column"),
    [
        (("17,00", "", ""), "uurloon"),  # from which day?
        (("", "1,90", ""), "uurloon"),
        (("17,00", "", "31-08-2026"), "loon vanaf"),
        (("17,00", "", "01-01-2027"), "loon vanaf"),
        (("", "", "01-12-2026"), "loon vanaf"),
        (("veel", "", ""), "uurloon"),
        (("1650", "", ""), "uurloon"),
        (("", "11", ""), "factor"),
    ],
)
def test_what_cannot_be_agreed_is_named_with_its_column(
    imported: Imported, cells: tuple[str, str, str], column: str
) -> None:
    imported("16,50", "1,85")
    with pytest.raises(ImportRefused) as refused:
        imported(*cells)
    assert [(p.source, p.line, p.column) for p in refused.value.problems] == [("plaatsingen.csv", 2, column)]
    assert len(agreed()) == 1


def test_a_factor_without_any_wage_is_refused(imported: Imported) -> None:
    with pytest.raises(ImportRefused, match=r"kolom uurloon: Er is nog geen loon"):
        imported(factor="1,85")
    assert not Worker.objects.exists()
