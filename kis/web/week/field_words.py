"""What the fields of a week are called, and what is the matter with them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from kis.web.formats import day
from kis.web.week.week_form import NOTE_LENGTH
from kis.web.words import PROBLEMS

_OWN_PROBLEMS = {"text_too_long": gettext_lazy("This text is too long: at most %(most)s characters.")}

PARTS = {
    "start": pgettext_lazy("field", "start"),
    "end": pgettext_lazy("field", "end"),
    "pause": pgettext_lazy("field", "break"),
    "total": pgettext_lazy("field", "hours"),
    "km": pgettext_lazy("field", "kilometres"),
    "not_worked": pgettext_lazy("field", "not worked"),
    "date": pgettext_lazy("field", "day"),
    "amount": pgettext_lazy("field", "amount"),
    "what": pgettext_lazy("field", "what it was"),
    "receipt": pgettext_lazy("field", "receipt"),
    "note": pgettext_lazy("field", "note"),
}


def problem(code: str, most: int = NOTE_LENGTH) -> str:
    """What is the matter with a field, and what to do."""
    return str({**PROBLEMS, **_OWN_PROBLEMS}[code]) % {"most": most} if code in _OWN_PROBLEMS else str(PROBLEMS[code])


def label(name: str, week_days: Sequence[dt.date]) -> str:
    """What a field of the form is called where it stands alone: `ma 23 nov, einde`."""
    parts = name.split(".")
    part = str(PARTS[parts[-1]])
    if parts[0] == "days":
        return f"{day(week_days[int(parts[1])])}, {part}"
    return f"{pgettext('field', 'expenses')}, {part}" if parts[0] == "expenses" else part
