"""Every write on the agency, its clients, contacts, workers and placements. Only the agency does these."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from kis.accounts import operations as accounts
from kis.accounts.models import User
from kis.core import audit
from kis.staffing.actor import Actor
from kis.staffing.models import (
    AgencyLink,
    AgencySettings,
    AgencyUser,
    Client,
    ClientContact,
    Department,
    PayPeriod,
    Placement,
    Worker,
    search_text,
)


class AgencyOnly(Exception):
    """Someone who is not of the agency tried to change its people or settings."""


def configure_agency(
    *, by: Actor, at: dt.datetime, links: Collection[tuple[str, str]] | None = None, **values: Any
) -> AgencySettings:
    """Set the agency's own settings; `links` are (label, address) in the order shown."""
    _require_agency(by)
    with transaction.atomic():
        agency = AgencySettings.objects.filter(pk=1).first() or AgencySettings(pk=1)
        billed = agency.billing
        for name, value in values.items():
            setattr(agency, name, value)
        if agency.billing and not billed:
            agency.billing_since = at
        agency.full_clean()
        agency.save()
        if links is not None:
            agency.links.all().delete()
            AgencyLink.objects.bulk_create(
                AgencyLink(agency=agency, label=label, url=url, position=n) for n, (label, url) in enumerate(links)
            )
        _record(by, at, "configure_agency", agency, sorted(values))
    return agency


def add_agency_user(
    *, email: str, name: str, role: str, language: str = "nl", by: Actor, at: dt.datetime
) -> AgencyUser:
    """A colleague at the agency; invited separately (`accounts.operations.invite`)."""
    _require_agency(by)
    with transaction.atomic():
        user = accounts.create_user(email=email, name=name, language=language)
        person = AgencyUser.objects.create(user=user, role=role)
        _record(by, at, "add_agency_user", person, [])
    return person


def change_agency_role(person: AgencyUser, role: str, *, by: Actor, at: dt.datetime) -> None:
    """Make somebody a consultant or back office. Raises ValidationError when no back office would be left."""
    _require_agency(by)
    others = AgencyUser.objects.filter(role=AgencyUser.Role.BACK_OFFICE, user__is_active=True).exclude(pk=person.pk)
    if role != AgencyUser.Role.BACK_OFFICE and not others.exists():
        raise ValidationError({"role": _("There must be somebody of the back office.")})
    with transaction.atomic():
        person.role = role
        person.full_clean()
        person.save()
        _record(by, at, "change_agency_role", person, ["role"])


def add_client(
    *, number: str, name: str, departments: Collection[tuple[str, str]] = (), by: Actor, at: dt.datetime, **values: Any
) -> Client:
    """A client with its departments, each (name, cost centre)."""
    _require_agency(by)
    with transaction.atomic():
        client = Client(number=number, name=name, search=search_text(number, name), **values)
        client.full_clean()
        client.save()
        for department, cost_centre in departments:
            Department.objects.create(client=client, name=department, cost_centre=cost_centre)
        _record(by, at, "add_client", client, [])
    return client


def change_client(client: Client, *, by: Actor, at: dt.datetime, **values: Any) -> Client:
    """Change a client's own fields. Raises ValidationError with the fields concerned."""
    _require_agency(by)
    _change(client, values, by, at)
    return client


def add_department(client: Client, *, name: str, cost_centre: str = "", by: Actor, at: dt.datetime) -> Department:
    """One more department at a client."""
    _require_agency(by)
    with transaction.atomic():
        department = Department(client=client, name=name, cost_centre=cost_centre)
        department.full_clean()
        department.save()
        _record(by, at, "add_department", department, [])
    return department


def change_department(department: Department, *, by: Actor, at: dt.datetime, **values: Any) -> Department:
    """Change a department's name or cost centre. Raises ValidationError with the fields concerned."""
    _require_agency(by)
    _change(department, values, by, at)
    return department


