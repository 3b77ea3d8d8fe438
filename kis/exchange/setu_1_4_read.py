"""From an HR-XML 2.5 TimeCard to our card."""

from __future__ import annotations

import datetime as dt
import enum
import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import TypeVar

from kis.exchange.shapes import date, moment, number
from kis.exchange.timecards import (
    Action,
    Allowance,
    AllowanceRate,
    Approval,
    Establishment,
    Id,
    Interval,
    Issuer,
    LegalId,
    Party,
    Person,
    Rate,
    RateInterval,
    References,
    Status,
    Submission,
    Timecard,
    Unit,
    day_of,
)
from kis.exchange.xml_in import Node
from kis.payroll.rules.problems import Invalid, Problem, gettext_noop, invalid

OWNERS = {"StaffingCompany": Issuer.SUPPLIER, "StaffingCustomer": Issuer.CUSTOMER}
REGISTERS = {"KvK": "KvK", "OIN": "OIN", "Fi": "RSIN"}
RATE_TYPES = {
    "hourly": RateInterval.CONSOLIDATED,
    "hourlyconsolidated": RateInterval.CONSOLIDATED,
    "hourlysplit": RateInterval.SPLIT,
    "weekly": RateInterval.WEEKLY,
    "4weekly": RateInterval.FOUR_WEEKLY,
    "monthly": RateInterval.MONTHLY,
}
_NEIGHBOURS = {"previous": -1, "current": 0, "next": 1}
_DURATION = re.compile(r"PT(?:(\d{1,6})H)?(?:(\d{1,6})M)?(?:(\d{1,6})S)?", re.ASCII)
_UNREADABLE = {"TimeEvent", "Expense", "PieceWork"}
T = TypeVar("T")
E = TypeVar("E", bound=enum.StrEnum)


def card(root: Node) -> Timecard:
    """The card in the root element. Raises Invalid with every problem of its lines, or the first one elsewhere."""
    reported = _only(root, "ReportedTime")
    requirements = root.at("AdditionalData", "StaffingAdditionalData", "CustomerReportingRequirements")
    information = root.at("AdditionalData", "StaffingAdditionalData", "ReferenceInformation")
    return Timecard(
        id=_id(_only(root, "Id")),
        person=_person(_only(root, "ReportedResource")),
        start=_named("PeriodStartDate", _date, _only(reported, "PeriodStartDate").text),
        end=_named("PeriodEndDate", _date, _only(reported, "PeriodEndDate").text),
        supplier=_party(information, "Supplier"),
        customer=_party(information, "Customer"),
        assignment=information.say("AssignmentId", "IdValue") if information else "",
        intervals=_lines(reported, "TimeInterval", _interval),
        allowances=_lines(reported, "Allowance", _allowance),
        references=_references(requirements, "PurchaseOrderNumber"),
        status=_one_of(Status, "ReportedTime", reported.attributes.get("status", "").strip()),
        submission=_submission(root.at("SubmitterInfo")),
        approvals=tuple(_approval(node) for node in root.all("ApprovalInfo")),
        rates_inclusive=_inclusive(requirements),
    )


def _only(parent: Node, name: str) -> Node:
    found = list(parent.all(name))
    if len(found) != 1:
        raise invalid(name, gettext_noop("This must stand exactly once."))
    return found[0]


def _named(name: str, read: Callable[[str], T], text: str) -> T:
    try:
        return read(text)
    except Invalid as error:
        raise error.under(name) from error


def _date(text: str) -> dt.date:
    """A date; HR-XML allows a zone or a time behind it, which say nothing here."""
    return date(text[:10])


def _one_of(kind: type[E], name: str, text: str) -> E:
    try:
        return kind(text)
    except ValueError as error:
        raise invalid(name, gettext_noop("%(text)s is not known here."), text=text) from error


def _flag(text: str | None, default: bool) -> bool:
    return default if text is None else text.strip() in {"true", "1"}


def _id(node: Node) -> Id:
    owner = node.attributes.get("idOwner", "").strip()
    if owner not in OWNERS:
        raise invalid(f"{node.name}.idOwner", gettext_noop("Expected StaffingCustomer or StaffingCompany."))
    return Id(node.say("IdValue"), OWNERS[owner])


def _person(resource: Node) -> Person:
    person = _only(resource, "Person")
    return Person((_id(_only(person, "Id")),), person.say("PersonName", "FormattedName"))


def _lines(reported: Node, name: str, read: Callable[[Node], T]) -> tuple[T, ...]:
    lines, problems = [], [*_unreadable(reported)]
    for place, node in enumerate(reported.all(name)):
        try:
            lines.append(read(node))
        except Invalid as error:
            problems += error.under(f"{name}[{place}]").problems
    if problems:
        raise Invalid(problems)
    return tuple(lines)


def _unreadable(node: Node) -> Iterator[Problem]:
    for child in node.children:
        if child.name in _UNREADABLE or (node.name == "TimeInterval" and child.name == "Allowance"):
            yield Problem(child.name, gettext_noop("We do not read this, and will not leave it out in silence."))


def _interval(node: Node) -> Interval:
    if problems := list(_unreadable(node)):
        raise Invalid(problems)
    start = _named("StartDateTime", moment, _only(node, "StartDateTime").text)
    end, duration = node.say("EndDateTime"), node.say("Duration")
    return Interval(
        id=_id(_only(node, "Id")),
        hour_type=node.attributes.get("type", ""),
        start=start,
        end=_named("EndDateTime", moment, end) if end else None,
        hours=_named("Duration", _hours, duration) if duration else None,
        rates=_rates(node),
        assigned_day=_assigned(node.attributes.get("dayAssignment"), day_of(start)),
        references=_references(_requirements(node), "PurchaseOrderLineItem"),
        comment=node.say("Comment"),
        action=_action(node),
    )


