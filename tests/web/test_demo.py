import pytest
from django.conf import LazySettings
from django.test import Client

from kis.accounts import operations
from kis.core import clock
from kis.post.models import OutboxMail
from tests.support import people

pytestmark = pytest.mark.django_db


@pytest.fixture
def mail() -> OutboxMail:
    operations.invite(people.ana().user, by=people.actor(people.esra()), at=clock.now())
    return OutboxMail.objects.get()


def test_in_demo_mode_a_visitor_can_read_the_mails(mail: OutboxMail, settings: LazySettings) -> None:
    settings.DEMO = True
    assert mail.subject in Client().get("/demo/mail/").content.decode()
    assert "/account/activate/" in Client().get(f"/demo/mail/{mail.pk}/").content.decode()


def test_a_mail_s_own_page_may_run_nothing(mail: OutboxMail, settings: LazySettings) -> None:
    settings.DEMO = True
    answer = Client().get(f"/demo/mail/{mail.pk}/html/")
    assert "sandbox" in answer["Content-Security-Policy"]
    assert "script" not in answer["Content-Security-Policy"]


@pytest.mark.parametrize("page", ["", "1/", "1/html/"])
def test_for_real_there_is_no_such_mailbox(settings: LazySettings, page: str) -> None:
    settings.DEMO = False
    assert Client().get(f"/demo/mail/{page}").status_code == 404
