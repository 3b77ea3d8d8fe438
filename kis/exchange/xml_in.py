"""Reading XML that a stranger sent: no DTD, no entities, nothing fetched, bounded in size and depth."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from xml.parsers import expat

from kis.payroll.rules.problems import gettext_noop, invalid

LARGEST = 5_000_000  # bytes; a card of one person and one week has a few thousand
DEEPEST = 40  # elements within elements; our messages have eight

_JOINT = " "
_BROKEN = gettext_noop("This is not well-formed XML (line %(line)s): %(reason)s.")


@dataclasses.dataclass(slots=True)
class Node:
    """One element as it was read. Text is stripped at both ends."""

    namespace: str
    name: str
    attributes: dict[str, str]
    children: list[Node] = dataclasses.field(default_factory=list)
    text: str = ""

    def all(self, name: str) -> Iterator[Node]:
        """The children of that name."""
        return (child for child in self.children if child.name == name)

    def at(self, *path: str) -> Node | None:
        """The first descendant along the path of names, or nothing."""
        node: Node | None = self
        for name in path:
            node = next(node.all(name), None) if node else None
        return node

    def say(self, *path: str) -> str:
        """The text at the end of the path of names, empty where there is none."""
        node = self.at(*path)
        return node.text if node else ""


def parse(data: bytes) -> Node:
    """The root element of an XML file.

    Raises Invalid for what is not well-formed, is larger or deeper than any message of ours, or declares a
    document type: entities are how a small file becomes an enormous one, or reads files of the machine.
    """
    if len(data) > LARGEST:
        raise invalid("", gettext_noop("The message is larger than %(most)s bytes."), most=LARGEST)
    builder = _Builder()
    parser = expat.ParserCreate(namespace_separator=_JOINT)
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse_document_type
    parser.StartElementHandler = builder.start
    parser.EndElementHandler = builder.end
    parser.CharacterDataHandler = builder.characters
    try:
        parser.Parse(data, True)
    except (expat.ExpatError, LookupError) as error:
        reason = expat.ErrorString(error.code) if isinstance(error, expat.ExpatError) else str(error)
        raise invalid("", _BROKEN, line=parser.CurrentLineNumber, reason=reason) from error
    return builder.root


def _refuse_document_type(*_: object) -> None:
    raise invalid("", gettext_noop("The message declares a document type (DOCTYPE). That is not accepted."))


class _Builder:
    root: Node

    def __init__(self) -> None:
        self.open: list[Node] = []
        self.texts: list[list[str]] = []

    def start(self, joined: str, attributes: dict[str, str]) -> None:
        if len(self.open) >= DEEPEST:
            raise invalid("", gettext_noop("The message is nested deeper than %(most)s elements."), most=DEEPEST)
        namespace, _, name = joined.rpartition(_JOINT)
        node = Node(namespace, name, attributes)
        if self.open:
            self.open[-1].children.append(node)
        else:
            self.root = node
        self.open.append(node)
        self.texts.append([])

    def characters(self, text: str) -> None:
        self.texts[-1].append(text)

    def end(self, _: str) -> None:
        self.open.pop().text = "".join(self.texts.pop()).strip()
