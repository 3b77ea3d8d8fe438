"""Words that several pages share: states, acts, signals and problems, each in one place."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from kis.core.minutes import duration_text
from kis.staffing.parties import Party
from kis.timesheets.models import Step, Timesheet
from kis.timesheets.notices import reason_words
from kis.timesheets.signals import Signal
from kis.timesheets.workflow import Act, State
from kis.timesheets.working_time import Severity, explanations
from kis.timesheets.working_time.rules import Article, Law

STATES = {
    State.DRAFT: gettext_lazy("Open"),
    State.REFUSED: gettext_lazy("Refused"),
    State.SUBMITTED: gettext_lazy("Handed in"),
    State.ACCEPTED: gettext_lazy("Accepted"),
    State.APPROVED: gettext_lazy("Approved"),
    State.PAID: gettext_lazy("Paid"),
}

PHASES = {
    "first": gettext_lazy("By first approval"),
    "intermediate": gettext_lazy("By intermediate approval"),
    "last": gettext_lazy("By last approval"),
}

PARTIES = {
    Party.WORKER: gettext_lazy("the worker"),
    Party.CLIENT: gettext_lazy("the client"),
    Party.AGENCY: gettext_lazy("the agency"),
    Party.SYSTEM: gettext_lazy("payroll"),
}

ACTS = {
    Act.SUBMIT: gettext_lazy("handed in the hours"),
    Act.WITHDRAW: gettext_lazy("took the hours back"),
    Act.ACCEPT: gettext_lazy("accepted the hours"),
    Act.REFUSE: gettext_lazy("refused the hours"),
    Act.PROPOSE: gettext_lazy("proposed other hours"),
    Act.AGREE: gettext_lazy("agreed to the proposed hours"),
    Act.UNDO: gettext_lazy("took the acceptance back"),
    Act.APPROVE: gettext_lazy("gave the last approval"),
    Act.SEND_BACK: gettext_lazy("sent the hours back to the client"),
    Act.RETURN: gettext_lazy("sent the hours back to the worker"),
    Act.REOPEN: gettext_lazy("took the last approval back"),
    Act.PAY: gettext_lazy("paid the hours"),
    Act.CORRECT: gettext_lazy("asked for a correction"),
    Act.DROP: gettext_lazy("let the correction drop"),
}

MAILS = {
    "refusal": gettext_lazy("Mail: hours refused"),
    "proposal": gettext_lazy("Mail: other hours proposed"),
    "handed_in": gettext_lazy("Mail: hours handed in by the agency"),
    "worker_reminder": gettext_lazy("Mail: reminder to hand in"),
    "client_reminder": gettext_lazy("Mail: reminder to decide"),
    "digest": gettext_lazy("Mail: what waits for a decision"),
}

LAWS = {
    Law.ATW: gettext_lazy("Working Hours Act %(article)s"),
    Law.ATB: gettext_lazy("Working Hours Decree %(article)s"),
}

PROBLEMS = {
    "end_is_start": gettext_lazy("The end is the same as the start. Mend one of the two."),
    "too_long": gettext_lazy("A shift is shorter than a day. Check the start and the end."),
    "break_too_long": gettext_lazy("The break is as long as the shift, or longer. Enter a shorter break."),
    "break_outside": gettext_lazy("The break lies outside the shift. Check its times."),
    "day_too_long": gettext_lazy("This is more than a day has. Check the hours."),
    "worked_and_not": gettext_lazy("There are hours on this day, and also the word that nothing was worked."),
    "below_zero": gettext_lazy("This cannot be below zero."),
    "too_many_km": gettext_lazy("This is more than 2,000 kilometres on one day. Check the number."),
    "amount_too_high": gettext_lazy("This is more than 10,000 euros. Check the amount."),
    "not_your_file": gettext_lazy("This file cannot be used here. Send it in again."),
    "outside_week": gettext_lazy("This date is not in this week."),
    "no_such_time": gettext_lazy("This time does not exist: the clock goes forward this night."),
    "time": gettext_lazy("This is not a time. Write it as 7:30."),
    "duration": gettext_lazy("These are not hours. Write them as 7:30 or 7,5."),
    "break": gettext_lazy("This is not a break. Write minutes (30) or from and to (12:00-12:30)."),
    "number": gettext_lazy("This is not a whole number."),
    "amount": gettext_lazy("This is not an amount. Write it as 12,50."),
    "date": gettext_lazy("This is not a date."),
    "missing": gettext_lazy("This is still empty."),
}


# The reader's own turn: in Dutch a worker is "je", everybody else "u".
_WITH_YOU = {
    Party.WORKER: pgettext_lazy("a worker reads it", "with you"),
    Party.CLIENT: pgettext_lazy("a client reads it", "with you"),
    Party.AGENCY: pgettext_lazy("the agency reads it", "with us"),
}


def state(timesheet: Timesheet) -> str:
    """The state in a word. Other hours that wait for the worker's answer are a proposal: nobody refused them."""
    return _("Proposal") if timesheet.proposed_version else str(STATES[State(timesheet.state)])


