"""Rule sets on their pages: adopt, write, have approved by a second person, let hold."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client as Browser

from kis.payroll import in_force
from kis.payroll.models import RuleAssignment, RuleDraft, RuleVersion, Stream
from kis.payroll.rules import templates
from kis.timesheets.workflow import State
from kis.web.agency import rule_form
from tests.support import people, walk
from tests.support.queries import SameQueries
from tests.support.time import Freeze

pytestmark = pytest.mark.django_db
RULES = "/agency/payroll/rules/"


@pytest.fixture(autouse=True)
def friday(freeze: Freeze) -> None:
    freeze("2026-11-27 15:00")


@pytest.fixture
def esra() -> Browser:
    return people.signed_in(people.esra())


@pytest.fixture
def finn() -> Browser:
    return people.signed_in(people.finn())


def adopted(browser: Browser, code: str = "STANDARD-1") -> RuleVersion:
    browser.post(f"{RULES}use/{code}/")
    return RuleVersion.objects.get(code=code)


def fields(code: str = "STANDARD-1", **more: Any) -> dict[str, Any]:
    text, chosen = rule_form.fields_of(templates.load(code))
    return {**text, **chosen, "valid_from": "2026-07-01", "do": "save", **more}


def words(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


def test_a_template_is_taken_into_use_once(esra: Browser) -> None:
    assert "In gebruik nemen" in words(esra.get(RULES))
    version = adopted(esra)
    adopted(esra)
    page = words(esra.get(f"{RULES}{version.pk}/"))
    assert "Avond: ma–vr van 18:00 tot 24:00, +30 procent." in page
    assert version.digest in page
    assert esra.post(f"{RULES}use/BESTAAT-NIET/").status_code == 404


def test_the_next_version_needs_a_second_person(esra: Browser, finn: Browser) -> None:
    adopted(esra)
    answer = esra.post(f"{RULES}new/", fields(**{"bands.1.surcharge": "35"}))
    draft = RuleDraft.objects.get()
    assert answer["Location"] == f"{RULES}drafts/{draft.pk}/"
    page = words(esra.get(answer["Location"]))
    assert "<del>Avond: ma–vr van 18:00 tot 24:00, +30 procent.</del>" in page
    assert "<ins>Avond: ma–vr van 18:00 tot 24:00, +35 procent.</ins>" in page
    assert "Deze versie goedkeuren" not in page
    approve = f"{RULES}drafts/{draft.pk}/approve/"
    assert "iemand anders moet ze goedkeuren" in words(esra.post(approve, {"revision": 1}, follow=True))
    assert RuleVersion.objects.count() == 1
    assert "Deze versie goedkeuren" in words(finn.get(f"{RULES}drafts/{draft.pk}/"))
    finn.post(approve, {"revision": 1})
    version = RuleVersion.objects.get(version=2)
    assert (version.author_name, version.approver_name) == ("Esra Yilmaz", "Finn Bakker")
    assert not RuleDraft.objects.exists()
    assert "geschreven door Esra Yilmaz, goedgekeurd door Finn Bakker" in words(esra.get(f"{RULES}{version.pk}/"))


def test_a_draft_that_changed_since_is_not_approved_unseen(esra: Browser, finn: Browser) -> None:
    esra.post(f"{RULES}new/", fields())
    draft = RuleDraft.objects.get()
    esra.post(f"{RULES}drafts/{draft.pk}/", fields(revision=1, title="Anders"))
    answer = finn.post(f"{RULES}drafts/{draft.pk}/approve/", {"revision": 1}, follow=True)
    assert "zijn gewijzigd sinds je keek" in words(answer)
    assert not RuleVersion.objects.exists()


def test_two_who_write_at_once_do_not_write_over_each_other(esra: Browser, finn: Browser) -> None:
    esra.post(f"{RULES}new/", fields())
    draft = RuleDraft.objects.get()
    finn.post(f"{RULES}drafts/{draft.pk}/", fields(revision=1, title="Van Finn"))
    answer = esra.post(f"{RULES}drafts/{draft.pk}/", fields(revision=1, title="Van Esra"))
    assert answer.status_code == 409
    assert 'value="Van Esra"' in words(answer)
    assert RuleDraft.objects.get().content["title"] == "Van Finn"


@pytest.mark.parametrize("act", ["approve", "drop"])
def test_what_was_typed_in_a_draft_that_is_no_more_can_still_be_kept(act: str, esra: Browser, finn: Browser) -> None:
    adopted(esra)
    esra.post(f"{RULES}new/", fields())
    draft = RuleDraft.objects.get()
    finn.post(f"{RULES}drafts/{draft.pk}/{act}/", {"revision": 1})
    typed = fields(revision=1, of="STANDARD-1", title="Wat Esra typte")
    answer = esra.post(f"{RULES}drafts/{draft.pk}/", typed)
    assert answer.status_code == 409
    page = words(answer)
    assert "intussen goedgekeurd of weggegooid" in page
    assert 'value="Wat Esra typte"' in page
    version = RuleVersion.objects.latest("version")
    onward = f"{RULES}new/?version={version.pk}"
    assert f'action="{onward}"' in page
    esra.post(onward, typed)
    assert RuleDraft.objects.get().content["title"] == "Wat Esra typte"
    assert esra.get(f"{RULES}drafts/{draft.pk + 99}/").status_code == 404


def test_what_is_wrong_stands_beside_its_field_and_nothing_typed_is_lost(esra: Browser) -> None:
    answer = esra.post(f"{RULES}new/", fields(**{"bands.0.from": "25:00", "title": "Onze bakkerij"}))
    assert answer.status_code == 422
    page = words(answer)
    assert 'id="f-bands-0-from-error"' in page
    assert 'value="25:00"' in page
    assert 'value="Onze bakkerij"' in page
    assert not RuleDraft.objects.exists()


def test_the_example_follows_what_is_typed(esra: Browser) -> None:
    htmx = {"HX-Request": "true"}
    typed = fields(do="", example="nights", wage="20")
    first = words(esra.post(f"{RULES}new/", typed, headers=htmx))
    assert 'id="example"' in first
    assert "<form" not in first
    more = words(esra.post(f"{RULES}new/", {**typed, "bands.0.surcharge": "90"}, headers=htmx))
    assert first != more
    assert "+90" in more
    wrong = words(esra.post(f"{RULES}new/", {**typed, "bands.0.to": "x"}, headers=htmx))
    assert "Het voorbeeld staat er weer" in wrong


def test_a_row_is_added_without_keeping_anything(esra: Browser) -> None:
    answer = esra.post(f"{RULES}new/", fields(do="add:bands"))
    assert 'name="bands.5.label"' in words(answer)
    assert not RuleDraft.objects.exists()


def test_a_draft_can_be_thrown_away(esra: Browser) -> None:
    esra.post(f"{RULES}new/", fields())
    esra.post(f"{RULES}drafts/{RuleDraft.objects.get().pk}/drop/", {"revision": 1})
    assert not RuleDraft.objects.exists()


def test_rules_hold_at_a_client_from_a_day_on(esra: Browser) -> None:
    version = adopted(esra, "CLEANING-1")
    job = people.placement(people.ana())
    data = {"client": job.client_id, "stream": "pay", "valid_from": "2026-11-30"}
    assert esra.post(f"{RULES}{version.pk}/assign/", data).status_code == 302
    held = in_force.of_placement(job).rules(job)
    assert [rules.code for rules in held] == ["STANDARD-1", "CLEANING-1"]
    assert "Bakkerij De Groot" in words(esra.get(RULES))


def test_rules_hold_for_one_job_alone(esra: Browser) -> None:
    version = adopted(esra, "CLEANING-1")
    job = people.placement(people.ana())
    assert f"{RULES}?placement={job.pk}" in words(esra.get(f"/agency/people/placements/{job.pk}/"))
    page = words(esra.get(f"{RULES}{version.pk}/?placement={job.pk}"))
    assert "Alleen voor de job van Ana Kowalska" in page
    data = {"placement": job.pk, "stream": "bill", "valid_from": "2026-11-30"}
    esra.post(f"{RULES}{version.pk}/assign/", data)
    row = RuleAssignment.objects.get()
    assert (row.placement, row.client, row.stream) == (job, None, Stream.BILL)


def test_a_client_is_let_go_of_again_from_a_day_on(esra: Browser) -> None:
    version = adopted(esra, "CLEANING-1")
    job = people.placement(people.ana())
    assign, page = f"{RULES}{version.pk}/assign/", f"{RULES}{version.pk}/"
    data = {"client": job.client_id, "stream": "pay"}
    esra.post(assign, {**data, "valid_from": "2026-11-30"})
    assert "Loslaten" in words(esra.get(page))
    esra.post(assign, {**data, "valid_from": "2027-01-04", "letting_go": "1"})
    held = in_force.of_placement(job).rules(job)
    assert [rules.code for rules in held] == ["STANDARD-1", "CLEANING-1", "STANDARD-1"]
    after = words(esra.get(page))
    assert "30 nov 2026 tot en met 3 jan 2027" in after
    assert "Loslaten" not in after


def test_the_agency_itself_cannot_be_without_rules(esra: Browser) -> None:
    version = adopted(esra)
    data = {"stream": "pay", "valid_from": "2026-11-30"}
    esra.post(f"{RULES}{version.pk}/assign/", data)
    assert "Loslaten" not in words(esra.get(f"{RULES}{version.pk}/"))
    answer = esra.post(f"{RULES}{version.pk}/assign/", {**data, "letting_go": "1"})
    assert answer.status_code == 422
    assert "Hier moeten regels gelden" in words(answer)
    assert RuleAssignment.objects.count() == 1


def test_what_was_agreed_otherwise_before_it_held_is_no_place(esra: Browser) -> None:
    version, other = adopted(esra, "CLEANING-1"), adopted(esra)
    data = {"client": people.bakery().pk, "stream": "pay", "valid_from": "2026-11-30"}
    for each in (version, other):
        esra.post(f"{RULES}{each.pk}/assign/", data)
    assert "Nog nergens" in words(esra.get(f"{RULES}{version.pk}/"))
    assert "vanaf 30 nov 2026" in words(esra.get(f"{RULES}{other.pk}/"))


def test_reaching_back_into_paid_weeks_is_told(esra: Browser) -> None:
    version = adopted(esra)
    walk.to(people.sheet(people.ana()), State.PAID)
    data = {"stream": "pay", "valid_from": "2026-11-02"}
    answer = esra.post(f"{RULES}{version.pk}/assign/", data, follow=True)
    assert "1 week vanaf die dag is al verloond" in words(answer)


def test_a_day_before_the_first_version_is_refused(esra: Browser) -> None:
    version = adopted(esra, "CLEANING-1")
    answer = esra.post(f"{RULES}{version.pk}/assign/", {"stream": "pay", "valid_from": "2020-01-01"})
    assert answer.status_code == 422
    assert "Op deze dag geldt nog geen versie" in words(answer)


def test_the_list_costs_the_same_for_3_and_for_30(esra: Browser, same_queries: SameQueries) -> None:
    by = people.actor(people.esra())

    def add(count: int) -> None:
        from kis.core import clock
        from kis.payroll import agreements

        agreements.adopt_template("STANDARD-1", by=by, at=clock.now())
        for n in range(count):
            client = people.bakery() if n % 2 else people.transport()
            agreements.assign_rules(
                "STANDARD-1", stream=Stream.PAY, valid_from=clock.today(), client=client, by=by, at=clock.now()
            )

    same_queries(add, lambda: esra.get(RULES))


def test_a_button_that_does_not_exist_and_a_nul_change_nothing(esra: Browser) -> None:
    assert esra.post(f"{RULES}new/", {"code": "A", "title": "a\0b", "do": "add:bandsaw"}).status_code == 200
    esra.post(f"{RULES}new/", {**fields(), "code": "BAKKERIJ-1", "title": "Bak\0kerij"})
    assert RuleDraft.objects.get().content["title"] == "Bakkerij"
