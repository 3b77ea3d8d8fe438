"""Taking in files: what is taken, what is refused and with which words, and how it is kept."""

import datetime as dt
import hashlib
import io
import stat
import tempfile
import zipfile
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import translation
from pytest_django import Settings

from kis.core import files
from kis.core.models import StoredFile

NOON = dt.datetime(2026, 11, 30, 11, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def _own_folder(settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


def archive(*names: str, first: tuple[str, str] | None = None) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as made:
        for name, text in [*([first] if first else []), *((name, "x") for name in names)]:
            made.writestr(name, text)
    return content.getvalue()


PDF = b"%PDF-1.7\n%\xe2\xe3\nstream\n\x00\x01\n"
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF"
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"
WEBP = b"RIFF\x10\x00\x00\x00WEBPVP8 "
HEIC = b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00"
DOCX = archive("[Content_Types].xml", "word/document.xml")
XLSX = archive("[Content_Types].xml", "xl/workbook.xml")
ODT = archive("content.xml", first=("mimetype", "application/vnd.oasis.opendocument.text"))
ODS = archive("content.xml", first=("mimetype", "application/vnd.oasis.opendocument.spreadsheet"))
REAL = {
    "pdf": PDF, "jpg": JPEG, "jpeg": JPEG, "png": PNG, "webp": WEBP, "heic": HEIC, "docx": DOCX, "xlsx": XLSX,
    "odt": ODT, "ods": ODS, "csv": "naam;uren\nŁukasz;7,5\n".encode(), "txt": b"Dag Ana,\r\n\ttot maandag.\n",
}  # fmt: skip


def take(name: str, content: bytes, **options: object) -> StoredFile:
    upload = SimpleUploadedFile("x", content)
    upload.name = name  # as a hostile browser sends it: Django's own cleaning is not leant on
    return files.accept(upload, by_id=7, at=NOON, **options)  # type: ignore[arg-type]  # each test knows its options


def test_every_kind_has_a_sample() -> None:
    assert set(REAL) == files.PAPERS


@pytest.mark.django_db
@pytest.mark.parametrize("ending", sorted(REAL))
def test_a_real_file_is_taken_and_kept_to_the_byte(ending: str) -> None:
    stored = StoredFile.objects.get(pk=take(f"Uren week 48.{ending}", REAL[ending]).pk)
    assert stored.name == f"Uren week 48.{ending}"
    assert stored.content_type == files.KINDS[ending].content_type
    assert (stored.size, stored.uploaded_by_id, stored.at) == (len(REAL[ending]), 7, NOON)
    assert stored.sha256 == hashlib.sha256(REAL[ending]).hexdigest()
    with stored.file.open() as kept:
        assert kept.read() == REAL[ending]


@pytest.mark.django_db
def test_a_file_lies_under_a_name_that_says_nothing_and_that_only_we_may_read() -> None:
    stored = take("Loonstrook Ana Kowalska.pdf", PDF)
    again = take("Loonstrook Ana Kowalska.pdf", PDF)
    assert "Ana" not in stored.file.path
    assert Path(stored.file.path).suffix == ""
    assert stored.file.path != again.file.path
    assert stat.S_IMODE(Path(stored.file.path).stat().st_mode) == 0o600
    assert stat.S_IMODE(Path(stored.file.path).parent.stat().st_mode) == 0o700


@pytest.mark.parametrize("claimed", sorted(REAL))
@pytest.mark.parametrize("real", sorted(REAL))
def test_content_and_name_must_say_the_same(claimed: str, real: str) -> None:
    if REAL[claimed] == REAL[real] or {claimed, real} == {"csv", "txt"}:
        return  # alike in all but the name
    with pytest.raises(files.FileRefused, match="niet wat de naam zegt"):
        take(f"bestand.{claimed}", REAL[real])


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("page.html", b"<!doctype html><script>alert(1)</script>"),
        ("drawing.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
        ("setup.exe", b"MZ\x90\x00"),
        ("rekening.pdf.exe", b"MZ\x90\x00"),
        ("macro.docm", DOCX),
        ("archive.zip", archive("a")),
        ("no ending", PDF),
        (".pdf/x", PDF),
    ],
)
def test_other_kinds_are_refused_and_the_right_ones_named(name: str, content: bytes) -> None:
    with pytest.raises(files.FileRefused) as refused:
        take(name, content)
    assert str(refused.value).startswith("Dit soort bestand kan niet. Kies een van deze soorten: csv, docx,")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("page.pdf", b"<!doctype html><script>alert(1)</script>"),
        ("page.txt", b"  <!DOCTYPE html><script>alert(1)</script>"),
        ("page.csv", b"a;b\n<script>alert(1)</script>"),
        ("drawing.txt", b"<?xml version='1.0'?><svg/>"),
        ("program.txt", b"MZ\x90\x00\x03"),
        ("late.txt", b"x" * 100_000 + b"\x00"),
        ("program.jpg", b"MZ\x90\x00\x03"),
        ("behind.pdf", b"MZ\x90\x00" + PDF),
        ("macro.docx", archive("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin")),
        ("macro.ods", archive("Basic/script.xml", first=("mimetype", files._OPEN + "spreadsheet"))),
        ("broken.xlsx", XLSX[:-30]),
        ("plain.xlsx", archive("a.txt")),
    ],
)
def test_a_file_in_disguise_is_refused(name: str, content: bytes) -> None:
    with pytest.raises(files.FileRefused, match="niet wat de naam zegt"):
        take(name, content)


