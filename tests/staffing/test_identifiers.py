import pytest
from django.core.exceptions import ValidationError

from kis.staffing import operations
from kis.staffing.actor import SYSTEM
from kis.staffing.identifiers import compact, is_legal_id, is_vat_id
from tests.support import people


@pytest.mark.parametrize(
    ("register", "number", "right"),
    [
        ("KvK", "01234567", True),
        ("KvK", "1234567", False),
        ("KvK", "1234567a", False),
        ("KvK", "\u0661\u0662\u0663\u0664\u0665\u0666\u0667\u0668", False),  # digits, but not of ours
        ("OIN", "00000001003214345000", True),
        ("OIN", "1003214345000", False),
        ("RSIN", "111222333", True),
        ("RSIN", "111222334", False),
        ("DUNS", "12345678", False),
    ],
)
def test_a_legal_number_is_right_for_its_register(register: str, number: str, right: bool) -> None:
    assert is_legal_id(register, number) is right


@pytest.mark.parametrize(
    ("number", "right"),
    [
        ("NL000099998B57", True),
        ("NL123456782B12", True),
        ("NL123456789B01", False),
        ("123456782B12", False),
        ("", False),
    ],
)
def test_a_vat_number_is_of_the_old_or_the_new_kind(number: str, right: bool) -> None:
    assert is_vat_id(number) is right


def test_a_number_is_kept_without_what_people_write_in_it() -> None:
    assert compact(" nl 1234.56782 b-12 ") == "NL123456782B12"


@pytest.mark.django_db
def test_agency_and_client_take_only_numbers_that_can_be_right() -> None:
    agency = operations.configure_agency(
        by=SYSTEM, at=people.BEFORE, name="Keser Interim Solutions", legal_id="61 97 90 07", vat_id="NL1234.56.782.B12"
    )
    assert (agency.legal_register, agency.legal_id, agency.vat_id) == ("KvK", "61979007", "NL123456782B12")
    with pytest.raises(ValidationError) as refused:
        operations.change_client(people.bakery(), legal_id="12", vat_id="NL1", by=SYSTEM, at=people.BEFORE)
    assert set(refused.value.error_dict) == {"legal_id", "vat_id"}
