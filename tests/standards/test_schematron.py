"""The compiler of rule sets judges the official documents as their authors say."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from tests.standards.official import Standards
from tests.standards.schematron import Finding, Rules

_CASE = "{http://difi.no/xsd/vefa/validator/1.0}"
_TESTSET = "nlcius-si-ubl-2.0.3.12/testset"
# Its supplier has a Belgian address, so that the rule has nothing to say.
_STALE = {"NL-R-002"}


def test_the_nlcius_test_set_comes_out_as_it_is_named(standards: Standards) -> None:
    files = sorted((standards.root / _TESTSET / "SI-UBL-2.0").glob("*.xml"))
    assert len(files) == 95
    assert [path.name for path in files if not _as_named(standards.nlcius, path)] == []


def test_the_g_account_test_set_comes_out_as_it_is_named(standards: Standards) -> None:
    files = sorted((standards.root / _TESTSET / "si-ubl-2.0-ext-gaccount").glob("*.xml"))
    assert len(files) == 10
    assert [path.name for path in files if not _as_named(standards.g_account, path)] == []


def test_the_dutch_rules_of_peppol_fire_on_the_files_made_for_them(standards: Standards) -> None:
    quiet = set()
    for path in sorted((standards.root / _TESTSET / "peppol-bis-3-nl").glob("*.xml")):
        rule = path.name.split("_")[1]
        if rule not in {finding.id for finding in standards.peppol.findings(path.read_bytes())}:
            quiet.add(rule)
    assert quiet == _STALE


def test_the_unit_tests_of_peppol_pass(standards: Standards) -> None:
    wrong, cases = [], 0
    for folder in ("unit-UBL-PEPPOL", "unit-UBL-NL"):
        for path in sorted((standards.root / "peppol-bis-3.0.19" / folder).glob("*.xm*")):
            for case in etree.parse(str(path)).iter(f"{_CASE}test"):
                cases += 1
                findings = standards.peppol.findings(_document(case))
                wrong += [f"{path.name}: {text}" for text in _disagreements(case, findings)]
    assert wrong == []
    assert cases > 200


def test_an_official_invoice_of_setu_is_valid(standards: Standards) -> None:
    sample = standards.file("setu/examples/Invoice/InvoiceExample_v2.2.xml")
    assert standards.ubl(sample) == []
    assert standards.nlcius.errors(sample) == []
    assert standards.setu_invoice.errors(sample) == []


def _as_named(rules: Rules, path: Path) -> bool:
    findings = rules.findings(path.read_bytes())
    grave = any(finding.flag != "warning" for finding in findings)
    outcome = "error" if grave else "warning" if findings else "ok"
    return f"_{outcome}" in path.name


def _document(case: etree._Element) -> bytes:
    document = next(child for child in case.iterchildren("{*}*") if child.tag != f"{_CASE}assert")
    return etree.tostring(document)


def _disagreements(case: etree._Element, findings: list[Finding]) -> Iterator[str]:
    grave = {finding.id for finding in findings if finding.flag != "warning"}
    light = {finding.id for finding in findings if finding.flag == "warning"}
    for verdict in case.iterfind(f"{_CASE}assert/*"):
        rule = (verdict.text or "").strip()
        fired = {"success": rule not in grave | light, "error": rule in grave, "warning": rule in light}
        if not fired.get(etree.QName(verdict).localname, True):
            yield f"{rule} should be {etree.QName(verdict).localname}"