def test_a_receipt_is_a_picture_or_a_pdf() -> None:
    with pytest.raises(files.FileRefused, match="heic, jpeg, jpg, pdf, png, webp"):
        take("bon.docx", DOCX, kinds=files.RECEIPTS)


@pytest.mark.django_db
def test_a_file_of_exactly_the_largest_size_is_taken_and_one_byte_more_is_not() -> None:
    full = PDF.ljust(files.MEGABYTE, b" ")
    assert take("bon.pdf", full, max_bytes=files.MEGABYTE).size == files.MEGABYTE
    with pytest.raises(files.FileRefused, match=r"Dit bestand is groter dan 1 MB\."):
        take("bon.pdf", full + b" ", max_bytes=files.MEGABYTE)


def test_an_empty_file_is_refused() -> None:
    with pytest.raises(files.FileRefused, match="leeg"):
        take("bon.pdf", b"")


def test_the_words_are_the_readers() -> None:
    with translation.override("en"), pytest.raises(files.FileRefused, match="This file is empty"):
        take("bon.pdf", b"")


@pytest.mark.django_db
def test_nothing_refused_is_kept() -> None:
    with pytest.raises(files.FileRefused):
        take("bon.pdf", PNG)
    assert not StoredFile.objects.exists()


@pytest.mark.django_db
def test_a_checked_upload_can_still_be_read_from_its_beginning() -> None:
    upload = SimpleUploadedFile("bon.xlsx", XLSX)
    assert files.check(upload) == ("xlsx", files.KINDS["xlsx"].content_type)
    assert upload.read() == XLSX


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("bon.PDF", "bon.pdf"),
        (r"C:\Users\Ana\Mijn bon.pdf", "Mijn bon.pdf"),
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("..pdf", "file.pdf"),
        (".pdf", "file.pdf"),
        ("bon\r\nSet-Cookie: x.pdf", "bon Set-Cookie x.pdf"),
        ("bon\u202efdp.pdf", "bon fdp.pdf"),
        ("bon\x00.pdf", "bon.pdf"),
        ('<b>"bon"?.pdf', "b bon.pdf"),
        ("Łódź żółć.pdf", "Łódź żółć.pdf"),
        ("e\u0301e\u0301n.pdf", "één.pdf"),
        ("x" * 300 + ".pdf", "x" * 97 + ".pdf"),
        ("薪" * 300 + ".pdf", "薪" * 66 + ".pdf"),
    ],
)
def test_a_name_becomes_one_honest_line(sent: str, kept: str) -> None:
    assert files.clean_name(sent, "pdf") == kept


@pytest.mark.django_db
def test_a_file_of_our_own_is_kept_whole_with_its_size_and_digest() -> None:
    with tempfile.TemporaryFile() as made:
        made.write(b"een;twee\n")
        stored = files.keep(made, name="regels.csv", content_type="text/csv", by_id=7, at=NOON)
    assert not StoredFile.objects.exists(), "its row goes with what it belongs to"
    stored.save()
    assert (stored.name, stored.size, stored.uploaded_by_id) == ("regels.csv", 9, 7)
    assert stored.sha256 == hashlib.sha256(b"een;twee\n").hexdigest()
    assert Path(stored.file.path).read_bytes() == b"een;twee\n"
    with stored.file.open("rb") as content:
        content.read(3)
        assert files.digest_of(content) == stored.sha256
