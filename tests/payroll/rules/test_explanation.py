import pytest

from kis.payroll.rules import RuleSet, explain, templates
from tests.payroll.rules.weeks import STANDARD, beyond, paid, rules, shift, standard


def told(times: str, by: RuleSet = STANDARD) -> list[str]:
    """The explanations of all lines of a Wednesday."""
    return [part.text for line in paid(shift("wed", times), by=by).lines for part in explain(line, by)]


def test_every_line_says_which_minutes_and_why() -> None:
    assert told("08:00-19:00") == [
        "08:00–16:00: no surcharge by the time of day",
        "16:00–18:00: no surcharge by the time of day; beyond 8:00 hours on the day; day-ot, +25%",
        "18:00–19:00: evening, +30%; beyond 8:00 hours on the day; day-ot, +25%; the higher of the two counts",
    ]


@pytest.mark.parametrize(
    ("mode", "words"),
    [
        ("SUM", "the two are added"),
        ("COMPOUND", "one is counted over the other"),
        ("BAND_WINS", "the time of day goes before overtime"),
    ],
)
def test_the_combination_is_explained(mode: str, words: str) -> None:
    assert told("10:00-19:00", standard(combination=mode))[-1].endswith(words)


@pytest.mark.parametrize(
    ("reference", "words"),
    [
        ("shift", "beyond 1:30 hours in the shift"),
        ("week", "beyond 1:30 hours in the week"),
        ("four_weeks", "beyond 1:30 hours in four weeks"),
        ("pay_period", "beyond 1:30 hours in the pay period"),
        ("year", "beyond 1:30 hours in the year"),
    ],
)
def test_the_reference_of_overtime_is_explained(reference: str, words: str) -> None:
    assert words in told("10:00-12:00", rules(overtime=[beyond(reference, 90, 25)]))[-1]


def test_beyond_the_roster_needs_no_number() -> None:
    rostered = rules(overtime=[beyond("roster", 0, 25)])
    result = paid(shift("wed", "10:00-12:00"), by=rostered, roster={})
    assert "beyond the rostered hours of the day" in explain(result.lines[0], rostered)[0].text


def test_an_average_is_explained_by_the_threshold_that_was_used() -> None:
    cleaning = templates.load("CLEANING-1")
    days = [shift(day, "07:00-15:00") for day in ("mon", "tue", "wed", "thu", "fri")]
    line = paid(*days, by=cleaning, workable_days=5).lines[-1]
    assert "beyond 38:00 hours in the pay period" in explain(line, cleaning, workable_days=5)[0].text


def test_an_explanation_keeps_its_moments_and_minutes() -> None:
    part = explain(paid(shift("sat", "22:00-02:00")).lines[0], STANDARD)[0]
    assert (part.start.isoformat(), part.minutes) == ("2026-11-28T22:00:00+01:00", 120)
    assert [ground.params for ground in part.grounds] == [{"label": "saturday", "surcharge": "50"}]
