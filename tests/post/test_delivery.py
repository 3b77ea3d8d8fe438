"""Delivery with real mail servers and real worker processes: nothing is lost, and nothing confirmed is sent again."""

import datetime as dt
import os
import signal
import subprocess
import time
from collections import Counter

import pytest
from django.db import OperationalError, connection
from pytest_django import Settings

from kis.accounts import operations as accounts
from kis.core import clock
from kis.jobs.models import Job, WorkerBeat
from kis.post import delivery, operations
from kis.post.delivery import LEASE, WAITS, deliver
from kis.post.models import OutboxMail
from kis.staffing.actor import SYSTEM
from tests.jobs import sample_tasks
from tests.post.outbox import is_sent, now_of, put
from tests.post.servers import Dies, DiesAfterYes, Hangs, MailServer, RefusesRecipient, Says, running
from tests.support import people
from tests.support.time import Freeze
from tests.support.workers import StartWorker, until

MINUTE = dt.timedelta(minutes=1)
State = OutboxMail.State


def kill(worker: "subprocess.Popen[bytes]") -> None:
    worker.send_signal(signal.SIGKILL)
    worker.wait()


def let_the_lease_lapse() -> None:
    """What ten minutes do."""
    OutboxMail.objects.filter(state=State.SENDING).update(lease_until=clock.now() - dt.timedelta(seconds=1))


@pytest.mark.django_db
def test_a_mail_is_delivered_once(settings: Settings) -> None:
    mail = put()
    with running(MailServer()) as server:
        settings.SMTP = server.settings
        assert deliver("w") == 1
        assert deliver("w") == 0
    assert server.message_ids == [mail.message_id]
    sent = now_of(mail)
    assert (sent.state, sent.attempts, sent.lease_until, sent.last_error) == (State.SENT, 1, None, "")
    assert sent.sent_at is not None


@pytest.mark.django_db
def test_the_oldest_goes_first_and_the_later_one_waits(settings: Settings, freeze: Freeze) -> None:
    now = freeze("2026-11-30 12:00")
    later, second, first = put("3", at=now + MINUTE), put("2", at=now), put("1", at=now - MINUTE)
    with running(MailServer()) as server:
        settings.SMTP = server.settings
        assert deliver("w") == 2
    assert server.message_ids == [first.message_id, second.message_id]
    assert now_of(later).state == State.WAITING


@pytest.mark.django_db
def test_without_a_mail_server_the_outbox_is_the_mailbox() -> None:
    mail = put()
    assert deliver("w") == 1
    assert is_sent(mail)


@pytest.mark.django_db
def test_the_link_that_opens_an_account_stays_in_the_outbox_no_longer_than_needed(settings: Settings) -> None:
    ana = people.ana().user
    accounts.invite(ana, by=SYSTEM, at=clock.now())
    mail = OutboxMail.objects.get(kind="invitation")
    assert mail.secret in mail.text
    with running(MailServer()) as server:
        settings.SMTP = server.settings
        assert deliver("w") == 1
    kept = now_of(mail)
    travelled = server.taken[0].get_payload(0).get_payload(decode=True).decode()  # the text; its neighbour is the HTML
    assert f"/account/activate/{mail.secret}/" in travelled
    assert mail.secret not in kept.text + kept.html + kept.secret
    assert f"/account/activate/{delivery.BLANK}/" in kept.text


@pytest.mark.django_db
def test_a_link_that_could_not_be_delivered_is_kept_for_the_next_try(settings: Settings) -> None:
    accounts.invite(people.ana().user, by=SYSTEM, at=clock.now())
    mail = OutboxMail.objects.get(kind="invitation")
    with running(Says("451 later")) as server:
        settings.SMTP = server.settings
        assert deliver("w") == 1
    assert now_of(mail).text == mail.text
    settings.SMTP = None  # and where the outbox is the mailbox, it is read there
    OutboxMail.objects.update(next_try_at=clock.now())
    assert deliver("w") == 1
    assert is_sent(mail)
    assert now_of(mail).text == mail.text


@pytest.mark.django_db
@pytest.mark.parametrize("server", [Says("451 later"), RefusesRecipient("450 busy"), Dies(times=1)])
def test_after_a_refusal_for_now_it_is_tried_again(server: MailServer, settings: Settings, freeze: Freeze) -> None:
    now = freeze("2026-11-30 12:00")
    mail = put()
    with running(server):
        settings.SMTP = server.settings
        assert deliver("w") == 1
        waiting = now_of(mail)
        assert (waiting.state, waiting.next_try_at) == (State.WAITING, now + MINUTE)
        assert waiting.last_error
        assert deliver("w") == 0
        freeze(now + MINUTE)
        assert deliver("w") == 1
    assert server.asked == 2


