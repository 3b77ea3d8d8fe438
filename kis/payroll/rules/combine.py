"""What one minute is paid that has a band and may be overtime: its type label and its surcharge."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from kis.payroll.rules.model import Band, Combination, Overtime, RuleSet, Tier
from kis.payroll.rules.worked import Tag

_NONE = Decimal(0)
_HUNDRED = Decimal(100)


class Reason(NamedTuple):
    """Why minutes are paid as they are. `tier` is None where the overtime fits no tier (reading P25)."""

    band: Band
    overtime: Overtime | None = None
    tier: Tier | None = None

    @property
    def overtime_surcharge(self) -> Decimal:
        return self.tier.surcharge if self.tier else _NONE


class Verdict(NamedTuple):
    """The type label of a minute and its surcharge in percent."""

    label: str
    surcharge: Decimal


def reason_for(rules: RuleSet, band: Band, tags: tuple[Tag, ...], clock: int) -> Reason:
    """The reason that holds at a minute on the clock. Of two overtime kinds the higher one holds (reading P8)."""
    if not tags:
        return Reason(band)
    reasons = [Reason(band, tag.overtime, _tier(tag, clock)) for tag in tags]
    return min(reasons, key=lambda reason: (-reason.overtime_surcharge, _overtime_rank(rules, reason)))


def _tier(tag: Tag, clock: int) -> Tier | None:
    return next((tier for tier in tag.tiers if tier.start <= clock < tier.end), None)


def _overtime_rank(rules: RuleSet, reason: Reason) -> int:
    return rules.rank(reason.overtime.label) if reason.overtime else 0


def verdict(rules: RuleSet, reason: Reason) -> Verdict:
    """Combine band and overtime by the mode of the rules (domain rules, 3.2)."""
    band, overtime = reason.band, reason.overtime
    if overtime is None:
        return Verdict(band.label, band.surcharge)
    extra = reason.overtime_surcharge
    first = band.label if rules.rank(band.label) <= rules.rank(overtime.label) else overtime.label
    if not band.surcharge and not extra:
        return Verdict(first, _NONE)
    if not band.surcharge:
        return Verdict(overtime.label, extra)
    if not extra:
        return Verdict(band.label, band.surcharge)
    return _both(rules.combination, band.surcharge, extra, (band.label, overtime.label, first))


def _both(mode: Combination, band: Decimal, extra: Decimal, labels: tuple[str, str, str]) -> Verdict:
    """Both carry a surcharge. `labels`: the band's, the overtime's, and the one that wins a tie."""
    of_band, of_overtime, first = labels
    match mode:
        case Combination.BAND_WINS:
            return Verdict(of_band, band)
        case Combination.SUM:
            return Verdict(f"{of_band}+{of_overtime}", band + extra)
        case Combination.COMPOUND:
            return Verdict(f"{of_band}+{of_overtime}", band + extra + band * extra / _HUNDRED)
        case Combination.HIGHEST if band == extra:
            return Verdict(first, band)
        case Combination.HIGHEST:
            return Verdict(of_band, band) if band > extra else Verdict(of_overtime, extra)
