"""The worker's words: whose turn it is, what is wanted, and when the week is paid. Plain, and with *je* in Dutch."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kis.core import clock
from kis.timesheets.fate import Fate
from kis.timesheets.models import Timesheet
from kis.timesheets.workflow import EDITABLE, State
from kis.web.formats import day, deadline, moment

# What the page says when nothing is up to the worker; of several jobs the one that is furthest behind.
_DONE = (
    (State.SUBMITTED, gettext_lazy("You are done with this week: your hours are with the client.")),
    (State.ACCEPTED, gettext_lazy("You are done with this week: your hours are accepted.")),
    (State.APPROVED, gettext_lazy("Your hours are approved. They go with the next payroll run.")),
    (State.PAID, gettext_lazy("This week is paid.")),
)


def lead(sheets: Sequence[Timesheet], fates: Sequence[Fate]) -> str:
    """The sentence a week opens with: what is going on, and what is wanted."""
    pairs = list(zip(sheets, fates, strict=True))
    for sheet, found in pairs:
        if sheet.proposed_version:
            return _proposed(sheet, found)
    for sheet, found in pairs:
        if sheet.state == State.REFUSED:
            return _late_or(
                found,
                _("Your hours came back. Mend them and hand them in again, before %(when)s."),
                _("Your hours came back. Mend them and hand them in again. This week is late, so do it soon."),
            )
    for sheet, found in pairs:
        if sheet.state in EDITABLE and not sheet.revision:
            return _late_or(
                found,
                _("Fill in your hours and hand them in, before %(when)s."),
                _("Fill in your hours and hand them in. This week is late, so do it soon."),
            )
    if any(sheet.state in EDITABLE for sheet, _found in pairs):
        return _("You are correcting a week that was paid. Change what is not right and hand it in again.")
    states = {sheet.state for sheet, _found in pairs}
    return next(str(text) for state, text in _DONE if state in states)


def turn_name(sheet: Timesheet) -> str:
    """Who has the week now, beside the badge, where a name says more than the party does."""
    return sheet.client.name if sheet.state == State.SUBMITTED else ""


def turn(sheet: Timesheet, fate: Fate) -> str:
    """Whose turn it is, by name, and since when."""
    since = {"since": moment(fate.since)}
    match State(sheet.state):
        case State.DRAFT | State.REFUSED:
            return _own_turn(sheet) % since
        case State.SUBMITTED:
            names = {**since, "client": sheet.client.name, "names": either(fate.names)}
            if fate.names:
                return _("It is the turn of %(client)s (%(names)s), since %(since)s.") % names
            return _("It is the turn of %(client)s, since %(since)s.") % names
        case State.ACCEPTED:
            return _("It is the turn of the agency, since %(since)s.") % since
        case State.APPROVED:
            return _("Approved on %(since)s.") % since
        case State.PAID:
            return _("Nobody has to do anything any more.")


def _own_turn(sheet: Timesheet) -> str:
    """What is up to the worker: with a place for since when, but in a draft."""
    if sheet.proposed_version and sheet.revision:
        return _("It is your turn, since %(since)s: agree, hand in again, or let the correction drop.")
    if sheet.proposed_version:
        return _("It is your turn, since %(since)s: agree to the proposed hours, or hand in again.")
    if sheet.state == State.REFUSED:
        return _("It is your turn, since %(since)s: mend the week and hand it in again.")
    if sheet.revision:
        return _("It is your turn: change what is not right and hand it in, or let the correction drop.")
    return _("It is your turn: fill in the week and hand it in.")


def payment(sheet: Timesheet, fate: Fate) -> str:
    """When the week is paid, and before when it must be approved for that."""
    words = {"run": day(fate.pays.run_on), "when": moment(fate.pays.approve_by)}
    if sheet.paid_at:
        return _("Paid on %(day)s.") % {"day": day(clock.local(sheet.paid_at).date())}
    if sheet.revision:
        return _("The difference is paid on %(run)s if approved before %(when)s.") % words
    late = fate.pays.week != sheet.week
    missed = {**words, "missed": day(fate.due.run_on)}
    if sheet.state == State.APPROVED:
        if late:
            return _("Too late for the run of %(missed)s; paid on %(run)s.") % missed
        return _("Paid on %(run)s.") % words
    if late:
        return _("Too late for the run of %(missed)s. Paid on %(run)s if approved before %(when)s.") % missed
    return _("Paid on %(run)s if approved before %(when)s.") % words


def either(names: Sequence[str]) -> str:
    """`A, B or C`."""
    if len(names) < 2:
        return "".join(names)
    return _("%(names)s or %(last)s") % {"names": ", ".join(names[:-1]), "last": names[-1]}


def _proposed(sheet: Timesheet, fate: Fate) -> str:
    names = {"client": sheet.client.name, "when": deadline(fate.due.approve_by)}
    if sheet.revision:
        return _("A correction of this week waits for your answer, before %(when)s.") % names
    if fate.late:
        return _("%(client)s proposes other hours. Agree or hand in again; this week is late already.") % names
    return _("%(client)s proposes other hours. Agree or hand in again, before %(when)s.") % names


def _late_or(fate: Fate, wanted: str, late: str) -> str:
    """What is wanted before the deadline, or that it has passed."""
    return late if fate.late else wanted % {"when": deadline(fate.due.approve_by)}
