"""One timesheet's form as a template draws it: rows of days and expenses, each field with its id, text and error."""

from __future__ import annotations

import dataclasses
import datetime as dt
import secrets
from collections.abc import Mapping, Sequence
from typing import Any

from kis.core.models import StoredFile
from kis.staffing.models import Placement
from kis.timesheets.hours import Hours
from kis.timesheets.models import Timesheet
from kis.timesheets.signals import Signal
from kis.timesheets.workflow import State
from kis.web.differences import DayDifference, difference
from kis.web.week import field_words
from kis.web.week.week_form import (
    NOTE_LENGTH,
    WHAT_LENGTH,
    Reading,
    expense_numbers,
    fields_of,
    is_blank,
    read,
    shift_numbers,
)
from kis.web.week_rows import usual_minutes


@dataclasses.dataclass(frozen=True, slots=True)
class Box:
    """One field: its name, its id on the page, what was typed, and what is the matter with it."""

    name: str
    id: str
    value: str
    label: str
    error: str = ""


@dataclasses.dataclass(frozen=True, slots=True)
class ShiftRow:
    place: str
    start: Box
    end: Box
    pause: Box
    is_new: bool


@dataclasses.dataclass(frozen=True, slots=True)
class DayRow:
    """One day. `out_id` is the place below it where its total, errors and signals stand."""

    index: int
    date: dt.date
    shifts: tuple[ShiftRow, ...]
    total: Box | None
    km: Box
    not_worked: Box
    minutes: int
    usual: int
    outside: bool
    signals: tuple[Signal, ...]
    disputed: bool
    errors: tuple[Box, ...]
    next_shift: int
    was: DayDifference | None


@dataclasses.dataclass(frozen=True, slots=True)
class ExpenseRow:
    place: str
    date: Box
    amount: Box
    what: Box
    receipt: Box
    receipt_name: str
    errors: tuple[Box, ...]
    is_new: bool


@dataclasses.dataclass(frozen=True, slots=True)
class SheetForm:
    """The form of one timesheet: what was typed, and what could be read of it."""

    sheet: Timesheet
    fields: dict[str, str]
    reading: Reading
    page: str
    days: tuple[DayRow, ...]
    expenses: tuple[ExpenseRow, ...]
    note: Box
    errors: tuple[Box, ...]
    week_signals: tuple[Signal, ...]  # those of no single day

    @property
    def minutes(self) -> int:
        return self.reading.hours.minutes

    @property
    def all_not_worked(self) -> bool:
        return all(day.not_worked for day in self.reading.hours.days)

    @property
    def asks_totals(self) -> bool:
        return self.sheet.placement.entry == Placement.Entry.TOTALS


def new_page() -> str:
    """A mark for one opened page, so that it knows its own drafts again after an answer got lost."""
    return secrets.token_urlsafe(9)


def fields_kept(sheet: Timesheet) -> dict[str, str]:
    """What the form holds when it is opened: as it was typed, where some of it could not be read."""
    typed: dict[str, Any] = sheet.typed or {}
    return typed.get("fields") or fields_of(sheet.hours)


def sheet_form(
    sheet: Timesheet,
    fields: Mapping[str, str] | None = None,
    *,
    signals: Sequence[Signal],
    page: str = "",
    quiet: bool = False,
    refused: Mapping[str, str] | None = None,
    new: str = "",
    before: Hours | None = None,
) -> SheetForm:
    """The form with `fields`, or with what is kept of the timesheet, and the `signals` that its reader may see.

    `quiet` leaves fields that are merely still empty in peace, as while typing. `refused` has messages about
    files, by field. `new` is the place of a row just added, which gets the focus. `before` has hours that each day
    is held against: where it differs, they stand below it. Of a correction these are the paid hours.
    """
    fields = dict(fields) if fields is not None else fields_kept(sheet)
    if before is None and sheet.revision:
        before = next(version.hours for version in sheet.submissions.all() if version.number == 1)
    reading = read(sheet.week, fields)
    builder = _Builder(sheet, fields, reading, signals, quiet, dict(refused or {}), new, before)
    return builder.form(page or new_page())


