import pytest
from django.test import Client as Browser

from kis.staffing.models import AgencySettings
from kis.timesheets.calendar import Calendar
from tests.support import people

SETTINGS = {
    "name": "Uitzendbureau Noord", "helpdesk_phone": "010-1234567", "helpdesk_email": "", "accent_hue": "250",
    "links": "ABU-cao; https://www.example.nl/cao", "approval_weekday": "1", "approval_minute": "16:30",
    "payroll_weekday": "2", "reminder_hours_before": "12", "pay_period": "four_weeks", "billing": "on",
}  # fmt: skip


@pytest.fixture
def esra() -> Browser:
    return people.signed_in(people.esra())


def test_settings_show_on_every_page(esra: Browser) -> None:
    esra.post("/agency/settings/", SETTINGS)
    agency = AgencySettings.objects.get()
    assert (agency.approval_minute, agency.links.get().label) == (990, "ABU-cao")
    assert (agency.pay_period, agency.billing) == ("four_weeks", True)
    page = esra.get("/agency/").content.decode()
    assert "Uitzendbureau Noord" in page
    assert "010-1234567" in page


@pytest.mark.parametrize(
    ("field", "wrong"), [("accent_hue", "400"), ("approval_minute", "25:00"), ("links", "geen adres"), ("name", "")]
)
def test_a_setting_that_cannot_be_is_told_and_the_rest_kept(esra: Browser, field: str, wrong: str) -> None:
    answer = esra.post("/agency/settings/", {**SETTINGS, field: wrong})
    assert answer.status_code == 422
    assert "010-1234567" in answer.content.decode()


def test_a_number_in_a_register_that_cannot_be_is_told_beside_it(esra: Browser) -> None:
    numbers = {"legal_register": "KvK", "legal_id": "6197.9007", "vat_id": "NL1"}
    answer = esra.post("/agency/settings/", {**SETTINGS, **numbers})
    assert answer.status_code == 422
    assert "Dit kan geen btw-nummer zijn" in answer.content.decode()
    esra.post("/agency/settings/", {**SETTINGS, **numbers, "vat_id": "NL123456782B12"})
    agency = AgencySettings.objects.get()
    assert (agency.legal_id, agency.vat_id) == ("61979007", "NL123456782B12")
    assert 'value="61979007"' in esra.get("/agency/settings/").content.decode()


def test_a_deadline_is_moved_by_hand_with_a_reason_and_given_back(esra: Browser) -> None:
    moved = {"approve_date": "2026-12-01", "approve_time": "12:00", "run_on": "2026-12-02", "reason": "Storing"}
    esra.post("/agency/calendar/2026-W48/", moved)
    assert "Storing" in esra.get("/agency/calendar/").content.decode()
    assert str(Calendar.load().deadline(people.WEEK).run_on) == "2026-12-02"
    esra.post("/agency/calendar/2026-W48/", {"reset": "1"})
    assert str(Calendar.load().deadline(people.WEEK).run_on) == "2026-12-01"


def test_a_deadline_before_the_week_is_over_or_after_its_run_is_refused(esra: Browser) -> None:
    early = {"approve_date": "2026-11-20", "approve_time": "12:00", "run_on": "2026-11-19", "reason": "x"}
    assert esra.post("/agency/calendar/2026-W48/", early).status_code == 422


def test_the_calendar_says_which_weeks_moved_for_a_holiday(esra: Browser, freeze) -> None:
    freeze("2027-03-20 09:00")
    assert "verschoven voor een feestdag" in esra.get("/agency/calendar/").content.decode()
