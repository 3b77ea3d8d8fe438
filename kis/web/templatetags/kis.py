"""Filters and small tags that every page uses: `{% load kis %}`."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import template
from django.template.loader import get_template
from django.utils.safestring import SafeString, mark_safe

from kis.core import clock
from kis.core.minutes import clock_text, duration_text
from kis.core.weeks import Week
from kis.staffing.parties import Party
from kis.timesheets.models import Step, Timesheet
from kis.timesheets.signals import Signal
from kis.timesheets.workflow import TURN, State
from kis.web import strip, words

register = template.Library()

# A status is a shape, a word and a colour; the shapes fill as the week goes on.
_SHAPES = {
    State.DRAFT: '<circle cx="8" cy="8" r="6" fill="none" stroke="currentColor" stroke-width="2" stroke-dasharray="3 2"/>',
    State.REFUSED: '<path d="M8 1 15 14H1Z" fill="currentColor"/>',
    State.SUBMITTED: '<circle cx="8" cy="8" r="6" fill="none" stroke="currentColor" stroke-width="2"/>'
    '<path d="M8 2a6 6 0 0 1 0 12Z" fill="currentColor"/>',
    State.ACCEPTED: '<circle cx="8" cy="8" r="7" fill="currentColor"/>',
    State.APPROVED: '<path d="m2 8 4 5 8-10" fill="none" stroke="currentColor" stroke-width="2.5"/>',
    State.PAID: '<rect x="1" y="1" width="14" height="14" rx="3" fill="none" stroke="currentColor" stroke-width="2"/>'
    '<path d="m4 8 3 3 5-6" fill="none" stroke="currentColor" stroke-width="2"/>',
}


@register.filter
def hours(minutes: int | None) -> str:
    """450 -> `7:30`."""
    return duration_text(minutes or 0)


@register.filter(name="clock")
def clock_(minute: int | None) -> str:
    """450 -> `07:30`."""
    return "" if minute is None else clock_text(minute)


@register.filter
def day(date: dt.date) -> str:
    """`ma 30 nov`."""
    return words.day(date)


@register.filter
def moment(at: dt.datetime) -> str:
    """`ma 30 nov 17.00 uur`, by the agency's clock."""
    return words.moment(clock.local(at))


@register.filter
def time_left(at: dt.datetime) -> str:
    """`nog 3 uur`; empty when it has passed."""
    return words.time_left(at - clock.now())


@register.filter
def euros(cents: int | None) -> str:
    """1250 -> `€ 12,50`."""
    cents = cents or 0
    return f"{'-' if cents < 0 else ''}€\u00a0{abs(cents) // 100},{abs(cents) % 100:02d}"


@register.filter
def state_word(state: str) -> str:
    return str(words.STATES[State(state)])


@register.filter
def signal_word(signal: Signal) -> str:
    return words.signal_words(signal)


@register.filter
def step_word(step: Step) -> str:
    return words.step_words(step)


@register.filter
def step_reason(step: Step) -> str:
    return words.step_reason(step)


@register.filter
def as_date(text: str) -> dt.date:
    """An ISO date in stored data as a date."""
    return dt.date.fromisoformat(text)


@register.filter
def get(mapping: Any, key: Any) -> Any:
    """`mapping[key]`, or None."""
    return mapping.get(key) if mapping else None


@register.simple_tag
def week_strip(sheet: Timesheet, size: str = "mini") -> SafeString:
    """The strip of a timesheet's week."""
    return strip.draw(strip.days_of(sheet.hours, sheet.disputed), size, today=clock.today())


@register.simple_tag
def status_badge(state: str) -> SafeString:
    """Shape, word and colour of a state; who has the turn is in the title."""
    kind = State(state)
    shape = mark_safe(_SHAPES[kind])  # noqa: S308 -- our own constant
    context = {"state": state, "shape": shape, "word": words.STATES[kind], "turn": _turn(kind)}
    return get_template("web/parts/badge.html").render(context)


def _turn(state: State) -> str:
    party: Party | None = TURN[state]
    return str(words.PARTIES[party]) if party else ""


@register.inclusion_tag("web/parts/field.html")
def field(bound: Any, hint: str = "", kind: str = "input") -> dict[str, Any]:
    """A form's field with its label, hint and error beside it."""
    return {"field": bound, "hint": hint or bound.help_text, "kind": kind}


@register.filter
def week(text: str) -> Week:
    return Week.parse(text)


@register.filter
def last_sheet(sheets: list[Timesheet | None]) -> Timesheet | None:
    """The newest of a row of weeks in which some are missing."""
    return next((sheet for sheet in reversed(sheets) if sheet), None)
