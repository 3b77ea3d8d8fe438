"""Every pair of colours that meets on a page holds WCAG 2.2 AA: by day, by night, in every hue of an agency."""

import re

import pytest

from tests.web import oklch

# What is read: 4.5 to 1.
_TEXT = [
    *((ink, back) for ink in ("ink", "ink-soft") for back in ("paper", "card", "sunken", "rail")),
    *(
        (ink, back)
        for ink in ("accent", "accent-strong")
        for back in ("paper", "card", "sunken", "rail", "accent-soft")
    ),
    *((ink, back) for ink in ("warn", "danger", "good") for back in ("paper", "card", "sunken", f"{ink}-soft")),
    *(("ink", back) for back in ("accent-soft", "warn-soft", "danger-soft", "good-soft")),
    ("on-accent", "accent"),
    ("on-accent", "accent-strong"),
    ("on-turn", "turn"),
]
# What is seen: edges of inputs, the focus, the bars of a week: 3 to 1.
_SHAPES = [
    *(("line-strong", back) for back in ("paper", "card", "rail")),
    *(("focus", back) for back in ("paper", "card", "sunken", "rail")),
    *((bar, "card") for bar in ("day", "night")),
    ("danger", "danger-soft"),
]
_PAIRS = [*((*pair, 4.5) for pair in _TEXT), *((*pair, 3.0) for pair in _SHAPES)]
_HUES = range(0, 360, 5)


@pytest.mark.parametrize("scheme", ["day", "night"])
@pytest.mark.parametrize(("front", "back", "least"), _PAIRS)
def test_a_pair_of_colours_can_be_told_apart(scheme: str, front: str, back: str, least: float):
    tokens = oklch.tokens(scheme)
    for hue in (oklch.default_hue(), *_HUES):
        contrast = oklch.contrast(oklch.colour(tokens[front], hue), oklch.colour(tokens[back], hue))
        assert contrast >= least, f"{front} on {back} at hue {hue}: {contrast:.2f}"


def test_by_night_every_colour_is_named_anew():
    by_night = set(re.findall(r"--([a-z-]+):", oklch.source("dark.css")))
    assert {name for name, value in oklch.tokens("day").items() if "oklch" in value} == by_night - {
        "shadow-1",
        "shadow-2",
    }


def test_the_measure_itself_is_right():
    """Of the definition in WCAG 2.2: black on white is 21 to 1; and of a colour known in both spaces."""
    black, white = oklch.colour("oklch(0 0 0)", 0), oklch.colour("oklch(1 0 0)", 0)
    assert oklch.contrast(black, white) == pytest.approx(21)
    red = oklch.colour("oklch(0.627955 0.257683 29.2339)", 0)
    assert red == pytest.approx((1, 0, 0), abs=1e-3)
