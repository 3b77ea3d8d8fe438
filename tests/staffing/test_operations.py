import datetime as dt
from collections.abc import Callable

import pytest
from django.core.exceptions import ValidationError

from kis.core import clock
from kis.core.models import AuditEntry
from kis.staffing import operations
from kis.staffing.models import Placement, Worker
from tests.support import people

pytestmark = pytest.mark.django_db
AT = clock.at(dt.date(2026, 11, 24), 600)


@pytest.mark.parametrize("person", [people.ana, people.carla])
def test_only_the_agency_changes_people_and_settings(person: Callable[[], people.Person]) -> None:
    by = people.actor(person())
    with pytest.raises(operations.AgencyOnly):
        operations.add_worker(number="W1", email="x@worker.example", name="X", by=by, at=AT)
    with pytest.raises(operations.AgencyOnly):
        operations.configure_agency(name="X", by=by, at=AT)


def test_every_change_is_in_the_audit_log_with_its_actor() -> None:
    by = people.actor(people.esra())
    operations.change_worker(people.ana(), phone="06-12345678", by=by, at=AT)
    entry = AuditEntry.objects.get(act="change_worker")
    assert (entry.actor_name, entry.detail) == ("Esra Yilmaz", {"fields": ["phone"]})


def test_a_worker_is_found_by_name_without_accents_after_a_change_too() -> None:
    ana = people.ana()
    operations.change_person(ana.user, name="Ana Żółć", by=people.actor(people.esra()), at=AT)
    assert Worker.objects.filter(search__contains="zolc").get() == ana


def test_a_job_cannot_end_before_it_starts() -> None:
    with pytest.raises(ValidationError):
        people.placement(people.ana(), start=dt.date(2026, 11, 2), end=dt.date(2026, 11, 1))
    assert not Placement.objects.exists()


@pytest.mark.parametrize("names", [["tea_breaks"], ["short_breaks", "short_breaks"], "short_breaks"])
def test_only_deviations_that_the_law_knows_are_taken(names: object) -> None:
    with pytest.raises(ValidationError, match="working_time_options"):
        operations.change_placement(
            people.placement(), working_time_options=names, by=people.actor(people.esra()), at=AT
        )
