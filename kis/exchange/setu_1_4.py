"""SETU Reporting Time & Expenses 1.4 (HR-XML 2.5): a time card as XML, out and in, corrections included.

Hour types are the words of the 1.x list (`setu_codes` translates). The standard has one amount per allowance, no
place of work and no attachments. Of a name we read the formatted form only.
"""

from __future__ import annotations

from collections.abc import Container, Iterator
from decimal import Decimal

from kis.exchange import setu_1_4_read, timecard_checks, xml_in, xml_out
from kis.exchange.setu_codes import ALLOWANCE_WORDS, HOUR_WORDS
from kis.exchange.shapes import moment_text, number_text
from kis.exchange.timecards import (
    Allowance,
    Approval,
    Id,
    Interval,
    Party,
    Rate,
    References,
    Submission,
    Timecard,
)
from kis.exchange.xml_out import Element, group, leaf
from kis.payroll.rules.problems import Invalid, Problem, gettext_noop, invalid

NAMESPACE = "http://ns.hr-xml.org/2007-04-15"

_OWNERS = {ours: theirs for theirs, ours in setu_1_4_read.OWNERS.items()}
_REGISTERS = {ours: theirs for theirs, ours in setu_1_4_read.REGISTERS.items()}
_RATE_TYPES = {ours: theirs for theirs, ours in setu_1_4_read.RATE_TYPES.items()}  # of two names, the last


def write(card: Timecard) -> bytes:
    """The card as a 1.4 message. Raises Invalid for a card that the standard cannot carry."""
    timecard_checks.require(card, hour_types=HOUR_WORDS, allowance_types=ALLOWANCE_WORDS)
    if problems := list(_inexpressible(card)):
        raise Invalid(problems)
    root = group(
        "TimeCard",
        _id("Id", card.id),
        group("ReportedResource", group("Person", _id("Id", card.person.ids[0]), _name(card.person.name))),
        _reported_time(card),
        _submission(card.submission),
        *(_approval(approval) for approval in card.approvals),
        _additional(_card_requirements(card), _reference_information(card)),
    )
    assert root
    return xml_out.document(root, {"": NAMESPACE})


def read(
    data: bytes, *, hour_types: Container[str] = HOUR_WORDS, allowance_types: Container[str] = ALLOWANCE_WORDS
) -> Timecard:
    """The card in a 1.4 message. Raises Invalid with the problems and their paths.

    What we cannot honour is refused, not skipped: time events, piece work, expenses, allowances within an interval.
    """
    node = xml_in.parse(data)
    if (node.namespace, node.name) != (NAMESPACE, "TimeCard"):
        raise invalid("", gettext_noop("Expected a SETU 1.4 TimeCard, found %(name)s."), name=node.name)
    card = setu_1_4_read.card(node)
    timecard_checks.require(card, hour_types=hour_types, allowance_types=allowance_types)
    return card


def _inexpressible(card: Timecard) -> Iterator[Problem]:
    if len(card.person.ids) > 1:
        yield Problem("person", gettext_noop("SETU 1.4 has one number per person."))
    if not card.intervals and not card.allowances:
        yield Problem("intervals", gettext_noop("SETU 1.4 does not know a card without lines."))
    for place, line in enumerate(card.intervals):
        if any(rate.multiplier < 100 for rate in line.rates):
            text = gettext_noop("SETU 1.4 has no multiplier below 100; send whole rates, not split ones.")
            yield Problem(f"intervals[{place}].rates", text)
    for place, allowance in enumerate(card.allowances):
        if len(allowance.rates) > 1:
            yield Problem(f"allowances[{place}].rates", gettext_noop("SETU 1.4 has one amount per allowance."))


def _id(name: str, one: Id, /, **attributes: str) -> Element | None:
    return _owned(name, _OWNERS[one.issuer], one.value, **attributes)


def _owned(name: str, owner: str, value: str, /, **attributes: str) -> Element | None:
    return group(name, leaf("IdValue", value, **attributes), idOwner=owner) if value else None


def _name(name: str) -> Element | None:
    return group("PersonName", leaf("FormattedName", name))


def _reported_time(card: Timecard) -> Element | None:
    return group(
        "ReportedTime",
        leaf("PeriodStartDate", card.start.isoformat()),
        leaf("PeriodEndDate", card.end.isoformat()),
        *(_interval(line) for line in card.intervals),
        *(_allowance(line) for line in card.allowances),
        status=card.status,
    )


