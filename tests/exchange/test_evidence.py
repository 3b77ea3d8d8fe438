"""The evidence file: complete for each reader, nothing of others, and checkable."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest

from kis.core import clock
from kis.exchange.evidence import checksum, evidence, text_of, verify, verify_stored
from kis.payroll import agreements
from kis.staffing.parties import Party
from kis.timesheets import operations, reminders
from kis.timesheets.models import Acknowledgement, Timesheet
from kis.timesheets.workflow import State
from tests.support import people, walk
from tests.support.queries import SameQueries
from tests.support.time import Freeze

pytestmark = pytest.mark.django_db
AT = clock.at(people.WEEK.next.monday, 540)


@pytest.fixture(autouse=True)
def monday(freeze: Freeze) -> None:
    freeze("2026-11-30 09:00")


def refused_and_paid() -> Timesheet:
    """Ana's week: refused, handed in anew, and paid by a wage."""
    by = people.actor(people.esra())
    agreements.agree_terms(
        people.placement(people.ana()), valid_from=people.START, wage_cents=1637, by=by, at=people.BEFORE
    )
    sheet = walk.to(people.sheet(people.ana()), State.SUBMITTED, hours=people.hours(days=4))
    operations.refuse(
        sheet,
        version=2,
        by=people.actor(people.carla()),
        at=AT,
        reason="Vrijdag ontbreekt.",
        days=[people.WEEK.days[4]],
    )
    walk.to(sheet, State.PAID, at=AT)
    return Timesheet.objects.with_people().select_related("corrects").get(pk=sheet.pk)


def file(sheet: Timesheet, reader: Party) -> dict[str, Any]:
    return json.loads(text_of(evidence(sheet, reader, at=AT)))  # type: ignore[no-any-return]  # an object


def test_every_version_and_every_decision_is_there() -> None:
    found = file(refused_and_paid(), Party.AGENCY)
    assert [version["minutes"] for version in found["versions"]] == [4 * 480, 5 * 480]
    assert [step["act"] for step in found["steps"]] == ["submit", "refuse", "submit", "accept", "approve", "pay"]
    refusal = found["steps"][1]
    assert (refusal["by"], refusal["reason"]) == ("Carla de Groot", "Vrijdag ontbreekt.")
    assert refusal["days"] == ["2026-11-27"]
    assert refusal["sha256"] == found["versions"][0]["sha256"]
    assert [(mail["kind"], mail["to"]) for mail in found["mails"]] == [("refusal", "ana@worker.example")]
    assert found["lines"]["paid_in"]["week"] == "2026-W48"
    assert sum(line["cents"] for line in found["lines"]["pay"]) == 5 * 8 * 1637


@pytest.mark.parametrize("reader", [Party.WORKER, Party.CLIENT, Party.AGENCY])
def test_a_long_history_costs_as_many_queries_as_a_short_one(same_queries: SameQueries, reader: Party) -> None:
    sheet = walk.to(people.sheet(people.ana()), State.SUBMITTED)
    carla = people.actor(people.carla())

    def refuse_again(times: int) -> None:
        for _ in range(times):
            operations.refuse(sheet, version=sheet.version, by=carla, at=AT, reason_code="hours_differ")
            walk.to(sheet, State.SUBMITTED, at=AT)

    def look() -> None:
        fresh = Timesheet.objects.with_people().select_related("corrects").get(pk=sheet.pk)
        assert len(evidence(fresh, reader, at=AT)["steps"]) == fresh.version - 1

    assert same_queries(refuse_again, look) <= 16


def test_a_client_finds_no_wage_and_no_mail_of_the_worker() -> None:
    sheet = refused_and_paid()
    theirs = text_of(evidence(sheet, Party.CLIENT, at=AT))
    assert "1637" not in theirs
    assert "ana@worker.example" not in theirs
    assert "W100" not in theirs
    assert json.loads(theirs)["lines"] is None
    assert [step["act"] for step in json.loads(theirs)["steps"]][:2] == ["submit", "refuse"]


def test_a_digest_and_a_reminder_are_among_the_mails_and_each_party_reads_its_own() -> None:
    carla, agency = people.carla(), people.actor(people.esra())
    sheet = walk.to(people.sheet(people.ana()), State.SUBMITTED)
    other = walk.to(people.sheet(people.bram()), State.SUBMITTED)
    reminders.send_digests(at=AT)
    operations.refuse(sheet, version=2, by=people.actor(carla), at=AT, reason="Vrijdag ontbreekt.")
    reminders.remind_workers(people.WEEK, by=agency, at=AT)
    reminders.remind_clients(people.WEEK, by=agency, at=AT)
    sheet, other = (Timesheet.objects.with_people().get(pk=one.pk) for one in (sheet, other))

    def mails(sheet: Timesheet, reader: Party) -> list[tuple[str, str, bool]]:
        return [(mail["kind"], mail["to"], bool(mail["subject"])) for mail in file(sheet, reader)["mails"]]

    to_ana, to_carla = "ana@worker.example", carla.user.email
    assert mails(sheet, Party.AGENCY) == [
        ("digest", to_carla, True), ("refusal", to_ana, True), ("worker_reminder", to_ana, True)
    ]  # fmt: skip
    assert mails(sheet, Party.WORKER) == [
        ("digest", "", False), ("refusal", to_ana, True), ("worker_reminder", to_ana, True)
    ]  # fmt: skip
    assert mails(other, Party.CLIENT) == [("digest", to_carla, True), ("client_reminder", to_carla, True)]
    assert mails(sheet, Party.CLIENT) == [
        ("digest", to_carla, True), ("refusal", "", False), ("worker_reminder", "", False)
    ]  # fmt: skip


