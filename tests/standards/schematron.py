"""ISO Schematron with XPath 2, turned into one XSLT stylesheet: a mode per pattern, a template per rule.

In a pattern the first rule whose context matches a node is the one that counts, hence the falling priorities. The
official rule sets use no more of the language than is done here: includes, abstract patterns, variables, functions and
asserts.
"""

from __future__ import annotations

import copy
import functools
import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lxml import etree
from saxonche import PySaxonApiError, PySaxonProcessor

SCH = "{http://purl.oclc.org/dsdl/schematron}"
XSL = "{http://www.w3.org/1999/XSL/Transform}"
_NAME = re.compile(r"\$([A-Za-z_][\w-]*)")


@dataclass(frozen=True)
class Finding:
    """An assert that failed: its id (empty where the rule set gives none), how grave, and its words."""

    id: str
    flag: str
    text: str


@functools.cache
def processor() -> Any:
    return PySaxonProcessor(license=False)


class Rules:
    """A rule set, compiled once."""

    def __init__(self, *paths: Path) -> None:
        self._programs = [_program(stylesheet(path)) for path in paths]

    def findings(self, xml: bytes) -> list[Finding]:
        """Everything a document breaks, warnings too. A rule that cannot even be computed is a fatal finding."""
        try:
            node = processor().parse_xml(xml_text=xml.decode())
            return [found for program in self._programs for found in _read(program.transform_to_string(xdm_node=node))]
        except PySaxonApiError as error:
            return [Finding("cannot be computed", "fatal", str(error))]

    def errors(self, xml: bytes) -> list[Finding]:
        """What a document breaks so that it will be refused."""
        return [finding for finding in self.findings(xml) if finding.flag != "warning"]


def _program(text: str) -> Any:
    return processor().new_xslt30_processor().compile_stylesheet(stylesheet_text=text)


def _read(text: str | None) -> Iterator[Finding]:
    for found in etree.fromstring((text or "<findings/>").encode()):
        yield Finding(found.get("id", ""), found.get("flag", ""), " ".join("".join(map(str, found.itertext())).split()))


def stylesheet(path: Path) -> str:
    """The stylesheet of a Schematron file: applied to a document it lists the asserts that fail."""
    schema = _included(path)
    namespaces = {one.get("prefix"): one.get("uri") for one in schema.iter(f"{SCH}ns")}
    sheet = etree.Element(f"{XSL}stylesheet", nsmap={"xsl": XSL[1:-1], **namespaces}, version="2.0")
    sheet.extend(copy.deepcopy(function) for function in schema.iter(f"{XSL}function"))
    patterns = [pattern for pattern in _concrete(schema) if pattern.get("abstract") != "true"]
    for let in itertools.chain(schema.iterchildren(f"{SCH}let"), *(one.iterchildren(f"{SCH}let") for one in patterns)):
        _variable(sheet, let)
    start = etree.SubElement(sheet, f"{XSL}template", match="/")
    listing = etree.SubElement(start, "findings")
    for number, pattern in enumerate(patterns):
        mode = f"pattern{number}"
        etree.SubElement(listing, f"{XSL}apply-templates", select=".", mode=mode)
        _pattern(sheet, pattern, mode)
    return etree.tostring(sheet, encoding="unicode")


def _included(path: Path) -> Any:
    root = etree.parse(str(path)).getroot()
    for include in list(root.iter(f"{SCH}include")):
        include.getparent().replace(include, _included(path.parent / include.get("href")))
    return root


def _concrete(schema: Any) -> list[Any]:
    patterns = list(schema.iter(f"{SCH}pattern"))
    abstract = {one.get("id"): one for one in patterns if one.get("abstract") == "true"}
    return [_instance(abstract[one.get("is-a")], one) if one.get("is-a") else one for one in patterns]


def _instance(abstract: Any, binding: Any) -> Any:
    values = {param.get("name").strip(): param.get("value") for param in binding.iter(f"{SCH}param")}
    pattern = copy.deepcopy(abstract)
    del pattern.attrib["abstract"]
    for element in pattern.iter(f"{SCH}rule", f"{SCH}assert", f"{SCH}let"):
        for name in ("context", "test", "value"):
            if text := element.get(name):
                element.set(name, _NAME.sub(lambda found: values.get(found[1], found[0]), text))
    return pattern


def _pattern(sheet: Any, pattern: Any, mode: str) -> None:
    rules = list(pattern.iterchildren(f"{SCH}rule"))
    for place, rule in enumerate(rules):
        match = " ".join(rule.get("context").split())
        template = etree.SubElement(sheet, f"{XSL}template", match=match, mode=mode, priority=str(len(rules) - place))
        for child in rule.iterchildren(f"{SCH}let", f"{SCH}assert"):
            _variable(template, child) if child.tag == f"{SCH}let" else _assert(template, child, rule)
        etree.SubElement(template, f"{XSL}apply-templates", select="@*|node()", mode=mode)
    rest = etree.SubElement(sheet, f"{XSL}template", match="@*|node()", mode=mode, priority="-1")
    etree.SubElement(rest, f"{XSL}apply-templates", select="@*|node()", mode=mode)


def _variable(parent: Any, let: Any) -> None:
    etree.SubElement(parent, f"{XSL}variable", name=let.get("name"), select=let.get("value"))


def _assert(template: Any, check: Any, rule: Any) -> None:
    failed = etree.SubElement(template, f"{XSL}if", test=f"not({check.get('test')})")
    flag = check.get("flag") or rule.get("flag") or ""
    found = etree.SubElement(failed, "finding", id=check.get("id") or rule.get("id") or "", flag=flag)
    etree.SubElement(found, f"{XSL}text").text = "".join(check.itertext())
