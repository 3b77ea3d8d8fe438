"""The week strip: seven days as seven small bars on one baseline. The same picture on every page, in a PDF, on paper.

SVG made of classes and presentation attributes only, so that a strict content security policy holds. The attributes
carry the colours of paper; on a page the stylesheet's win, light or dark.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import enum
import functools
from collections.abc import Collection, Iterator, Sequence

from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kis.core import clock
from kis.core.minutes import duration_text
from kis.timesheets.hours import Hours
from kis.web.formats import day as day_text

DAYS_KEPT = 2048  # drawn before: in a list of a week most days look like one of another worker
FULL_DAY = 12 * 60  # minutes that fill the height, so that weeks compare; a longer day stretches its own week


class Mark(enum.StrEnum):
    """What a day is, where that is not simply its hours."""

    NONE = ""
    NOT_WORKED = "not_worked"  # the worker said so
    DISPUTED = "disputed"  # the client's refusal points at it
    OUTSIDE = "outside"  # the job does not cover it


@dataclasses.dataclass(frozen=True, slots=True)
class StripDay:
    """One day in minutes; `night` is part of `minutes`, `rest` (breaks) is not."""

    date: dt.date
    minutes: int = 0
    night: int = 0
    rest: int = 0
    mark: Mark = Mark.NONE


@dataclasses.dataclass(frozen=True, slots=True)
class _Size:
    step: int  # from one bar to the next
    bar: int
    top: int  # room above the bars
    height: int  # of the bars
    below: int  # room under the baseline
    names: int = 0  # font size of the day's name; 0 for none
    figures: int = 0  # font size of the hours above a bar


SIZES = {
    "mini": _Size(step=12, bar=8, top=3, height=20, below=4),
    "normal": _Size(step=28, bar=18, top=6, height=52, below=18, names=11),
    "large": _Size(step=52, bar=32, top=22, height=104, below=24, names=14, figures=13),
}

# The colours of paper, for where no stylesheet reaches.
_DAY, _NIGHT, _REST, _RED, _RED_SOFT, _GREY, _INK, _TURN = (
    "#5580c8", "#0f2a55", "#b9cdee", "#b3261e", "#fdeeec", "#8a8680", "#1f2330", "#eeb04c",
)  # fmt: skip


def days_of(
    hours: Hours, disputed: Collection[str] = (), *, first: dt.date | None = None, last: dt.date | None = None
) -> list[StripDay]:
    """The seven days of a written week; `disputed` has ISO dates, `first` and `last` are the job's own."""
    return [
        StripDay(date, worked := day.worked(date), min(day.night, worked), day.pause, mark)
        for date, day in hours.dated()
        for mark in [_mark(date, day.not_worked, disputed, first, last)]
    ]


def _mark(
    date: dt.date, not_worked: bool, disputed: Collection[str], first: dt.date | None, last: dt.date | None
) -> Mark:
    if date.isoformat() in disputed:
        return Mark.DISPUTED
    if not_worked:
        return Mark.NOT_WORKED
    outside = (first is not None and date < first) or (last is not None and date > last)
    return Mark.OUTSIDE if outside else Mark.NONE


def words(days: Sequence[StripDay]) -> str:
    """The strip read aloud: `ma 8:00, di 7:30, ... totaal 38:00`."""
    language = get_language()
    parts = [_said(day, language) for day in days if day.mark != Mark.OUTSIDE]
    total = _("total %(hours)s") % {"hours": duration_text(sum(day.minutes for day in days))}
    return ", ".join([*parts, total])


@functools.lru_cache(maxsize=DAYS_KEPT)
def _said(day: StripDay, _language: str | None) -> str:
    return f"{date_format(day.date, 'D').lower()} {_word(day)}"


def _word(day: StripDay) -> str:
    text = duration_text(day.minutes) if day.minutes else _("not worked") if day.mark == Mark.NOT_WORKED else "–"
    return _("%(hours)s, refused") % {"hours": text} if day.mark == Mark.DISPUTED else text


def draw(days: Sequence[StripDay], size: str = "mini", today: dt.date | None = None) -> SafeString:
    """The strip as SVG: "mini" for a row, "normal" for a card, "large" for the week's own page."""
    shape = SIZES[size]
    width, height = shape.step * len(days), shape.top + shape.height + shape.below
    most = max([FULL_DAY] + [day.minutes + day.rest for day in days])
    reader = get_language(), clock.today().year
    drawn = [_drawn(_Day(shape, n, day, most, day.date == today), *reader) for n, day in enumerate(days)]
    return format_html(
        '<svg xmlns="http://www.w3.org/2000/svg" class="strip strip-{}" viewBox="0 0 {} {}" width="{}" height="{}" '
        'role="img" aria-label="{}">{}</svg>',
        size, width, height, width, height, words(days),
        mark_safe("".join(drawn)),  # noqa: S308 -- each of them safe
    )  # fmt: skip


