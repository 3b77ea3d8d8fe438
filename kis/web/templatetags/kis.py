"""Filters and small tags that every page uses: `{% load kis %}`. docs/components.md says how."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from django import template
from django.contrib.messages.storage.base import Message
from django.template.loader import get_template
from django.utils.safestring import SafeString, mark_safe

from kis.core import clock
from kis.core.minutes import clock_text, duration_text
from kis.core.weeks import Week
from kis.staffing.models import Placement
from kis.timesheets.hours import Hours
from kis.timesheets.models import Timesheet
from kis.timesheets.workflow import TURN, State
from kis.web import formats, icons, notices, pictures, strip, words

register = template.Library()

# A status is a shape, a word and a colour; the shapes fill up as the week goes on.
_SHAPES = {
    State.DRAFT: '<circle cx="8" cy="8" r="6" fill="none" stroke="currentColor" stroke-width="2" '
    'stroke-dasharray="2.6 2.1"/>',
    State.REFUSED: '<path d="M8 1.5 15.5 14.5H.5Z" fill="currentColor"/>',
    State.SUBMITTED: '<circle cx="8" cy="8" r="6" fill="none" stroke="currentColor" stroke-width="2"/>'
    '<path d="M8 2a6 6 0 0 1 0 12Z" fill="currentColor"/>',
    State.ACCEPTED: '<circle cx="8" cy="8" r="7" fill="currentColor"/>',
    State.APPROVED: '<path d="m2 8.5 4 4.5L14 3" fill="none" stroke="currentColor" stroke-width="2.75"/>',
    State.PAID: '<rect x="1" y="1" width="14" height="14" rx="3" fill="currentColor"/>'
    '<path d="m4.5 8 2.5 3 4.5-6" fill="none" stroke="var(--card)" stroke-width="2"/>',
}

register.filter("day", formats.day)
register.filter("full_date", formats.full_date)
register.filter("day_long", formats.day_long)
register.filter("moment", formats.moment)
register.filter("week_label", formats.week_label)
register.filter("plain", formats.plain)
register.filter("initials", formats.initials)
register.filter("file_size", formats.size)
register.filter("signal_word", words.signal_words)
register.filter("signal_title", words.signal_title)
register.filter("signal_level", words.signal_level)
register.filter("signal_shape", words.signal_shape)
register.filter("article_word", words.article_words)
register.filter("party_word", words.party_words)
register.filter("step_word", words.step_words)
register.filter("step_reason", words.step_reason)


@register.filter(name="week")
def week_(text: str) -> Week:
    """`2026-W48` -> its Week."""
    return Week.parse(text)


@register.filter
def as_date(text: str) -> dt.date:
    """`2026-11-30` -> its date."""
    return dt.date.fromisoformat(text)


@register.filter
def hours(minutes: int | None) -> str:
    """450 -> `7:30`."""
    return duration_text(minutes or 0)


@register.filter
def hours_or_dash(minutes: int | None) -> str:
    """The same in a table that is mostly empty, where a dash keeps nothing quiet."""
    return duration_text(minutes) if minutes else "–"


@register.filter
def field_id(name: str) -> str:
    """The id of a field by its name: `bands.0.from` is `f-bands-0-from`."""
    return f"f-{name.replace('.', '-')}"


@register.filter
def more_or_less(minutes: int) -> str:
    """30 -> `+0:30`, -450 -> `−7:30`, with a real minus sign; 0 -> `0:00`."""
    return f"{'+' if minutes > 0 else '−' if minutes else ''}{duration_text(abs(minutes))}"


@register.filter(name="clock")
def clock_(minute: int | None) -> str:
    """450 -> `07:30`."""
    return "" if minute is None else clock_text(minute)


@register.filter
def time_left(at: dt.datetime) -> str:
    """`nog 3 uur`; empty when it has passed."""
    return formats.time_left(at - clock.now())


@register.filter
def euros(cents: int | None) -> str:
    """1250 -> `€ 12,50`."""
    return formats.euros(cents or 0)


@register.filter
def km(distance: int | None) -> str:
    """1234 -> `1.234 km`."""
    return formats.km(distance or 0)


@register.filter
def state_word(state: str) -> str:
    return str(words.STATES[State(state)])


@register.filter
def get(mapping: Any, key: Any) -> Any:
    """`mapping[key]`, or None."""
    return mapping.get(key) if mapping else None


@register.filter
def last_sheet(sheets: list[Timesheet | None]) -> Timesheet | None:
    """The newest of a row of weeks in which some are missing."""
    return next((sheet for sheet in reversed(sheets) if sheet), None)


@register.simple_tag
def icon(name: str) -> SafeString:
    """An icon of kis/web/icons.py; a word always stands beside it."""
    return icons.draw(name)


@register.simple_tag
def week_strip(
    week: Timesheet | Hours | Sequence[strip.StripDay], size: str = "mini", placement: Placement | None = None
) -> SafeString:
    """The strip of a timesheet's working copy, of hours, or of days; `placement` leaves blank what lies outside it."""
    return strip.draw(_days(week, placement), size, today=clock.today())


def _days(week: Timesheet | Hours | Sequence[strip.StripDay], placement: Placement | None) -> Sequence[strip.StripDay]:
    if not isinstance(week, (Timesheet, Hours)):
        return week
    written, disputed = (week.hours, week.disputed) if isinstance(week, Timesheet) else (week, ())
    first, last = (placement.start, placement.end) if placement else (None, None)
    return strip.days_of(written, disputed, first=first, last=last)


@register.simple_tag(takes_context=True)
def status_badge(context: template.Context, of: Timesheet | str, turn: str = "") -> SafeString:
    """Shape, word and colour of a timesheet's state, and whose turn it is: the reader's, or by name where `turn` gives
    one. On the page of components a state stands by itself."""
    kind = State(of.state if isinstance(of, Timesheet) else of)
    shape = mark_safe(_SHAPES[kind])  # noqa: S308 -- our own constant
    reader = getattr(context.get("request"), "actor", None)
    whose = words.with_whom(TURN[kind], reader.party if reader else None, turn)
    word = words.state(of) if isinstance(of, Timesheet) else words.STATES[kind]
    shown = {"state": kind.value, "shape": shape, "word": word, "turn": whose}
    return mark_safe(get_template("web/parts/badge.html").render(shown).strip())  # noqa: S308 -- escaped there


@register.inclusion_tag("web/parts/countdown.html")
def countdown(at: dt.datetime) -> dict[str, Any]:
    """`nog 3 uur`, behind a deadline; the last day it stands out, and afterwards it says so."""
    left = at - clock.now()
    kind = "past" if left.days < 0 else "close" if left.days == 0 else ""
    return {"left": formats.time_left(left), "kind": kind}


@register.inclusion_tag("web/parts/field.html")
def field(bound: Any, hint: str = "") -> dict[str, Any]:
    """A form's field with its label, hint and error beside it."""
    return {"field": bound, "hint": hint or bound.help_text}


register.simple_tag(pictures.picture, name="picture")


@register.inclusion_tag("web/parts/notices.html", takes_context=True)
def notices_of(context: template.Context, messages: Iterable[Message]) -> dict[str, Any]:
    """What there is to say after an act; some of it can be undone."""
    return {"notices": [notices.read(message) for message in messages], "csrf_token": context.get("csrf_token")}
