"""Where the law leaves room, domain-rules section 13 says how it is read: one test for each of its readings."""

import datetime as dt

from kis.core.weeks import Week
from kis.timesheets.working_time import Option
from tests.timesheets.working_time.shifts import (
    ADULT,
    OF_16,
    agreed,
    between,
    findings,
    keys,
    nights,
    on,
    told,
    work,
)


def test_t1_the_fortnight_form_of_the_weekly_rest_is_off_unless_agreed() -> None:
    def fortnight(*options: Option) -> list[str]:
        terms = agreed(*options)
        rests = {4: 35 * 60, 9: 40 * 60}  # between the fifth and sixth shift, and the tenth and eleventh
        shifts, start = [], on(0, "07:00")
        for number in range(11):
            shifts.append(between(start, start + 540, ref=number, terms=terms))
            start += 540 + rests.get(number, 900)
        return [found.key for found in findings(shifts, "W06") if found.references[0] == 0]

    assert fortnight() == ["W06"]
    assert fortnight(Option.FORTNIGHT_REST) == []


def test_t2_a_window_starts_at_every_shift_and_what_lies_after_the_last_is_rest() -> None:
    shifts = [between(on(day, "08:00"), on(day, "22:00"), ref=day) for day in range(3)]
    found = findings(shifts, "W05")
    assert [told(each.start) for each in found] == [
        "2026-11-02T08:00",
        "2026-11-03T08:00",
        "2026-11-04T08:00",
    ]
    assert keys([between(on(0, "08:00"), on(0, "21:00"))]) == ["W01", "W07", "W08"]


def test_t3_the_daily_rest_lies_inside_the_24_hours() -> None:
    long_day = between(on(0, "08:00"), on(0, "21:30"))
    assert keys([long_day, work(on(3, "08:00"), 60)], "W05") == ["W05.once"]


def test_t4_a_short_rest_is_red_when_another_lies_less_than_168_hours_back() -> None:
    def again(day: int, time: str) -> list[str]:
        return keys([between(on(0, "08:00"), on(0, "21:30")), between(on(day, time), on(day, time) + 810)], "W05")

    assert again(7, "07:59") == ["W05.once", "W05.again"]
    assert again(7, "08:00") == ["W05.once", "W05.once"]


def test_t4_for_night_shifts_it_is_counted_from_end_to_end() -> None:
    def again(end: str) -> list[str]:
        shifts = [between(on(0, "22:00"), on(1, "06:00")), work(on(1, "19:00"), 30)]
        shifts += [between(on(7, "22:00"), on(8, end)), work(on(8, "19:00"), 30)]
        return keys(shifts, "N02")

    assert again("05:59") == ["N02.once", "N02.again"]
    assert again("06:00") == ["N02.once", "N02.once"]


def test_t5_two_shifts_less_than_eight_hours_apart_are_one() -> None:
    morning = between(on(0, "06:00"), on(0, "12:00"), ref="a")
    assert keys([morning, between(on(0, "19:59"), on(1, "02:00"), ref="b")], "W01") == ["W01"]
    assert keys([morning, between(on(0, "20:00"), on(1, "02:01"), ref="b")], "W01") == []


def test_t6_a_gap_of_a_quarter_in_a_shift_is_a_break() -> None:
    assert keys([between(on(0, "08:00"), on(0, "12:00")), between(on(0, "12:30"), on(0, "16:30"))]) == []
    assert keys([between(on(0, "08:00"), on(0, "12:00")), between(on(0, "12:29"), on(0, "16:30"))]) == ["W07"]


def test_t6_a_shorter_gap_is_neither_break_nor_work() -> None:
    shifts = [between(on(0, "08:00"), on(0, "12:00")), between(on(0, "12:14"), on(0, "16:14"))]
    (found,) = findings(shifts)
    assert (found.key, found.measured, found.params) == ("W07", 0, {"worked_minutes": 480})


def test_t7_breaks_that_touch_are_one() -> None:
    parts = [(on(0, "12:00"), on(0, "12:10")), (on(0, "12:10"), on(0, "12:30"))]
    assert keys([between(on(0, "08:00"), on(0, "16:00"), *parts)]) == []


def test_t8_a_week_counts_by_calendar_minute() -> None:
    week = [work(on(day, "07:00"), 600, pause=45) for day in range(5)]
    sunday_night = [work(on(6, "18:00"), 660, pause=45)]  # its last three quarters of an hour are work on Monday
    assert keys(week + sunday_night, "W02") == []
    later = work(on(6, "12:00"), 601, pause=45)
    assert keys([*week, later], "W02") == ["W02"]


def test_t9_means_run_over_every_window_that_touches_the_data_and_unknown_weeks_are_nothing() -> None:
    three = [work(on(7 * week + day, "07:00"), 660, pause=45) for week in range(4) for day in range(7)]
    found = findings(three, "W03")
    assert [each.params["total_minutes"] for each in found] == [3 * 4620, 4 * 4620, 3 * 4620]


def test_t9_credited_hours_count_in_means_only() -> None:
    week = [work(on(day, "07:00"), 600, pause=45) for day in range(6)]
    leave = {Week(2026, 45): 1, Week(2026, 46): 3200, Week(2026, 47): 3200, Week(2026, 48): 3200}
    assert [found.key for found in findings(week, "W02", credited=leave)] == []
    assert [found.key for found in findings(week, "W03", credited=leave)] == ["W03"]


