"""A stored file leaves as a download, under its own name."""

import datetime as dt
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import Http404
from pytest_django import Settings

from kis.core import files
from kis.core.models import StoredFile
from kis.web.downloads import download

pytestmark = pytest.mark.django_db
CONTENT = b"naam;uren\n"


@pytest.fixture(autouse=True)
def _own_folder(settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


def stored(name: str = "uren.csv") -> StoredFile:
    noon = dt.datetime(2026, 11, 30, 11, tzinfo=dt.UTC)
    return files.accept(SimpleUploadedFile(name, CONTENT), by_id=None, at=noon)


def test_it_is_the_file_and_nothing_that_a_browser_opens_in_our_name() -> None:
    response = download(stored())
    assert response.getvalue() == CONTENT
    assert response["Content-Type"] == "text/csv"
    assert response["Content-Disposition"] == 'attachment; filename="uren.csv"'
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response["Content-Security-Policy"]
    assert response["Cache-Control"] == "private, no-store"
    response.close()


def test_a_name_with_accents_travels_by_rfc_5987() -> None:
    response = download(stored("Żółć één.csv"))
    assert (
        response["Content-Disposition"] == "attachment; filename*=utf-8''%C5%BB%C3%B3%C5%82%C4%87%20%C3%A9%C3%A9n.csv"
    )
    response.close()


def test_a_file_that_the_disk_has_lost_is_not_there() -> None:
    lost = stored()
    Path(lost.file.path).unlink()
    with pytest.raises(Http404):
        download(lost)
