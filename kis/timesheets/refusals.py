"""Reasons a client can pick when refusing, kept as codes so that every reader sees them in the own language."""

from django.utils.translation import gettext_lazy as _

REASONS = {
    "hours_differ": _("The hours differ from what was worked"),
    "times_differ": _("The start or end time is not right"),
    "break_missing": _("The break is missing or too short"),
    "not_worked": _("Nothing was worked on this day"),
    "day_missing": _("A day that was worked is missing"),
    "expenses": _("The kilometres or expenses are not right"),
    "wrong_job": _("These hours belong to another job or department"),
    "other": _("Something else"),
}
