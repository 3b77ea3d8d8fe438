"""Numbers in public registers: whether one can be right, and how it is written."""

from __future__ import annotations

import enum
import re

import stdnum.nl.bsn
import stdnum.nl.btw


class Register(enum.StrEnum):
    """Where an organisation has its legal number: the trade register, or for the government the OIN; or the RSIN."""

    KVK = "KvK"
    OIN = "OIN"
    RSIN = "RSIN"


_DIGITS = {Register.KVK: 8, Register.OIN: 20, Register.RSIN: 9}  # a KvK number and an OIN have no check digit


def compact(number: str) -> str:
    """A number without the spaces, dots and dashes people write in it."""
    return re.sub(r"[\s.\-]", "", number).upper()


def is_legal_id(register: str, number: str) -> bool:
    """Whether a compact number can stand in that register."""
    if register not in set(Register) or not (number.isascii() and number.isdigit()):
        return False
    right_length = len(number) == _DIGITS[Register(register)]
    return right_length and (register != Register.RSIN or stdnum.nl.bsn.is_valid(number))


def is_vat_id(number: str) -> bool:
    """Whether a compact number can be a Dutch VAT number; both the old and the new kind of it."""
    return number.startswith("NL") and bool(stdnum.nl.btw.is_valid(number))
