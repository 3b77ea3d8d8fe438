import datetime as dt

import pytest

from kis.core.weeks import Week
from kis.timesheets.working_time import reading
from kis.timesheets.working_time.calendar import minute_of
from kis.timesheets.working_time.reading import Fields, Unreadable


def utc(year: int, month: int, day: int, hour: int, minute: int) -> int:
    return minute_of(dt.datetime(year, month, day, hour, minute, tzinfo=dt.UTC))


@pytest.mark.parametrize(
    ("text", "minute"),
    [
        ("2026-11-24T14:00", utc(2026, 11, 24, 13, 0)),
        ("2026-11-24T14:00:00", utc(2026, 11, 24, 13, 0)),
        ("2026-07-24T14:00", utc(2026, 7, 24, 12, 0)),
        ("2026-11-24T24:00", utc(2026, 11, 24, 23, 0)),
        ("2026-11-24T13:00Z", utc(2026, 11, 24, 13, 0)),
        ("2026-10-25T02:30", utc(2026, 10, 25, 0, 30)),
        ("2026-10-25T02:30+02:00", utc(2026, 10, 25, 0, 30)),
        ("2026-10-25T02:30+01:00", utc(2026, 10, 25, 1, 30)),
        ("2027-03-28T03:00", utc(2027, 3, 28, 1, 0)),
    ],
)
def test_a_moment_is_dutch_time_unless_it_says_otherwise(text: str, minute: int) -> None:
    assert reading.moment(text) == minute


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ("2027-03-28T02:30", "does not exist: the clock goes forward that night"),
        ("2026-11-24T14:00+05:00", "is not Dutch time: the clock does not run at that offset then"),
        ("2026-10-25T04:30+02:00", "is not Dutch time: the clock does not run at that offset then"),
        ("2026-11-31T14:00", "must be a date and time like 2026-11-24T14:00"),
        ("2026-11-24T25:00", "must be a date and time like 2026-11-24T14:00"),
        ("2026-11-24T24:01", "must be a date and time like 2026-11-24T14:00"),
        ("2026-11-24T14:00:30", "must be a date and time like 2026-11-24T14:00"),
        ("1999-11-24T14:00", "must be a date and time like 2026-11-24T14:00"),
        ("24-11-2026", "must be a date and time like 2026-11-24T14:00"),
        ("2026-11-24T14:٠٠", "must be a date and time like 2026-11-24T14:00"),
        (1764000000, "must be a date and time like 2026-11-24T14:00"),
        (None, "must be a date and time like 2026-11-24T14:00"),
    ],
)
def test_a_moment_that_is_none_is_refused(value: object, message: str) -> None:
    with pytest.raises(Unreadable) as refused:
        reading.moment(value)
    assert refused.value.message == message


@pytest.mark.parametrize("value", ["2026-02-30", "26-01-01", 20260101, "1899-12-31", "2100-01-01", None])
def test_a_date_that_is_none_is_refused(value: object) -> None:
    with pytest.raises(Unreadable):
        reading.date(value)


def test_weeks_go_by_their_iso_name() -> None:
    assert reading.week("2026-W53") == Week(2026, 53)
    for wrong in ("2027-W53", "2026-53", "1999-W01", 53):
        with pytest.raises(Unreadable):
            reading.week(wrong)


@pytest.mark.parametrize("value", [-1, 10141, True, 1.5, "60"])
def test_minutes_are_whole_and_fit_in_a_week(value: object) -> None:
    with pytest.raises(Unreadable):
        reading.minutes(value)


@pytest.mark.parametrize("value", [True, None, 1.5, "x" * 201, ["a"]])
def test_a_name_is_short_text_or_a_number(value: object) -> None:
    assert (reading.name("A"), reading.name(7)) == ("A", 7)
    with pytest.raises(Unreadable):
        reading.name(value)


def test_a_refusal_names_the_place() -> None:
    read = reading.mapping_of(
        reading.text, reading.list_of(lambda value: Fields(value, frozenset({"a"})).read("a", reading.date))
    )
    with pytest.raises(Unreadable) as refused:
        read({"x": [{"a": "2026-01-01"}, {"a": "soon"}]})
    assert refused.value.path == "x[1].a"


@pytest.mark.parametrize(
    ("value", "path", "message"),
    [
        ([], "", "must be an object"),
        ({}, "a", "is missing"),
        ({"a": 1, "c": 2, "b": 3}, "b", "is not known here"),
    ],
)
def test_an_object_has_what_it_must_and_nothing_else(value: object, path: str, message: str) -> None:
    with pytest.raises(Unreadable) as refused:
        Fields(value, frozenset({"a"})).read("a", reading.name)
    assert (refused.value.path, refused.value.message) == (path, message)


def test_a_list_is_a_list_and_a_mapping_a_mapping() -> None:
    with pytest.raises(Unreadable):
        reading.list_of(reading.name)({})
    with pytest.raises(Unreadable):
        reading.mapping_of(reading.name, reading.name)([])


@pytest.mark.parametrize("wrong", ["maybe", [], None])
def test_only_the_given_words_are_taken(wrong: object) -> None:
    read = reading.one_of({"yes": True, "no": False})
    assert read("no") is False
    with pytest.raises(Unreadable, match="must be one of: yes, no"):
        read(wrong)
