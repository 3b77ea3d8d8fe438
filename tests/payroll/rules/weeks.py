"""Words in which the tests of the rules tell a week: `shift("tue", "14:00-22:30", "18:00-18:30")`."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from kis.core.weeks import Week
from kis.payroll.rules import (
    Break,
    Classified,
    Rate,
    RuleSet,
    WorkedShift,
    WorkedWeek,
    classify,
    form,
    templates,
    walltime,
)
from kis.payroll.rules.fields import decimal_text
from kis.payroll.rules.model import WEEKDAYS

W48 = Week(2026, 48)
STANDARD = templates.load("STANDARD-1")
SIXTEEN = (Rate(dt.date(2026, 1, 1), 1600),)

# day, minutes, percentage, cents
Told = tuple[str, int, str, int]


def date_of(day: str, week: Week = W48) -> dt.date:
    """`tue` of a week, or a date as it is written."""
    return week.days[WEEKDAYS.index(day)] if day in WEEKDAYS else dt.date.fromisoformat(day)


def shift(day: str, times: str, *breaks: str, on: str | None = None, week: Week = W48) -> WorkedShift:
    """A shift that starts on `day`; what is earlier on the clock than its start is the next day."""
    date = date_of(day, week)
    start, end = _times(date, times)
    pauses = tuple(
        Break(*_times(date if text[:5] >= times[:5] else date + dt.timedelta(days=1), text)) for text in breaks
    )
    return WorkedShift(start, end, pauses, day=date_of(on, week) if on else None)


def _times(date: dt.date, text: str) -> tuple[dt.datetime, dt.datetime]:
    start, end = text.split("-")
    last = date if end > start else date + dt.timedelta(days=1)
    return walltime.read(f"{date}T{start}"), walltime.read(f"{last}T{end}")


def worked(*shifts: WorkedShift, week: Week = W48, **more: Any) -> WorkedWeek:
    """A week with these shifts."""
    return WorkedWeek(week, shifts, **more)


def paid(
    *shifts: WorkedShift, by: RuleSet = STANDARD, at: int | Sequence[Rate] = 1600, week: Week = W48, **more: Any
) -> Classified:
    """The shifts of a week, classified at an hourly wage in cents."""
    rates = (Rate(dt.date(2020, 1, 1), at),) if isinstance(at, int) else at
    return classify(worked(*shifts, week=week, **more), [by], rates)


def told(result: Classified) -> list[tuple[str, str, int, str, int]]:
    """The lines as a clerk would read them out: day, label, minutes, percentage, cents."""
    return [
        (
            line.day.strftime("%a").lower(),
            line.label,
            line.minutes,
            decimal_text(line.percentage),
            line.amount_cents,
        )
        for line in result.lines
    ]


def over_the_week(result: Classified) -> dict[str, tuple[int, int]]:
    """Minutes and cents per percentage, as the tables of the domain rules show them."""
    sums: dict[str, tuple[int, int]] = {}
    for line in result.lines:
        name = decimal_text(line.percentage)
        minutes, cents = sums.get(name, (0, 0))
        sums[name] = (minutes + line.minutes, cents + line.amount_cents)
    return sums


def rules(**parts: Any) -> RuleSet:
    """A rule set from parts of its JSON form."""
    return form.parse({"code": "TEST", **parts})


def standard(**changes: Any) -> RuleSet:
    """STANDARD-1 with some parts changed."""
    return form.parse({**form.dump(STANDARD), **changes})


def band(
    label: str, surcharge: object, days: str = "mon tue wed thu fri", hours: str = "00:00-24:00"
) -> dict[str, Any]:
    """A time band in its JSON form."""
    start, end = hours.split("-")
    return {"label": label, "days": days.split(), "from": start, "to": end, "surcharge": surcharge}


def beyond(reference: str, minutes: int, surcharge: object, label: str | None = None, **more: Any) -> dict[str, Any]:
    """An overtime rule with one tier, in its JSON form."""
    rule = {
        "label": label or reference.replace("_", "-") + "-ot",
        "reference": reference,
        "tiers": [{"surcharge": surcharge}],
        **more,
    }
    return rule if reference == "roster" else {**rule, "threshold_minutes": minutes}
