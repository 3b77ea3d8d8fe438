"""Filling a week without typing: as last week, as usual, or with the word that nothing was worked.

Works on the form's fields, so that what was typed and cannot be read yet stays. Only days without a single entry
are filled: nothing typed is lost.
"""

from __future__ import annotations

from collections.abc import Mapping

from kis.core.weeks import Week
from kis.staffing.models import Placement
from kis.timesheets.hours import Break, Day, Hours, Shift
from kis.web.week.week_form import fields_of_day, is_blank

NOT_WORKED = (Day(not_worked=True),) * 7


def usual_days(placement: Placement, week: Week) -> tuple[Day, ...]:
    """The seven days as the placement's pattern has them."""
    return tuple(
        _as_entered(placement, Day(tuple(_shift(*times) for times in placement.usual(date)))) for date in week.days
    )


def days_as_before(placement: Placement, week: Week, before: Hours) -> tuple[Day, ...]:
    """The seven days as they were in another week, as far as the placement lasts."""
    return tuple(day if placement.covers(date) else Day() for date, day in zip(week.days, before.days, strict=True))


def fill(fields: Mapping[str, str], days: tuple[Day, ...]) -> dict[str, str]:
    """The form with its blank days filled."""
    filled = dict(fields)
    for index, day in enumerate(days):
        if is_blank(fields, f"days.{index}"):
            filled |= fields_of_day(index, day)
    return filled


def with_work(fields: Mapping[str, str]) -> dict[str, str]:
    """The form without a single "not worked"."""
    return {name: text for name, text in fields.items() if not name.endswith(".not_worked")}


def add_shift(fields: Mapping[str, str], index: int, number: int) -> dict[str, str]:
    """The form with one more shift on a day, still blank."""
    place = f"days.{index}.shifts.{number}"
    return {**fields, f"{place}.start": "", f"{place}.end": "", f"{place}.pause": ""}


def without(fields: Mapping[str, str], place: str) -> dict[str, str]:
    """The form without a shift or an expense."""
    return {name: text for name, text in fields.items() if not name.startswith(f"{place}.")}


def _shift(start: int, end: int, pause: int) -> Shift:
    return Shift(start, end, (Break(pause),) if pause else ())


def _as_entered(placement: Placement, day: Day) -> Day:
    """The day in the form the placement asks for: shifts, or only their total."""
    if placement.entry == Placement.Entry.TIMES or not day.shifts:
        return day
    return Day(total=sum(shift.end - shift.start - shift.pause for shift in day.shifts))
