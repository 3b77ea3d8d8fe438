"""An import on a page: first looked at, then taken in; the same import as on the command line."""

from __future__ import annotations

import io
import re
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client as Browser

from kis.core.models import StoredFile
from kis.post.models import OutboxMail
from kis.staffing.models import Client, Worker
from kis.timesheets.models import Timesheet
from tests.support import people
from tests.support.time import Freeze

pytestmark = pytest.mark.django_db
URL = "/agency/people/import/"
CLIENTS = "nummer;naam\nK900;Slagerij Vos\n"
WORKERS = "nummer;naam;e-mail\nW900;Cem Arslan;cem@worker.example\n"
JOBS = "nummer;medewerker;inlener;functie;begin\nP900;W900;K900;Slager;2-11-2026\n"


@pytest.fixture(autouse=True)
def friday(freeze: Freeze) -> None:
    freeze("2026-11-27 15:00")


@pytest.fixture
def esra() -> Browser:
    return people.signed_in(people.esra())


def upload(name: str, text: str) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, text.encode())


def look(browser: Browser, *texts: str, **more: str) -> Any:
    names = ("inleners.csv", "medewerkers.csv", "plaatsingen.csv")
    files = [upload(name, text) for name, text in zip(names, texts, strict=False)]
    return browser.post(URL, {"tables": files, "do": "check", **more})


def confirm(browser: Browser, page: Any) -> Any:
    """Press the button of the preview, with all that its form holds."""
    form = re.search(r'<form class="actionbar".*?</form>', words(page))
    assert form
    fields = re.findall(r'name="(\w+)" value="([^"]*)"', form[0])
    data = {name: [value for n, value in fields if n == name] for name, _ in fields}
    return browser.post(URL, data)


def words(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


def test_first_it_is_shown_and_then_taken_in(esra: Browser) -> None:
    page = look(esra, CLIENTS, WORKERS, JOBS, first_week="2026-W47", invite="on")
    assert page.status_code == 200
    assert "Dit zou er veranderen" in words(page)
    assert "2 werkbriefjes worden geopend. Eén persoon krijgt een uitnodiging." in words(page)
    assert not Client.objects.filter(number="K900").exists()
    assert confirm(esra, page).status_code == 302
    assert Client.objects.get(number="K900").name == "Slagerij Vos"
    assert Timesheet.objects.filter(worker__number="W900").count() == 2
    assert OutboxMail.objects.filter(kind="invitation", to="cem@worker.example").count() == 1
    assert "De import is klaar." in words(esra.get("/agency/people/"))


def test_what_is_wrong_is_named_with_its_place_and_nothing_is_kept(esra: Browser) -> None:
    page = look(esra, CLIENTS, WORKERS.replace("cem@", "cem"))
    assert page.status_code == 422
    assert "Er is niets geïmporteerd: er is één ding fout." in words(page)
    for part in ("medewerkers.csv", "e-mail", ">2<"):
        assert part in words(page)
    assert "Dit importeren" not in words(page)
    assert not Client.objects.filter(number="K900").exists()


def test_the_same_again_changes_nothing_and_offers_nothing(esra: Browser) -> None:
    confirm(esra, look(esra, CLIENTS, WORKERS))
    page = look(esra, CLIENTS, WORKERS)
    assert "Alles staat al in het portaal" in words(page)
    assert 'class="actionbar"' not in words(page)


def test_somebody_elses_files_cannot_be_imported_by_their_id(esra: Browser) -> None:
    look(esra, CLIENTS)
    [stored] = StoredFile.objects.all()
    stored.uploaded_by_id = people.finn().user_id
    stored.save()
    answer = esra.post(URL, {"file": [str(stored.pk)], "do": "import"})
    assert answer.status_code == 422
    assert not Client.objects.filter(number="K900").exists()


@pytest.mark.parametrize("file", ["no-id", "", "00000000-0000-0000-0000-000000000000"])
def test_a_file_there_is_not_is_asked_for_again(esra: Browser, file: str) -> None:
    assert esra.post(URL, {"file": [file], "do": "import"}).status_code == 422


def test_what_changed_meanwhile_is_looked_at_again_when_it_is_confirmed(esra: Browser) -> None:
    page = look(esra, CLIENTS, WORKERS, JOBS)
    people.worker("Ander Mens", "W901", "cem@worker.example")
    answer = confirm(esra, page)
    assert answer.status_code == 422
    assert not Worker.objects.filter(number="W900").exists()


def test_the_workbook_to_fill_in_is_there_to_download(esra: Browser) -> None:
    answer = esra.get("/agency/people/import/kis-import.xlsx")
    names = openpyxl.load_workbook(io.BytesIO(answer.getvalue())).sheetnames
    assert "Medewerkers" in names


def test_a_consultant_finds_no_such_page() -> None:
    finn = people.signed_in(people.finn())
    assert finn.get(URL).status_code == 404
    assert URL not in words(finn.get("/agency/people/"))
