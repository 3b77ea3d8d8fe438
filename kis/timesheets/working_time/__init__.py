"""Working-time checks (Arbeidstijdenwet) over all placements of one worker: `check(record)` gives the findings.

Pure: no database, no clock, no words on screen. They warn, they never block.
"""

from kis.staffing.working_terms import Option, Profile
from kis.timesheets.working_time.check import check
from kis.timesheets.working_time.findings import Finding
from kis.timesheets.working_time.record import (
    DayTotal,
    Standby,
    Terms,
    WorkedShift,
    WorkRecord,
    day_total,
    standby,
    worked_shift,
)
from kis.timesheets.working_time.rules import RULES, Rule, Severity

__all__ = [
    "RULES",
    "DayTotal",
    "Finding",
    "Option",
    "Profile",
    "Rule",
    "Severity",
    "Standby",
    "Terms",
    "WorkRecord",
    "WorkedShift",
    "check",
    "day_total",
    "standby",
    "worked_shift",
]
