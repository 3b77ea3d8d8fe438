import datetime as dt

from kis.core.weeks import Week
from kis.timesheets.hours import Break, Day, Hours, Shift
from kis.timesheets.signals import Facts, Signal, signals

WEEK = Week(2026, 48)
MONDAY = WEEK.monday
ALWAYS = Facts(first=dt.date(2026, 1, 1))


def found(day: Day, facts: Facts = ALWAYS) -> list[str]:
    return [signal.code for signal in signals(Hours(WEEK, (day,) + (Day(),) * 6), facts)]


def test_an_ordinary_day_has_none() -> None:
    assert found(Day((Shift(480, 990, (Break(30),)),))) == []


def test_more_than_five_and_a_half_hours_wants_half_an_hour_of_break() -> None:
    assert found(Day((Shift(480, 480 + 330),))) == []
    assert found(Day((Shift(480, 480 + 331),))) == ["missing_break"]
    assert found(Day((Shift(480, 480 + 361, (Break(30),)),))) == []


def test_two_shifts_at_once_overlap() -> None:
    assert found(Day((Shift(480, 600), Shift(590, 700)))) == ["overlap"]
    assert found(Day((Shift(480, 600), Shift(600, 700)))) == []


def test_a_shift_elsewhere_at_the_same_time_is_told_without_where() -> None:
    elsewhere = Shift(590, 700).bounds(MONDAY)
    assert found(Day((Shift(480, 600),)), Facts(first=MONDAY, elsewhere=(elsewhere,))) == ["overlap_elsewhere"]


def test_work_outside_the_placement_stands_out() -> None:
    day = Day((Shift(480, 600),))
    assert found(day, Facts(first=MONDAY + dt.timedelta(days=1))) == ["outside_placement"]
    assert found(day, Facts(first=MONDAY - dt.timedelta(days=9), last=MONDAY - dt.timedelta(days=1))) == [
        "outside_placement"
    ]


def test_far_from_the_usual_day_stands_out_beyond_two_hours() -> None:
    facts = Facts(first=MONDAY, usual=(480,) * 7)
    assert found(Day(total=480 - 120), facts) == []
    assert found(Day(total=480 - 121), facts) == ["unusual"]


def test_a_signal_reads_back_from_its_stored_form() -> None:
    signal = Signal("unusual", MONDAY, 300, 480)
    assert Signal.from_json(signal.to_json()) == signal
