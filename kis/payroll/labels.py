"""The words for the components of pay: those the portal knows in the reader's language, an agency's own as they are."""

from __future__ import annotations

from django.utils.translation import gettext, gettext_noop

_WORDS = {
    "normal": gettext_noop("Normal hours"),
    "evening": gettext_noop("Evening"),
    "night": gettext_noop("Night"),
    "late-evening": gettext_noop("Late evening"),
    "saturday": gettext_noop("Saturday"),
    "sunday": gettext_noop("Sunday"),
    "holiday": gettext_noop("Public holiday"),
    "day-ot": gettext_noop("Overtime, day"),
    "week-ot": gettext_noop("Overtime, week"),
    "period-ot": gettext_noop("Overtime, period"),
    "four-weeks-ot": gettext_noop("Overtime, four weeks"),
    "km": gettext_noop("Kilometres"),
    "home-day": gettext_noop("Working from home"),
    "expenses": gettext_noop("Expenses"),
    "top-up": gettext_noop("Minimum per call"),
}


def label_words(label: str) -> str:
    """The words for a label, such as `evening+day-ot`: "Evening + Overtime, day"."""
    return " + ".join(_word(part) for part in label.split("+"))


def _word(part: str) -> str:
    return gettext(_WORDS[part]) if part in _WORDS else part.replace("-", " ").capitalize()
