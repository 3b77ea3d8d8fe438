"""The Timecard message of SETU 2.0: its shape, and its way to and from our card."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from kis.exchange.shapes import DATE, FLAG, HOURS, MOMENT, NUMBER, TEXT, Group, Member, Message, maybe, one_of, some
from kis.exchange.timecards import (
    Allowance,
    AllowanceRate,
    Attachment,
    Contact,
    Email,
    Establishment,
    Id,
    Interval,
    Issuer,
    LegalId,
    Party,
    Person,
    Place,
    Rate,
    RateInterval,
    References,
    Timecard,
    Unit,
)

_VALUE: Group = {"value": Member(TEXT)}
_ID: Group = {"value": Member(TEXT), "schemeAgencyId": Member(one_of(*Issuer))}
_LEGAL_ID: Group = {"value": Member(TEXT), "schemeAgencyId": Member(one_of("KvK", "OIN", "RSIN"))}
_KVK: Group = {"value": Member(TEXT), "schemeAgencyId": Member(one_of("KvK"))}
_UNIT: Group = {"name": maybe(TEXT), "code": Member(TEXT)}
_NAME: Group = {"formattedName": Member(TEXT)}
_AMOUNT: Group = {"value": Member(NUMBER), "currency": Member(_VALUE)}


def _establishment(legal_id: Group) -> Group:
    return {"responsibilityCode": Member(_VALUE), "id": some(_ID, most=2), "legalId": maybe(legal_id)}


def _party(legal_id: Group) -> Group:
    return {
        "id": some(_ID, most=2),
        "legalId": maybe(_LEGAL_ID),
        "taxId": maybe({"value": Member(TEXT), "schemeAgencyId": Member(one_of("BTW"))}),
        "establishment": maybe(_establishment(legal_id)),
    }


_CONTACT: Group = {
    "name": Member(_NAME),
    "communication": maybe(
        {
            "phone": some({"formattedNumber": Member(TEXT)}),
            "email": some({"address": Member(TEXT), "useCode": maybe(one_of("Business", "Private"))}),
        }
    ),
    "roleCode": maybe(TEXT),
}
_UNITS: Group = {"department": maybe(_UNIT), "costCenter": maybe(_UNIT), "project": maybe(_UNIT)}
_LINE: Group = {"id": Member(_ID), **_UNITS, "referenceNumber": maybe(TEXT), "purchaseOrderLineItem": maybe(TEXT)}
_TO_WHOM: Group = {"toBeBilled": Member(FLAG), "toBePaid": Member(FLAG)}
_RATE: Group = {
    "amount": Member(_AMOUNT),
    "intervalCode": Member({"value": Member(one_of(*RateInterval))}),
    "multiplier": Member(NUMBER),
    **_TO_WHOM,
}
_INTERVAL: Group = {
    **_LINE,
    "typeCode": Member(_VALUE),
    "period": Member({"dateTimePeriod": Member({"start": Member(MOMENT), "end": maybe(MOMENT)})}),
    "timeTotal": maybe(HOURS),
    "payRates": some(_RATE, most=2),
    "dayAssignment": maybe(DATE),
    "homeOfficeIndicator": maybe(one_of(*Place)),
    "customerSpecificRequirements": maybe(TEXT),
}
_ALLOWANCE: Group = {
    "comment": maybe({"note": Member(TEXT)}),
    **_LINE,
    "typeCode": Member(_VALUE),
    "period": maybe({"datePeriod": maybe({"start": Member(DATE), "end": maybe(DATE)})}),
    "payRates": some({"amount": Member(_AMOUNT), **_TO_WHOM}, most=2),
    "quantity": maybe({"value": Member(NUMBER)}),
    "attachment": maybe({"content": maybe({"value": Member(TEXT), "mimeType": Member(TEXT)}), "url": maybe(TEXT)}),
    "customerSpecificRequirements": maybe(TEXT),
}
TIMECARD: Group = {
    "documentId": Member(_ID),
    "supplier": maybe(_party(_KVK)),
    "customer": maybe(
        {
            **_party({"value": Member(TEXT), "schemeAgencyId": maybe(one_of("KvK"))}),
            "personContacts": some(_CONTACT),
        }
    ),
    **_UNITS,
    "referenceNumber": maybe(TEXT),
    "purchaseOrderNumber": maybe(TEXT),
    "person": Member({"id": some(_ID, least=1, most=2), "name": maybe(_NAME)}),
    "period": Member({"datePeriod": Member({"start": Member(DATE), "end": Member(DATE)})}),
    "staffingIds": maybe(
        {"assignmentId": maybe({"value": Member(TEXT), "schemeAgencyId": Member(one_of("Supplier"))})}
    ),
    "timeInterval": some(_INTERVAL),
    "allowance": some(_ALLOWANCE),
    "customerSpecificRequirements": maybe(TEXT),
}


# From our card to the message. A member that is None is left out.


def of_card(card: Timecard) -> Message:
    """The card as a message; what 2.0 has no place for (state, submission, approvals) stays behind."""
    return {
        "documentId": _of_id(card.id),
        "supplier": card.supplier and _of_party(card.supplier),
        "customer": card.customer and _of_party(card.customer),
        **_of_references(card.references, "purchaseOrderNumber"),
        "person": {"id": _each(_of_id, card.person.ids), "name": _of_name(card.person.name)},
        "period": {"datePeriod": {"start": card.start, "end": card.end}},
        "staffingIds": {"assignmentId": _scheme(card.assignment, "Supplier")} if card.assignment else None,
        "timeInterval": _each(_of_interval, card.intervals),
        "allowance": _each(_of_allowance, card.allowances),
        "customerSpecificRequirements": card.requirements or None,
    }


def _each(write: Any, items: Iterable[Any]) -> list[Message] | None:
    return [write(item) for item in items] or None


def _value(text: str) -> Message:
    return {"value": text}


def _scheme(value: str, scheme: str) -> Message:
    return {"value": value, "schemeAgencyId": scheme or None}


def _of_id(one: Id) -> Message:
    return _scheme(one.value, one.issuer)


def _of_name(name: str) -> Message | None:
    return {"formattedName": name} if name else None


def _of_legal_id(one: LegalId | None) -> Message | None:
    return _scheme(one.value, one.register) if one else None


def _of_party(party: Party) -> Message:
    unit = party.establishment
    return {
        "id": _each(_of_id, party.ids),
        "legalId": _of_legal_id(party.legal_id),
        "taxId": _scheme(party.vat_id, "BTW") if party.vat_id else None,
        "establishment": unit
        and {
            "responsibilityCode": _value(unit.level),
            "id": _each(_of_id, unit.ids),
            "legalId": _of_legal_id(unit.legal_id),
        },
        "personContacts": _each(_of_contact, party.contacts),
    }


def _of_contact(contact: Contact) -> Message:
    reach = {
        "phone": _each(lambda phone: {"formattedNumber": phone}, contact.phones),
        "email": _each(lambda email: {"address": email.address, "useCode": email.use or None}, contact.emails),
    }
    return {
        "name": _of_name(contact.name),
        "communication": reach if any(reach.values()) else None,
        "roleCode": contact.role or None,
    }


def _of_unit(unit: Unit | None) -> Message | None:
    return {"name": unit.name or None, "code": unit.code} if unit else None


def _of_references(references: References, order: str) -> Message:
    return {
        "department": _of_unit(references.department),
        "costCenter": _of_unit(references.cost_centre),
        "project": _of_unit(references.project),
        "referenceNumber": references.reference or None,
        order: references.purchase_order or None,
    }


def _of_rate(rate: Rate | AllowanceRate) -> Message:
    return {
        "amount": {"value": rate.amount, "currency": _value(rate.currency)},
        "intervalCode": _value(rate.interval) if isinstance(rate, Rate) else None,
        "multiplier": rate.multiplier if isinstance(rate, Rate) else None,
        "toBeBilled": rate.billed,
        "toBePaid": rate.paid,
    }


def _of_interval(line: Interval) -> Message:
    return {
        "id": _of_id(line.id),
        **_of_references(line.references, "purchaseOrderLineItem"),
        "typeCode": _value(line.hour_type),
        "period": {"dateTimePeriod": {"start": line.start, "end": line.end}},
        "timeTotal": line.hours,
        "payRates": _each(_of_rate, line.rates),
        "dayAssignment": line.assigned_day,
        "homeOfficeIndicator": line.place,
        "customerSpecificRequirements": line.requirements or None,
    }


def _of_allowance(line: Allowance) -> Message:
    return {
        "comment": {"note": line.comment} if line.comment else None,
        "id": _of_id(line.id),
        **_of_references(line.references, "purchaseOrderLineItem"),
        "typeCode": _value(line.type),
        "period": {"datePeriod": {"start": line.start, "end": line.end}} if line.start else None,
        "payRates": _each(_of_rate, line.rates),
        "quantity": {"value": line.quantity} if line.quantity is not None else None,
        "attachment": line.attachment and _of_attachment(line.attachment),
        "customerSpecificRequirements": line.requirements or None,
    }


def _of_attachment(attachment: Attachment) -> Message:
    embedded = {"value": attachment.content, "mimeType": attachment.media_type}
    return {"content": embedded if attachment.content else None, "url": attachment.url or None}


# From the message to our card.


def to_card(read: Message) -> Timecard:
    """The card in a message that has the shape above."""
    period = read["period"]["datePeriod"]
    person = read["person"]
    return Timecard(
        id=_id(read["documentId"]),
        person=Person(_ids(person), _at(person, "name", "formattedName")),
        start=period["start"],
        end=period["end"],
        supplier=_party_in(read.get("supplier")),
        customer=_party_in(read.get("customer")),
        assignment=_at(read, "staffingIds", "assignmentId", "value"),
        intervals=tuple(_interval(line) for line in read.get("timeInterval", [])),
        allowances=tuple(_allowance(line) for line in read.get("allowance", [])),
        references=_references(read, "purchaseOrderNumber"),
        requirements=_at(read, "customerSpecificRequirements"),
    )


def _at(read: Message, *path: str) -> Any:
    """What lies at the end of the path, or an empty text."""
    value: Any = read
    for name in path:
        value = value.get(name, {})
    return value or ""


def _id(read: Message) -> Id:
    return Id(read["value"], Issuer(read["schemeAgencyId"]))


def _ids(read: Message) -> tuple[Id, ...]:
    return tuple(_id(one) for one in read.get("id", []))


def _legal_id(read: Message | None) -> LegalId | None:
    return LegalId(read["value"], read.get("schemeAgencyId", "")) if read else None


def _party_in(read: Message | None) -> Party | None:
    if read is None:
        return None
    unit = read.get("establishment")
    return Party(
        ids=_ids(read),
        legal_id=_legal_id(read.get("legalId")),
        vat_id=_at(read, "taxId", "value"),
        establishment=unit
        and Establishment(unit["responsibilityCode"]["value"], _ids(unit), _legal_id(unit.get("legalId"))),
        contacts=tuple(_contact(contact) for contact in read.get("personContacts", [])),
    )


def _contact(read: Message) -> Contact:
    reach = read.get("communication", {})
    return Contact(
        name=read["name"]["formattedName"],
        phones=tuple(phone["formattedNumber"] for phone in reach.get("phone", [])),
        emails=tuple(Email(email["address"], email.get("useCode", "")) for email in reach.get("email", [])),
        role=_at(read, "roleCode"),
    )


def _unit(read: Message | None) -> Unit | None:
    return Unit(read["code"], read.get("name", "")) if read else None


def _references(read: Message, order: str) -> References:
    return References(
        department=_unit(read.get("department")),
        cost_centre=_unit(read.get("costCenter")),
        project=_unit(read.get("project")),
        reference=_at(read, "referenceNumber"),
        purchase_order=_at(read, order),
    )


def _money(read: Message) -> dict[str, Any]:
    amount = read["amount"]
    return {
        "amount": amount["value"],
        "currency": amount["currency"]["value"],
        "billed": read["toBeBilled"],
        "paid": read["toBePaid"],
    }


def _rate(read: Message) -> Rate:
    interval = RateInterval(read["intervalCode"]["value"])
    return Rate(multiplier=read["multiplier"], interval=interval, **_money(read))


def _interval(read: Message) -> Interval:
    period = read["period"]["dateTimePeriod"]
    return Interval(
        id=_id(read["id"]),
        hour_type=read["typeCode"]["value"],
        start=period["start"],
        end=period.get("end"),
        hours=read.get("timeTotal"),
        rates=tuple(_rate(rate) for rate in read.get("payRates", [])),
        assigned_day=read.get("dayAssignment"),
        place=Place(read["homeOfficeIndicator"]) if "homeOfficeIndicator" in read else None,
        references=_references(read, "purchaseOrderLineItem"),
        requirements=_at(read, "customerSpecificRequirements"),
    )


def _allowance(read: Message) -> Allowance:
    period = _at(read, "period", "datePeriod") or {}
    attachment = read.get("attachment")
    return Allowance(
        id=_id(read["id"]),
        type=read["typeCode"]["value"],
        start=period.get("start"),
        end=period.get("end"),
        rates=tuple(AllowanceRate(**_money(rate)) for rate in read.get("payRates", [])),
        quantity=read["quantity"]["value"] if "quantity" in read else None,
        comment=_at(read, "comment", "note"),
        attachment=attachment
        and Attachment(
            _at(attachment, "content", "value"), _at(attachment, "content", "mimeType"), _at(attachment, "url")
        ),
        references=_references(read, "purchaseOrderLineItem"),
        requirements=_at(read, "customerSpecificRequirements"),
    )
