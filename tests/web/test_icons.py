"""The icons."""

import xml.etree.ElementTree as ET

import pytest

from kis.web import icons


@pytest.mark.parametrize("name", icons.NAMES)
def test_an_icon_is_a_whole_drawing_that_says_nothing(name: str):
    svg = ET.fromstring(icons.draw(name))
    assert len(svg) > 0
    assert svg.attrib["aria-hidden"] == "true"


def test_an_icon_that_is_not_there_is_noticed():
    with pytest.raises(KeyError):
        icons.draw("unicorn")
