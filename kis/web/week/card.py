"""One timesheet whose form is on a page: the form itself, where it leads, and what became of it."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

from django.utils.translation import gettext as _

from kis.timesheets.hours import Hours
from kis.timesheets.models import Step, Timesheet
from kis.timesheets.signals import Signal
from kis.timesheets.workflow import State
from kis.web.strip import StripDay, days_of
from kis.web.week.sheet_form import SheetForm
from kis.web.week_rows import WeekView, week_view
from kis.web.words import step_reason


@dataclasses.dataclass(frozen=True, slots=True)
class Doors:
    """Where a form leads, as names of addresses: each area has its own."""

    draft: str
    submit: str
    withdraw: str
    receipt: str


@dataclasses.dataclass(frozen=True, slots=True)
class Stale:
    """A form that was overtaken: what was typed is still there, and can be saved on purpose over `version`."""

    version: int
    takes_back: bool = False


@dataclasses.dataclass(frozen=True, kw_only=True)
class FormCard:
    """What the templates of the form want; an area adds what its own page shows beside it."""

    sheet: Timesheet
    form: SheetForm | None
    doors: Doors
    page_url: str  # the page as it is now, without what was typed
    refusal: Step | None
    can_copy: bool
    stale: Stale | None = None
    kept: WeekView | None = None  # typed, but too late to be saved
    said: str = ""
    checked: bool = False  # the reader asked to hand in, so what is wrong is summed up

    @property
    def takes_receipts(self) -> bool:
        """Whether a receipt can be sent in with an expense."""
        return True

    @property
    def reason(self) -> str:
        """Why the hours came back, in the reader's language."""
        return step_reason(self.refusal) if self.refusal else ""

    @property
    def was_label(self) -> str:
        """What the hours are that stand below a day where it differs."""
        return _("Paid:")

    @property
    def strip_days(self) -> list[StripDay]:
        """The week as it stands on the screen, with the days that were refused."""
        written = self.form.reading.hours if self.form else self.sheet.hours
        placement = self.sheet.placement
        return days_of(written, self.sheet.disputed, first=placement.start, last=placement.end)


def view_of(sheet: Timesheet, hours: Hours, signals: Sequence[Signal] = ()) -> WeekView:
    """Hours of a timesheet as rows to read, with the signals that their reader may see."""
    return week_view(hours, sheet.placement, signals=signals, disputed=sheet.disputed)


def refusal(sheet: Timesheet) -> Step | None:
    """The step with which the hours last came back, while they are with the worker; a proposal says it itself."""
    if sheet.state != State.REFUSED or sheet.proposed_version:
        return None
    return next((step for step in history_of(sheet) if step.end == State.REFUSED), None)


def history_of(sheet: Timesheet) -> list[Step]:
    """What happened to a timesheet, newest first; sorted here because a page asks for all its sheets at once."""
    return sorted(sheet.steps.all(), key=lambda step: step.number, reverse=True)
