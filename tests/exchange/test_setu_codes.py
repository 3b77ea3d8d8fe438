"""Codes of 2.x and words of 1.x."""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path

import pytest

from kis.exchange.setu_codes import (
    ALLOWANCE_CODES,
    ALLOWANCE_WORDS,
    CODES_TO_WORDS,
    HOUR_CODES,
    HOUR_WORDS,
    INVOICE_REASONS,
)
from kis.payroll.rules.problems import Invalid
from tests.exchange.cards import sample


def test_a_card_is_translated_there_and_back() -> None:
    words = CODES_TO_WORDS.of(sample())
    assert [line.hour_type for line in words.intervals] == ["Regular", "Overtime"]
    assert CODES_TO_WORDS.back.of(words) == sample()


def test_every_code_without_a_translation_is_named() -> None:
    card = sample()
    lines = tuple(dataclasses.replace(line, hour_type=f"HT80{place}") for place, line in enumerate(card.intervals))
    with pytest.raises(Invalid, match="HT800, HT801"):
        CODES_TO_WORDS.of(dataclasses.replace(card, intervals=lines))


def test_translations_lead_from_the_one_list_to_the_other() -> None:
    assert set(CODES_TO_WORDS.hours) <= HOUR_CODES
    assert set(CODES_TO_WORDS.hours.values()) <= HOUR_WORDS
    assert set(CODES_TO_WORDS.allowances) <= ALLOWANCE_CODES
    assert set(CODES_TO_WORDS.allowances.values()) <= ALLOWANCE_WORDS


def test_the_lists_are_the_official_ones(shared_standards: Path) -> None:
    rules = (shared_standards / "setu/schematron/RTE-v1.4-TimeCard.xml").read_text()
    invoice = (shared_standards / "setu/schematron/Invoice-v2.x-codelists-check.xml").read_text()
    pay_equity = (shared_standards / "setu/inquiry-pay-equity/InquiryPayEquity-2.0-openapi-bundled.yaml").read_text()
    assert _listed(rules, "SETU_CL_HourTypes") == HOUR_WORDS
    assert _listed(rules, "SETU_CL_ExpenseAllowanceTypes") == ALLOWANCE_WORDS
    assert _listed(invoice, "SETU_CL_InvReasons") == INVOICE_REASONS
    assert set(re.findall(r"- ((?:HT|EA)\d{3})", pay_equity)) == HOUR_CODES | ALLOWANCE_CODES


def _listed(rules: str, name: str) -> set[str]:
    found = re.search(rf"""name="{name}" value="',([^"]*),'""", rules)
    assert found
    return set(found[1].split(","))
