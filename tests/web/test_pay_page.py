import datetime as dt
from decimal import Decimal

from django.utils import translation

from kis.payroll.calculation import Calculation, Reasoned
from kis.payroll.results import Entry
from kis.payroll.rules.explanation import Explanation, Ground
from kis.web.pay_page import pay_view, reason_words

MONDAY = dt.date(2026, 11, 23)
EVENING = Explanation(
    dt.datetime(2026, 11, 23, 18, 0), dt.datetime(2026, 11, 23, 19, 0), 60,
    (
        Ground("%(label)s, +%(surcharge)s%%", {"label": "evening", "surcharge": "30"}),
        Ground("beyond %(threshold)s hours on the day", {"threshold": "8:00"}),
    ),
)  # fmt: skip


def test_a_reason_is_told_in_the_readers_language() -> None:
    with translation.override("nl"):
        assert reason_words(EVENING) == "18:00\u201319:00: Avond, +30%; meer dan 8:00 uur op de dag"
    with translation.override("en"):
        assert reason_words(EVENING) == "18:00\u201319:00: Evening, +30%; beyond 8:00 hours on the day"


def test_lines_stand_under_their_day() -> None:
    lines = [
        Reasoned(Entry(MONDAY, "time", "normal", per_cent(100), 1600, minutes=480, cents=12800, rules="S v1")),
        Reasoned(Entry(MONDAY, "expenses", "expenses", cents=450)),
        Reasoned(Entry(MONDAY + dt.timedelta(days=1), "time", "normal", per_cent(100), minutes=60, rules="S v2")),
    ]
    view = pay_view(Calculation(tuple(lines)))
    assert [(day.date.day, len(day.lines)) for day in view.days] == [(23, 2), (24, 1)]
    assert [line.percentage for line in view.days[0].lines] == [100.0, None]
    assert (view.rules, view.has_no_wage, view.has_factors) == (["S v1", "S v2"], True, False)


def per_cent(number: int) -> Decimal:
    return Decimal(number)
