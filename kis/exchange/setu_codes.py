"""Hour and allowance types of SETU: 2.x has codes (HT100), 1.x has words (Regular).

Only the codes whose meaning SETU's own documents show are translated by default. The list of labels is not
public in full, so an agency may pass a table of its own.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping

from kis.exchange.timecards import Timecard
from kis.payroll.rules.problems import Invalid, Problem, gettext_noop


def _numbered(prefix: str, numbers: str) -> frozenset[str]:
    return frozenset(prefix + number for number in numbers.split())


def _listed(words: str) -> frozenset[str]:
    return frozenset(word.strip() for word in words.split(","))


HOUR_CODES = _numbered(
    "HT",
    "100 101 102 200 201 202 210 211 300 301 302 310 311 320 321 322 330 331 340 400 500 501 600 601 602 "
    "700 701 702 703 800",
)
ALLOWANCE_CODES = _numbered(
    "EA",
    "100 101 102 103 105 107 108 109 110 111 112 113 201 202 203 204 300 301 302 600 602 603 604 605 606 607 608 609 "
    "610 801 802 803 903 910",
)

HOUR_WORDS = _listed(
    """
    Additional wage dispensation,Adoption leave,Child-birth sick time,Internship,Overtime wage dispensation,
    Pregnancy sick time,Regular wage dispensation,Shift wage dispensation,Transition allowance,Vacation additional,
    Additionalplus,Regular canceled,Shift canceled,Shiftplus canceled,Additional canceled,Additionalplus canceled,
    Regular complemented,Additional complemented,Shift complemented,Overtime complemented,Overtime canceled,
    Overtimeplus canceled,Regular,Overtime,Overtimeplus,Shift,Shiftplus,Attendance,Travel,Additional,Internal,
    Time for time hour build-up,Time for time overtime hour build-up,Special Leave,Short leave,Holiday,Unpaid leave,
    Training,Vacation,Reduction of working hours,Sick time,Work underload,Care Leave,WTR (work time reduction),
    Compensation leave,Funeral,Maternity Leave,Withdrawal time for time hours,Contract hours,Standby,Break
    """
)
INVOICE_REASONS = _listed(
    """
    On-Charged-VAT,Education,Project invoicing,Training costs,Take-over fee,Secundary staffing,
    Reimbursement of expenses,For forms sake invoice,Merging invoices,Compensation,Calculated discount,
    Accomodation expenses,Transportation costs,Other deviant invoicing,Recruitment
    """
)
_ALLOWANCE_NUMBERS = (
    "100 101 102 103 104 105 106 107 201 202 203 300 301 302 303 304 400 501 502 503 600 601 602 603 604 701 702 703 "
    "801 802 803 900 901 903 904 905 906 907 908 909 910 911 912 913 914"
)
ALLOWANCE_WORDS = frozenset(number + suffix for number in _ALLOWANCE_NUMBERS.split() for suffix in ("", "B", "O"))


@dataclasses.dataclass(frozen=True, slots=True)
class Translation:
    """From the codes of one generation to those of the other."""

    hours: Mapping[str, str]
    allowances: Mapping[str, str]

    @property
    def back(self) -> Translation:
        """The way back; where two codes go to one, the first comes back."""
        return Translation(_inverse(self.hours), _inverse(self.allowances))

    def of(self, card: Timecard) -> Timecard:
        """The card with its codes translated. Raises Invalid with every code that the table lacks."""
        unknown = [*_unknown(self.hours, (line.hour_type for line in card.intervals))]
        unknown += _unknown(self.allowances, (line.type for line in card.allowances))
        if unknown:
            text = gettext_noop("No translation is set for the codes %(codes)s.")
            raise Invalid([Problem("", text, {"codes": ", ".join(unknown)})])
        return dataclasses.replace(
            card,
            intervals=tuple(dataclasses.replace(line, hour_type=self.hours[line.hour_type]) for line in card.intervals),
            allowances=tuple(dataclasses.replace(line, type=self.allowances[line.type]) for line in card.allowances),
        )


def _unknown(table: Mapping[str, str], codes: Iterable[str]) -> list[str]:
    return sorted(set(codes) - set(table))


def _inverse(table: Mapping[str, str]) -> dict[str, str]:
    return {theirs: ours for ours, theirs in reversed(list(table.items()))}


CODES_TO_WORDS = Translation(
    hours={
        "HT100": "Regular",
        "HT200": "Overtime",
        "HT300": "Shift",
        "HT320": "Additional",
        "HT400": "Break",
        "HT701": "Sick time",
    },
    allowances={"EA100": "100", "EA102": "102", "EA103": "103"},
)