def _interval(line: Interval) -> Element | None:
    attributes = {"type": line.hour_type}
    if line.assigned_day:
        attributes["dayAssignment"] = line.assigned_day.isoformat()
    if line.rates:
        attributes["billable"] = _flag(any(rate.billed for rate in line.rates))
    if line.action:
        attributes["actionCode"] = line.action
    return group(
        "TimeInterval",
        _id("Id", line.id),
        leaf("StartDateTime", moment_text(line.start)),
        leaf("EndDateTime", moment_text(line.end)) if line.end else None,
        leaf("Duration", number_text(line.hours)) if line.hours is not None else None,
        *(_rate(rate) for rate in line.rates),
        _additional(_requirements(line.references)),
        leaf("Comment", line.comment),
        **attributes,
    )


def _rate(rate: Rate) -> Element | None:
    return leaf(
        "RateOrAmount",
        number_text(rate.amount),
        currency=rate.currency,
        type=_RATE_TYPES[rate.interval],
        multiplier=number_text(rate.multiplier),
        toBeBilled=_flag(rate.billed),
        toBePaid=_flag(rate.paid),
    )


def _allowance(line: Allowance) -> Element | None:
    """An amount of nought stands for "as the assignment says": the rule wants an amount always."""
    rate = line.rates[0] if line.rates else None
    attributes = {"type": line.type}
    if rate:
        attributes["billable"] = _flag(rate.billed)
    if line.action:
        attributes["actionCode"] = line.action
    return group(
        "Allowance",
        _id("Id", line.id, name="expense" if line.expense else "allowance"),
        leaf("StartDate", line.start.isoformat()) if line.start else None,
        leaf("EndDate", line.end.isoformat()) if line.end else None,
        leaf(
            "Amount", number_text(rate.amount if rate else Decimal("0.00")), currency=rate.currency if rate else "EUR"
        ),
        leaf("Quantity", number_text(line.quantity)) if line.quantity is not None else None,
        _additional(_requirements(line.references)),
        leaf("Comment", line.comment),
        **attributes,
    )


def _submission(submission: Submission | None) -> Element | None:
    if not submission:
        return None
    at = leaf("SubmittedDateTime", moment_text(submission.at))
    return group("SubmitterInfo", leaf("Source", submission.name), at)


def _approval(approval: Approval) -> Element | None:
    attributes = {"approverType": _OWNERS[approval.by]} if approval.by else {}
    return group(
        "ApprovalInfo",
        group("Person", _name(approval.name)) or Element("Person", "", (), {}),
        leaf("ApprovedDateTime", moment_text(approval.at)),
        leaf("Comment", approval.comment),
        **attributes,
    )


def _additional(*parts: Element | None) -> Element | None:
    return group("AdditionalData", group("StaffingAdditionalData", *parts))


def _requirements(references: References) -> Element | None:
    """The cost references of a line, where the order is a line item."""
    return group(
        "CustomerReportingRequirements",
        *_units(references),
        leaf("CustomerReferenceNumber", references.reference),
        leaf("PurchaseOrderLineItem", references.purchase_order),
    )


def _card_requirements(card: Timecard) -> Element | None:
    references = card.references
    inclusive = leaf("AdditionalRequirement", "true", requirementTitle="InclusiveRate")
    return group(
        "CustomerReportingRequirements",
        leaf("PurchaseOrderNumber", references.purchase_order),
        *_units(references),
        leaf("CustomerReferenceNumber", references.reference),
        inclusive if card.rates_inclusive else None,
    )


def _units(references: References) -> Iterator[Element | None]:
    named = {"Department": references.department, "CostCenter": references.cost_centre}
    for name, unit in named.items():
        if unit:
            yield leaf(f"{name}Code", unit.code)
            yield leaf(f"{name}Name", unit.name)
    if references.project:
        yield leaf("ProjectCode", references.project.code)


def _reference_information(card: Timecard) -> Element | None:
    return group(
        "ReferenceInformation",
        *_party_ids("StaffingSupplierId", card.supplier),
        *_party_ids("StaffingCustomerId", card.customer),
        _owned("AssignmentId", "StaffingCompany", card.assignment),
        *_unit_ids("StaffingSupplierOrgUnitId", card.supplier),
        *_unit_ids("StaffingCustomerOrgUnitId", card.customer),
    )


def _party_ids(name: str, party: Party | None) -> Iterator[Element | None]:
    if party:
        yield from (_id(name, one) for one in party.ids)
        if party.legal_id:
            yield _owned(name, _REGISTERS[party.legal_id.register], party.legal_id.value)
        yield _owned(name, "BTW", party.vat_id)


def _unit_ids(name: str, party: Party | None) -> Iterator[Element | None]:
    unit = party.establishment if party else None
    if unit:
        yield from (_id(name, one) for one in unit.ids)
        if unit.legal_id:
            yield _owned(name, "KvK", unit.legal_id.value)


def _flag(value: bool) -> str:
    return "true" if value else "false"
