import datetime as dt

from hypothesis import given, settings
from hypothesis import strategies as st

from kis.payroll.rules import RuleSet, walltime
from kis.payroll.rules.grid import Grid, grid_of
from tests.payroll.rules.strategies import rule_sets
from tests.payroll.rules.weeks import STANDARD, band, beyond, rules


def told(by: RuleSet, start: str, end: str) -> list[tuple[str, int, str]]:
    """The cells: from, minutes, band."""
    span = (walltime.minute_of(walltime.read(text)) for text in (start, end))
    cells = grid_of(by).over(*span)
    return [(f"{walltime.moment_of(cell.start):%a %H:%M}", cell.end - cell.start, cell.band.label) for cell in cells]


def test_a_night_runs_through_the_cells_of_two_days() -> None:
    assert told(STANDARD, "2026-11-24T17:30", "2026-11-25T06:15") == [
        ("Tue 17:30", 30, "normal"),
        ("Tue 18:00", 360, "evening"),
        ("Wed 00:00", 360, "night"),
        ("Wed 06:00", 15, "normal"),
    ]


def test_a_band_on_the_night_the_clock_goes_back_holds_by_the_clock() -> None:
    early = rules(bands=[band("early", 10, "sun", "02:00-02:30")])
    assert told(early, "2026-10-25T01:30", "2026-10-25T03:30") == [
        ("Sun 01:30", 30, "normal"),
        ("Sun 02:00", 30, "early"),
        ("Sun 02:30", 30, "normal"),
        ("Sun 02:00", 30, "early"),
        ("Sun 02:30", 60, "normal"),
    ]


def test_a_band_in_the_hour_that_is_skipped_does_not_occur() -> None:
    early = rules(bands=[band("early", 10, "sun", "02:00-03:00")])
    assert told(early, "2027-03-28T01:00", "2027-03-28T04:00") == [
        ("Sun 01:00", 60, "normal"),
        ("Sun 03:00", 60, "normal"),
    ]


def test_cells_are_cut_where_an_overtime_tier_begins_on_the_clock() -> None:
    tier = {"surcharge": 25, "from": "07:00", "to": "20:00"}
    windows = rules(overtime=[beyond("day", 480, 0, tiers=[tier])])
    assert [minutes for _, minutes, _ in told(windows, "2026-11-24T00:00", "2026-11-25T00:00")] == [420, 780, 240]


@given(rule_sets(), st.integers(0, 7 * 1440), st.integers(1, 3000))
@settings(max_examples=60, deadline=None)
def test_the_cells_fill_any_span_without_gap_or_overlap(by: RuleSet, offset: int, length: int) -> None:
    start = walltime.midnight(dt.date(2026, 10, 20)) + offset
    at = start
    for cell in Grid(by).over(start, start + length):
        assert cell.start == at < cell.end
        local = walltime.moment_of(cell.start)
        assert (cell.date, cell.clock) == (local.date(), local.hour * 60 + local.minute)
        at = cell.end
    assert at == start + length
