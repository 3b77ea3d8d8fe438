import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.datastructures import MultiValueDict

from kis.core.weeks import Week
from kis.web.agency.import_form import MOST_WEEKS, ImportForm
from tests.support.time import Freeze


@pytest.fixture(autouse=True)
def friday(freeze: Freeze) -> None:
    freeze("2026-11-27 15:00")


def form(week: str = "", name: str = "inleners.csv") -> ImportForm:
    files = MultiValueDict({"tables": [SimpleUploadedFile(name, b"nummer;naam\nK1;Bakker\n")]})
    return ImportForm({"first_week": week}, files)


@pytest.mark.parametrize(("typed", "week"), [("", None), ("2026-W48", Week(2026, 48)), ("2025-W48", Week(2025, 48))])
def test_a_week_of_the_year_behind_us_is_taken(typed: str, week: Week | None) -> None:
    found = form(typed)
    assert found.is_valid()
    assert found.cleaned_data["first_week"] == week


@pytest.mark.parametrize("typed", ["2026-W49", "2025-W40", "gisteren", "2026-W54"])
def test_another_week_is_told(typed: str) -> None:
    assert list(form(typed).errors) == ["first_week"]


def test_other_files_are_told() -> None:
    assert list(form(name="inleners.pdf").errors) == ["tables"]
    assert MOST_WEEKS == 53
