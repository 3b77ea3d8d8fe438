"""The week strip of the mails."""

from django.template.loader import render_to_string

from kis.core.weeks import Week
from kis.timesheets import mail_strip
from kis.timesheets.hours import Day, Hours, Shift

WEEK = Week(2026, 48)


def written(*shifts: Shift) -> Hours:
    days = [Day((shift,)) for shift in shifts]
    return Hours(WEEK, (*days, *(Day(),) * (7 - len(days))))


def test_hours_are_height_and_twelve_of_them_fill_it():
    twelve, six, none = mail_strip.bars(written(Shift(480, 1200), Shift(480, 840)))[:3]
    assert (twelve.day, six.day, none.day) == (mail_strip.HEIGHT, mail_strip.HEIGHT // 2, 0)
    assert none.empty == mail_strip.HEIGHT


def test_a_longer_day_does_not_grow_out_of_the_picture():
    (long, *_) = mail_strip.bars(written(Shift(0, 1439)))
    assert long.empty == 0


def test_a_short_day_can_still_be_seen():
    (short, *_) = mail_strip.bars(written(Shift(480, 485)))
    assert short.day > 0


def test_the_night_is_part_of_the_bar():
    (night, half, *_) = mail_strip.bars(written(Shift(22 * 60, 30 * 60), Shift(18 * 60, 26 * 60)))
    assert (night.day, night.night) == (0, 16)
    assert (half.day, half.night) == (8, 8)


def test_a_day_the_refusal_is_about_is_drawn_in_red():
    week = written(Shift(480, 960), Shift(480, 960))
    html = render_to_string("post/strip.html", {"bars": mail_strip.bars(week, [WEEK.monday.isoformat()])})
    assert html.count("#b3261e") == 1
    assert html.count("#5580c8") == 1
