"""A paid week and its corrections, as their pages name each other."""

from __future__ import annotations

import dataclasses

from kis.timesheets.hours import Hours
from kis.timesheets.models import Step, Timesheet
from kis.timesheets.workflow import Act
from kis.web.differences import Difference, difference


@dataclasses.dataclass(frozen=True, slots=True)
class CorrectionView:
    """What `web/parts/correction.html` needs: what this one corrects and why, and what corrects this one."""

    older: Timesheet | None
    newer: Timesheet | None
    step: Step | None
    difference: Difference | None


def correction_view(timesheet: Timesheet, hours: Hours | None) -> CorrectionView | None:
    """The corrections around a timesheet whose page shows `hours`; None where there are none."""
    newer = next(iter(timesheet.corrections.all()), None)
    older = timesheet.corrects
    if not older:
        return CorrectionView(None, newer, None, None) if newer else None
    paid = next(version for version in timesheet.submissions.all() if version.number == 1)
    asked = next(step for step in timesheet.steps.all() if step.act == Act.CORRECT)
    before = Hours.from_json(timesheet.week, paid.content)
    return CorrectionView(older, newer, asked, difference(before, hours) if hours else None)
