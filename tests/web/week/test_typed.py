from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kis.timesheets.hours import Break
from kis.web.week import typed
from kis.web.week.typed import Mistake

MORNING = 8 * 60


def code(reader: object, text: str) -> str:
    assert callable(reader)
    with pytest.raises(Mistake) as caught:
        reader(text)
    return caught.value.code


@pytest.mark.parametrize(
    ("text", "minutes"),
    [("30", 30), ("0:30", 30), ("0.30", 30), ("0030", 30), ("30 min", 30), ("0,5", 30), ("1:15", 75), ("90", 90)],
)
def test_a_break_is_minutes_or_hours_and_minutes(text: str, minutes: int) -> None:
    assert typed.breaks(text, MORNING) == (Break(minutes),)


@pytest.mark.parametrize(
    "text",
    [
        "12:00-12:30, 15:00-15:15",
        "12:00 - 12:30,15:00 - 15:15",
        "12.00–12.30; 15.00–15.15",
        "1200-1230 en 1500-1515",
        "12:00 tot 12:30, 15:00 tot 15:15",
    ],
)
def test_breaks_with_times_are_read_one_by_one(text: str) -> None:
    assert typed.breaks(text, MORNING) == (Break(30, 720), Break(15, 900))


def test_minutes_and_times_may_stand_beside_each_other() -> None:
    assert typed.breaks("30, 15:00-15:15", MORNING) == (Break(30), Break(15, 900))


def test_a_break_after_midnight_lies_on_the_next_day_of_the_shift() -> None:
    assert typed.breaks("1:00-1:30", 22 * 60) == (Break(30, 1440 + 60),)
    assert typed.breaks("23:45-0:15", 22 * 60) == (Break(30, 1440 - 15),)


@pytest.mark.parametrize("text", ["0", "0:00", "geen", "none", "-"])
def test_no_break_is_no_break(text: str) -> None:
    assert typed.breaks(text, MORNING) == ()


@pytest.mark.parametrize("text", ["lunch", "12:00-", "12:00-25:00", "30,,x", "12:00-12:30-13:00"])
def test_what_is_no_break_is_told(text: str) -> None:
    assert code(lambda text: typed.breaks(text, MORNING), text) == "break"


@pytest.mark.parametrize(
    ("reader", "text"), [(typed.time, "-7"), (typed.total, "-7:30"), (typed.whole_number, "-1"), (typed.cents, "−4,00")]
)
def test_below_zero_is_told_as_such(reader: object, text: str) -> None:
    assert code(reader, text) == "below_zero"


@pytest.mark.parametrize(("reader", "said"), [(typed.time, "time"), (typed.total, "duration")])
@pytest.mark.parametrize("text", ["25:00x", "half acht", "7:75"])
def test_what_is_no_time_is_told(reader: object, said: str, text: str) -> None:
    assert code(reader, text) == said


def test_25_o_clock_is_no_time() -> None:
    assert code(typed.time, "25:00") == "time"


@pytest.mark.parametrize(("text", "km"), [("12", 12), ("12 km", 12), ("0", 0)])
def test_kilometres_are_a_whole_number(text: str, km: int) -> None:
    assert typed.whole_number(text) == km


@pytest.mark.parametrize("text", ["12,5", "twaalf", "1e3", "٣", "²"])
def test_other_kilometres_are_told(text: str) -> None:
    assert code(typed.whole_number, text) == "number"


@pytest.mark.parametrize(
    ("text", "cents"),
    [("12,50", 1250), ("12.5", 1250), ("€ 12,50", 1250), ("€\u00a012", 1200), ("1.234,50", 123450), ("1.234", 123400)],
)
def test_an_amount_is_read_as_people_write_it(text: str, cents: int) -> None:
    assert typed.cents(text) == cents


@pytest.mark.parametrize("text", ["12,345", "veel", "0", "0,00", "1,2,3"])
def test_what_is_no_amount_is_told(text: str) -> None:
    assert code(typed.cents, text) == "amount"


CODES = {"time", "duration", "number", "amount", "break", "below_zero"}


@given(st.text())
def test_whatever_is_typed_is_read_or_told(text: str) -> None:
    for reader in (typed.time, typed.total, typed.whole_number, typed.cents, lambda text: typed.breaks(text, MORNING)):
        assert _outcome(reader, text) in CODES | {"read"}


def _outcome(reader: Callable[[str], object], text: str) -> str:
    try:
        reader(text)
    except Mistake as mistake:
        return mistake.code
    return "read"
