"""One person's time card for one period, as partners exchange it: neutral to the generation of the standard.

SETU Reporting Time & Expenses 2.0 and 1.4 are two spellings of this. Times are wall-clock times in the Netherlands when
they carry no offset. Amounts are euros (or another currency) as Decimal, exclusive of the multiplier.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import enum
from collections.abc import Iterable, Iterator
from decimal import ROUND_HALF_UP, Decimal
from typing import TypeVar

from kis.core.clock import AMSTERDAM


class Issuer(enum.StrEnum):
    """Who gave out an identifier and keeps it unique."""

    CUSTOMER = "Customer"
    SUPPLIER = "Supplier"


class RateInterval(enum.StrEnum):
    """What a rate is per. Consolidated: one rate says all. Split: lines over the same time add up."""

    CONSOLIDATED = "HourlyConsolidated"
    SPLIT = "HourlySplit"
    WEEKLY = "Weekly"
    FOUR_WEEKLY = "FourWeekly"
    MONTHLY = "Monthly"


class Place(enum.StrEnum):
    HOME = "Home"
    OFFICE = "Office"


class Status(enum.StrEnum):
    """The state of a 1.4 card; 2.0 has none, there a correction replaces the card."""

    REPORTED = ""
    CORRECTED = "corrected"
    REJECTED = "rejected"


class Action(enum.StrEnum):
    """What a corrected 1.4 card does to a line of the card before it."""

    ADD = "Add"
    CHANGE = "Change"
    VOID = "Void"
    UNCHANGED = "Unchanged"


@dataclasses.dataclass(frozen=True, slots=True)
class Id:
    value: str
    issuer: Issuer = Issuer.SUPPLIER


@dataclasses.dataclass(frozen=True, slots=True)
class LegalId:
    """A number in a public register: KvK, OIN or RSIN."""

    value: str
    register: str = "KvK"


@dataclasses.dataclass(frozen=True, slots=True)
class Email:
    address: str
    use: str = ""  # Business or Private


@dataclasses.dataclass(frozen=True, slots=True)
class Contact:
    name: str
    phones: tuple[str, ...] = ()
    emails: tuple[Email, ...] = ()
    role: str = ""


@dataclasses.dataclass(frozen=True, slots=True)
class Establishment:
    """A branch, department or other unit of a party."""

    level: str
    ids: tuple[Id, ...] = ()
    legal_id: LegalId | None = None


@dataclasses.dataclass(frozen=True, slots=True)
class Party:
    """The agency (supplier) or the client (customer). Contacts exist for the customer only."""

    ids: tuple[Id, ...] = ()
    legal_id: LegalId | None = None
    vat_id: str = ""
    establishment: Establishment | None = None
    contacts: tuple[Contact, ...] = ()


@dataclasses.dataclass(frozen=True, slots=True)
class Person:
    ids: tuple[Id, ...]
    name: str = ""


@dataclasses.dataclass(frozen=True, slots=True)
class Unit:
    """A department, cost centre or project."""

    code: str
    name: str = ""


@dataclasses.dataclass(frozen=True, slots=True)
class References:
    """Where the client books it. `purchase_order` is the order on a card, and a line item of it on a line."""

    department: Unit | None = None
    cost_centre: Unit | None = None
    project: Unit | None = None
    reference: str = ""
    purchase_order: str = ""


@dataclasses.dataclass(frozen=True, slots=True)
class Rate:
    """Money per hour or other interval. `multiplier` is a percentage: 130 with 20 euros means 26 euros."""

    amount: Decimal
    multiplier: Decimal = Decimal(100)
    interval: RateInterval = RateInterval.CONSOLIDATED
    billed: bool = True
    paid: bool = True
    currency: str = "EUR"


@dataclasses.dataclass(frozen=True, slots=True)
class AllowanceRate:
    """Money per unit of an allowance."""

    amount: Decimal
    billed: bool = True
    paid: bool = True
    currency: str = "EUR"


@dataclasses.dataclass(frozen=True, slots=True)
class Interval:
    """Time of one hour type. Fewer `hours` than lie between start and end means an unpaid break in between."""

    id: Id
    hour_type: str
    start: dt.datetime
    end: dt.datetime | None = None
    hours: Decimal | None = None
    rates: tuple[Rate, ...] = ()
    assigned_day: dt.date | None = None
    place: Place | None = None
    references: References = References()
    requirements: str = ""
    comment: str = ""
    action: Action | None = None

    @property
    def day(self) -> dt.date:
        """The day the time counts for."""
        return self.assigned_day or day_of(self.start)

    @property
    def minutes(self) -> int:
        """The reported time in whole minutes; half a minute counts as one."""
        if self.hours is not None:
            return int((self.hours * 60).quantize(Decimal(1), ROUND_HALF_UP))
        return elapsed(self.start, self.end) // 60 if self.end else 0


@dataclasses.dataclass(frozen=True, slots=True)
class Attachment:
    """A receipt: embedded (base64 text with its type) or a link."""

    content: str = ""
    media_type: str = ""
    url: str = ""


@dataclasses.dataclass(frozen=True, slots=True)
class Allowance:
    """Kilometres, days, expenses: a quantity, its money per unit, or both."""

    id: Id
    type: str
    start: dt.date | None = None
    end: dt.date | None = None
    rates: tuple[AllowanceRate, ...] = ()
    quantity: Decimal | None = None
    expense: bool = False  # 1.4 tells money spent from an allowance
    comment: str = ""
    attachment: Attachment | None = None
    references: References = References()
    requirements: str = ""
    action: Action | None = None


@dataclasses.dataclass(frozen=True, slots=True)
class Submission:
    name: str
    at: dt.datetime


@dataclasses.dataclass(frozen=True, slots=True)
class Approval:
    """Someone accepted the hours. `by` tells for which party; 1.4 only."""

    name: str
    at: dt.datetime
    by: Issuer | None = None
    comment: str = ""


@dataclasses.dataclass(frozen=True, slots=True)
class Timecard:
    """The hours and allowances of one person at one job (`assignment`, our job number) in one period."""

    id: Id
    person: Person
    start: dt.date
    end: dt.date
    supplier: Party | None = None
    customer: Party | None = None
    assignment: str = ""
    intervals: tuple[Interval, ...] = ()
    allowances: tuple[Allowance, ...] = ()
    references: References = References()
    requirements: str = ""
    status: Status = Status.REPORTED
    submission: Submission | None = None
    approvals: tuple[Approval, ...] = ()
    rates_inclusive: bool = False  # 1.4 only: the amounts already contain the multiplier


def hours_of(minutes: int) -> Decimal:
    """Minutes as decimal hours: two places where that is exact (480 is 8.00), else four (440 is 7.3333).

    Either way the whole minutes come back when the hours are read.
    """
    places = Decimal("0.01") if minutes % 3 == 0 else Decimal("0.0001")
    return (Decimal(minutes) / 60).quantize(places, ROUND_HALF_UP)


def wall_clock(moment: dt.datetime) -> dt.datetime:
    """An aware moment as it stands on a card: Dutch time without an offset, except where that would be doubtful.

    In the hour that comes twice when the clock goes back, the offset stays.
    """
    local = moment.astimezone(AMSTERDAM)
    if local.replace(fold=0).utcoffset() == local.replace(fold=1).utcoffset():
        return local.replace(tzinfo=None)
    return local.replace(tzinfo=dt.timezone(local.utcoffset() or dt.timedelta()), fold=0)


def elapsed(start: dt.datetime, end: dt.datetime) -> int:
    """Seconds that really pass between two times of a card, clock changes counted."""
    return int((moment_of(end) - moment_of(start)).total_seconds())


def moment_of(time: dt.datetime) -> dt.datetime:
    """A time of a card as a moment; without an offset it is Dutch wall-clock time."""
    return (time if time.tzinfo else time.replace(tzinfo=AMSTERDAM)).astimezone(dt.UTC)


def day_of(time: dt.datetime) -> dt.date:
    """The Dutch day of a time of a card."""
    return (time.astimezone(AMSTERDAM) if time.tzinfo else time).date()


L = TypeVar("L", Interval, Allowance)


def corrected(old: Timecard, new: Timecard) -> Timecard:
    """The 1.4 message that turns `old`, as it was sent before, into `new`.

    It keeps the id of the old card. Lines are the same line when their ids are equal: each is marked Add, Change,
    Void or Unchanged, and a line that is gone comes along as it was, voided.
    """
    return dataclasses.replace(
        new,
        id=old.id,
        status=Status.CORRECTED,
        intervals=tuple(_marked(old.intervals, new.intervals)),
        allowances=tuple(_marked(old.allowances, new.allowances)),
    )


def _marked(old: Iterable[L], new: Iterable[L]) -> Iterator[L]:
    before = {line.id: dataclasses.replace(line, action=None) for line in old if line.action is not Action.VOID}
    for line in new:
        if line.action is Action.VOID:
            continue
        plain = dataclasses.replace(line, action=None)
        known = before.pop(line.id, None)
        action = Action.ADD if known is None else Action.UNCHANGED if known == plain else Action.CHANGE
        yield dataclasses.replace(line, action=action)
    for line in before.values():
        yield dataclasses.replace(line, action=Action.VOID)
