import datetime as dt

import holidays
import pytest

from kis.payroll.rules.public_holidays import NAMES, USUAL, names

DATES_OF_2027 = {
    "new-year": "2027-01-01",
    "good-friday": "2027-03-26",
    "easter-sunday": "2027-03-28",
    "easter-monday": "2027-03-29",
    "kings-day": "2027-04-27",
    "liberation-day": "2027-05-05",
    "ascension-day": "2027-05-06",
    "whit-sunday": "2027-05-16",
    "whit-monday": "2027-05-17",
    "christmas-day": "2027-12-25",
    "second-christmas-day": "2027-12-26",
}


@pytest.mark.parametrize("name", NAMES)
def test_the_holidays_of_2027_fall_where_the_domain_rules_say(name: str) -> None:
    assert name in names(dt.date.fromisoformat(DATES_OF_2027[name]))


def test_an_ordinary_day_has_no_name() -> None:
    assert names(dt.date(2026, 11, 24)) == ()


def test_one_day_can_be_two_holidays() -> None:
    assert names(dt.date(2016, 5, 5)) == ("liberation-day", "ascension-day")


@pytest.mark.parametrize(
    "day",
    ["2025-04-26", "2026-04-27", "2038-04-27", "2011-04-30"],
    ids=["a Saturday", "usual", "after Easter", "Queen's Day"],
)
def test_kings_day_moves_off_a_sunday(day: str) -> None:
    assert names(dt.date.fromisoformat(day)) == ("kings-day",)


def test_good_friday_and_liberation_day_are_agreed_per_client() -> None:
    assert set(NAMES) - set(USUAL) == {"good-friday", "liberation-day"}


@pytest.mark.parametrize("year", range(2000, 2100))
def test_every_public_holiday_of_the_country_has_a_name_in_every_year(year: int) -> None:
    public = holidays.country_holidays("NL", years=year)
    assert all(names(day) for day in public)
    named = [day for day in all_days(year) if set(names(day)) & set(USUAL)]
    assert set(named) <= set(public)
    assert len(named) == len(USUAL)


def all_days(year: int) -> list[dt.date]:
    first = dt.date(year, 1, 1)
    return [first + dt.timedelta(days=n) for n in range((dt.date(year + 1, 1, 1) - first).days)]
