"""Importing people and Jobs: all or nothing, and the same again changes nothing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from kis.core import clock
from kis.core.weeks import Week
from kis.exchange.import_sheets import ImportRefused
from kis.exchange.imports import Report, import_people
from kis.post.models import OutboxMail
from kis.staffing.actor import SYSTEM
from kis.staffing.models import Client, ClientContact, Placement, Worker
from kis.timesheets.models import Timesheet

pytestmark = pytest.mark.django_db
NOW = clock.at(Week(2026, 48).monday, 9 * 60)
FILES = {
    "inleners.csv": "nummer;naam\nK1;Bakkerij De Groot\n",
    "afdelingen.csv": "inlener;afdeling;kostenplaats\nK1;Inpak;4200\nK1;Broodlijn;4100\n",
    "contactpersonen.csv": "inlener;naam;e-mail;afdelingen\nK1;Carla de Groot;carla@bakery.example;Inpak\n",
    "medewerkers.csv": "nummer;naam;e-mail;geboortedatum\nW1;Ana Kowalska;Ana@worker.example;31-12-1998\n",
    "plaatsingen.csv": (
        "nummer;medewerker;inlener;afdeling;functie;begin;maandag;zaterdag\n"
        "P1;W1;K1;Inpak;Inpakker;01-09-2026;08:00-16:30/30;\n"
    ),
}
Imported = Callable[..., Report]


@pytest.fixture
def imported(tmp_path: Path) -> Imported:
    """Imports FILES, with `changes` to some of them."""

    def run(changes: dict[str, str] | None = None, **options: bool | Week) -> Report:
        for name, content in {**FILES, **(changes or {})}.items():
            (tmp_path / name).write_text(content, encoding="utf-8")
        return import_people(sorted(tmp_path.glob("*.csv")), by=SYSTEM, at=NOW, **options)  # type: ignore[arg-type]  # options of several types

    return run


def test_everything_comes_in_whatever_the_order_of_the_files(imported: Imported) -> None:
    report = imported()
    assert {name: dict(counts) for name, counts in report.counts.items()} == {
        "clients": {"new": 1},
        "departments": {"new": 2},
        "contacts": {"new": 1},
        "workers": {"new": 1},
        "placements": {"new": 1},
    }
    placement = Placement.objects.get(number="P1")
    assert str(placement.department) == "Inpak"
    assert placement.pattern == [[[480, 990, 30]], [], [], [], [], [], []]
    assert Worker.objects.get().user.email == "Ana@worker.example"
    assert [str(department) for department in ClientContact.objects.get().departments.all()] == ["Inpak"]


def test_the_timesheets_of_this_week_are_opened_and_earlier_ones_when_asked(imported: Imported) -> None:
    assert imported().opened == 1
    assert Timesheet.objects.get().week == Week(2026, 48)
    assert imported(first_week=Week(2026, 46)).opened == 2


def test_the_same_again_changes_nothing(imported: Imported) -> None:
    imported()
    report = imported()
    assert {outcome for counts in report.counts.values() for outcome in counts} == {"same"}
    assert report.opened == 0


def test_what_differs_is_changed_and_what_is_not_named_stays(imported: Imported) -> None:
    imported()
    report = imported(
        {
            "inleners.csv": "nummer;naam\nK1;Bakkerij De Groot BV\n",
            "medewerkers.csv": "nummer;naam;e-mail\nW1;Ana Kowalska-Smit;Ana@worker.example\n",
            "plaatsingen.csv": (
                "nummer;medewerker;inlener;functie;begin;einde\nP1;W1;K1;Teamleider;01-09-2026;31-12-2026\n"
            ),
        }
    )
    assert [dict(report.counts[name]) for name in ("clients", "workers", "placements")] == [{"changed": 1}] * 3
    worker, placement = Worker.objects.select_related("user").get(), Placement.objects.get()
    assert (worker.user.name, worker.birth_date is not None) == ("Ana Kowalska-Smit", True)
    assert (placement.job_title, str(placement.department)) == ("Teamleider", "Inpak")
    assert "kowalska-smit" in worker.search


def test_what_was_agreed_about_working_time_comes_with_the_placement(imported: Imported) -> None:
    header = "nummer;medewerker;inlener;functie;begin;arbeidstijden;afwijkingen\n"
    imported({"plaatsingen.csv": f"{header}P1;W1;K1;Inpakker;01-09-2026;chauffeur;korte pauzes | acht diensten\n"})
    placement = Placement.objects.get()
    assert placement.working_time_profile == "driver"
    assert placement.working_time_options == ["short_breaks", "eight_shifts"]
    again = imported({"plaatsingen.csv": f"{header}P1;W1;K1;Inpakker;01-09-2026;;\n"})
    assert again.counts["placements"] == {"same": 1}


def test_the_order_number_of_the_client_comes_with_the_placement(imported: Imported) -> None:
    header = "nummer;medewerker;inlener;functie;begin;inkoopnummer\n"
    imported({"plaatsingen.csv": f"{header}P1;W1;K1;Inpakker;01-09-2026;PO-12\n"})
    assert Placement.objects.get().purchase_order == "PO-12"
    again = imported({"plaatsingen.csv": f"{header}P1;W1;K1;Inpakker;01-09-2026;PO-13\n"})
    assert again.counts["placements"] == {"changed": 1}


def test_how_often_somebody_is_paid_comes_with_the_worker(imported: Imported) -> None:
    header = "nummer;naam;e-mail;loontijdvak\n"
    imported()
    assert Worker.objects.get().pay_period == "week"
    report = imported({"medewerkers.csv": f"{header}W1;Ana Kowalska;Ana@worker.example;vier weken\n"})
    assert (Worker.objects.get().pay_period, report.counts["workers"]) == ("four_weeks", {"changed": 1})
    with pytest.raises(ImportRefused, match=r"kolom loontijdvak: .*week, vier weken, maand"):
        imported({"medewerkers.csv": f"{header}W1;Ana Kowalska;Ana@worker.example;dag\n"})


def test_every_wrong_row_is_named_and_nothing_is_kept(imported: Imported) -> None:
    with pytest.raises(ImportRefused) as refused:
        imported(
            {
                "inleners.csv": "nummer;naam\nK1;Bakkerij De Groot\nK1;Nog eens\n;Zonder nummer\n",
                "medewerkers.csv": (
                    "nummer;naam;e-mail;geboortedatum\n"
                    "W1;Ana;geen adres;31-02-1998\nW2;Bram;geen adres;\nW3;Cor;c@x.example;\n"
                ),
                "plaatsingen.csv": (
                    "nummer;medewerker;inlener;afdeling;functie;begin;einde;maandag\n"
                    "P1;W1;K1;;Inpakker;01-09-2026;;\n"  # says nothing new: its worker is wrong
                    "P2;W9;K1;;Inpakker;01-09-2026;;\n"
                    "P3;W3;K1;Kantoor;Inpakker;01-09-2026;;\n"
                    "P4;W3;K1;;Inpakker;01-09-2026;01-08-2026;\n"
                    "P5;W3;K1;;Inpakker;morgen;;lang\n"
                ),
            }
        )
    assert [(p.source, p.line, p.column) for p in refused.value.problems] == [
        ("inleners.csv", 3, "nummer"),
        ("inleners.csv", 4, "nummer"),
        ("medewerkers.csv", 2, "geboortedatum"),
        ("medewerkers.csv", 3, "e-mail"),
        ("plaatsingen.csv", 3, "medewerker"),
        ("plaatsingen.csv", 4, "afdeling"),
        ("plaatsingen.csv", 5, ""),
        ("plaatsingen.csv", 6, "begin"),
        ("plaatsingen.csv", 6, "maandag"),
    ]
    assert str(refused.value.problems[0]) == "inleners.csv, regel 3, kolom nummer: Dit staat al op regel 2."
    assert not Client.objects.exists()
    assert not Worker.objects.exists()


def test_an_address_that_is_somebody_elses_is_named(imported: Imported) -> None:
    imported()
    with pytest.raises(ImportRefused, match=r"medewerkers\.csv, regel 2, kolom e-mail: Er is al een account"):
        imported({"medewerkers.csv": "nummer;naam;e-mail\nW2;Bram;CARLA@bakery.example\n", "plaatsingen.csv": ""})


def test_a_number_does_not_pass_to_another_job(imported: Imported) -> None:
    imported()
    with pytest.raises(ImportRefused, match=r"plaatsingen\.csv, regel 2, kolom nummer"):
        imported(
            {
                "medewerkers.csv": "nummer;naam;e-mail\nW2;Bram;bram@worker.example\n",
                "plaatsingen.csv": "nummer;medewerker;inlener;functie;begin\nP1;W2;K1;Inpakker;01-09-2026\n",
            }
        )


def test_a_dry_run_counts_and_keeps_nothing(imported: Imported) -> None:
    report = imported(dry_run=True, send_invitations=True)
    assert (report.counts["workers"]["new"], report.invited) == (1, 2)
    assert not Client.objects.exists()
    assert not OutboxMail.objects.exists()


def test_who_is_new_is_invited_when_asked(imported: Imported) -> None:
    assert imported(send_invitations=True).invited == 2
    assert imported(send_invitations=True).invited == 0
    to = OutboxMail.objects.filter(kind="invitation").values_list("to", flat=True)
    assert set(to) == {"carla@bakery.example", "Ana@worker.example"}
