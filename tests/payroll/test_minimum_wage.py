import dataclasses
import datetime as dt

import pytest

from kis.payroll.minimum_wage import (
    KNOWN_UNTIL,
    STATUTORY,
    BelowMinimum,
    MinimumWages,
    MinimumWageTable,
    below_minimum,
)

NOVEMBER = dt.date(2026, 11, 24)


@dataclasses.dataclass(frozen=True)
class Line:
    day: dt.date
    rate_cents: int


def born(age: int, on: dt.date = NOVEMBER) -> dt.date:
    """Whose birthday it is."""
    return on.replace(year=on.year - age)


def floors(day: dt.date, *, apprentice: bool = False) -> list[int | None]:
    """From 14 to 22."""
    return [MinimumWageTable().on(day).floor(age, apprentice=apprentice) for age in range(14, 23)]


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (dt.date(2025, 7, 1), [None, 432, 497, 569, 720, 864, 1152, 1440, 1440]),
        (dt.date(2025, 12, 31), [None, 432, 497, 569, 720, 864, 1152, 1440, 1440]),
        (dt.date(2026, 1, 1), [None, 441, 507, 581, 736, 883, 1177, 1471, 1471]),
        (dt.date(2026, 6, 30), [None, 441, 507, 581, 736, 883, 1177, 1471, 1471]),
        (dt.date(2026, 7, 1), [None, 450, 517, 592, 750, 899, 1199, 1499, 1499]),
    ],
)
def test_the_amount_is_that_of_the_day_and_the_age(day: dt.date, expected: list[int | None]) -> None:
    assert floors(day) == expected


def test_apprentices_have_their_own_amounts_at_18_19_and_20() -> None:
    assert floors(NOVEMBER, apprentice=True) == [None, 450, 517, 592, 682, 787, 922, 1499, 1499]


@pytest.mark.parametrize("wages", STATUTORY)
def test_apprentices_have_the_same_percentages_at_every_date(wages: MinimumWages) -> None:
    adult = wages.by_age[21]
    cents = {age: (adult * permille + 500) // 1000 for age, permille in {18: 455, 19: 525, 20: 615}.items()}
    assert wages.apprentice == cents


@pytest.mark.parametrize(("rate", "found"), [(1498, 1), (1499, 0), (1500, 0)])
def test_a_base_wage_below_the_floor_is_found(rate: int, found: int) -> None:
    lines = [Line(NOVEMBER, rate)]
    assert below_minimum(lines, birth_date=born(30)) == (BelowMinimum(NOVEMBER, rate, 1499),) * found


def test_a_birthday_in_the_week_raises_the_floor_on_that_day() -> None:
    week = [Line(NOVEMBER + dt.timedelta(days=n), 1250) for n in range(-1, 2)]
    found = below_minimum(week, birth_date=born(21))
    assert found == (BelowMinimum(week[1].day, 1250, 1499), BelowMinimum(week[2].day, 1250, 1499))


def test_the_first_of_july_raises_the_floor_on_that_day() -> None:
    lines = [Line(dt.date(2026, 6, 30), 1480), Line(dt.date(2026, 7, 1), 1480)]
    assert [each.day for each in below_minimum(lines, birth_date=born(30))] == [dt.date(2026, 7, 1)]


def test_an_apprentice_is_held_against_the_apprentice_amount() -> None:
    lines = [Line(NOVEMBER, 800)]
    assert below_minimum(lines, birth_date=born(19), apprentice=True) == ()
    assert below_minimum(lines, birth_date=born(19)) == (BelowMinimum(NOVEMBER, 800, 899),)


def test_many_lines_of_one_day_and_wage_are_told_once() -> None:
    lines = [Line(NOVEMBER, 1000), Line(NOVEMBER, 1000), Line(NOVEMBER, 900)]
    assert [each.rate_cents for each in below_minimum(lines, birth_date=born(40))] == [900, 1000]


def test_without_a_birth_date_the_adult_amount_holds() -> None:
    assert below_minimum([Line(NOVEMBER, 1498)], birth_date=None) == (BelowMinimum(NOVEMBER, 1498, 1499),)


def test_below_15_the_law_has_no_amount() -> None:
    assert below_minimum([Line(NOVEMBER, 1)], birth_date=born(14)) == ()


def test_after_the_last_known_day_a_wage_is_too_low_for_sure_or_cannot_be_judged() -> None:
    day = KNOWN_UNTIL + dt.timedelta(days=1)
    lines = [Line(day, 1498), Line(day, 1499)]
    assert below_minimum(lines, birth_date=born(30)) == (
        BelowMinimum(day, 1498, 1499, certain=True),
        BelowMinimum(day, 1499, 1499, certain=False),
    )


def test_before_the_first_known_day_nothing_can_be_judged() -> None:
    day = dt.date(2025, 6, 30)
    assert [each.certain for each in below_minimum([Line(day, 100)], birth_date=born(30))] == [False]


def test_a_later_table_can_be_given() -> None:
    later = MinimumWages(dt.date(2027, 1, 1), dict.fromkeys(range(15, 22), 1600), {})
    table = MinimumWageTable((*STATUTORY, later), dt.date(2027, 6, 30))
    day = dt.date(2027, 1, 4)
    assert below_minimum([Line(day, 1599)], birth_date=born(30), table=table) == (BelowMinimum(day, 1599, 1600),)
