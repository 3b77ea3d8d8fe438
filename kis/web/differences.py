"""Two versions of a week beside each other: the days on which they differ, and what that comes to."""

from __future__ import annotations

import dataclasses
import datetime as dt

from kis.timesheets.consent import worse_days
from kis.timesheets.hours import Day, Hours, touched_days
from kis.timesheets.models import Step, Timesheet
from kis.timesheets.workflow import Act


@dataclasses.dataclass(frozen=True, slots=True)
class OneSide:
    """One day in one of the versions."""

    day: Day
    minutes: int
    expense_cents: int


@dataclasses.dataclass(frozen=True, slots=True)
class DayDifference:
    """A day on which two versions differ; `worse` when the later one may take something from the worker."""

    date: dt.date
    before: OneSide
    after: OneSide
    worse: bool

    @property
    def minutes(self) -> int:
        return self.after.minutes - self.before.minutes


@dataclasses.dataclass(frozen=True, slots=True)
class Difference:
    """What `web/parts/difference.html` needs."""

    before: Hours
    after: Hours
    days: tuple[DayDifference, ...]

    @property
    def minutes(self) -> int:
        return self.after.minutes - self.before.minutes

    @property
    def worse_dates(self) -> tuple[dt.date, ...]:
        return tuple(day.date for day in self.days if day.worse)

    @property
    def is_worse(self) -> bool:
        return any(day.worse for day in self.days)


@dataclasses.dataclass(frozen=True, slots=True)
class ProposalView:
    """Hours that were proposed instead of those handed in: waiting for the worker, agreed to, or taken over at once."""

    step: Step
    difference: Difference
    waits: bool
    agreed: Step | None


def difference(before: Hours, after: Hours) -> Difference:
    """The days on which `after` differs from `before`, Monday first."""
    touched, worse = set(touched_days(before, after)), set(worse_days(before, after))
    pairs = zip(before.dated(), after.days, strict=True)
    return Difference(
        before,
        after,
        tuple(
            DayDifference(date, _side(before, date, old), _side(after, date, new), date in worse)
            for (date, old), new in pairs
            if date in touched
        ),
    )


def proposal_view(timesheet: Timesheet) -> ProposalView | None:
    """The proposal that waits for the worker, or the one whose hours count now; None where there is neither.

    A correction that nobody has to agree to any more says itself what it changed.
    """
    number = timesheet.proposed_version or timesheet.submitted_version
    steps = {step.number: step for step in timesheet.steps.all()}
    step = steps.get(number) if number else None
    waits = timesheet.proposed_version is not None
    if not step or step.act not in {Act.PROPOSE, Act.CORRECT} or (step.act == Act.CORRECT and not waits):
        return None
    versions = {version.number: version for version in timesheet.submissions.all()}
    proposed = versions[step.number]
    before = versions[proposed.answers or 0]
    agreed = next((step for step in steps.values() if step.number > proposed.number and step.act == Act.AGREE), None)
    return ProposalView(
        step=step,
        difference=difference(
            Hours.from_json(timesheet.week, before.content), Hours.from_json(timesheet.week, proposed.content)
        ),
        waits=waits,
        agreed=agreed,
    )


def _side(hours: Hours, date: dt.date, day: Day) -> OneSide:
    cents = sum(expense.cents for expense in hours.expenses if expense.date == date)
    return OneSide(day, day.worked(date), cents)
