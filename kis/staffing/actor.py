"""The Actor: who does something, and for which party. Everything that is read or written starts from one."""

from __future__ import annotations

import dataclasses
from typing import Any

from kis.accounts.models import User
from kis.staffing.models import AgencyUser, ClientContact, Worker
from kis.staffing.parties import Party


@dataclasses.dataclass(frozen=True, slots=True)
class Actor:
    """Who acts. A user account belongs to exactly one party."""

    party: Party
    name: str
    user: User | None = None
    worker: Worker | None = None
    contact: ClientContact | None = None
    agency_user: AgencyUser | None = None
    department_ids: tuple[int, ...] = ()  # of a contact; empty means the whole client

    @property
    def is_agency(self) -> bool:
        return self.party in {Party.AGENCY, Party.SYSTEM}

    @property
    def agency_user_is_back_office(self) -> bool:
        """Whether this colleague may also change settings, the calendar and other colleagues."""
        return self.agency_user is not None and self.agency_user.role == AgencyUser.Role.BACK_OFFICE

    @property
    def user_id(self) -> int | None:
        return self.user.pk if self.user else None


SYSTEM = Actor(party=Party.SYSTEM, name="KIS Online")


def actor_of(user: Any) -> Actor | None:
    """The actor behind a signed-in user, or None for an account that no longer belongs to anybody."""
    if not getattr(user, "is_authenticated", False):
        return None
    # Every page asks this: one query for whatever the account is.
    user = User.objects.select_related("worker", "client_contact__client", "agency_user").filter(pk=user.pk).first()
    if worker := getattr(user, "worker", None):
        return Actor(party=Party.WORKER, name=user.name, user=user, worker=worker)
    if contact := getattr(user, "client_contact", None):
        departments = tuple(contact.departments.values_list("pk", flat=True))
        return Actor(party=Party.CLIENT, name=user.name, user=user, contact=contact, department_ids=departments)
    if agency_user := getattr(user, "agency_user", None):
        return Actor(party=Party.AGENCY, name=user.name, user=user, agency_user=agency_user)
    return None