def test_a_worker_finds_the_own_pay_and_no_bill() -> None:
    found = file(refused_and_paid(), Party.WORKER)
    assert set(found["lines"]) == {"paid_in", "pay"}


def test_what_the_agency_noted_on_a_signal_is_not_for_the_client() -> None:
    sheet = walk.to(people.sheet(people.ana()), State.SUBMITTED)
    for party in (Party.AGENCY, Party.CLIENT):
        Acknowledgement.objects.create(
            timesheet=sheet, number=2, party=party, code="K01", key=str(party), signal={}, actor_name="Iemand",
            reason=f"gezien door {party}", at=AT,
        )  # fmt: skip
    assert [row["party"] for row in file(sheet, Party.CLIENT)["acknowledgements"]] == ["client"]
    assert len(file(sheet, Party.WORKER)["acknowledgements"]) == 2


def test_a_draft_is_in_no_file() -> None:
    ana = people.ana()
    sheet = people.sheet(ana)
    operations.save_draft(
        sheet, hours=people.hours(note="Nog niet af."), version=1, by=people.actor(ana), at=people.BEFORE
    )
    sheet.refresh_from_db()
    assert "Nog niet af." not in text_of(evidence(sheet, Party.AGENCY, at=AT))


def test_a_correction_names_the_week_it_corrects() -> None:
    correction = walk.correction(people.sheet(people.ana(), people.WEEK.previous), State.ACCEPTED)
    found = file(correction, Party.AGENCY)
    assert (found["timesheet"]["revision"], found["timesheet"]["corrects"]) == (1, 0)
    assert file(Timesheet.objects.get(pk=correction.corrects_id), Party.AGENCY)["timesheet"]["corrected_by"] == [1]


@pytest.mark.parametrize("reader", [Party.WORKER, Party.CLIENT, Party.AGENCY])
def test_a_file_as_it_was_made_holds(reader: Party) -> None:
    found = file(refused_and_paid(), reader)
    assert list(verify(found)) == []
    assert list(verify_stored(found)) == []


def test_a_file_that_was_changed_does_not_hold() -> None:
    found = file(refused_and_paid(), Party.AGENCY)
    hours = {**found, "versions": [{**found["versions"][0], "hours": {**found["versions"][0]["hours"], "note": "x"}}]}
    assert len(list(verify(hours))) >= 2
    sealed = {**hours, "sha256": checksum(hours)}  # whoever changes it can seal it anew, but not the digest in it
    assert "version 2 is not what its digest says" in list(verify(sealed))
    forged = {**found, "steps": [{**found["steps"][0], "by": "Iemand anders"}, *found["steps"][1:]]}
    sealed = {**forged, "sha256": checksum(forged)}
    assert list(verify(sealed)) == []
    assert list(verify_stored(sealed)) == ["step 2 is stored otherwise"]
    assert list(verify({"format": "iets anders"})) == ["this is no kis-evidence/1 document"]
    elsewhere = {**found, "timesheet": {**found["timesheet"], "placement": "P9999"}}
    assert list(verify_stored(elsewhere)) == ["this portal has no such timesheet"]


def sealed(document: dict[str, Any], **changes: Any) -> dict[str, Any]:
    changed = {**document, **changes}
    return {**changed, "sha256": checksum(changed)}


def test_a_decision_that_was_left_out_is_missed() -> None:
    found = file(refused_and_paid(), Party.AGENCY)
    steps = [step for step in found["steps"] if step["act"] != "refuse"]
    assert list(verify(sealed(found, steps=steps))) == ["between step 2 and step 4 one is missing"]
    early = sealed(found, steps=found["steps"][:-1])
    assert list(verify(early)) == ["the last step does not lead to the state of the timesheet"]


def test_what_was_left_out_so_that_the_rest_still_fits_is_missed_in_what_is_stored() -> None:
    found = file(refused_and_paid(), Party.AGENCY)
    without = sealed(
        found,
        versions=found["versions"][1:],
        steps=[step for step in found["steps"] if step["act"] not in {"submit", "refuse"} or step["number"] > 3],
    )
    assert list(verify(without)) == []
    assert list(verify_stored(without)) == ["version 2 was left out", "step 2 was left out", "step 3 was left out"]


def test_what_came_after_the_file_was_made_is_no_difference() -> None:
    sheet = walk.to(people.sheet(people.ana()), State.SUBMITTED)
    as_read = Timesheet.objects.with_people().get(pk=sheet.pk)
    made = file(as_read, Party.CLIENT)
    operations.accept(sheet, version=sheet.version, by=people.actor(people.carla()), at=AT + dt.timedelta(hours=1))
    assert list(verify_stored(made)) == []
    assert [step["act"] for step in file(as_read, Party.CLIENT)["steps"]] == ["submit"]


@pytest.mark.parametrize("days", [4, 6])
def test_the_steps_of_a_proposal_fit_together(days: int) -> None:
    sheet = walk.proposed(people.sheet(people.ana()), people.hours(days=days))
    sheet.refresh_from_db()
    found = file(sheet, Party.AGENCY)
    assert len(found["versions"]) == 2
    assert [*verify(found), *verify_stored(found)] == []


@pytest.mark.parametrize("state", [State.DRAFT, State.SUBMITTED, State.REFUSED, State.ACCEPTED, State.APPROVED])
def test_the_steps_of_a_correction_fit_together(state: State) -> None:
    found = file(walk.correction(people.sheet(people.ana(), people.WEEK.previous), state), Party.AGENCY)
    assert [*verify(found), *verify_stored(found)] == []