def _hours(text: str) -> Decimal:
    """Decimal hours, or an ISO duration of hours, minutes and seconds."""
    found = _DURATION.fullmatch(text)
    if not found:
        return number(text)
    hours, minutes, seconds = (Decimal(part or 0) for part in found.groups())
    return hours + ((minutes * 60 + seconds) / 3600).quantize(Decimal("0.0001"))


def _assigned(text: str | None, start: dt.date) -> dt.date | None:
    if text is None:
        return None
    if text in _NEIGHBOURS:
        return start + dt.timedelta(days=_NEIGHBOURS[text])
    return _named("dayAssignment", date, text)


def _action(node: Node) -> Action | None:
    code = node.attributes.get("actionCode")
    return None if code is None else _one_of(Action, "actionCode", code)


def _rates(node: Node) -> tuple[Rate, ...]:
    billable = _flag(node.attributes.get("billable"), True)
    rates = tuple(_rate(rate, billable) for rate in node.all("RateOrAmount"))
    if rates or billable:
        return rates
    return (Rate(Decimal(0), billed=False),)


def _rate(node: Node, billable: bool) -> Rate:
    attributes = node.attributes
    kind = attributes.get("type", "")
    if kind not in RATE_TYPES:
        raise invalid("RateOrAmount.type", gettext_noop("%(text)s is not known here."), text=kind)
    return Rate(
        amount=_named("RateOrAmount", number, node.text),
        multiplier=_named("RateOrAmount.multiplier", number, attributes.get("multiplier", "")),
        interval=RATE_TYPES[kind],
        billed=_flag(attributes.get("toBeBilled"), billable),
        paid=_flag(attributes.get("toBePaid"), True),
        currency=attributes.get("currency", "EUR"),
    )


def _allowance(node: Node) -> Allowance:
    start, end, quantity = node.say("StartDate"), node.say("EndDate"), node.say("Quantity")
    return Allowance(
        id=_id(_only(node, "Id")),
        type=node.attributes.get("type", ""),
        start=_named("StartDate", _date, start) if start else None,
        end=_named("EndDate", _date, end) if end else None,
        rates=_amount(node),
        quantity=_named("Quantity", number, quantity) if quantity else None,
        expense=_is_expense(node),
        comment=node.say("Comment"),
        references=_references(_requirements(node), "PurchaseOrderLineItem"),
        action=_action(node),
    )


def _is_expense(node: Node) -> bool:
    value = node.at("Id", "IdValue")
    return value is not None and value.attributes.get("name", "").strip() == "expense"


def _amount(node: Node) -> tuple[AllowanceRate, ...]:
    """The one amount of an allowance; nought says that the amount is agreed elsewhere."""
    found = node.at("Amount")
    amount = _named("Amount", number, found.text) if found else Decimal(0)
    if not found or not amount:
        return ()
    billed = _flag(node.attributes.get("billable"), True)
    return (AllowanceRate(amount, billed=billed, currency=found.attributes.get("currency", "EUR")),)


def _requirements(node: Node) -> Node | None:
    return node.at("AdditionalData", "StaffingAdditionalData", "CustomerReportingRequirements")


def _references(node: Node | None, order: str) -> References:
    if node is None:
        return References()
    return References(
        department=_unit(node, "Department"),
        cost_centre=_unit(node, "CostCenter"),
        project=_unit(node, "Project"),
        reference=node.say("CustomerReferenceNumber"),
        purchase_order=node.say(order),
    )


def _unit(node: Node, name: str) -> Unit | None:
    code, text = node.say(f"{name}Code"), node.say(f"{name}Name")
    return Unit(code, text) if code or text else None


def _inclusive(requirements: Node | None) -> bool:
    found = requirements.all("AdditionalRequirement") if requirements else ()
    return any(one.attributes.get("requirementTitle") == "InclusiveRate" and _flag(one.text, False) for one in found)


def _submission(node: Node | None) -> Submission | None:
    if node is None:
        return None
    name = node.say("Person", "PersonName", "FormattedName") or node.say("Source")
    return Submission(name, _named("SubmittedDateTime", moment, node.say("SubmittedDateTime")))


def _approval(node: Node) -> Approval:
    return Approval(
        name=node.say("Person", "PersonName", "FormattedName"),
        at=_named("ApprovedDateTime", moment, node.say("ApprovedDateTime")),
        by=OWNERS.get(node.attributes.get("approverType", "")),
        comment=node.say("Comment"),
    )


def _party(information: Node | None, side: str) -> Party | None:
    if information is None:
        return None
    owned = list(_owned(information, f"Staffing{side}Id"))
    units = list(_owned(information, f"Staffing{side}OrgUnitId"))
    if not owned and not units:
        return None
    return Party(
        ids=tuple(Id(value, OWNERS[owner]) for owner, value in owned if owner in OWNERS),
        legal_id=_legal_id(owned),
        vat_id=next((value for owner, value in owned if owner == "BTW"), ""),
        establishment=_establishment(units),
    )


def _establishment(units: list[tuple[str, str]]) -> Establishment | None:
    ids = tuple(Id(value, OWNERS[owner]) for owner, value in units if owner in OWNERS)
    return Establishment("", ids, _legal_id(units)) if units else None


def _owned(information: Node, name: str) -> Iterator[tuple[str, str]]:
    for node in information.all(name):
        yield node.attributes.get("idOwner", ""), node.say("IdValue")


def _legal_id(owned: list[tuple[str, str]]) -> LegalId | None:
    return next((LegalId(value, REGISTERS[owner]) for owner, value in owned if owner in REGISTERS), None)
