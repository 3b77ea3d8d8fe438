"""XML as text: a small tree, written the same way every time."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator, Mapping
from xml.sax.saxutils import escape, quoteattr

_DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'
# What XML 1.0 cannot carry in any spelling.
_UNSPEAKABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclasses.dataclass(frozen=True, slots=True)
class Element:
    """One element: text, or children; never both."""

    name: str
    text: str
    children: tuple[Element, ...]
    attributes: Mapping[str, str]


def leaf(name: str, text: str, /, **attributes: str) -> Element | None:
    """An element with text, or nothing where there is no text: a message carries no empty elements."""
    return Element(name, text, (), attributes) if text.strip() else None


def group(name: str, /, *children: Element | None, **attributes: str) -> Element | None:
    """An element with children, or nothing where none of them is there."""
    there = tuple(child for child in children if child)
    return Element(name, "", there, attributes) if there else None


def document(root: Element, namespaces: Mapping[str, str]) -> bytes:
    """The whole file in UTF-8. `namespaces` maps a prefix (empty: the default) to its name."""
    declared = {f"xmlns:{prefix}" if prefix else "xmlns": name for prefix, name in namespaces.items()}
    top = dataclasses.replace(root, attributes={**declared, **root.attributes})
    return "".join((_DECLARATION, *_lines(top, ""))).encode()


def _lines(element: Element, indent: str) -> Iterator[str]:
    attributes = "".join(f" {name}={quoteattr(_sayable(value))}" for name, value in element.attributes.items())
    opening = f"{indent}<{element.name}{attributes}>"
    if not element.children:
        text = escape(_sayable(element.text), {"\r": "&#13;"})
        yield f"{opening}{text}</{element.name}>\n"
        return
    yield opening + "\n"
    for child in element.children:
        yield from _lines(child, indent + "  ")
    yield f"{indent}</{element.name}>\n"


def _sayable(text: str) -> str:
    return _UNSPEAKABLE.sub("", text)