def with_whom(turn: Party | None, reader: Party | None, name: str = "") -> str:
    """With whom a timesheet lies: "with Carla de Groot", "with you", "with the agency"; empty when nobody must act."""
    if turn is None:
        return ""
    if turn == reader and not name:
        return str(_WITH_YOU[turn])
    return _("with %(whom)s") % {"whom": name or PARTIES[turn]}


def phase_short(phase: str) -> str:
    """What a column of the status table means, for a person."""
    return {
        "first": _("still to be filled in and handed in"),
        "intermediate": _("to be decided by the client"),
        "last": _("to be approved by the agency"),
    }[phase]


def signal_words(signal: Signal) -> str:
    """One signal as a sentence, of what it carries: `signals.seen_by` has taken out what is not its reader's."""
    if signal.rule:
        if signal.code in explanations.SENTENCES and signal.figures:
            said = explanations.words(signal.code, signal.figures, _)
            if "shifts" in signal.figures:
                said += " " + _("Shifts with less than 8 hours of rest between them count as one.")
            return said
        return explanations.without_figures(signal.rule.id, _)
    texts = {
        "outside_placement": _("Outside the dates of this job."),
        "overlap": _("Two shifts on this day overlap."),
        "overlap_elsewhere": _("These hours overlap with other work of this worker."),
        "unusual": _("%(worked)s, where %(usual)s is usual on this day."),
        # In weeks that were handed in before the law had its own signals:
        "missing_break": _("More than 5.5 hours of work with %(worked)s of break; the law asks for %(usual)s."),
        "long_shift": _("A shift of %(worked)s; the law allows %(usual)s."),
    }
    worked, usual = (signal.figures.get(f"{name}_minutes", 0) for name in ("worked", "usual"))
    if signal.code == "unusual" and not usual:
        return _("%(worked)s worked, on a day that is usually free.") % {"worked": duration_text(worked)}
    return texts[signal.code] % {"worked": duration_text(worked), "usual": duration_text(usual)}


def signal_title(signal: Signal) -> str:
    """What a signal is about, where its sentence stands elsewhere on the page."""
    return _(explanations.TITLES[signal.rule.id]) if signal.rule else signal_words(signal)


def signal_subject(code: str) -> str:
    """What a signal was about that is known by its code alone."""
    if title := explanations.TITLES.get(code[:3]):
        return _(title)
    return {
        "outside_placement": _("Outside the dates of this job."),
        "overlap": _("Two shifts on this day overlap."),
        "overlap_elsewhere": _("These hours overlap with other work of this worker."),
        "unusual": _("Unlike the usual week"),
        "missing_break": _(explanations.TITLES["W07"]),
        "long_shift": _(explanations.TITLES["W01"]),
    }.get(code, code)


def signal_level(signal: Signal) -> str:
    """How grave it is, in a word."""
    return {
        Severity.RED: _("Not allowed:"),
        Severity.AMBER: _("Please check:"),
        Severity.INFO: _("To know:"),
    }[signal.level]


def signal_shape(signal: Signal) -> str:
    """The shape that goes with that word."""
    return {Severity.RED: "■", Severity.AMBER: "▲", Severity.INFO: "●"}[signal.level]


def article_words(article: Article) -> str:
    """A place in the law, as the words of a link to it."""
    return LAWS[article.law] % {"article": article.whole}


def party_words(party: str) -> str:
    """The party by its name: "the client"."""
    return str(PARTIES[Party(party)])


def mail_words(kind: str) -> str:
    """What a mail about a week is, for whom its subject is not meant."""
    return str(MAILS[kind])


def step_words(step: Step) -> str:
    """One step of a history as a sentence: who did what, and for whom."""
    who = step.actor_name
    if step.on_behalf_of:
        who = _("%(who)s for %(whom)s") % {
            "who": who,
            "whom": step.on_behalf_of_name or PARTIES[Party(step.on_behalf_of)],
        }
    return f"{who} {ACTS[Act(step.act)]}"


def step_reason(step: Step) -> str:
    """Why, in the reader's language where the reason was predefined; own words follow."""
    parts = [reason_words(step.reason_code), step.reason if step.reason != step.reason_code else ""]
    return ". ".join(part.rstrip(".") for part in parts if part)
