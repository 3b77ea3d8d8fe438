"""Days, moments, hours and money, as Dutch and English readers say them."""

import datetime as dt
from decimal import Decimal

import pytest
from django.utils import translation

from kis.core import clock
from kis.core.weeks import Week
from kis.web import formats
from tests.support.time import Freeze

MONDAY = dt.date(2026, 11, 30)
FIVE = clock.at(MONDAY, 17 * 60)


@pytest.fixture(autouse=True)
def _today(freeze: Freeze):
    freeze("2026-11-24 10:00")


@pytest.fixture(params=["nl", "en"])
def language(request: pytest.FixtureRequest):
    with translation.override(request.param):
        yield request.param


def say(language: str, dutch: str, english: str) -> str:
    return (dutch if language == "nl" else english).replace("_", formats.NARROW)


def test_a_day_is_short_or_long(language: str):
    assert formats.day(MONDAY) == say(language, "ma 30 nov", "Mon 30 Nov")
    assert formats.day_long(MONDAY) == say(language, "maandag 30 november", "Monday 30 November")


def test_where_the_year_matters_the_weekday_does_not(language: str):
    assert formats.full_date(dt.date(2026, 5, 25)) == say(language, "25 mei 2026", "25 May 2026")


def test_another_year_is_named(language: str):
    assert formats.day(dt.date(2025, 3, 3)) == say(language, "ma 3 mrt 2025", "Mon 3 Mar 2025")
    assert formats.week_label(Week(2026, 48)) == "week 48"
    assert formats.week_label(Week(2025, 48)) == "week 48, 2025"


def test_the_first_week_of_a_year_is_of_the_year_most_of_its_days_are_in(freeze: Freeze):
    freeze("2027-01-02 10:00")  # a Saturday of week 53 of 2026
    assert formats.week_label(Week(2026, 53)) == "week 53"
    assert formats.week_label(Week(2027, 1)) == "week 1, 2027"


def test_a_moment_is_told_by_the_clock_of_amsterdam(language: str):
    assert formats.moment(FIVE.astimezone(dt.UTC)) == say(language, "ma 30 nov 17.00_uur", "Mon 30 Nov 17:00")


def test_a_moment_just_past_midnight_is_of_the_day_it_is_in_amsterdam():
    with translation.override("nl"):
        at = dt.datetime(2026, 6, 30, 22, 30, tzinfo=dt.UTC)
        assert formats.moment(at) == f"wo 1 jul 00.30{formats.NARROW}uur"


def test_a_deadline_says_today_and_tomorrow_where_people_do(language: str, freeze: Freeze):
    assert formats.deadline(FIVE) == say(language, "maandag 30 nov 17.00_uur", "Monday 30 Nov 17:00")
    freeze("2026-11-29 23:59")
    assert formats.deadline(FIVE) == say(language, "morgen 17.00_uur", "tomorrow 17:00")
    freeze("2026-11-30 00:00")
    assert formats.deadline(FIVE) == say(language, "vandaag 17.00_uur", "today 17:00")
    freeze("2026-12-01 00:00")
    assert formats.deadline(FIVE) == say(language, "maandag 30 nov 17.00_uur", "Monday 30 Nov 17:00")


@pytest.mark.parametrize(
    ("minutes", "dutch", "english"),
    [
        (0, "nog 0 minuten", "0 minutes left"),
        (1, "nog 1 minuut", "1 minute left"),
        (89, "nog 89 minuten", "89 minutes left"),
        (90, "nog 1 uur", "1 hour left"),
        (179, "nog 2 uur", "2 hours left"),
        (48 * 60 - 1, "nog 47 uur", "47 hours left"),
        (48 * 60, "nog 2 dagen", "2 days left"),
        (-1, "", ""),
    ],
)
def test_time_left_never_promises_more_than_there_is(language: str, minutes: int, dutch: str, english: str):
    assert formats.time_left(dt.timedelta(minutes=minutes)) == say(language, dutch, english)


def test_time_is_up_one_second_after_the_deadline():
    assert formats.time_left(dt.timedelta(seconds=-1)) == ""


@pytest.mark.parametrize(
    ("cents", "dutch", "english"),
    [
        (0, "€_0,00", "€0.00"),
        (1250, "€_12,50", "€12.50"),
        (123_456_789, "€_1.234.567,89", "€1,234,567.89"),
        (-5, "-€_0,05", "-€0.05"),
    ],
)
def test_money_is_whole_cents(language: str, cents: int, dutch: str, english: str):
    assert formats.euros(cents) == say(language, dutch, english)


def test_distances_and_sizes_of_files(language: str):
    assert formats.km(1234) == say(language, "1.234_km", "1,234_km")
    assert formats.size(820) == say(language, "820_B", "820_B")
    assert formats.size(248_000) == say(language, "248_kB", "248_kB")
    assert formats.size(2_350_000) == say(language, "2,4_MB", "2.4_MB")


@pytest.mark.parametrize(
    ("name", "letters"), [("Ana Kowalska", "AK"), ("Carla de Groot", "CG"), ("Cher", "C"), ("", ""), ("łukasz ż", "ŁŻ")]
)
def test_initials_are_the_first_letters_of_the_first_and_the_last_word(name: str, letters: str):
    assert formats.initials(name) == letters


@pytest.mark.parametrize(("language", "text"), [("nl", "1,85"), ("en", "1.85")])
def test_a_number_has_no_noughts_behind_it(language: str, text: str) -> None:
    with translation.override(language):
        assert formats.plain(Decimal("1.8500")) == text
        assert formats.plain(Decimal("20.0000")) == "20"
