import dataclasses
import datetime as dt

import pytest

from kis.core.weeks import Week
from kis.staffing.parties import Party
from kis.timesheets.hours import Break, Day, Hours, Shift
from kis.timesheets.signals import Facts, Signal, in_order, seen_by, signals, still_open
from kis.timesheets.working_time.rules import RULES, Severity

WEEK = Week(2026, 48)
MONDAY = WEEK.monday
ALWAYS = Facts(first=dt.date(2026, 1, 1))
LONG_WEEK = Signal("W02", None, {"measured_minutes": 3720, "limit_minutes": 3600}, Severity.RED)


def found(day: Day, facts: Facts = ALWAYS) -> list[str]:
    return [signal.code for signal in signals(Hours(WEEK, (day,) + (Day(),) * 6), facts)]


def test_an_ordinary_day_has_none() -> None:
    assert found(Day((Shift(480, 990, (Break(30),)),))) == []


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


@pytest.mark.parametrize(
    "signal",
    [Signal("overlap", MONDAY), LONG_WEEK, dataclasses.replace(LONG_WEEK, shared=True), Signal("unusual", MONDAY)],
)
def test_a_signal_reads_back_from_its_stored_form(signal: Signal) -> None:
    assert Signal.from_json(signal.to_json()) == signal


def test_a_signal_that_was_frozen_before_the_law_had_its_own_still_reads() -> None:
    read = Signal.from_json(["missing_break", "2026-11-23", 0, 30])
    assert (read.code, read.date, read.rule) == ("missing_break", MONDAY, None)
    assert read.figures == {"worked_minutes": 0, "usual_minutes": 30}


def test_a_signal_knows_its_rule_of_the_law() -> None:
    assert Signal("W05.again", MONDAY).rule is RULES["W05"]
    assert Signal("unusual", MONDAY).rule is None


def test_its_key_holds_only_as_long_as_nothing_in_it_changes() -> None:
    again = dataclasses.replace(LONG_WEEK, figures={"limit_minutes": 3600, "measured_minutes": 3720})
    assert again.key == LONG_WEEK.key, "whatever the order of the figures"
    more = dataclasses.replace(LONG_WEEK, figures={"limit_minutes": 3600, "measured_minutes": 3721})
    other_day = dataclasses.replace(LONG_WEEK, date=MONDAY)
    assert len({LONG_WEEK.key, more.key, other_day.key, dataclasses.replace(LONG_WEEK, shared=True).key}) == 4


def test_a_client_reads_all_of_what_is_its_own() -> None:
    assert seen_by(Party.CLIENT, [LONG_WEEK]) == (LONG_WEEK,)


def test_where_other_work_has_a_part_a_client_gets_the_rule_its_gravity_and_its_own_day_only() -> None:
    figures = {"measured_minutes": 630, "limit_minutes": 660}
    shared = Signal("W05.again", MONDAY, figures, Severity.RED, shared=True)
    (seen,) = seen_by(Party.CLIENT, [shared])
    assert seen == Signal("W05", MONDAY, {}, Severity.RED, shared=True)
    for party in (Party.WORKER, Party.AGENCY):
        assert seen_by(party, [shared]) == (shared,)


def test_a_client_s_view_of_a_signal_stays_the_same_when_only_the_other_work_changes() -> None:
    keys = {
        seen_by(Party.CLIENT, [Signal("W02", None, {"measured_minutes": minutes}, Severity.RED, shared=True)])[0].key
        for minutes in (3700, 3800)
    }
    assert len(keys) == 1


def test_a_client_does_not_hear_when_the_worker_works_elsewhere() -> None:
    overlap = Signal("overlap_elsewhere", MONDAY)
    assert seen_by(Party.CLIENT, [overlap]) == ()
    assert seen_by(Party.AGENCY, [overlap]) == (overlap,)


def test_what_is_only_to_be_known_asks_nobody_for_a_look() -> None:
    sunday = Signal("W10", WEEK.sunday, {"measured_minutes": 480}, Severity.INFO)
    assert still_open([sunday, LONG_WEEK]) == (LONG_WEEK,)
    assert still_open([sunday, LONG_WEEK], {LONG_WEEK.key}) == ()


def test_signals_stand_by_date_the_gravest_first_and_the_week_s_own_last() -> None:
    amber, red = Signal("W07", MONDAY), Signal("W01", MONDAY, {}, Severity.RED)
    assert in_order([LONG_WEEK, amber, red]) == (red, amber, LONG_WEEK)
