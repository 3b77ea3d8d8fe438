"""The shape of a message, once, for its two spellings: XML and JSON.

A shape names the members of a group in the order of the schema, how often each may stand, and what a leaf holds.
Reading and writing go by the shape: what it does not name is refused, and every refusal tells its path.
In Python a group is a dict, a repeated member a list, a leaf a typed value (Decimal, bool, date, datetime, str).
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from kis.exchange.xml_in import Node
from kis.exchange.xml_out import Element
from kis.payroll.rules.problems import Invalid, Problem, gettext_noop, invalid

Message = dict[str, Any]

_NUMBER = re.compile(r"[+-]?(\d{1,15}(\.\d{0,10})?|\.\d{1,10})", re.ASCII)
# Whole seconds, in years between which every zone can compute.
_MOMENT = re.compile(r"(?:19|2\d)\d\d-\d\d-\d\dT\d\d:\d\d(:\d\d(\.0{1,6})?)?(Z|[+-]\d\d:\d\d)?", re.ASCII)
_DATE = re.compile(r"(?:19|2\d)\d\d-\d\d-\d\d", re.ASCII)
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_SCHEMA_INSTANCE = "http://www.w3.org/2001/XMLSchema-instance"


@dataclasses.dataclass(frozen=True, slots=True)
class Leaf:
    """A value: how it is read from text, how it is written as text, and what it is in JSON."""

    read: Callable[[str], Any]
    write: Callable[[Any], str] = str
    json: type | tuple[type, ...] = str


@dataclasses.dataclass(frozen=True, slots=True)
class Member:
    """One member of a group. `most` is None where there is no end; `listed` tells that JSON holds an array."""

    kind: Leaf | Group
    least: int = 1
    most: int | None = 1
    listed: bool = False


Group = Mapping[str, Member]


def maybe(kind: Leaf | Group) -> Member:
    """A member that may be absent."""
    return Member(kind, least=0)


def some(kind: Leaf | Group, *, least: int = 0, most: int | None = None) -> Member:
    """A member that may stand several times."""
    return Member(kind, least, most, listed=True)


def one_of(*choices: str) -> Leaf:
    """A code out of a closed list."""

    def read(text: str) -> str:
        if text not in choices:
            raise invalid("", gettext_noop("Expected one of %(choices)s."), choices=", ".join(choices))
        return text

    return Leaf(read)


def _text(text: str) -> str:
    if _CONTROL.search(text):
        raise invalid("", gettext_noop("The text has characters that a message cannot carry."))
    return text


def number(text: str) -> Decimal:
    """A plain decimal number. Raises Invalid, for exponents too."""
    if not _NUMBER.fullmatch(text):
        raise invalid("", gettext_noop("Expected a decimal number."))
    return Decimal(text)


def number_text(value: Decimal) -> str:
    return format(value, "f")


def moment_text(value: dt.datetime) -> str:
    """A time of a card as text, in whole seconds."""
    return value.isoformat(timespec="seconds")


def _flag(text: str) -> bool:
    if text not in {"true", "false", "1", "0"}:
        raise invalid("", gettext_noop("Expected true or false."))
    return text in {"true", "1"}


def date(text: str) -> dt.date:
    """A date like 2026-11-24. Raises Invalid."""
    if _DATE.fullmatch(text):
        try:
            return dt.date.fromisoformat(text)
        except ValueError:
            pass
    raise invalid("", gettext_noop("Expected a date, such as 2026-11-24."))


def moment(text: str) -> dt.datetime:
    """A date and time like 2026-11-24T08:00:00, with an offset or without. Raises Invalid."""
    if _MOMENT.fullmatch(text):
        try:
            return dt.datetime.fromisoformat(text)
        except ValueError:
            pass
    raise invalid("", gettext_noop("Expected a date and time, such as 2026-11-24T08:00:00."))


TEXT = Leaf(_text)
NUMBER = Leaf(number, number_text, Decimal)
FLAG = Leaf(_flag, lambda value: "true" if value else "false", bool)
DATE = Leaf(date, dt.date.isoformat)
MOMENT = Leaf(moment, moment_text)
# A number in a string, by the schema. The standard's own note shows a bare number, so that is read as well.
HOURS = Leaf(number, number_text, (str, Decimal))


def to_element(name: str, kind: Leaf | Group, value: Any) -> Element:
    """A message as XML."""
    if isinstance(kind, Leaf):
        return Element(name, kind.write(value), (), {})
    children = tuple(
        to_element(child, member.kind, item)
        for child, member in kind.items()
        if value.get(child) is not None
        for item in (value[child] if member.listed else [value[child]])
    )
    return Element(name, "", children, {})


def to_json(kind: Leaf | Group, value: Any, indent: str = "") -> str:
    """A message as JSON text, two spaces deeper per level, members in the order of the schema."""
    if isinstance(kind, Leaf):
        text = kind.write(value)
        return text if kind.json in (Decimal, bool) else json.dumps(text, ensure_ascii=False)
    deeper = indent + "  "
    members = (
        f"{deeper}{json.dumps(name)}: {_json_member(member, value[name], deeper)}"
        for name, member in kind.items()
        if value.get(name) is not None
    )
    return "{\n" + ",\n".join(members) + f"\n{indent}}}"


def _json_member(member: Member, value: Any, indent: str) -> str:
    if not member.listed:
        return to_json(member.kind, value, indent)
    deeper = indent + "  "
    items = ",\n".join(deeper + to_json(member.kind, item, deeper) for item in value)
    return f"[\n{items}\n{indent}]"


def from_node(kind: Leaf | Group, node: Node) -> Any:
    """The message in an XML element. Raises Invalid with the paths of what the shape refuses."""
    problems = [*_attributes(node)]
    if isinstance(kind, Leaf):
        problems += _no_children(node)
        return _finish(problems, lambda: kind.read(node.text))
    if node.text:
        problems.append(Problem("", gettext_noop("There is text between the elements.")))
    problems += _order(kind, node)
    return _group(kind, problems, {name: list(node.all(name)) for name in kind}, from_node)


def from_json(kind: Leaf | Group, data: Any) -> Any:
    """The message in parsed JSON (numbers as Decimal). Raises Invalid with the paths of what the shape refuses."""
    if isinstance(kind, Leaf):
        if not isinstance(data, kind.json):
            raise invalid("", gettext_noop("The value has the wrong JSON type."))
        return kind.read(_as_text(data))
    if not isinstance(data, dict):
        raise invalid("", gettext_noop("Expected an object."))
    problems = [Problem(name, gettext_noop("The standard does not know this.")) for name in data if name not in kind]
    values: dict[str, list[Any]] = {}
    for name, member in kind.items():
        if name not in data:
            values[name] = []
        elif member.listed and not isinstance(data[name], list):
            problems.append(Problem(name, gettext_noop("Expected an array.")))
        else:
            values[name] = data[name] if member.listed else [data[name]]
    return _group(kind, problems, values, from_json)


def parse_json(data: bytes) -> Any:
    """JSON with exact numbers; a name that stands twice is refused. Raises Invalid."""
    try:
        return json.loads(
            data.decode(), parse_float=number, parse_int=number, parse_constant=number, object_pairs_hook=_once
        )
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError) as error:
        raise invalid("", gettext_noop("This is not well-formed JSON: %(reason)s."), reason=str(error)) from error


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    for name, times in Counter(name for name, _ in pairs).items():
        if times > 1:
            raise invalid(name, gettext_noop("The name stands more than once in one object."))
    return dict(pairs)


def _as_text(data: Any) -> str:
    if isinstance(data, bool):
        return "true" if data else "false"
    return number_text(data) if isinstance(data, Decimal) else str(data)


def _group(
    kind: Group, problems: list[Problem], values: Mapping[str, list[Any]], read: Callable[[Leaf | Group, Any], Any]
) -> Any:
    message: Message = {}
    for name, found in values.items():
        member = kind[name]
        problems += _count(name, member, len(found))
        read_all = []
        for place, item in enumerate(found):
            try:
                read_all.append(read(member.kind, item))
            except Invalid as error:
                problems += error.under(f"{name}[{place}]" if member.listed else name).problems
        if read_all:
            message[name] = read_all if member.listed else read_all[0]
    return _finish(problems, lambda: message)


def _count(name: str, member: Member, times: int) -> Iterator[Problem]:
    if times < member.least:
        yield Problem(name, gettext_noop("This is missing."))
    if member.most == 1 < times:
        yield Problem(name, gettext_noop("This may stand only once."))
    elif member.most is not None and times > member.most:
        yield Problem(name, gettext_noop("This may stand at most %(most)s times."), {"most": member.most})


def _finish(problems: list[Problem], value: Callable[[], Any]) -> Any:
    if problems:
        raise Invalid(problems)
    return value()


def _attributes(node: Node) -> Iterator[Problem]:
    for name in node.attributes:
        if not name.startswith(_SCHEMA_INSTANCE):
            yield Problem("", gettext_noop("The attribute %(name)s is not allowed."), {"name": name})


def _no_children(node: Node) -> Iterator[Problem]:
    for child in node.children:
        yield Problem(child.name, gettext_noop("The standard does not know this."))


def _order(kind: Group, node: Node) -> Iterator[Problem]:
    places = {name: place for place, name in enumerate(kind)}
    reached = 0
    for child in node.children:
        if child.name not in places or child.namespace != node.namespace:
            yield Problem(child.name, gettext_noop("The standard does not know this."))
        elif places[child.name] < reached:
            yield Problem(child.name, gettext_noop("This stands too late in the order of the standard."))
        else:
            reached = places[child.name]
