"""The words for the components of pay: those the portal knows in the reader's language, an agency's own as they are."""

from __future__ import annotations

import re
from collections.abc import Mapping

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
_UNITS = {"day": gettext_noop("day"), "hour": gettext_noop("hour")}


def label_words(label: str) -> str:
    """The words for a label, such as `evening+day-ot`: "Evening + Overtime, day"."""
    return " + ".join(_word(part) for part in label.split("+"))


def label_of(text: str) -> str:
    """The label that somebody wrote in words: `Avond` is `evening`, and `Ploeg laat` the agency's own `ploeg-laat`."""
    return _code(text, _WORDS)


def unit_words(unit: str) -> str:
    """The word for a unit of a component: `dag`."""
    return gettext(_UNITS[unit]) if unit in _UNITS else unit


def unit_of(text: str) -> str:
    """The unit that somebody wrote in words: `dag` is `day`."""
    return _code(text, _UNITS)


def _code(text: str, known: Mapping[str, str]) -> str:
    by_words = {gettext(word).casefold(): code for code, word in known.items()}
    return by_words.get(text.strip().casefold()) or re.sub(r"\s+", "-", text.strip().lower())


def _word(part: str) -> str:
    return gettext(_WORDS[part]) if part in _WORDS else part.replace("-", " ").capitalize()
