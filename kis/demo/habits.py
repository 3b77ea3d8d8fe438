"""What somebody writes down for a week, and what becomes of it: lifelike, and the same each time for the same seed."""

from __future__ import annotations

import dataclasses
import datetime as dt
import enum
from random import Random

from kis.core import clock
from kis.core.minutes import DAY
from kis.core.public_holidays import public_holidays
from kis.core.weeks import Week
from kis.demo.cast import Job
from kis.timesheets.hours import Break, Day, Expense, Hours, Shift

LATE_SHIFT = 8 * 60  # a rotating week starts so much later
NOTES = (
    "Vrijdag langer doorgewerkt wegens spoedorder.",
    "Donderdag ingevallen voor een collega.",
    "Dinsdag eerder naar huis in overleg met de teamleider.",
    "Woensdag was de bus te laat, tijd ingehaald in de pauze.",
)
AWAY = ("Vakantie, in overleg.", "Ziek, gemeld bij de planning.", "Geen werk deze week.")
EXPENSES = (("Parkeerkosten", 450), ("Werkhandschoenen", 1295), ("Treinkaartje", 1180), ("Veiligheidsschoenen", 5495))
REFUSALS = (
    ("break_missing", "De pauze ontbreekt."),
    ("times_differ", "Volgens de klok was je een half uur eerder klaar."),
    ("hours_differ", "Dit is meer dan er op het rooster staat."),
    ("not_worked", "Op deze dag was je vrij."),
)


class Fate(enum.Enum):
    """How a week goes: as it should, refused and mended, handed in after the deadline, or not at all."""

    ON_TIME = enum.auto()
    REFUSED = enum.auto()
    LATE = enum.auto()
    FORGOTTEN = enum.auto()


@dataclasses.dataclass(frozen=True, slots=True)
class Plan:
    """One week of one Job: what is first written down, what is true, when it is handed in, and its fate."""

    written: Hours
    mended: Hours
    handed_in: dt.datetime
    fate: Fate
    reason_code: str = ""
    reason: str = ""
    disputed: dt.date | None = None


def plan(job: Job, number: str, week: Week, weeks_ago: int, *, may_lag: bool) -> Plan:
    """The week of the Job with this number; `may_lag` lets it be late, and if recent, forgotten."""
    rng = Random(f"{number} {weeks_ago}")
    hours = _worked(job, week, weeks_ago, rng)
    fate = _fate(rng, hours, weeks_ago) if may_lag or weeks_ago > 3 else Fate.ON_TIME
    handed_in = _handed_in(hours, rng)
    if fate is not Fate.REFUSED:
        return Plan(hours, hours, handed_in, fate)
    index, wrong = _mistake(hours, rng)
    code, words = rng.choice(REFUSALS[1:] if wrong.pause or job.totals else REFUSALS[:1])
    written = dataclasses.replace(hours, days=(*hours.days[:index], wrong, *hours.days[index + 1 :]))
    return Plan(written, hours, handed_in, fate, code, words, week.days[index])


def until(hours: Hours, moment: dt.datetime) -> Hours:
    """What of a week could be written down at `moment`: the days that lie before it."""
    today = clock.local(moment).date()
    days = tuple(day if date < today else Day() for date, day in hours.dated())
    return Hours(hours.week, days)


def _worked(job: Job, week: Week, weeks_ago: int, rng: Random) -> Hours:
    if rng.random() < 0.045:
        return Hours(week, (Day(not_worked=True),) * 7, note=rng.choice(AWAY))
    later = LATE_SHIFT if job.rotates and weeks_ago % 2 else 0
    days = [_day(job, date, index, later, rng) for index, date in enumerate(week.days)]
    if job.fills_in:
        days = _with_extra_nights(days, job, weeks_ago)
    worked = [date for date, day in zip(week.days, days, strict=True) if day.worked(date)]
    expenses = []
    if worked and rng.random() < 0.05:
        what, cents = rng.choice(EXPENSES)
        expenses.append(Expense(rng.choice(worked), cents, what))
    note = rng.choice(NOTES) if rng.random() < 0.06 else ""
    return Hours(week, tuple(days), tuple(expenses), note)


def without_break(hours: Hours, index: int) -> Hours:
    """The week as it is written down by somebody who forgot the break of a day."""
    day = hours.days[index]
    shifts = tuple(dataclasses.replace(shift, breaks=()) for shift in day.shifts)
    return dataclasses.replace(
        hours, days=(*hours.days[:index], dataclasses.replace(day, shifts=shifts), *hours.days[index + 1 :])
    )


def _with_extra_nights(days: list[Day], job: Job, weeks_ago: int) -> list[Day]:
    """A colleague was ill: the Sunday night two weeks ago, and every night of last week."""
    [[start, end, pause]] = job.pattern[0]
    night = Day((Shift(start, end, (Break(pause),)),))
    extra = {2: {6}, 1: set(range(7))}.get(weeks_ago, set())
    return [night if index in extra else day for index, day in enumerate(days)]


def _day(job: Job, date: dt.date, index: int, later: int, rng: Random) -> Day:
    usual = job.pattern[index]
    if not usual:
        return Day()
    if date in public_holidays(date.year) or rng.random() < 0.02:
        return Day(not_worked=True)
    more = rng.choice((-30, -15, 15, 30, 45, 60, 150)) if rng.random() < 0.22 else 0
    if job.totals:
        return Day(total=sum(end - start - pause for start, end, pause in usual) + more)
    shifts = [Shift(start + later, end + later, (Break(pause),) if pause else ()) for start, end, pause in usual]
    shifts[-1] = dataclasses.replace(shifts[-1], end=shifts[-1].end + more)
    return Day(tuple(shifts), km=job.km)


def _fate(rng: Random, hours: Hours, weeks_ago: int) -> Fate:
    chance = rng.random()
    if chance < 0.05 and hours.minutes:
        return Fate.REFUSED
    if chance < 0.09:
        return Fate.LATE
    return Fate.FORGOTTEN if chance < 0.13 and weeks_ago <= 3 else Fate.ON_TIME


def _mistake(hours: Hours, rng: Random) -> tuple[int, Day]:
    """A day of the week as it was wrongly written down at first: longer, or without its break."""
    index = rng.choice([n for n, (date, day) in enumerate(hours.dated()) if day.worked(date)])
    day = hours.days[index]
    if day.total is not None:
        return index, dataclasses.replace(day, total=day.total + 60)
    last = day.shifts[-1]
    wrong = Shift(last.start, last.end, ()) if rng.random() < 0.4 and last.breaks else _longer(last)
    return index, dataclasses.replace(day, shifts=(*day.shifts[:-1], wrong))


def _longer(shift: Shift) -> Shift:
    return dataclasses.replace(shift, end=shift.end + 30)


def _handed_in(hours: Hours, rng: Random) -> dt.datetime:
    """Some hours after the last work, from Friday afternoon on, and before Monday morning."""
    ends = [shift.bounds(date)[1] for date, day in hours.dated() for shift in day.shifts]
    friday = clock.at(hours.week.days[4], 16 * 60)
    moment = clock.local(max([*ends, friday])) + dt.timedelta(minutes=rng.randint(10, 600))
    return min(moment, clock.at(hours.week.sunday, DAY + 6 * 60 + rng.randint(0, 59)))