def test_t10_a_long_shift_without_breaks_misses_both() -> None:
    assert keys([work(on(0, "07:00"), 601, pause=20)]) == ["W07", "W08"]
    option = agreed(Option.SHORT_BREAKS)
    assert keys([work(on(0, "07:00"), 601, pause=14, terms=option)]) == ["W07", "W09"]
    assert keys([work(on(0, "07:00"), 601, pause=15, terms=option)]) == []


def test_t11_a_long_night_shift_is_amber_within_all_of_its_conditions() -> None:
    assert [found.severity.value for found in findings(nights([0], minutes=720), "N01")] == ["amber"]
    assert [found.severity.value for found in findings(nights([0], minutes=721), "N01")] == ["red"]
    assert keys(nights(range(0, 12, 2), minutes=650), "N01")[-1] == "N01.fortnight"
    assert keys(nights(range(0, 23 * 7, 7), minutes=650), "N01")[-1] == "N01.year"
    short_rest = [*nights([0], minutes=650), work(on(1, "20:00"), 60)]
    assert keys(short_rest, "N01") == ["N01.rest"]


def test_t12_the_rest_after_a_night_shift_is_not_relaxed_by_the_long_one() -> None:
    long_night = work(on(0, "20:00"), 650)
    shifts = [long_night, work(long_night.end + 13 * 60, 60)]
    assert keys(shifts, "N") == ["N01.at_times", "N02.once"]


def test_t13_an_early_shift_that_is_a_night_shift_ends_after_two() -> None:
    early = between(on(0, "04:30"), on(0, "13:00"))
    assert keys([early, work(on(1, "02:30"), 60)], "N02") == ["N02.once"]
    later = between(on(0, "05:00"), on(0, "13:00"))  # no more than an hour before six
    assert keys([later, work(on(1, "02:30"), 60)], "N02") == []


def test_t14_a_rest_of_36_hours_ends_a_series() -> None:
    def parted(rest: int, series_rest: int = 2160) -> list[str]:
        terms = agreed(series_rest=series_rest)
        first = nights([0, 1, 2, 3], terms=terms)
        start = first[-1].end + rest
        rest_of_them = [work(start + day * 1440, 480, terms=terms) for day in range(4)]
        return keys([*first, *rest_of_them], "N04")

    assert parted(2159) == ["N04"]
    assert parted(2160) == []
    assert parted(2160, series_rest=2880) == ["N04"]


def test_t15_a_series_is_told_once_and_at_its_first_shift() -> None:
    found = findings(nights(range(10)), "N04")
    assert [(told(each.start), each.measured) for each in found] == [("2026-11-02T22:00", 10)]
    three = [*nights([0, 1, 2]), work(on(4, "20:00"), 60)]
    assert [told(each.start) for each in findings(three, "N03")] == ["2026-11-02T22:00"]


def test_t16_the_young_want_both_a_free_night_and_twelve_hours() -> None:
    assert keys([between(on(0, "16:00"), on(0, "23:01"))], "Y04", born=OF_16) == ["Y04.night"]
    late_and_early = [between(on(0, "15:00"), on(0, "20:30")), between(on(1, "08:00"), on(1, "12:00"))]
    assert keys(late_and_early, "Y04", born=OF_16) == ["Y04.rest"]
    next_morning = [between(on(0, "09:00"), on(0, "12:00")), between(on(1, "05:30"), on(1, "10:00"))]
    assert keys(next_morning, "Y04", born=OF_16) == ["Y04.night", "Y04.night"]


def test_t17_the_age_is_that_of_the_day_on_which_the_shift_starts() -> None:
    turns_18_on_tuesday = dt.date(2008, 11, 3)
    night = work(on(0, "20:00"), 660, pause=45)
    assert keys([night], "Y01", born=turns_18_on_tuesday) == ["Y01"]
    assert keys([night], "N01", born=turns_18_on_tuesday) == []
    assert keys([night], "N01", born=dt.date(2008, 11, 2)) == ["N01.at_times"]


def test_t17_weeks_go_by_their_monday_and_means_by_their_last() -> None:
    turns_18_on_tuesday = dt.date(2008, 11, 3)
    week = [work(on(day, "08:00"), 560, pause=45) for day in range(5)]
    assert keys(week, "Y02", born=turns_18_on_tuesday) == ["Y02"]
    four = [work(on(7 * n + day, "08:00"), 500, pause=45) for n in range(-3, 1) for day in range(5)]
    assert keys(four, "Y03", born=turns_18_on_tuesday) == ["Y03"]
    assert keys(four, "Y03", born=dt.date(2008, 11, 2)) == []


def test_t18_one_finding_for_each_sunday_with_any_minute_of_work() -> None:
    shifts = [
        between(on(5, "20:00"), on(6, "00:01"), ref="into"),
        between(on(6, "10:00"), on(6, "12:00"), ref="on"),
        between(on(13, "22:00"), on(14, "02:00"), ref="next"),
    ]
    found = findings(shifts, "W10", born=ADULT)
    assert [each.references for each in found] == [("into", "on"), ("next",)]
