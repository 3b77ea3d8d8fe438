"""Amounts in euros as people type them, kept as whole cents."""

from __future__ import annotations

import re

_THOUSANDS = re.compile(r"(\d{1,3}(?:\.\d{3})+)(?:,(\d{2}))?")
_AMOUNT = re.compile(r"(\d{1,7})(?:[.,](\d{1,2}))?")


class NotAnAmount(ValueError):
    """What was typed is no amount, or nothing at all."""


def parse_cents(text: str) -> int:
    """An amount in euros as cents: `12,50`, `12.5`, `€ 1.234,50`. Raises NotAnAmount, for nought too."""
    plain = text.replace("€", "").replace("\u00a0", " ").strip()
    if found := _THOUSANDS.fullmatch(plain):
        euros, part = found[1].replace(".", ""), found[2] or ""
    elif found := _AMOUNT.fullmatch(plain):
        euros, part = found[1], found[2] or ""
    else:
        raise NotAnAmount(text)
    if amount := int(euros) * 100 + int(part.ljust(2, "0")):
        return amount
    raise NotAnAmount(text)


def cents_text(amount: int) -> str:
    """1250 -> `12,50`; `parse_cents` reads it back."""
    return f"{amount // 100},{amount % 100:02d}"
