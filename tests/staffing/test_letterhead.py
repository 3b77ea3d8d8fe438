"""The foot of every mail."""

import pytest

from kis.staffing.letterhead import letterhead
from kis.staffing.models import AgencySettings

pytestmark = pytest.mark.django_db


def test_it_names_the_agency_and_its_helpdesk() -> None:
    AgencySettings.objects.create(
        pk=1, name="Waal Uitzendbureau", helpdesk_phone="088-1234567", helpdesk_email="help@demo.example"
    )
    assert letterhead() == {"name": "Waal Uitzendbureau", "phone": "088-1234567", "email": "help@demo.example"}


def test_before_there_is_an_agency_it_names_the_portal() -> None:
    assert letterhead() == {"name": "KIS Online", "phone": "", "email": ""}