@functools.lru_cache(maxsize=DAYS_KEPT)
def _drawn(day: _Day, _language: str | None, _year: int) -> SafeString:
    """A day's drawing; its words follow the reader's language, and the year that is left out."""
    return day.drawn()


@dataclasses.dataclass(frozen=True, slots=True)
class _Day:
    """One day at its place in the drawing."""

    shape: _Size
    place: int
    day: StripDay
    most: int
    is_today: bool

    @property
    def left(self) -> float:
        return self.shape.step * self.place + (self.shape.step - self.shape.bar) / 2

    @property
    def base(self) -> int:
        return self.shape.top + self.shape.height

    def drawn(self) -> SafeString:
        parts = [*self._under(), *self._bar(), *self._texts()]
        return format_html(
            "<g><title>{}: {}</title>{}</g>",
            day_text(self.day.date), _word(self.day), format_html_join("", "{}", ((part,) for part in parts)),
        )  # fmt: skip

    def _tall(self, minutes: int) -> float:
        return self.shape.height * minutes / self.most

    def _under(self) -> Iterator[SafeString]:
        """The baseline, which a day outside the job does not have, and the mark of today."""
        if self.day.mark != Mark.OUTSIDE:
            x = self.shape.step * self.place
            yield format_html(
                '<path class="base" stroke="{}" d="M{} {}.5h{}"/>', _GREY, x + 1, self.base, self.shape.step - 2
            )
        if self.is_today:
            yield self._rect("now", _TURN, self.base + 1.5, 2.5)

    def _bar(self) -> Iterator[SafeString]:
        day, disputed = self.day, self.day.mark == Mark.DISPUTED
        if day.minutes:
            tall, night = max(2.0, self._tall(day.minutes)), self._tall(day.night)
            rest = max(1.5, self._tall(day.rest)) if day.rest else 0
            if rest:
                yield self._rect("rest", _REST, self.base - tall - rest, rest)
            yield self._rect("refused" if disputed else "day", _RED_SOFT if disputed else _DAY, self.base - tall, tall)
            if night and not disputed:
                yield self._rect("night", _NIGHT, self.base - night, night)
            yield from self._flag(self.base - tall - rest) if disputed else ()
        elif disputed:
            yield from self._flag(self.base - 2)
        elif day.mark == Mark.NOT_WORKED:
            yield self._rect("off", _GREY, self.base - 2, 2)
        elif day.mark == Mark.NONE:
            middle, radius = self.left + self.shape.bar / 2, self.shape.bar // 8 + 0.5
            yield format_html(
                '<circle class="blank" fill="none" stroke="{}" cx="{}" cy="{}" r="{}"/>',
                _GREY, _short(middle), _short(self.base - radius - 2.5), radius,
            )  # fmt: skip

    def _flag(self, above: float) -> Iterator[SafeString]:
        """A small pennant over a day that was refused: a shape, not only a colour."""
        half = 3 if self.shape.bar < 12 else 5
        x, y = self.left + self.shape.bar / 2, max(float(half), above - 1.5)
        yield format_html(
            '<path class="flag" fill="{}" d="M{} {}l{} -{}h-{}z"/>', _RED, _short(x), _short(y), half, half, half * 2
        )

    def _texts(self) -> Iterator[SafeString]:
        shape, day = self.shape, self.day
        x = _short(self.left + shape.bar / 2)
        if shape.figures and day.minutes:
            tall = self._tall(day.minutes + day.rest)
            lift = 13 if day.mark == Mark.DISPUTED else 6
            yield _text("figure", x, _short(self.base - tall - lift), shape.figures, duration_text(day.minutes))
        if shape.names:
            kind = "name today" if self.is_today else "name"
            yield _text(kind, x, str(self.base + shape.below - 3), shape.names, date_format(day.date, "D").lower()[:2])

    def _rect(self, kind: str, fill: str, y: float, height: float) -> SafeString:
        return format_html(
            '<rect class="{}" fill="{}" x="{}" y="{}" width="{}" height="{}" rx="1"/>',
            kind, fill, _short(self.left), _short(y), self.shape.bar, _short(height),
        )  # fmt: skip


def _text(kind: str, x: str, y: str, size: int, text: str) -> SafeString:
    return format_html(
        '<text class="{}" fill="{}" x="{}" y="{}" font-size="{}" text-anchor="middle">{}</text>',
        kind, _INK, x, y, size, text,
    )  # fmt: skip


def _short(number: float) -> str:
    return f"{number:.1f}".removesuffix(".0")
