"""Words of the payroll pages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from kis.payroll.recheck import Why
from kis.payroll.reconciliation import Reason
from kis.staffing.models import PayPeriod
from kis.web.formats import euros

PERIOD_WORDS = {
    PayPeriod.WEEK: _("Per week"),
    PayPeriod.FOUR_WEEKS: _("Per four weeks"),
    PayPeriod.MONTH: _("Per month"),
}

# What deserves a look before a run: a heading, and what to do.
SIGNALS = {
    "refused": (
        _("Cannot be computed"),
        _("The pay rules refuse these hours, so the run sets them aside. Send them back."),
    ),
    "altered": (_("Stored otherwise than approved"), _("The run sets these aside. Tell your administrator.")),
    "no_wage": (
        _("No wage is known"),
        _("Hours and percentages are exported without an amount. Add a wage to the job."),
    ),
    "below_minimum": (
        _("Below the minimum wage"),
        _("The base wage is lower than the law asks at that age. Put the wage of the job right."),
    ),
    "minimum_unknown": (
        _("Minimum wage not known yet"),
        _("The amounts of the law for these days are not in the portal yet, so these wages could not be looked at."),
    ),
    "totals": (
        _("Totals, but the rules look at the clock"),
        _("A total counts around noon. Let the job ask for times."),
    ),
    "short_call": (
        _("Called for less than the minimum"),
        _("Say what you pay above the hours; nothing is paid of itself."),
    ),
}

REASONS = {
    Reason.PAID_BREAK: _("the rules pay this break"),
    Reason.SET_ASIDE: _("set aside by a run; send it back"),
    Reason.NO_TARIFF: _("the job has no tariff, so it is not billed"),
    Reason.UNKNOWN: _("other rules or another wage held; look at the calculation"),
}

_WHY = {
    Why.RULES: _("other rules: %(rules)s"),
    Why.WAGE: _("another wage: %(wages)s"),
    Why.TOP_UP: _("the minimum of a short call"),
    Why.TARIFF: _("another tariff"),
    Why.HOURS: _("an earlier week, or the roster, counts otherwise"),
}


def why_words(reasons: Iterable[Mapping[str, Any]]) -> list[str]:
    """Why a paid week comes to something else, one line per reason."""
    return [
        str(_WHY[Why(reason["why"])])
        % {
            "rules": ", ".join(reason.get("rules", ())),
            "wages": ", ".join(euros(cents) for cents in reason.get("wages", ())),
        }
        for reason in reasons
    ]
