"""The week strip: seven days as seven small bars on one baseline. The same picture on every page.

Server-made SVG with classes and presentation attributes only, so that a strict content security policy holds.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Collection, Sequence

from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from kis.core.minutes import duration_text
from kis.timesheets.hours import Hours

FULL_DAY = 600  # minutes that fill the height; a longer day fills it too


@dataclasses.dataclass(frozen=True, slots=True)
class StripDay:
    """One day: minutes worked and the part of them at night; `not_worked` when the worker said so."""

    date: dt.date
    minutes: int = 0
    night: int = 0
    not_worked: bool = False
    disputed: bool = False


@dataclasses.dataclass(frozen=True, slots=True)
class _Size:
    width: int
    height: int
    bar: int
    letters: bool


SIZES = {"mini": _Size(84, 22, 8, False), "normal": _Size(168, 60, 16, True), "large": _Size(336, 110, 30, True)}


def days_of(hours: Hours, disputed: Collection[str] = ()) -> list[StripDay]:
    """The seven days of a written week; `disputed` has ISO dates."""
    return [
        StripDay(date, day.worked(date), min(day.night, day.worked(date)), day.not_worked, date.isoformat() in disputed)
        for date, day in hours.dated()
    ]


def draw(days: Sequence[StripDay], size: str = "mini", today: dt.date | None = None) -> SafeString:
    """The strip as SVG. Its words are its text alternative: "ma 8:00, di 7:30 ..."."""
    shape = SIZES[size]
    base = shape.height - (14 if shape.letters else 3)
    step = shape.width / 7
    bars = [_bar(day, shape, base, step * n + (step - shape.bar) / 2, today) for n, day in enumerate(days)]
    return format_html(
        '<svg class="strip strip-{}" viewBox="0 0 {} {}" width="{}" height="{}" role="img" aria-label="{}">'
        '{}<line class="base" x1="0" x2="{}" y1="{}" y2="{}"/></svg>',
        size, shape.width, shape.height, shape.width, shape.height, words(days),
        format_html_join("", "{}", ((bar,) for bar in bars)), shape.width, base, base,
    )  # fmt: skip


def words(days: Sequence[StripDay]) -> str:
    """The strip read aloud."""
    return ", ".join(f"{date_format(day.date, 'D')} {_word(day)}" for day in days)


def _word(day: StripDay) -> str:
    text = duration_text(day.minutes) if day.minutes else (_("not worked") if day.not_worked else "–")
    return f"{text} ({_('disputed')})" if day.disputed else text


def _bar(day: StripDay, shape: _Size, base: int, x: float, today: dt.date | None) -> SafeString:
    parts = [_rect("slot", x, 1, shape.bar, base - 1)]
    if day.minutes:
        height = max(2.0, min(1.0, day.minutes / FULL_DAY) * (base - 1))
        night = height * day.night / day.minutes
        parts.append(_rect("bar", x, base - height, shape.bar, height - night))
        if night:
            parts.append(_rect("bar night", x, base - night, shape.bar, night))
    elif day.not_worked:
        middle = base / 2
        parts.append(
            format_html(
                '<line class="off" x1="{}" x2="{}" y1="{}" y2="{}"/>',
                _short(x + shape.bar * 0.2), _short(x + shape.bar * 0.8), _short(middle), _short(middle),
            )  # fmt: skip
        )
    if day.disputed:
        parts.append(_rect("disputed", x - 1.5, 0.5, shape.bar + 3, base))
    if shape.letters:
        parts.append(_letter(day, shape, x, today))
    return format_html_join("", "{}", ((part,) for part in parts))


def _letter(day: StripDay, shape: _Size, x: float, today: dt.date | None) -> SafeString:
    letters = date_format(day.date, "D").lower()[:2]
    marked = "today" if day.date == today else ""
    return format_html(
        '<text class="{}" x="{}" y="{}">{}</text>', marked, _short(x + shape.bar / 2), shape.height - 3, letters
    )


def _rect(kind: str, x: float, y: float, width: float, height: float) -> SafeString:
    return format_html(
        '<rect class="{}" x="{}" y="{}" width="{}" height="{}" rx="1.5"/>',
        kind, _short(x), _short(y), _short(width), _short(height),
    )  # fmt: skip


def _short(number: float) -> str:
    return f"{number:.1f}".removesuffix(".0")