class _Builder:
    def __init__(
        self,
        sheet: Timesheet,
        fields: dict[str, str],
        reading: Reading,
        signals: Sequence[Signal],
        quiet: bool,
        refused: dict[str, str],
        new: str,
        before: Hours | None,
    ) -> None:
        self.sheet, self.fields, self.reading, self.new = sheet, fields, reading, new
        codes = {name: code for name, code in reading.errors.items() if not (quiet and code == "missing")}
        self.errors = {name: field_words.problem(code, _most(name)) for name, code in codes.items()} | refused
        self.signals = signals
        self.shown: list[Box] = []
        differing = difference(before, reading.hours).days if before else ()
        self.was = {day.date: day for day in differing}

    def form(self, page: str) -> SheetForm:
        days = tuple(self._day(index, date) for index, date in enumerate(self.sheet.week.days))
        receipts = self._receipts()
        numbers = expense_numbers(self.fields)
        expenses = tuple(self._expense(number, receipts) for number in numbers)
        note = self._box("note")
        shown = tuple(box for box in self.shown if box.error)
        of_the_week = tuple(signal for signal in self.signals if signal.date is None)
        return SheetForm(self.sheet, self.fields, self.reading, page, days, expenses, note, shown, of_the_week)

    def _day(self, index: int, date: dt.date) -> DayRow:
        place, first = f"days.{index}", len(self.shown)
        placement, day = self.sheet.placement, self.reading.hours.days[index]
        shifts = self._shifts(index)
        wants_total = placement.entry == Placement.Entry.TOTALS or bool(self.fields.get(f"{place}.total"))
        total = self._box(f"{place}.total") if wants_total else None
        km, not_worked = self._box(f"{place}.km"), self._box(f"{place}.not_worked")
        return DayRow(
            index=index,
            date=date,
            shifts=shifts,
            total=total,
            km=km,
            not_worked=not_worked,
            minutes=day.worked(date),
            usual=usual_minutes(placement, date),
            outside=not placement.covers(date),
            signals=tuple(signal for signal in self.signals if signal.date == date),
            disputed=self.sheet.state == State.REFUSED and date.isoformat() in self.sheet.disputed,
            errors=tuple(box for box in self.shown[first:] if box.error),
            was=self.was.get(date),
            next_shift=max(shift_numbers(self.fields, index), default=0) + 1,
        )

    def _shifts(self, index: int) -> tuple[ShiftRow, ...]:
        """The shifts of a day; a blank one to begin with, where times are asked for."""
        numbers = shift_numbers(self.fields, index)
        places = [f"days.{index}.shifts.{number}" for number in numbers]
        if self.sheet.placement.entry == Placement.Entry.TOTALS:
            places = [place for place in places if not is_blank(self.fields, place)]
        elif not places:
            places = [f"days.{index}.shifts.0"]
        return tuple(self._shift(place) for place in places)

    def _shift(self, place: str) -> ShiftRow:
        start, end, pause = (self._box(f"{place}.{part}") for part in ("start", "end", "pause"))
        return ShiftRow(place, start, end, pause, is_new=place == self.new)

    def _expense(self, number: int, receipts: dict[str, str]) -> ExpenseRow:
        place, first = f"expenses.{number}", len(self.shown)
        date, amount, what, receipt = (self._box(f"{place}.{part}") for part in ("date", "amount", "what", "receipt"))
        errors = tuple(box for box in self.shown[first:] if box.error)
        return ExpenseRow(
            place, date, amount, what, receipt, receipts.get(receipt.value, ""), errors, is_new=place == self.new
        )

    def _receipts(self) -> dict[str, str]:
        """The names of the receipts, by id; asked in one query, and only when there are any."""
        ids = [text for name, text in self.fields.items() if name.endswith(".receipt") and text]
        found = StoredFile.objects.filter(pk__in=ids).values_list("pk", "name") if ids else ()
        return {str(pk): name for pk, name in found}

    def _box(self, name: str) -> Box:
        box = Box(
            name=name,
            id=f"s{self.sheet.pk}-{name.replace('.', '-')}",
            value=self.fields.get(name, ""),
            label=field_words.label(name, self.sheet.week.days),
            error=self.errors.get(name, ""),
        )
        self.shown.append(box)
        return box


def _most(name: str) -> int:
    return WHAT_LENGTH if name.endswith(".what") else NOTE_LENGTH
