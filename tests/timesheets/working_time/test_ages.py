import datetime as dt

import pytest

from kis.timesheets.working_time.ages import age_on, birthday

LEAPLING = dt.date(2008, 2, 29)


@pytest.mark.parametrize(
    ("born", "day", "age"),
    [
        (dt.date(2008, 11, 3), dt.date(2026, 11, 2), 17),
        (dt.date(2008, 11, 3), dt.date(2026, 11, 3), 18),
        (LEAPLING, dt.date(2026, 2, 28), 17),
        (LEAPLING, dt.date(2026, 3, 1), 18),
        (LEAPLING, dt.date(2024, 2, 28), 15),
        (LEAPLING, dt.date(2024, 2, 29), 16),
    ],
)
def test_a_year_older_on_the_birthday(born: dt.date, day: dt.date, age: int) -> None:
    assert age_on(born, day) == age


@pytest.mark.parametrize("born", [LEAPLING, dt.date(2008, 11, 3)])
@pytest.mark.parametrize("age", [16, 18, 21])
def test_a_birthday_is_the_first_day_of_an_age(born: dt.date, age: int) -> None:
    day = birthday(born, age)
    assert age_on(born, day) == age
    assert age_on(born, day - dt.timedelta(days=1)) == age - 1
