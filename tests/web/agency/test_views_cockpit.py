import pytest
from django.test import Client as Browser

from kis.post.models import OutboxMail
from kis.staffing import operations as staffing
from kis.timesheets.workflow import State
from tests.support import people, walk
from tests.support.queries import SameQueries


@pytest.fixture
def esra() -> Browser:
    return people.signed_in(people.esra())


def test_the_cockpit_counts_the_week_that_payroll_waits_for(esra: Browser) -> None:
    people.sheet(people.ana())
    walk.to(people.sheet(people.bram()), State.APPROVED)
    page = esra.get("/agency/").content.decode()
    assert "Verloningsweek 48" in page
    assert "<strong>1 werkbriefje</strong> staat nog open" in page
    assert "Bakkerij De Groot" in page


def test_deadlines_stand_beside_clients_only_where_one_has_its_own(esra: Browser) -> None:
    people.sheet(people.ana())
    assert 'data-label="Deadline"' not in esra.get("/agency/").content.decode()
    staffing.change_client(people.bakery(), approval_weekday=2, by=people.actor(people.esra()), at=people.BEFORE)
    assert 'data-label="Deadline">di' in esra.get("/agency/").content.decode()


def test_reminding_workers_mails_only_who_has_not_handed_in(esra: Browser) -> None:
    people.sheet(people.ana())
    walk.to(people.sheet(people.bram()), State.SUBMITTED)
    esra.post("/agency/remind/2026-W48/", {"who": "workers"})
    assert list(OutboxMail.objects.filter(kind="worker_reminder").values_list("to", flat=True)) == [
        "ana@worker.example"
    ]
    page = esra.post("/agency/remind/2026-W48/", {"who": "workers"}, follow=True).content.decode()
    assert OutboxMail.objects.filter(kind="worker_reminder").count() == 1
    assert "iedereen kreeg er vandaag al een" in page


def test_reminding_clients_mails_those_who_have_to_decide(esra: Browser) -> None:
    people.carla()
    people.dirk()
    walk.to(people.sheet(people.ana()), State.SUBMITTED)
    esra.post("/agency/remind/2026-W48/", {"who": "clients"})
    assert list(OutboxMail.objects.filter(kind="client_reminder").values_list("to", flat=True)) == [
        "carla@bakery.example"
    ]


def test_nobody_else_is_reminded(esra: Browser) -> None:
    assert esra.post("/agency/remind/2026-W48/", {"who": "everybody"}).status_code == 404


def test_a_mail_that_failed_is_shown(esra: Browser) -> None:
    people.sheet(people.ana())
    esra.post("/agency/remind/2026-W48/", {"who": "workers"})
    OutboxMail.objects.update(state=OutboxMail.State.FAILED, last_error="550 no such user")
    assert "1 mail kon niet worden bezorgd" in esra.get("/agency/").content.decode()
    assert "550 no such user" in esra.get("/agency/outbox/?state=failed").content.decode()
    mail = OutboxMail.objects.get(kind="worker_reminder")
    esra.post(f"/agency/outbox/{mail.pk}/retry/")
    mail.refresh_from_db()
    assert mail.state == OutboxMail.State.WAITING


def test_the_cockpit_costs_the_same_for_3_and_for_30(esra: Browser, same_queries: SameQueries) -> None:
    def add(count: int) -> None:
        for worker in people.many_workers(count):
            people.sheet(worker)

    assert same_queries(add, lambda: esra.get("/agency/")) <= 16