@pytest.mark.django_db
def test_a_mail_server_that_is_away_is_waited_for(settings: Settings, freeze: Freeze) -> None:
    now = freeze("2026-11-30 12:00")
    mail, server = put(), MailServer()
    settings.SMTP = server.settings
    deliver("w")
    assert now_of(mail).state == State.WAITING
    assert "refused" in now_of(mail).last_error
    freeze(now + MINUTE)
    with running(server):
        deliver("w")
    assert is_sent(mail)


@pytest.mark.django_db
def test_the_waits_grow_and_after_the_last_the_mail_has_visibly_failed(settings: Settings, freeze: Freeze) -> None:
    now = freeze("2026-11-30 12:00")
    mail, waits = put(), []
    with running(Says("451 come back later")) as server:
        settings.SMTP = server.settings
        while deliver("w") and now_of(mail).state == State.WAITING:
            waits.append((now_of(mail).next_try_at - now) // MINUTE)
            now = freeze(now_of(mail).next_try_at)
        assert waits == [1, 5, 30, 120, 360]
        assert (now_of(mail).state, now_of(mail).attempts) == (State.FAILED, 6)
        assert "come back later" in now_of(mail).last_error
        freeze(now + dt.timedelta(days=1))
        assert deliver("w") == 0
    assert server.asked == 6


@pytest.mark.django_db
@pytest.mark.parametrize("server", [Says("554 spam"), RefusesRecipient("550 no such user")])
def test_a_refusal_for_ever_is_not_tried_again(server: MailServer, settings: Settings) -> None:
    bad, good = put("bad"), put("good")
    with running(server):
        settings.SMTP = server.settings
        assert deliver("w") == 2
        assert deliver("w") == 0
    assert server.asked == 2
    for mail in (bad, good):
        assert (now_of(mail).state, now_of(mail).attempts) == (State.FAILED, 1)
        assert now_of(mail).last_error


@pytest.mark.django_db
def test_a_failed_mail_can_be_sent_after_all(settings: Settings) -> None:
    mail = put()
    with running(Says("554 spam")) as strict:
        settings.SMTP = strict.settings
        deliver("w")
    operations.retry(mail, by=SYSTEM, at=clock.now())
    with running(MailServer()) as server:
        settings.SMTP = server.settings
        deliver("w")
    assert server.message_ids == [mail.message_id]


@pytest.mark.django_db
def test_a_mail_that_cannot_be_written_fails_and_stops_no_other(settings: Settings) -> None:
    broken, good = put("1"), put("2")
    OutboxMail.objects.filter(pk=broken.pk).update(subject="one\nBcc: everybody@demo.example")
    with running(MailServer()) as server:
        settings.SMTP = server.settings
        deliver("w")
    assert now_of(broken).state == State.FAILED
    assert server.message_ids == [good.message_id]


@pytest.mark.django_db
def test_a_server_that_takes_the_mail_and_then_breaks_off_is_not_sent_it_again(
    settings: Settings, freeze: Freeze
) -> None:
    now = freeze("2026-11-30 12:00")
    mail = put()
    with running(DiesAfterYes()) as server:
        settings.SMTP = server.settings
        for days in range(3):
            freeze(now + dt.timedelta(days=days))
            deliver("w")
    assert is_sent(mail)
    assert len(server.taken) == 1


@pytest.mark.django_db
def test_a_server_that_hangs_is_given_up_on_for_now(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kis.post.smtp.TIMEOUT", 0.3)
    mail = put()
    with running(Hangs()) as server:
        settings.SMTP = server.settings
        deliver("w")
    assert now_of(mail).state == State.WAITING
    assert "timed out" in now_of(mail).last_error


@pytest.mark.django_db(transaction=True)
def test_a_confirmed_mail_is_noted_although_the_database_was_away(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    held, calls = delivery._held, []

    def away_at_first(mail: OutboxMail) -> object:
        calls.append(mail)
        if len(calls) < 3:
            raise OperationalError("server closed the connection unexpectedly")
        return held(mail)

    monkeypatch.setattr(delivery, "_held", away_at_first)
    monkeypatch.setattr(delivery, "PAUSES", (0, 0, 0, 0))
    mail = put()
    with running(MailServer()) as server:
        settings.SMTP = server.settings
        deliver("w")
    assert is_sent(mail)
    assert len(server.taken) == 1


@pytest.mark.django_db
def test_told_to_stop_it_leaves_the_next_mail_alone(settings: Settings) -> None:
    put("1"), put("2")
    with running(MailServer()) as server:
        settings.SMTP = server.settings
        assert deliver("w", lambda: bool(server.taken)) == 1
    assert OutboxMail.objects.filter(state=State.WAITING, attempts=0).count() == 1


@pytest.mark.django_db
def test_a_mail_over_which_every_worker_died_has_failed(freeze: Freeze) -> None:
    now = freeze("2026-11-30 12:00")
    mail = put()
    for _ in range(len(WAITS) + 1):
        assert delivery._claim("killed", now)
        now += LEASE + MINUTE
    freeze(now)
    assert deliver("w") == 0
    assert (now_of(mail).state, now_of(mail).last_error) == (State.FAILED, "every attempt was broken off")


@pytest.mark.django_db
def test_who_lost_the_lease_notes_nothing_any_more(freeze: Freeze) -> None:
    now = freeze("2026-11-30 12:00")
    mail = put()
    late = delivery._claim("late", now)
    assert late
    new = delivery._claim("new", now + LEASE + MINUTE)
    assert new
    delivery._note_sent(late)
    assert now_of(mail).state == State.SENDING
    delivery._note_sent(new)
    assert is_sent(mail)


@pytest.mark.django_db(transaction=True)
def test_looking_for_mail_uses_an_index_however_much_was_sent() -> None:
    now = clock.now()
    OutboxMail.objects.bulk_create(
        OutboxMail(key=str(n), to="a@b.nl", created_at=now, next_try_at=now, state=State.SENT, sent_at=now)
        for n in range(3000)
    )
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE post_outboxmail")
    plan = delivery._due(now).order_by("next_try_at", "pk")[:1].explain()
    assert "mail_to_send" in plan, plan


def test_a_worker_killed_in_the_middle_of_a_mail_loses_nothing_and_repeats_nothing_confirmed(
    start_worker: StartWorker,
) -> None:
    """The first mails are confirmed, one is under way, the rest waits; then kill -9, and a new worker."""

    class HangsAtTheFourth(Hangs):
        async def answer(self, server: object, envelope: object) -> str:
            if self.asked == 4:
                return await super().answer(server, envelope)  # type: ignore[arg-type]  # as aiosmtpd gives them
            return self.take(envelope)  # type: ignore[arg-type]  # as aiosmtpd gives them

    mails = [put(str(number)) for number in range(8)]
    with running(HangsAtTheFourth()) as server:
        worker = start_worker(KIS_SMTP_URL=server.url)
        until(lambda: server.asked == 4)
        until(lambda: sum(map(is_sent, mails)) == 3)
        kill(worker)
        start_worker(KIS_SMTP_URL=server.url)
        until(lambda: sum(map(is_sent, mails)) == 7)
        let_the_lease_lapse()
        until(lambda: all(map(is_sent, mails)))
    copies = Counter(server.message_ids)
    assert set(copies) == {mail.message_id for mail in mails}
    under_way = next(mail for mail in mails if now_of(mail).attempts == 2)
    assert {mail.pk for mail in mails if copies[mail.message_id] > 1} <= {under_way.pk}
    assert [now_of(mail).attempts for mail in mails if mail != under_way] == [1] * 7


def test_a_worker_told_to_stop_finishes_the_mail_in_hand(start_worker: StartWorker) -> None:
    first, second = put("1"), put("2")
    with running(Hangs()) as server:
        worker = start_worker(KIS_SMTP_URL=server.url)
        until(lambda: server.asked == 1)
        worker.send_signal(signal.SIGTERM)
        time.sleep(1)
        assert worker.poll() is None
        server.released.set()
        assert worker.wait(timeout=10) == 0
    assert server.message_ids == [first.message_id]
    assert is_sent(first)
    assert (now_of(second).state, now_of(second).attempts) == (State.WAITING, 0)


def test_two_workers_at_once_send_each_of_many_mails_once(start_worker: StartWorker) -> None:
    with running(MailServer()) as server:
        start_worker(KIS_SMTP_URL=server.url)
        start_worker(KIS_SMTP_URL=server.url)
        until(lambda: WorkerBeat.objects.count() == 2)
        mails = [put(str(number)) for number in range(150)]
        until(lambda: OutboxMail.objects.filter(state=State.SENT).count() == 150)
    assert sorted(server.message_ids) == sorted(mail.message_id for mail in mails)
    assert set(OutboxMail.objects.values_list("attempts", flat=True)) == {1}
    assert OutboxMail.objects.values("owner").distinct().count() == 2, "both had a share"


def test_a_mail_server_that_hangs_keeps_no_job_waiting(start_worker: StartWorker) -> None:
    mail = put()
    with running(Hangs()) as server:
        start_worker(KIS_SMTP_URL=server.url)
        until(lambda: server.asked == 1)
        job = sample_tasks.add.enqueue(1, 2).id
        until(lambda: Job.objects.get(pk=job).result == 3)
        assert now_of(mail).state == State.SENDING


def test_a_long_job_keeps_no_mail_waiting(start_worker: StartWorker, tmp_path: os.PathLike[str]) -> None:
    job = sample_tasks.wait_for_go.enqueue(str(tmp_path)).id
    start_worker()
    until(lambda: Job.objects.get(pk=job).status == Job.Status.RUNNING)
    mail = put()
    until(lambda: is_sent(mail))
    assert Job.objects.get(pk=job).status == Job.Status.RUNNING
