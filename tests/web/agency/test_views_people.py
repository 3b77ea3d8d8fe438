import pytest
from django.test import Client as Browser

from kis.payroll import agreements
from kis.post.models import OutboxMail
from kis.staffing import operations as staffing
from kis.staffing.actor import SYSTEM
from kis.staffing.models import AgencyUser, ClientContact, Placement, Worker
from kis.staffing.models import Client as StaffingClient
from kis.timesheets.models import Timesheet
from tests.support import people
from tests.support.queries import SameQueries

WORKER = {"name": "Ewa Nowak", "email": "ewa@worker.example", "language": "en", "number": "W900", "pay_period": "month"}


@pytest.fixture
def esra() -> Browser:
    return people.signed_in(people.esra())


def test_a_worker_is_added_and_invited_at_once(esra: Browser) -> None:
    people.agency()
    esra.post("/agency/people/new/workers/", {**WORKER, "invite": "1"})
    worker = Worker.objects.get(number="W900")
    assert (worker.user.name, worker.pay_period) == ("Ewa Nowak", "month")
    assert OutboxMail.objects.get(kind="invitation").to == "ewa@worker.example"


def test_a_new_worker_is_paid_as_the_agency_pays_unless_said_otherwise(esra: Browser) -> None:
    staffing.configure_agency(by=people.actor(people.esra()), at=people.BEFORE, pay_period="four_weeks")
    assert '<option value="four_weeks" selected>' in esra.get("/agency/people/new/workers/").content.decode()
    page = f"/agency/people/workers/{people.ana().pk}/"
    own = {**WORKER, "name": "Ana Kowalska", "email": "ana@worker.example", "number": "W100"}
    assert esra.post(page, own).status_code == 302
    assert Worker.objects.get(number="W100").pay_period == "month"


def test_an_address_that_differs_only_in_case_is_refused_beside_the_field(esra: Browser) -> None:
    people.ana()
    answer = esra.post("/agency/people/new/workers/", {**WORKER, "email": "Ana@worker.example"})
    assert answer.status_code == 422
    assert "Ewa Nowak" in answer.content.decode()
    assert not Worker.objects.filter(number="W900").exists()


def test_a_number_that_is_taken_leaves_no_half_worker_behind(esra: Browser) -> None:
    number = people.ana().number
    assert esra.post("/agency/people/new/workers/", {**WORKER, "number": number}).status_code == 422
    assert not Worker.objects.filter(user__email=WORKER["email"]).exists()


def test_a_client_comes_with_departments_and_a_deadline_of_its_own(esra: Browser) -> None:
    esra.post(
        "/agency/people/new/clients/",
        {"name": "Slagerij Smit", "number": "K900", "departments": "Winkel; 100\nSlacht", "approval_weekday": "2",
         "approval_minute": "12:00"},
    )  # fmt: skip
    client = StaffingClient.objects.get(number="K900")
    assert (client.approval_weekday, client.approval_minute) == (2, 720)
    assert list(client.departments.values_list("name", "cost_centre")) == [("Slacht", ""), ("Winkel", "100")]


def test_a_client_has_its_number_in_a_register_and_what_it_calls_the_agency(esra: Browser) -> None:
    address = f"/agency/people/clients/{people.bakery().pk}/"
    form = {"name": "Gemeente Zaandam", "number": "K100", "legal_register": "OIN", "supplier_number": "CRED-77"}
    answer = esra.post(address, {**form, "legal_id": "12345678"})
    assert "Dit kan geen nummer van dat register zijn" in answer.content.decode()
    esra.post(address, {**form, "legal_id": "00000001003214345000"})
    client = people.bakery()
    assert (client.legal_register, client.legal_id, client.supplier_number) == (
        "OIN", "00000001003214345000", "CRED-77"
    )  # fmt: skip
    assert 'value="00000001003214345000"' in esra.get(address).content.decode()


def test_a_contact_s_departments_are_of_the_own_client(esra: Browser) -> None:
    data = {"name": "Gijs", "email": "gijs@x.example", "language": "nl", "client": people.transport().pk,
            "departments": [people.department().pk]}  # fmt: skip
    people.bakery()
    assert esra.post("/agency/people/new/contacts/", data).status_code == 422
    assert not ClientContact.objects.filter(user__name="Gijs").exists()


def test_a_job_opens_its_weeks_and_reads_its_usual_week(esra: Browser) -> None:
    data = {"worker": people.ana().pk, "client": people.bakery().pk, "number": "P900", "job_title": "Bakker",
            "start": "2026-11-16", "entry": "times", "working_time_profile": "standard",
            "day0": "7:00-15:30/30", "day5": "22:00-6:00"}  # fmt: skip
    esra.post("/agency/people/new/placements/", data)
    job = Placement.objects.get(number="P900")
    assert job.pattern[0] == [[420, 930, 30]]
    assert job.pattern[5] == [[1320, 1800, 0]]
    assert Timesheet.objects.filter(placement=job).count() == 3


