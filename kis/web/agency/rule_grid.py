"""The week of a rule set as a picture: a row for each day and one for holidays, 24 hours wide, surcharges as shades.

Server-made SVG of classes and attributes only; every band bears its figure, so that no colour has to be told apart.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from kis.payroll.labels import label_words
from kis.payroll.rules.fields import time_text
from kis.payroll.rules.model import DAYS, Band, RuleSet
from kis.web.agency.rule_words import DAY_WORDS
from kis.web.formats import plain

HOUR, ROW, LEFT, TOP = 26, 28, 76, 20
_NARROW = 75  # minutes; a figure does not fit into less
_SHADES = (0, 25, 50, 75)  # surcharges up to which a shade goes


def draw(rules: RuleSet, label: str) -> SafeString:
    """The picture; `label` says what it shows."""
    width, height = LEFT + 24 * HOUR + 10, TOP + len(DAYS) * ROW + 2
    return format_html(
        '<svg xmlns="http://www.w3.org/2000/svg" class="rule-grid" viewBox="0 0 {} {}" role="img" aria-label="{}">'
        "{}{}</svg>",
        width, height, label, _hours(), format_html_join("", "{}", ((_row(rules, n),) for n in range(len(DAYS)))),
    )  # fmt: skip


def _hours() -> SafeString:
    return format_html_join(
        "",
        '<text x="{}" y="13" font-size="12" text-anchor="middle">{}</text>',
        ((LEFT + hour * HOUR, hour) for hour in range(0, 25, 3)),
    )


def _row(rules: RuleSet, n: int) -> SafeString:
    day, y = DAYS[n], TOP + n * ROW
    return format_html(
        '<g><text class="day" x="0" y="{}" font-size="13">{}</text>'
        '<rect class="s0" x="{}" y="{}" width="{}" height="{}"/>{}</g>',
        y + 18, DAY_WORDS[day], LEFT, y, 24 * HOUR, ROW - 3,
        format_html_join("", "{}", ((_band(band, y),) for band in _of(rules, day))),
    )  # fmt: skip


def _of(rules: RuleSet, day: str) -> Iterator[Band]:
    yield from (band for band in rules.bands if day in band.days)


def _band(band: Band, y: int) -> SafeString:
    x, width = LEFT + band.start * HOUR // 60, (band.end - band.start) * HOUR // 60
    figure = f"+{plain(band.surcharge)}" if band.end - band.start >= _NARROW else ""
    return format_html(
        '<g><title>{}, {}\u2013{}: +{} %</title><rect class="s{}" x="{}" y="{}" width="{}" height="{}"/>'
        '<text class="figure" x="{}" y="{}" font-size="12" text-anchor="middle">{}</text></g>',
        label_words(band.label), time_text(band.start), time_text(band.end), plain(band.surcharge),
        shade(float(band.surcharge)), x, y, width, ROW - 3, x + width // 2, y + 17, figure,
    )  # fmt: skip


def shade(surcharge: float) -> int:
    """Which of the five shades a surcharge has: 0 for none."""
    return sum(surcharge > limit for limit in _SHADES)
