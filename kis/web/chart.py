"""Hours per week as a bar chart: server-made SVG, always with a table of the same figures beside it."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from kis.core.minutes import duration_text
from kis.core.weeks import Week
from kis.web.formats import week_label

HEIGHT, BASE, TOP, LEFT = 168, 144, 8, 34
STEP, BAR, FONT = 28, 18, 12
_MARK = 20 * 60  # a line across for every so many minutes
_FEW = 13  # the chart is no narrower than so many weeks, and its letters need not grow on a phone
_SELDOM = 4  # on a phone only every so many weeks bear their number


@dataclasses.dataclass(frozen=True, slots=True)
class WeekBar:
    """One week; `open` is drawn as an outline: not decided yet."""

    week: Week
    minutes: int
    open: bool = False


def draw(bars: Sequence[WeekBar], label: str) -> SafeString:
    """The chart, oldest week left. `label` says what it shows."""
    most = max([bar.minutes for bar in bars] + [40 * 60])
    width = LEFT + STEP * max(len(bars), _FEW)
    every = 1 if len(bars) <= 30 else 2
    return format_html(
        '<svg xmlns="http://www.w3.org/2000/svg" class="{}" viewBox="0 0 {} {}" role="img" '
        'preserveAspectRatio="xMinYMid" aria-label="{}">'
        "{}{}</svg>",
        "chart few" if len(bars) <= _FEW else "chart", width, HEIGHT, label, _lines(most, width),
        format_html_join(
            "",
            "{}",
            ((_bar(n, bar, most, named=n % every == 0, often=n % _SELDOM == 0),) for n, bar in enumerate(bars)),
        ),
    )  # fmt: skip


def _lines(most: int, width: int) -> SafeString:
    return format_html_join(
        "",
        '<path class="{}" stroke="#bbb" d="M{} {}H{}"/><text x="{}" y="{}" font-size="{}" text-anchor="end">{}</text>',
        (
            ("grid" if minutes else "base", LEFT, y, width, LEFT - 8, y + 4, FONT, minutes // 60)
            for minutes in range(0, most + 1, _MARK)
            for y in [_y(minutes, most)]
        ),
    )


def _bar(n: int, bar: WeekBar, most: int, *, named: bool, often: bool) -> SafeString:
    x, y = LEFT + n * STEP + (STEP - BAR) // 2, _y(bar.minutes, most)
    return format_html(
        '<g><title>{}: {}</title><rect class="{}" fill="{}" x="{}" y="{}" width="{}" height="{}" rx="1"/>'
        '<text class="{}" x="{}" y="{}" font-size="{}" text-anchor="middle">{}</text></g>',
        week_label(bar.week), duration_text(bar.minutes), "open" if bar.open else "day",
        "#dde6f6" if bar.open else "#5580c8", x, y, BAR, BASE - y,
        "name" if often else "name seldom", x + BAR // 2, HEIGHT - 6, FONT, bar.week.number if named else "",
    )  # fmt: skip


def _y(minutes: int, most: int) -> int:
    return BASE - round((BASE - TOP) * minutes / most)
