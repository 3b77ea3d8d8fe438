import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from kis.core import clock
from kis.core.append_only import AppendOnly
from kis.payroll import agreements
from kis.payroll.models import RuleDraft, RuleVersion, Stream
from kis.payroll.rules import form, templates
from kis.payroll.rules.problems import Invalid
from kis.staffing.actor import SYSTEM
from kis.timesheets.operations import Overtaken
from kis.timesheets.workflow import NotAllowed
from tests.support import people

pytestmark = pytest.mark.django_db
AT = clock.at(dt.date(2026, 11, 20), 600)
OWN = {**form.dump(templates.load("STANDARD-1")), "code": "BAKERY", "valid_from": "2026-11-01"}


def draft(**changes: object) -> RuleDraft:
    return agreements.save_draft({**OWN, **changes}, by=people.actor(people.esra()), at=AT)


def approved(**changes: object) -> RuleVersion:
    return agreements.approve_draft(draft(**changes), revision=1, by=people.actor(people.finn()), at=AT)


def test_a_second_person_makes_a_draft_a_version() -> None:
    version = approved()
    assert (version.code, version.version, version.author_name, version.approver_name) == (
        "BAKERY", 1, "Esra Yilmaz", "Finn Bakker"
    )  # fmt: skip
    assert version.digest == form.digest(version.rules)
    assert not RuleDraft.objects.exists()


def test_nobody_approves_their_own_rules() -> None:
    with pytest.raises(agreements.OwnRules):
        agreements.approve_draft(draft(), revision=1, by=people.actor(people.esra()), at=AT)


def test_a_version_is_never_changed_only_superseded() -> None:
    first = approved()
    first.title = "Anders"
    with pytest.raises(AppendOnly):
        first.save()
    second = approved(valid_from="2026-12-01")
    assert second.version == 2


def test_of_two_who_change_a_draft_one_is_overtaken() -> None:
    row = draft()
    esra = people.actor(people.esra())
    agreements.save_draft({**OWN, "title": "Een"}, revision=row.revision, by=esra, at=AT)
    with pytest.raises(Overtaken):
        agreements.save_draft({**OWN, "title": "Twee"}, revision=row.revision, by=esra, at=AT)
    with pytest.raises(Overtaken):
        agreements.approve_draft(row, revision=row.revision, by=people.actor(people.finn()), at=AT)


def test_a_wrong_draft_is_refused_with_its_path() -> None:
    with pytest.raises(Invalid) as refused:
        draft(bands=[{"label": "night", "days": ["mon"], "from": "06:00", "to": "05:00", "surcharge": "50"}])
    assert [problem.path for problem in refused.value.problems] == ["bands[0].to"]


def test_rules_are_assigned_only_when_a_version_holds() -> None:
    finn = people.actor(people.finn())
    with pytest.raises(agreements.NoSuchRules):
        agreements.assign_rules("BAKERY", stream=Stream.PAY, valid_from=dt.date(2026, 11, 1), by=finn, at=AT)
    approved()
    row = agreements.assign_rules(
        "BAKERY", stream=Stream.PAY, valid_from=dt.date(2026, 11, 1), client=people.bakery(), by=finn, at=AT
    )
    assert row.client == people.bakery()


def test_a_template_is_adopted_once() -> None:
    first = agreements.adopt_template("CLEANING-1", by=SYSTEM, at=AT)
    assert agreements.adopt_template("CLEANING-1", by=SYSTEM, at=AT) == first


def test_terms_need_a_wage_and_one_tariff() -> None:
    job, finn = people.placement(), people.actor(people.finn())
    with pytest.raises(ValidationError):
        agreements.agree_terms(job, valid_from=job.start, wage_cents=0, by=finn, at=AT)


def test_only_the_agency_agrees() -> None:
    job = people.placement()
    for person in (people.ana(), people.carla()):
        with pytest.raises(NotAllowed):
            agreements.agree_terms(job, valid_from=job.start, wage_cents=1600, by=people.actor(person), at=AT)