def add_contact(
    *,
    client: Client,
    email: str,
    name: str,
    departments: Collection[Department] = (),
    language: str = "nl",
    by: Actor,
    at: dt.datetime,
) -> ClientContact:
    """A contact who accepts hours for `departments`, or for the whole client when none is named."""
    _require_agency(by)
    with transaction.atomic():
        user = accounts.create_user(email=email, name=name, language=language)
        contact = ClientContact.objects.create(user=user, client=client)
        contact.departments.set(departments)
        _record(by, at, "add_contact", contact, [])
    return contact


def change_contact_departments(
    contact: ClientContact, departments: Collection[Department], *, by: Actor, at: dt.datetime
) -> None:
    """For which departments the contact accepts hours; none means all."""
    _require_agency(by)
    with transaction.atomic():
        contact.departments.set(departments)
        _record(by, at, "change_contact", contact, ["departments"])


def add_worker(
    *,
    number: str,
    email: str,
    name: str,
    language: str = "nl",
    birth_date: dt.date | None = None,
    phone: str = "",
    pay_period: str = "",
    by: Actor,
    at: dt.datetime,
) -> Worker:
    """A worker with an account of their own; paid as often as the agency has it, unless said otherwise."""
    _require_agency(by)
    usual = AgencySettings.objects.values_list("pay_period", flat=True).first() or PayPeriod.WEEK
    with transaction.atomic():
        user = accounts.create_user(email=email, name=name, language=language)
        worker = Worker(
            user=user, number=number, birth_date=birth_date, phone=phone, search=search_text(number, name, email),
            pay_period=pay_period or usual,
        )  # fmt: skip
        worker.full_clean()
        worker.save()
        _record(by, at, "add_worker", worker, [])
    return worker


def change_person(user: User, *, by: Actor, at: dt.datetime, **values: Any) -> User:
    """Change somebody's name, e-mail address or language, or close the account."""
    _require_agency(by)
    with transaction.atomic():
        user = accounts.change_user(user, **values)
        if worker := Worker.objects.filter(user=user).first():
            worker.search = search_text(worker.number, user.name, user.email)
            worker.save(update_fields=["search"])
        _record(by, at, "change_person", user, sorted(values))
    return user


def change_worker(worker: Worker, *, by: Actor, at: dt.datetime, **values: Any) -> Worker:
    """Change a worker's own fields (number, birth date, phone, pay period)."""
    _require_agency(by)
    _change(worker, values, by, at)
    return worker


def add_placement(*, by: Actor, at: dt.datetime, **values: Any) -> Placement:
    """A Job. Its timesheets are opened by `timesheets.opening.open_placement`."""
    _require_agency(by)
    with transaction.atomic():
        placement = Placement(**values)
        placement.full_clean()
        placement.save()
        _record(by, at, "add_placement", placement, [])
    return placement


def change_placement(placement: Placement, *, by: Actor, at: dt.datetime, **values: Any) -> Placement:
    """Change a Job's dates, department, title, entry form or usual week."""
    _require_agency(by)
    _change(placement, values, by, at)
    return placement


def _change(
    thing: Client | Department | Worker | Placement, values: dict[str, Any], by: Actor, at: dt.datetime
) -> None:
    with transaction.atomic():
        for name, value in values.items():
            setattr(thing, name, value)
        if isinstance(thing, Client):
            thing.search = search_text(thing.number, thing.name)
        if isinstance(thing, Worker):
            thing.search = search_text(thing.number, thing.user.name, thing.user.email)
        thing.full_clean()
        thing.save()
        _record(by, at, f"change_{type(thing).__name__.lower()}", thing, sorted(values))


def _require_agency(by: Actor) -> None:
    if not by.is_agency:
        raise AgencyOnly


def _record(by: Actor, at: dt.datetime, act: str, subject: Any, fields: list[str]) -> None:
    audit.record(
        actor_id=by.user_id, actor_name=by.name, party=by.party, act=act,
        subject_type=type(subject).__name__, subject_id=str(subject.pk), detail={"fields": fields}, at=at,
    )  # fmt: skip
