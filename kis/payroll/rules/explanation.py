"""A line in words: which minutes, which rule. The words are English sources for translation."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Mapping
from typing import Final

from kis.payroll.rules.combine import Reason
from kis.payroll.rules.fields import decimal_text, time_text
from kis.payroll.rules.lines import Line
from kis.payroll.rules.model import Combination, Overtime, Reference, RuleSet
from kis.payroll.rules.problems import gettext_noop
from kis.payroll.rules.walltime import moment_of

_BEYOND: Final = {
    Reference.SHIFT: gettext_noop("beyond %(threshold)s hours in the shift"),
    Reference.DAY: gettext_noop("beyond %(threshold)s hours on the day"),
    Reference.ROSTER: gettext_noop("beyond the rostered hours of the day"),
    Reference.WEEK: gettext_noop("beyond %(threshold)s hours in the week"),
    Reference.FOUR_WEEKS: gettext_noop("beyond %(threshold)s hours in four weeks"),
    Reference.PAY_PERIOD: gettext_noop("beyond %(threshold)s hours in the pay period"),
    Reference.YEAR: gettext_noop("beyond %(threshold)s hours in the year"),
}
_BOTH: Final = {
    Combination.HIGHEST: gettext_noop("the higher of the two counts"),
    Combination.SUM: gettext_noop("the two are added"),
    Combination.BAND_WINS: gettext_noop("the time of day goes before overtime"),
    Combination.COMPOUND: gettext_noop("one is counted over the other"),
}
_NO_BAND: Final = gettext_noop("no surcharge by the time of day")
_SURCHARGE: Final = gettext_noop("%(label)s, +%(surcharge)s%%")


@dataclasses.dataclass(frozen=True, slots=True)
class Ground:
    """One ground, as an English source string with its parameters."""

    message: str
    params: Mapping[str, str] = dataclasses.field(default_factory=dict)

    @property
    def text(self) -> str:
        """The ground in English."""
        return self.message % self.params


@dataclasses.dataclass(frozen=True, slots=True)
class Explanation:
    """Minutes of a line, on the Dutch clock, and the grounds on which they are paid so."""

    start: dt.datetime
    end: dt.datetime
    minutes: int
    grounds: tuple[Ground, ...]

    @property
    def text(self) -> str:
        """The whole in English: `16:30–18:00: beyond 8:00 hours on the day; day-ot, +25%`."""
        return f"{self.start:%H:%M}–{self.end:%H:%M}: {'; '.join(ground.text for ground in self.grounds)}"


def explain(line: Line, rules: RuleSet, workable_days: int | None = None) -> tuple[Explanation, ...]:
    """Why the minutes of a line are paid as they are; `rules` is the version that the line names."""
    return tuple(
        Explanation(
            moment_of(piece.start),
            moment_of(piece.end),
            piece.end - piece.start,
            _grounds(piece.reason, rules, workable_days),
        )
        for piece in line.pieces
    )


def _grounds(reason: Reason, rules: RuleSet, workable_days: int | None) -> tuple[Ground, ...]:
    band, overtime = reason.band, reason.overtime
    if band.surcharge:
        grounds = [Ground(_SURCHARGE, {"label": band.label, "surcharge": decimal_text(band.surcharge)})]
    else:
        grounds = [Ground(_NO_BAND)]
    if overtime is None:
        return tuple(grounds)
    surcharge = reason.overtime_surcharge
    grounds.append(Ground(_BEYOND[overtime.reference], {"threshold": _threshold(overtime, workable_days)}))
    grounds.append(Ground(_SURCHARGE, {"label": overtime.label, "surcharge": decimal_text(surcharge)}))
    if band.surcharge and surcharge:
        grounds.append(Ground(_BOTH[rules.combination]))
    return tuple(grounds)


def _threshold(overtime: Overtime, workable_days: int | None) -> str:
    return time_text(overtime.limit(workable_days)).removeprefix("0")
