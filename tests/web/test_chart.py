"""The chart of weeks."""

import xml.etree.ElementTree as ET

from kis.core.weeks import Week
from kis.web import chart

SVG = "{http://www.w3.org/2000/svg}"
WEEK = Week(2026, 40)


def bars(*minutes: int) -> list[ET.Element]:
    weeks = [chart.WeekBar(WEEK + n, each) for n, each in enumerate(minutes)]
    return [*ET.fromstring(chart.draw(weeks, "Uren per week")).iter(f"{SVG}rect")]


def test_hours_are_height():
    full, half, none = bars(2400, 1200, 0)
    assert float(full.attrib["height"]) == 2 * float(half.attrib["height"])
    assert none.attrib["height"] == "0"


def test_a_long_week_stretches_the_scale_and_stays_inside():
    assert all(float(bar.attrib["y"]) >= chart.TOP for bar in bars(168 * 60, 2400))


def test_a_week_not_decided_yet_is_an_outline():
    svg = ET.fromstring(chart.draw([chart.WeekBar(WEEK, 2400, open=True)], "Uren"))
    assert [bar.attrib["class"] for bar in svg.iter(f"{SVG}rect")] == ["open"]


def test_each_bar_says_its_week_and_hours():
    svg = ET.fromstring(chart.draw([chart.WeekBar(WEEK, 2430)], "Uren"))
    assert svg.attrib["aria-label"] == "Uren"
    assert [title.text for title in svg.iter(f"{SVG}title")] == ["week 40: 40:30"]


def test_a_chart_of_few_weeks_says_so_because_its_letters_are_large_already():
    few, many = ([chart.WeekBar(WEEK + n, 60) for n in range(count)] for count in (13, 14))
    assert ET.fromstring(chart.draw(few, "Uren")).attrib["class"] == "chart few"
    assert ET.fromstring(chart.draw(many, "Uren")).attrib["class"] == "chart"


def test_of_more_than_half_a_year_every_second_week_has_its_number():
    svg = ET.fromstring(chart.draw([chart.WeekBar(WEEK + n, 60) for n in range(31)], "Uren"))
    numbers = [group.findtext(f"{SVG}text") or "" for group in svg.iter(f"{SVG}g")]
    assert numbers[:4] == ["40", "", "42", ""]


def test_without_any_week_there_is_still_a_scale():
    svg = ET.fromstring(chart.draw([], "Uren"))
    assert [text.text for text in svg.iter(f"{SVG}text")] == ["0", "20", "40"]


def test_on_a_phone_only_every_fourth_week_shows_its_number():
    svg = ET.fromstring(chart.draw([chart.WeekBar(WEEK + n, 60) for n in range(9)], "Uren"))
    numbers = [group.find(f"{SVG}text") for group in svg.iter(f"{SVG}g")]
    assert [n for n, text in enumerate(numbers) if text is not None and "seldom" not in text.attrib["class"]] == [
        0,
        4,
        8,
    ]
