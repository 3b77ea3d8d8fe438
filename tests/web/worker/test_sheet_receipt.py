import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client as Browser
from django.urls import reverse

from kis.core.models import StoredFile
from tests.support import people
from tests.support.time import Freeze
from tests.web.worker.posting import post, text_of

pytestmark = pytest.mark.django_db
EXPENSE = {"expenses.0.date": "2026-11-23", "expenses.0.amount": "4", "expenses.0.what": "Parkeren"}
PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 100


@pytest.fixture(autouse=True)
def friday(freeze: Freeze) -> None:
    freeze("2026-11-27 15:00")


@pytest.fixture
def visitor() -> Browser:
    return people.signed_in(people.ana())


def send(visitor: Browser, sheet, content: bytes = PNG, name: str = "bon.png"):
    return post(visitor, "draft", sheet, EXPENSE, **{"expenses.0.file": SimpleUploadedFile(name, content)})


def fetch(visitor: Browser, sheet, receipt: str):
    return visitor.get(reverse("worker:sheet_receipt", args=[sheet.pk, receipt]))


def test_a_receipt_is_kept_with_its_expense_and_comes_back_as_a_download(visitor: Browser) -> None:
    sheet = people.sheet()
    send(visitor, sheet)
    sheet.refresh_from_db()
    receipt = sheet.hours.expenses[0].receipt
    assert receipt
    answer = fetch(visitor, sheet, receipt)
    assert b"".join(answer.streaming_content) == PNG
    assert answer.headers["Content-Disposition"].startswith("attachment")


@pytest.mark.parametrize(
    ("content", "name"),
    [(b"<html>", "bon.html"), (b"MZ", "bon.exe"), (b"<html>", "bon.png"), (b"", "bon.png"), (PNG * 110_000, "bon.png")],
)
def test_a_file_that_cannot_be_used_is_told_beside_its_field_and_the_rest_is_kept(
    visitor: Browser, content, name
) -> None:
    sheet = people.sheet()
    answer = send(visitor, sheet, content, name)
    sheet.refresh_from_db()
    assert f'id="s{sheet.pk}-expenses-0-receipt-error"' in answer.content.decode()
    assert StoredFile.objects.count() == 0
    assert sheet.hours.expenses[0].what == "Parkeren"


def test_the_file_of_somebody_else_cannot_be_made_ones_own(visitor: Browser) -> None:
    theirs = people.sheet(people.bram())
    send(people.signed_in(people.bram()), theirs)
    theirs.refresh_from_db()
    receipt = theirs.hours.expenses[0].receipt
    assert receipt
    mine = people.sheet()
    post(visitor, "draft", mine, EXPENSE | {"expenses.0.receipt": receipt})
    mine.refresh_from_db()
    assert mine.hours.expenses[0].receipt is None
    assert fetch(visitor, mine, receipt).status_code == 404
    assert fetch(visitor, theirs, receipt).status_code == 404


def test_a_receipt_that_is_no_id_is_ignored(visitor: Browser) -> None:
    sheet = people.sheet()
    assert post(visitor, "draft", sheet, EXPENSE | {"expenses.0.receipt": "../../secret"}).status_code == 302
    sheet.refresh_from_db()
    assert sheet.hours.expenses[0].receipt is None


def test_the_reader_sees_the_name_of_the_receipt(visitor: Browser) -> None:
    sheet = people.sheet()
    send(visitor, sheet)
    assert "bon.png" in text_of(visitor.get("/worker/week/2026-W48/"))