def test_a_usual_day_that_cannot_be_read_is_told_beside_it(esra: Browser) -> None:
    data = {"worker": people.ana().pk, "client": people.bakery().pk, "number": "P900", "job_title": "Bakker",
            "start": "2026-11-16", "entry": "times", "working_time_profile": "standard",
            "day0": "van zeven tot drie"}  # fmt: skip
    answer = esra.post("/agency/people/new/placements/", data)
    assert answer.status_code == 422
    assert "van zeven tot drie" in answer.content.decode()


def test_ending_a_job_closes_its_untouched_weeks(esra: Browser) -> None:
    sheet = people.sheet(people.ana())
    job = sheet.placement
    data = {
        "number": job.number,
        "job_title": job.job_title,
        "start": "2026-09-01",
        "end": "2026-11-15",
        "entry": "times",
        "working_time_profile": "standard",
    }
    esra.post(f"/agency/people/placements/{job.pk}/", data)
    assert not Timesheet.objects.filter(pk=sheet.pk).exists()


def test_what_was_agreed_about_working_time_is_kept_and_shown_again(esra: Browser) -> None:
    job = people.placement()
    address = f"/agency/people/placements/{job.pk}/"
    data = {"number": job.number, "job_title": job.job_title, "start": "2026-09-01", "entry": "times"}
    agreed = {"working_time_profile": "driver", "working_time_options": ["short_breaks", "fortnight_rest"]}
    assert esra.post(address, data | agreed).status_code == 302
    job.refresh_from_db()
    assert (job.working_time_profile, job.working_time_options) == ("driver", ["short_breaks", "fortnight_rest"])
    shown = esra.get(address).content.decode()
    assert '<option value="driver" selected>' in shown
    assert shown.count("checked") == 2


def test_a_wage_below_the_minimum_is_told_on_the_page_of_the_job(esra: Browser) -> None:
    job = people.placement()
    address = f"/agency/people/placements/{job.pk}/"
    assert "Het basisloon" not in esra.get(address).content.decode()
    agreements.agree_terms(job, valid_from=people.START, wage_cents=1450, by=SYSTEM, at=people.BEFORE)
    page = esra.get(address).content.decode()
    assert "Het basisloon van €\u00a014,50 per uur ligt vanaf" in page
    assert "op die leeftijd is het €\u00a014,99" in page


def test_deviations_that_exclude_each_other_are_told_beside_the_field(esra: Browser) -> None:
    job = people.placement()
    data = {"number": job.number, "job_title": job.job_title, "start": "2026-09-01", "entry": "times",
            "working_time_profile": "standard", "working_time_options": ["nights_per_year", "night_hours"]}  # fmt: skip
    answer = esra.post(f"/agency/people/placements/{job.pk}/", data)
    assert answer.status_code == 422
    assert "niet allebei" in answer.content.decode()


def test_the_state_of_an_invitation_is_visible(esra: Browser) -> None:
    ana = people.ana()
    assert "niet uitgenodigd" in esra.get("/agency/people/").content.decode()
    esra.post(f"/agency/people/users/{ana.user_id}/invite/")
    assert "uitnodiging onderweg" in esra.get("/agency/people/").content.decode()
    OutboxMail.objects.filter(kind="invitation").update(state="failed")
    assert "mail niet bezorgd" in esra.get("/agency/people/").content.decode()


@pytest.mark.parametrize(
    "address", ["/agency/settings/", "/agency/people/new/colleagues/", "/agency/calendar/2026-W48/"]
)
def test_a_consultant_finds_no_page_for_what_is_the_back_office_s(address: str) -> None:
    assert people.signed_in(people.finn()).get(address).status_code == 404


def test_there_is_always_somebody_of_the_back_office(esra: Browser) -> None:
    one = people.esra()
    data = {"name": "Esra Yilmaz", "email": one.user.email, "language": "nl", "role": "consultant"}
    assert esra.post(f"/agency/people/colleagues/{one.pk}/", data).status_code == 422
    assert AgencyUser.objects.get(pk=one.pk).role == "back_office"


@pytest.mark.parametrize("tab", ["workers", "clients", "contacts", "placements", "colleagues"])
def test_each_list_costs_the_same_for_3_and_for_30(esra: Browser, same_queries: SameQueries, tab: str) -> None:
    def add(count: int) -> None:
        for worker in people.many_workers(count):
            people.placement(worker)
            people.contact(f"Contact {worker.pk}", f"c{worker.pk}@bakery.example", people.bakery())

    assert same_queries(add, lambda: esra.get(f"/agency/people/?tab={tab}")) <= 14
