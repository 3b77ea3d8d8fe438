"""The worker's form and the hours it stands for, both ways. Pure: a form is a mapping of field names to text.

Field names are the places that `Hours.problems()` speaks of: `days.0.shifts.1.end`, `days.4.km`,
`expenses.0.amount`, `note`. So an error finds its field by its name.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from collections.abc import Callable, Mapping
from typing import TypeVar

from kis.core import clock
from kis.core.minutes import DAY, clock_text, duration_text
from kis.core.money import cents_text
from kis.core.weeks import Week
from kis.timesheets.hours import Day, Expense, Hours, Shift
from kis.web.week import typed

NOTE_LENGTH, WHAT_LENGTH = 1000, 120

_SHIFT = re.compile(r"days\.([0-6])\.shifts\.(\d{1,2})\.(?:start|end|pause)")
_DAY = re.compile(r"days\.([0-6])\.(?:total|km|not_worked)")
_EXPENSE = re.compile(r"expenses\.(\d{1,2})\.(?:date|amount|what|receipt)")

Value = TypeVar("Value")


@dataclasses.dataclass(frozen=True, slots=True)
class Reading:
    """What could be read of a form.

    `hours` holds only what can be; `errors` has a code of `words.PROBLEMS` for each field that does not count.
    """

    hours: Hours
    errors: dict[str, str]


def fields_in(posted: Mapping[str, str]) -> dict[str, str]:
    """The fields of the form among everything posted, trimmed; what the database cannot keep is left out."""
    known = (_SHIFT, _DAY, _EXPENSE)
    return {
        name: text.replace("\x00", "").strip()
        for name, text in posted.items()
        if name == "note" or any(form.fullmatch(name) for form in known)
    }


def fields_of(hours: Hours) -> dict[str, str]:
    """The form filled with `hours`; `read()` gives the same hours back."""
    fields = {"note": hours.note} if hours.note else {}
    for index, day in enumerate(hours.days):
        fields |= fields_of_day(index, day)
    for index, expense in enumerate(hours.expenses):
        place = f"expenses.{index}"
        fields |= {
            f"{place}.date": expense.date.isoformat(),
            f"{place}.amount": cents_text(expense.cents),
            f"{place}.what": expense.what,
            f"{place}.receipt": expense.receipt or "",
        }
    return fields


def fields_of_day(index: int, day: Day) -> dict[str, str]:
    """One day of the form filled with `day`."""
    fields: dict[str, str] = {}
    for number, shift in enumerate(day.shifts):
        place = f"days.{index}.shifts.{number}"
        fields[f"{place}.start"] = clock_text(shift.start)
        fields[f"{place}.end"] = clock_text(shift.end)
        fields[f"{place}.pause"] = typed.breaks_text(shift.breaks)
    if day.total is not None:
        fields[f"days.{index}.total"] = duration_text(day.total)
    if day.km:
        fields[f"days.{index}.km"] = str(day.km)
    if day.not_worked:
        fields[f"days.{index}.not_worked"] = "on"
    return fields


def shift_numbers(fields: Mapping[str, str], index: int) -> list[int]:
    """The numbers of the shifts on a day of the form, blank ones too."""
    found = (_SHIFT.fullmatch(name) for name in fields)
    return sorted({int(match[2]) for match in found if match and int(match[1]) == index})


def expense_numbers(fields: Mapping[str, str]) -> list[int]:
    """The numbers of the expenses on the form, blank ones too."""
    return sorted({int(match[1]) for name in fields if (match := _EXPENSE.fullmatch(name))})


def is_blank(fields: Mapping[str, str], place: str) -> bool:
    """Whether nothing was typed under a place such as `days.3` or `expenses.0`."""
    return not any(text for name, text in fields.items() if name.startswith(f"{place}."))


def read(week: Week, fields: Mapping[str, str]) -> Reading:
    """Read a form. Never raises: what cannot be read, or cannot be, is left out of the hours and named."""
    reader = _Reader(week, fields)
    days = tuple(reader.day(index, date) for index, date in enumerate(week.days))
    expenses = tuple(expense for number in expense_numbers(fields) if (expense := reader.expense(number)))
    note = reader.text("note", NOTE_LENGTH)
    return Reading(Hours(week, days, expenses, note), reader.errors)


class _Reader:
    """Reads field by field and collects what is wrong."""

    def __init__(self, week: Week, fields: Mapping[str, str]) -> None:
        self.week = week
        self.fields = fields
        self.errors: dict[str, str] = {}

    def day(self, index: int, date: dt.date) -> Day:
        place = f"days.{index}"
        shifts = self._shifts(index, date)
        day = Day(
            shifts=tuple(shifts.values()),
            total=self._value(f"{place}.total", typed.total),
            not_worked=bool(self.fields.get(f"{place}.not_worked")),
            km=self._value(f"{place}.km", typed.whole_number) or 0,
        )
        if day.worked(date) > clock.day_length(date):
            last = f"shifts.{max(shifts)}.end" if day.total is None else "total"
            self.errors[f"{place}.{last}"] = "day_too_long"
            day = dataclasses.replace(day, shifts=(), total=None)
        return self._without_problems(day, index, date)

    def expense(self, number: int) -> Expense | None:
        place = f"expenses.{number}"
        texts = {part: self.fields.get(f"{place}.{part}", "") for part in ("amount", "what", "receipt")}
        if not any(texts.values()):
            return None
        date = self._needed(f"{place}.date", self._date)
        amount = self._needed(f"{place}.amount", typed.cents)
        what = self.text(f"{place}.what", WHAT_LENGTH)
        if not texts["what"]:
            self.errors[f"{place}.what"] = "missing"
        if date is None or amount is None or not what:
            return None
        expense = Expense(date, amount, what, texts["receipt"] or None)
        problems = Hours(self.week, expenses=(expense,)).problems()
        for problem in problems:
            field = problem.where.rpartition(".")[2].replace("cents", "amount")
            self.errors[f"{place}.{field}"] = problem.code
        return None if problems else expense

    def text(self, name: str, length: int) -> str:
        text = self.fields.get(name, "")
        if len(text) <= length:
            return text
        self.errors[name] = "text_too_long"
        return ""

    def _shifts(self, index: int, date: dt.date) -> dict[int, Shift]:
        numbers = shift_numbers(self.fields, index)
        read = {number: self._shift(f"days.{index}.shifts.{number}", index) for number in numbers}
        return {number: shift for number, shift in read.items() if shift}

    def _shift(self, place: str, index: int) -> Shift | None:
        """One shift; an end before its start lies on the next day."""
        if is_blank(self.fields, place):
            return None
        start = self._needed(f"{place}.start", typed.time)
        end = self._needed(f"{place}.end", typed.time)
        pause = self._value(f"{place}.pause", lambda text: typed.breaks(text, start or 0))
        if start is None or end is None or f"{place}.pause" in self.errors:
            return None
        shift = Shift(start, end if end >= start else end + DAY, pause or ())
        days = tuple(Day((shift,)) if number == index else Day() for number in range(7))
        problems = Hours(self.week, days).problems()
        for problem in problems:
            self.errors[f"{place}.{problem.where.rpartition('.')[2]}"] = problem.code
        return None if problems else shift

    def _without_problems(self, day: Day, index: int, date: dt.date) -> Day:
        """The day without kilometres or a "not worked" that cannot be."""
        days = tuple(day if number == index else Day() for number in range(7))
        for problem in Hours(self.week, days).problems():
            self.errors[problem.where] = problem.code
            field = problem.where.rpartition(".")[2]
            day = dataclasses.replace(day, km=0) if field == "km" else dataclasses.replace(day, not_worked=False)
        return day

    def _date(self, text: str) -> dt.date:
        try:
            return dt.date.fromisoformat(text)
        except ValueError as error:
            raise typed.Mistake("date") from error

    def _needed(self, name: str, reader: Callable[[str], Value]) -> Value | None:
        if not self.fields.get(name):
            self.errors[name] = "missing"
            return None
        return self._value(name, reader)

    def _value(self, name: str, reader: Callable[[str], Value]) -> Value | None:
        text = self.fields.get(name, "")
        if not text:
            return None
        try:
            return reader(text)
        except typed.Mistake as mistake:
            self.errors[name] = mistake.code
            return None
