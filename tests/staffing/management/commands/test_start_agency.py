import pytest
from django.core.management import CommandError, call_command

from kis.post.models import OutboxMail
from kis.staffing.models import AgencySettings, AgencyUser

pytestmark = pytest.mark.django_db
WORDS = ["--name", "Uitzendbureau Noord", "--helpdesk", "010-1234567", "--user-name", "Esra Yilmaz", "--email"]


def test_an_agency_and_its_first_colleague_are_set_up_and_invited() -> None:
    call_command("start_agency", *WORDS, "Esra@noord.example")
    assert AgencySettings.objects.get().helpdesk_phone == "010-1234567"
    assert AgencyUser.objects.get().role == "back_office"
    assert OutboxMail.objects.get(kind="invitation").to == "Esra@noord.example"


def test_a_second_agency_is_refused() -> None:
    call_command("start_agency", *WORDS, "esra@noord.example")
    with pytest.raises(CommandError, match="already"):
        call_command("start_agency", *WORDS, "finn@noord.example")


def test_an_address_that_is_none_leaves_nothing_behind() -> None:
    with pytest.raises(CommandError):
        call_command("start_agency", *WORDS, "geen adres")
    assert not AgencySettings.objects.exists()
