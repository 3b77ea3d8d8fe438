"""Reminders and digests: to whom, when, and how often."""

from __future__ import annotations

import datetime as dt

import pytest

from kis.core import clock
from kis.post.models import OutboxMail
from kis.staffing import operations as staffing
from kis.staffing.actor import SYSTEM
from kis.timesheets import reminders
from kis.timesheets.workflow import NotAllowed, State
from tests.support import people, walk

pytestmark = pytest.mark.django_db

FRIDAY_NOON = clock.at(dt.date(2026, 11, 27), 12 * 60)
MONDAY = dt.date(2026, 11, 30)  # the deadline of WEEK is at 17:00 of this day
DIGEST = clock.at(MONDAY, 7 * 60 + 30)
MORNING = clock.at(MONDAY, 9 * 60)
LONG_AFTER = clock.at(dt.date(2026, 12, 9), 9 * 60)


def test_only_workers_who_have_not_handed_in_are_reminded() -> None:
    walk.to(people.sheet(people.ana()), State.SUBMITTED)
    people.sheet(people.bram())
    assert reminders.remind_workers(people.WEEK, by=SYSTEM, at=MORNING) == 1
    mail = OutboxMail.objects.get(kind="worker_reminder")
    assert mail.to == "bram@worker.example"
    assert mail.subject == "Herinnering: stuur je uren van week 48 door"
    assert "vóór maandag 30 november, 17:00" in mail.text
    assert "de verloning van dinsdag 1 december" in mail.text


def test_a_worker_of_two_clients_gets_one_reminder_that_names_both() -> None:
    people.sheet(people.ana())
    people.sheet(people.placement(people.ana(), people.transport()))
    assert reminders.remind_workers(people.WEEK, by=SYSTEM, at=MORNING) == 1
    mail = OutboxMail.objects.get(kind="worker_reminder")
    assert "- Bakkerij De Groot" in mail.text
    assert "- Visser Transport" in mail.text


def test_a_worker_is_reminded_at_most_once_a_day() -> None:
    people.sheet()
    sent = [reminders.remind_workers(people.WEEK, by=SYSTEM, at=MORNING + dt.timedelta(hours=n)) for n in (0, 1, 24)]
    assert sent == [1, 0, 1]


def test_a_reminder_after_the_deadline_does_not_promise_this_run() -> None:
    people.sheet()
    reminders.remind_workers(people.WEEK, by=SYSTEM, at=clock.at(MONDAY, 18 * 60))
    text = OutboxMail.objects.get(kind="worker_reminder").text
    assert "gaan je uren mee met de volgende verloning" in text


def test_only_contacts_of_whom_something_is_asked_are_reminded() -> None:
    people.carla()
    people.dirk()
    walk.to(people.sheet(), State.SUBMITTED)
    assert reminders.remind_clients(people.WEEK, by=people.actor(people.esra()), at=MORNING) == 1
    mail = OutboxMail.objects.get(kind="client_reminder")
    assert mail.to == "carla@bakery.example"
    assert "- Ana Kowalska, week 48: 40:00" in mail.text
    assert "Accepteer vóór maandag 30 november, 17:00" in mail.text
    assert "Ana Kowalska" in mail.html


def test_a_contact_hears_only_of_the_own_departments() -> None:
    people.carla()
    people.contact("Inge Smit", "inge@bakery.example", people.bakery(), people.department("Inpak"))
    job = people.placement(people.ana(), department=people.department("Broodlijn"))
    walk.to(people.sheet(job), State.SUBMITTED)
    reminders.remind_clients(people.WEEK, by=SYSTEM, at=MORNING)
    assert OutboxMail.objects.get(kind="client_reminder").to == "carla@bakery.example"


def test_nobody_but_the_agency_reminds() -> None:
    with pytest.raises(NotAllowed):
        reminders.remind_workers(people.WEEK, by=people.actor(people.carla()), at=MORNING)
    with pytest.raises(NotAllowed):
        reminders.remind_clients(people.WEEK, by=people.actor(people.ana()), at=MORNING)


def test_a_digest_after_the_weekend_tells_of_what_came_on_friday() -> None:
    people.carla()
    walk.to(people.sheet(), State.SUBMITTED, at=FRIDAY_NOON)
    assert reminders.send_digests(at=DIGEST) == 1
    mail = OutboxMail.objects.get(kind="digest")
    assert mail.subject == "Eén werkbriefje wacht op u"
    assert "/client/status/" in mail.html


def test_a_digest_comes_again_only_when_something_new_was_handed_in() -> None:
    people.carla()
    walk.to(people.sheet(people.ana()), State.SUBMITTED, at=FRIDAY_NOON)
    assert reminders.send_digests(at=DIGEST) == 1
    assert reminders.send_digests(at=DIGEST + dt.timedelta(days=1)) == 0
    walk.to(people.sheet(people.bram()), State.SUBMITTED, at=DIGEST + dt.timedelta(days=1, hours=2))
    assert reminders.send_digests(at=DIGEST + dt.timedelta(days=2)) == 1
    assert OutboxMail.objects.filter(kind="digest").latest("pk").subject == "2 werkbriefjes wachten op u"


def test_the_portal_reminds_within_the_lead_time_of_the_agency_only() -> None:
    people.sheet()
    early, late = clock.at(MONDAY, 16 * 60) - dt.timedelta(days=1), clock.at(MONDAY, 17 * 60 + 1)
    assert reminders.send_due_reminders(by=SYSTEM, at=early) == 0
    assert reminders.send_due_reminders(by=SYSTEM, at=late) == 0
    assert reminders.send_due_reminders(by=SYSTEM, at=MORNING) == 1


def test_a_longer_lead_time_reminds_sooner() -> None:
    people.sheet()
    staffing.configure_agency(by=SYSTEM, at=people.BEFORE, reminder_hours_before=48)
    assert reminders.send_due_reminders(by=SYSTEM, at=clock.at(MONDAY, 16 * 60) - dt.timedelta(days=1)) == 1


def test_who_has_just_had_a_digest_is_not_reminded_by_the_portal_but_by_the_agency() -> None:
    people.carla()
    walk.to(people.sheet(), State.SUBMITTED)
    reminders.send_digests(at=DIGEST)
    assert reminders.send_due_reminders(by=SYSTEM, at=MORNING) == 0
    assert reminders.remind_clients(people.WEEK, by=people.actor(people.esra()), at=MORNING) == 1


def test_the_portal_reminds_a_contact_when_the_digest_is_hours_ago() -> None:
    people.carla()
    walk.to(people.sheet(), State.SUBMITTED)
    reminders.send_digests(at=DIGEST)
    assert reminders.send_due_reminders(by=SYSTEM, at=clock.at(MONDAY, 14 * 60)) == 1


def test_nobody_is_reminded_of_a_correction_as_if_hours_were_missing() -> None:
    for worker, state in ((people.ana(), State.DRAFT), (people.bram(), State.REFUSED)):
        walk.correction(people.sheet(worker), state)
    assert reminders.remind_workers(people.WEEK, by=people.actor(people.esra()), at=LONG_AFTER) == 0


def test_a_correction_waits_for_the_client_as_such_and_is_not_late() -> None:
    walk.correction(people.sheet(people.ana()), State.SUBMITTED)
    people.carla()
    assert reminders.send_digests(at=LONG_AFTER) == 1
    text = OutboxMail.objects.get(kind="digest").text
    assert "- Ana Kowalska, week 48 (correctie): 48:00" in text
    assert "De deadline was" not in text
