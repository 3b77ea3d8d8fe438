"""Hours per week as a bar chart: server-made SVG, always with a table of the same figures beside it."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from kis.core.minutes import duration_text
from kis.core.weeks import Week

HEIGHT, BASE, TOP, LEFT = 150, 128, 8, 30
STEP = 24


@dataclasses.dataclass(frozen=True, slots=True)
class WeekBar:
    """One week; `open` is drawn as an outline: not decided yet."""

    week: Week
    minutes: int
    open: bool = False


def draw(bars: Sequence[WeekBar], label: str) -> SafeString:
    """The chart, oldest week left. `label` says what it shows."""
    most = max([bar.minutes for bar in bars] + [40 * 60])
    width = LEFT + STEP * max(len(bars), 8)
    return format_html(
        '<svg class="chart" viewBox="0 0 {} {}" role="img" aria-label="{}">{}{}</svg>',
        width, HEIGHT, label, _lines(most, width),
        format_html_join("", "{}", ((_bar(n, bar, most),) for n, bar in enumerate(bars))),
    )  # fmt: skip


def _lines(most: int, width: int) -> SafeString:
    marks = [minutes for minutes in (0, 20 * 60, 40 * 60) if minutes <= most]
    return format_html_join(
        "", '<line x1="{}" x2="{}" y1="{}" y2="{}"/><text x="0" y="{}">{}</text>',
        ((LEFT, width, _y(m, most), _y(m, most), _y(m, most) + 3, m // 60) for m in marks),
    )  # fmt: skip


def _bar(n: int, bar: WeekBar, most: int) -> SafeString:
    x, y = LEFT + n * STEP + 4, _y(bar.minutes, most)
    return format_html(
        '<g><title>{} · {}</title><rect class="{}" x="{}" y="{}" width="{}" height="{}" rx="2"/>'
        '<text x="{}" y="{}">{}</text></g>',
        bar.week, duration_text(bar.minutes), "bar open" if bar.open else "bar", x, y, STEP - 8, BASE - y,
        x + 2, HEIGHT - 6, bar.week.number,
    )  # fmt: skip


def _y(minutes: int, most: int) -> int:
    return BASE - round((BASE - TOP) * minutes / most)
