"""An example beside the rules while they are written: a week of a certain kind, and what the engine makes of it."""

from __future__ import annotations

import dataclasses
import datetime as dt

from django.utils.translation import gettext_lazy

from kis.core.weeks import Week
from kis.payroll import results
from kis.payroll.calculation import Calculation, reasoned
from kis.payroll.results import Agreed
from kis.payroll.rules import public_holidays
from kis.payroll.rules.model import RuleSet
from kis.payroll.rules.problems import Invalid
from kis.payroll.rules.worked import Rate
from kis.timesheets.hours import Break, Day, Hours, Shift
from kis.web.pay_page import PayView, pay_view

EXAMPLES = {
    "office": gettext_lazy("An ordinary week, with one long day"),
    "nights": gettext_lazy("Five nights"),
    "weekend": gettext_lazy("A weekend"),
    "christmas": gettext_lazy("The week of Christmas"),
}
_DAY, _LONG = Day((Shift(480, 990, (Break(30, 720),)),), km=30), Day((Shift(480, 1200, (Break(45, 720),)),))
_NIGHT = Day((Shift(22 * 60, 30 * 60, (Break(30, 26 * 60),)),))
_EVENING = Day((Shift(14 * 60, 22 * 60 + 30, (Break(30, 18 * 60),)),))
_OFF = Day()
_WEEKS = {
    "office": (_DAY, _LONG, _DAY, _DAY, _DAY, _OFF, _OFF),
    "nights": (_NIGHT, _NIGHT, _NIGHT, _NIGHT, _NIGHT, _OFF, _OFF),
    "weekend": (_OFF, _OFF, _OFF, _OFF, _EVENING, _EVENING, _DAY),
    "christmas": (_DAY, _DAY, _DAY, _DAY, _DAY, _DAY, _OFF),
}


@dataclasses.dataclass(frozen=True, slots=True)
class Example:
    """A week under some rules: its lines, or why they refuse it."""

    kind: str
    week: Week
    view: PayView


def example(rules: RuleSet, kind: str, wage_cents: int, today: dt.date) -> Example:
    """The week of that kind, near `today`, as if these rules held alone and always."""
    kind = kind if kind in _WEEKS else "office"
    week = Week.of(dt.date(today.year, 12, 25)) if kind == "christmas" else _without_holiday(Week.of(today))
    alone = dataclasses.replace(rules, valid_from=dt.date(2000, 1, 1), valid_to=None)
    agreed = Agreed(rules=(alone,), rates=(Rate(dt.date(2000, 1, 1), wage_cents),), workable_days=20)
    hours = Hours(week, _WEEKS[kind])
    try:
        found = results.classified(hours, agreed)
    except Invalid as refused:
        return Example(kind, week, pay_view(Calculation((), refused=refused)))
    lines = tuple(reasoned(results.entries(hours, agreed), found, agreed))
    return Example(kind, week, pay_view(Calculation(lines)))


def _without_holiday(week: Week) -> Week:
    while any(public_holidays.names(day) for day in week.days):
        week = week.next
    return week
