"""The ISO week: Monday 00:00 to Sunday 24:00, the unit in which hours are handed in."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re

_FORM = re.compile(r"(\d{4})-W(\d{2})")


@dataclasses.dataclass(frozen=True, order=True, slots=True)
class Week:
    """One ISO week. Orders by time; `str()` is its ISO form, `2026-W48`."""

    year: int
    number: int

    def __post_init__(self) -> None:
        dt.date.fromisocalendar(self.year, self.number, 1)  # raises ValueError for week 53 of a short year

    @classmethod
    def of(cls, date: dt.date) -> Week:
        """The week in which `date` falls; its year may differ from the calendar year."""
        year, number, _ = date.isocalendar()
        return cls(year, number)

    @classmethod
    def parse(cls, text: str) -> Week:
        """Read `2026-W48`. Raises ValueError for anything else."""
        found = _FORM.fullmatch(text)
        if not found:
            raise ValueError(f"not an ISO week: {text!r}")
        return cls(int(found[1]), int(found[2]))

    @property
    def monday(self) -> dt.date:
        return dt.date.fromisocalendar(self.year, self.number, 1)

    @property
    def sunday(self) -> dt.date:
        return dt.date.fromisocalendar(self.year, self.number, 7)

    @property
    def days(self) -> tuple[dt.date, ...]:
        """The seven dates, Monday first."""
        return tuple(self.monday + dt.timedelta(days=n) for n in range(7))

    @property
    def next(self) -> Week:
        return self + 1

    @property
    def previous(self) -> Week:
        return self + -1

    def __add__(self, weeks: int) -> Week:
        return Week.of(self.monday + dt.timedelta(weeks=weeks))

    def __sub__(self, other: Week) -> int:
        """How many weeks lie between: `later - earlier`."""
        return (self.monday - other.monday).days // 7

    def __contains__(self, date: dt.date) -> bool:
        return self.monday <= date <= self.sunday

    def __str__(self) -> str:
        return f"{self.year}-W{self.number:02d}"
