"""Colours of the stylesheets as a screen shows them: OKLCH to linear sRGB, and WCAG's contrast of two."""

import math
import re

from tests.house.source import ROOT

_CSS = ROOT / "kis/web/static/web/css"
_COLOUR = re.compile(r"oklch\(([\d.]+) ([\d.]+) (.+)\)")
_HUE = re.compile(r"calc\(var\(--accent-h\) \+ (\d+)\)")

Rgb = tuple[float, float, float]


def source(name: str) -> str:
    """The text of a stylesheet, without its comments."""
    return re.sub(r"/\*.*?\*/", "", (_CSS / name).read_text(encoding="utf-8"), flags=re.DOTALL)


def tokens(scheme: str) -> dict[str, str]:
    """The custom properties by day, or by night; shadows, which nothing is read on, left out."""
    text = source("tokens.css") + (source("dark.css") if scheme == "night" else "")
    found = dict(re.findall(r"--([a-z-]+):\s*([^;]+);", text))
    return {name: value for name, value in found.items() if not name.startswith("shadow")}


def default_hue() -> int:
    return int(tokens("day")["accent-h"])


def colour(value: str, hue: int) -> Rgb:
    """An `oklch(...)` of the stylesheets in linear sRGB, cut off where a screen cannot show it."""
    found = _COLOUR.fullmatch(value)
    assert found, value
    return _linear(float(found[1]), float(found[2]), _degrees(found[3], hue))


def _degrees(text: str, hue: int) -> float:
    if shifted := _HUE.fullmatch(text):
        return hue + int(shifted[1])
    return hue if text == "var(--accent-h)" else float(text)


def _linear(lightness: float, chroma: float, degrees: float) -> Rgb:
    """By the definition of OKLab (Ottosson, 2020), as CSS Color 4 has it."""
    a, b = chroma * math.cos(math.radians(degrees)), chroma * math.sin(math.radians(degrees))
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        _shown(4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short),
        _shown(-1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short),
        _shown(-0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short),
    )


def _shown(value: float) -> float:
    return min(1.0, max(0.0, value))


def contrast(one: Rgb, other: Rgb) -> float:
    """WCAG 2.2's contrast ratio."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(rgb: Rgb) -> float:
    red, green, blue = rgb
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
