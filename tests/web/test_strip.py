"""The week strip: what can be read from it, and that nothing of it needs a style or a script."""

import datetime as dt
import xml.etree.ElementTree as ET

import pytest
from django.utils import translation

from kis.core.weeks import Week
from kis.timesheets.hours import Break, Day, Hours, Shift
from kis.web import strip
from kis.web.strip import Mark, StripDay

WEEK = Week(2026, 48)
SVG = "{http://www.w3.org/2000/svg}"
SIZES = list(strip.SIZES)


@pytest.fixture(autouse=True)
def _in_dutch():
    with translation.override("nl"):
        yield


def days(*minutes: int, **values: int | Mark) -> list[StripDay]:
    """Seven days with these minutes; `values` are Monday's."""
    padded = (*minutes, *(0,) * (7 - len(minutes)))
    monday, *rest = (StripDay(date, worked) for date, worked in zip(WEEK.days, padded, strict=True))
    return [StripDay(monday.date, monday.minutes, **values), *rest]


def drawn(week: list[StripDay], size: str = "normal", today: dt.date | None = None) -> ET.Element:
    return ET.fromstring(strip.draw(week, size, today))


def of_kind(svg: ET.Element, kind: str) -> list[ET.Element]:
    return [element for element in svg.iter() if kind in element.get("class", "").split()]


def test_seven_days_stand_side_by_side_on_one_baseline():
    svg = drawn(days(480, 480, 480, 480, 480, 480, 480))
    bars = of_kind(svg, "day")
    feet = {float(bar.attrib["y"]) + float(bar.attrib["height"]) for bar in bars}
    assert len(bars) == len(of_kind(svg, "base")) == 7
    assert len(feet) == 1


@pytest.mark.parametrize("size", SIZES)
def test_hours_are_height_on_the_same_scale_in_every_week(size: str):
    (full,) = of_kind(drawn(days(480), size), "day")
    (half,) = of_kind(drawn(days(240), size), "day")
    assert float(full.attrib["height"]) == pytest.approx(2 * float(half.attrib["height"]), abs=0.2)


@pytest.mark.parametrize("size", SIZES)
def test_a_day_of_24_hours_stays_within_the_picture(size: str):
    svg = drawn(days(1440, rest=60), size)
    assert all(float(element.attrib["y"]) >= 0 for element in svg.iter(f"{SVG}rect"))


@pytest.mark.parametrize("size", SIZES)
def test_the_night_stands_within_the_bar_and_the_break_on_top(size: str):
    svg = drawn(days(480, night=240, rest=60), size)
    (bar,), (night,), (rest,) = (of_kind(svg, kind) for kind in ("day", "night", "rest"))
    assert float(night.attrib["height"]) == pytest.approx(float(bar.attrib["height"]) / 2, abs=0.1)
    assert float(rest.attrib["y"]) + float(rest.attrib["height"]) == pytest.approx(float(bar.attrib["y"]), abs=0.1)


def test_nothing_written_not_worked_and_outside_the_job_look_different():
    kinds = ("blank", "off", "base")
    looks = [
        tuple(len(of_kind(drawn(days(mark=mark)), kind)) for kind in kinds)
        for mark in (Mark.NONE, Mark.NOT_WORKED, Mark.OUTSIDE)
    ]
    assert looks == [(7, 0, 7), (6, 1, 7), (6, 0, 6)]


@pytest.mark.parametrize("minutes", [480, 0])
def test_a_refused_day_has_a_flag_and_not_only_a_colour(minutes: int):
    svg = drawn(days(minutes, mark=Mark.DISPUTED))
    assert len(of_kind(svg, "flag")) == 1


def test_today_is_marked():
    assert len(of_kind(drawn(days(480), "mini", today=WEEK.days[2]), "now")) == 1
    assert of_kind(drawn(days(480), "mini", today=WEEK.sunday + dt.timedelta(days=1)), "now") == []


def test_the_larger_the_strip_the_more_words():
    assert [text.text for text in drawn(days(480), "mini").iter(f"{SVG}text")] == []
    names = [text.text for text in drawn(days(480), "normal").iter(f"{SVG}text")]
    assert names == ["ma", "di", "wo", "do", "vr", "za", "zo"]
    assert "8:00" in [text.text for text in drawn(days(480), "large").iter(f"{SVG}text")]


def test_who_does_not_see_it_hears_every_day_and_the_total():
    week = days(480, 450, 0, mark=Mark.DISPUTED)
    week[2] = StripDay(WEEK.days[2], mark=Mark.NOT_WORKED)
    week[6] = StripDay(WEEK.days[6], mark=Mark.OUTSIDE)
    assert strip.words(week) == "ma 8:00, geweigerd, di 7:30, wo niet gewerkt, do –, vr –, za –, totaal 15:30"
    assert drawn(week).attrib["aria-label"] == strip.words(week)


@pytest.mark.parametrize("size", SIZES)
def test_it_carries_the_colours_of_paper_and_no_style(size: str):
    svg = drawn(days(480, night=60, rest=30), size, today=WEEK.monday)
    assert all(element.get("fill") for element in svg.iter() if element.tag in {f"{SVG}rect", f"{SVG}text"})
    assert not any("style" in element.attrib or element.tag == f"{SVG}style" for element in svg.iter())


def test_the_days_of_written_hours():
    shift = Shift(20 * 60, 24 * 60 + 30, (Break(30),))
    hours = Hours(WEEK, (Day((shift,)), Day(not_worked=True), *(Day(),) * 5))
    found = strip.days_of(hours, [WEEK.days[2].isoformat()], last=WEEK.days[4])
    assert found[0] == StripDay(WEEK.monday, 240, night=150, rest=30)
    assert [day.mark for day in found[1:]] == [
        Mark.NOT_WORKED, Mark.DISPUTED, Mark.NONE, Mark.NONE, Mark.OUTSIDE, Mark.OUTSIDE,
    ]  # fmt: skip


def test_a_night_is_never_longer_than_the_day_it_is_part_of():
    shift = Shift(22 * 60, 30 * 60, (Break(120),))
    (monday, *_) = strip.days_of(Hours(WEEK, (Day((shift,)), *(Day(),) * 6)))
    assert monday.night == monday.minutes == 360


def test_the_same_week_is_drawn_again_in_the_words_of_each_reader(freeze):
    freeze("2026-11-30 12:00")
    dutch = strip.draw(days(480))
    with translation.override("en"):
        english = strip.draw(days(480))
    assert ("ma 23 nov: 8:00" in dutch, "Mon 23 Nov: 8:00" in english) == (True, True)
    assert ("totaal 8:00" in dutch, "total 8:00" in english) == (True, True)
    assert strip.draw(days(480)) == dutch


def test_the_same_week_tells_its_year_once_that_is_over(freeze):
    freeze("2026-11-30 12:00")
    assert "23 nov 2026" not in strip.draw(days(480))
    freeze("2027-01-04 12:00")
    assert "23 nov 2026" in strip.draw(days(480))


def test_today_is_marked_on_one_day_and_gone_the_next():
    first, second = (drawn(days(480), today=WEEK.days[n]) for n in (0, 1))
    places = [of_kind(svg, "now")[0].attrib["x"] for svg in (first, second)]
    assert len(set(places)) == 2
    assert of_kind(drawn(days(480)), "now") == []


def test_a_day_that_was_drawn_for_another_worker_is_not_drawn_again(monkeypatch: pytest.MonkeyPatch):
    strip.draw(days(437))
    monkeypatch.setattr(strip, "format_html", lambda template, *_: pytest.fail(template) if "<g>" in template else "")
    strip.draw(days(437))
