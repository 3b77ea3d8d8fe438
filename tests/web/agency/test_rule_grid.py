import xml.etree.ElementTree as ET

import pytest

from kis.payroll.rules import templates
from kis.payroll.rules.model import DAYS
from kis.web.agency import rule_grid

SVG = "{http://www.w3.org/2000/svg}"


@pytest.mark.parametrize("name", templates.names())
def test_every_band_stands_on_each_of_its_days(name: str) -> None:
    rules = templates.load(name)
    drawing = ET.fromstring(rule_grid.draw(rules, "De week"))
    titles = [title.text for title in drawing.iter(f"{SVG}title")]
    assert len(titles) == sum(len(band.days) for band in rules.bands)
    assert len([text for text in drawing.iter(f"{SVG}text") if text.attrib.get("class") == "day"]) == len(DAYS)


def test_a_band_is_as_wide_as_it_lasts_and_bears_its_figure() -> None:
    drawing = ET.fromstring(rule_grid.draw(templates.load("STANDARD-1"), "De week"))
    widths = {rect.attrib["class"]: int(rect.attrib["width"]) for rect in drawing.iter(f"{SVG}rect")}
    assert widths["s4"] == widths["s0"] == 24 * rule_grid.HOUR
    figures = {text.text for text in drawing.iter(f"{SVG}text") if text.attrib.get("class") == "figure"}
    assert figures == {"+50", "+30", "+100"}


@pytest.mark.parametrize(("surcharge", "shade"), [(0, 0), (0.5, 1), (25, 1), (26, 2), (50, 2), (75, 3), (100, 4)])
def test_shades_rise_with_the_surcharge(surcharge: float, shade: int) -> None:
    assert rule_grid.shade(surcharge) == shade
