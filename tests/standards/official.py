"""The official schemas and rule sets, each loaded when first asked for and once per session."""

from __future__ import annotations

import functools
import json
from pathlib import Path
from typing import Any

import yaml
from jsonschema import Draft202012Validator
from lxml import etree, isoschematron  # type: ignore[attr-defined]  # the stubs lack it

from tests.standards.schematron import Rules

_NLCIUS = "nlcius-si-ubl-2.0.3.12/schematron"
_CREDIT_NOTE = "{urn:oasis:names:specification:ubl:schema:xsd:CreditNote-2}CreditNote"


class Standards:
    """What a document of ours must satisfy. Every method answers with the complaints: an empty list is a pass."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def file(self, path: str) -> bytes:
        return (self.root / path).read_bytes()

    def setu_2_xml(self, xml: bytes) -> list[str]:
        return _complaints(self._xsd("setu/schemas/purchase-to-pay-v2/Timecard.xsd"), etree.fromstring(xml))

    def setu_2_json(self, text: bytes) -> list[str]:
        return [f"{error.json_path}: {error.message}" for error in self._json_schema.iter_errors(json.loads(text))]

    def setu_1_4(self, xml: bytes) -> list[str]:
        """HR-XML schema, then SETU's business rules for time cards."""
        root = etree.fromstring(xml)
        complaints = _complaints(self._xsd("hr-xml/SIDES/TimeCardAdditionalData.xsd"), root)
        if not self._timecard_rules.validate(root):
            report = self._timecard_rules.validation_report
            complaints += [" ".join(text.split()) for text in report.xpath("//*[local-name()='failed-assert']//text()")]
        return complaints

    def ubl(self, xml: bytes) -> list[str]:
        root = etree.fromstring(xml)
        kind = "CreditNote" if root.tag == _CREDIT_NOTE else "Invoice"
        return _complaints(self._xsd(f"ubl/maindoc/UBL-{kind}-2.1.xsd"), root)

    @functools.cached_property
    def en_16931(self) -> Rules:
        return Rules(self.root / "en16931-1.3.16/schematron/EN16931-UBL-validation.sch")

    @functools.cached_property
    def nlcius(self) -> Rules:
        return Rules(self.root / _NLCIUS / "si-ubl-2.0.sch")

    @functools.cached_property
    def g_account(self) -> Rules:
        return Rules(self.root / _NLCIUS / "si-ubl-2.0-ext-gaccount.sch")

    @functools.cached_property
    def peppol(self) -> Rules:
        folder = self.root / "peppol-bis-3.0.19/sch"
        return Rules(folder / "CEN-EN16931-UBL.sch", folder / "PEPPOL-EN16931-UBL.sch")

    @functools.cached_property
    def setu_invoice(self) -> Rules:
        folder = self.root / "setu/schematron"
        return Rules(folder / "Invoice-v2.2-Invoice.xml", folder / "Invoice-v2.x-codelists-check.xml")

    @functools.cached_property
    def _json_schema(self) -> Draft202012Validator:
        schema = yaml.safe_load(self.file("setu/schemas/purchase-to-pay-v2/Timecard.yml"))
        return Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)

    @functools.cached_property
    def _timecard_rules(self) -> Any:
        rules = etree.parse(str(self.root / "setu/schematron/RTE-v1.4-TimeCard.xml"))
        return isoschematron.Schematron(rules, store_report=True)

    @functools.cached_property
    def _schemas(self) -> dict[str, etree.XMLSchema]:
        return {}

    def _xsd(self, path: str) -> etree.XMLSchema:
        if path not in self._schemas:
            self._schemas[path] = etree.XMLSchema(etree.parse(str(self.root / path)))
        return self._schemas[path]


def _complaints(schema: Any, root: Any) -> list[str]:
    schema.validate(root)
    return [f"line {error.line}: {error.message}" for error in schema.error_log]


@functools.cache
def official(root: Path) -> Standards:
    """The standards in a folder, shared by all tests of a session."""
    return Standards(root)
