"""What holds for every week and every rule set."""

import dataclasses
import random
from collections.abc import Iterable, Iterator

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from kis.payroll.rules import Break, Line, Rate, RuleSet, WorkedShift, WorkedWeek, classify, form
from kis.payroll.rules.lines import applied, difference
from kis.payroll.rules.walltime import date_of, midnight, minute_of, moment_of
from tests.payroll.rules.strategies import OVERTIME, bands, percent, rates, rule_sets, worked_weeks

UNHURRIED = settings(max_examples=60, deadline=None)


@given(rule_sets(), worked_weeks(), rates())
@UNHURRIED
def test_minutes_are_conserved(rules: RuleSet, worked: WorkedWeek, rates: tuple[Rate, ...]) -> None:
    no_breaks = dataclasses.replace(rules, breaks=dataclasses.replace(rules.breaks, paid=False, minimum=0))
    present = sum(minute_of(shift.end) - minute_of(shift.start) for shift in worked.shifts)
    pauses = [pause for shift in worked.shifts for pause in shift.breaks if not pause.paid]
    absent = sum(minute_of(pause.end) - minute_of(pause.start) for pause in pauses)
    assert classify(worked, [no_breaks], rates).minutes == present - absent


@given(rule_sets(), worked_weeks(), rates(), st.randoms(use_true_random=False))
@UNHURRIED
def test_the_order_of_shifts_and_breaks_does_not_matter(
    rules: RuleSet, worked: WorkedWeek, rates: tuple[Rate, ...], chance: random.Random
) -> None:
    shifts = [dataclasses.replace(s, breaks=tuple(chance.sample(s.breaks, len(s.breaks)))) for s in worked.shifts]
    chance.shuffle(shifts)
    shuffled = dataclasses.replace(worked, shifts=tuple(shifts))
    assert everything(shuffled, rules, rates) == everything(worked, rules, rates)


@given(rule_sets(), worked_weeks(), rates(), st.data())
@UNHURRIED
def test_splitting_a_shift_within_its_assigned_day_changes_nothing(
    rules: RuleSet, worked: WorkedWeek, rates: tuple[Rate, ...], data: st.DataObject
) -> None:
    splits = list(possible_splits(worked))
    assume(splits)
    index, minute = data.draw(st.sampled_from(splits))
    shifts = list(worked.shifts)
    shifts[index : index + 1] = split(shifts[index], minute)
    assert everything(dataclasses.replace(worked, shifts=tuple(shifts)), rules, rates) == everything(
        worked, rules, rates
    )


@given(st.data(), worked_weeks(), rates())
@settings(max_examples=120, deadline=None)
def test_adding_a_minute_never_lowers_pay_under_monotone_rules(
    data: st.DataObject, worked: WorkedWeek, rates: tuple[Rate, ...]
) -> None:
    rules = data.draw(monotone_rule_sets())
    weeks_with_more = list(one_minute_more(worked))
    assume(weeks_with_more)
    more = data.draw(st.sampled_from(weeks_with_more))
    before, after = classify(worked, [rules], rates), classify(more, [rules], rates)
    assert after.amount_cents >= before.amount_cents
    assert after.minutes >= before.minutes


@given(rule_sets())
@UNHURRIED
def test_a_rule_set_survives_its_json_form(rules: RuleSet) -> None:
    again = form.parse(form.dump(rules))
    assert again == rules
    assert form.digest(again) == form.digest(rules)


@given(rule_sets(), rule_sets(), worked_weeks(), st.data(), rates())
@UNHURRIED
def test_the_difference_applied_to_the_old_lines_gives_the_new_ones(
    old: RuleSet, new: RuleSet, worked: WorkedWeek, data: st.DataObject, rates: tuple[Rate, ...]
) -> None:
    corrected = data.draw(worked_weeks(worked.week))
    before, after = classify(worked, [old], rates), classify(corrected, [new], rates)
    lines = difference(before.lines, after.lines)
    quantities = difference(before.quantities, after.quantities)
    assert applied(before.lines, lines) == paying(after.lines)
    assert applied(before.quantities, quantities) == [line for line in after.quantities if not line.is_nothing]
    owed = sum(line.amount_cents for line in lines) + sum(line.amount_cents for line in quantities)
    assert owed == after.amount_cents - before.amount_cents
    assert difference(before.lines, before.lines) == []


def paying(lines: Iterable[Line]) -> list[Line]:
    return [line for line in lines if not line.is_nothing]


def everything(worked: WorkedWeek, rules: RuleSet, rates: tuple[Rate, ...]) -> object:
    """All that a week comes to, the explanation too."""
    result = classify(worked, [rules], rates)
    return result, [line.pieces for line in result.lines]


def possible_splits(worked: WorkedWeek) -> Iterator[tuple[int, int]]:
    """Shift and minute where it can be split: outside its breaks, and both parts start in the week."""
    week_ends = midnight(worked.week.next.monday)
    for index, shift in enumerate(worked.shifts):
        edges = {minute_of(edge) for pause in shift.breaks for edge in (pause.start, pause.end)}
        middle = (minute_of(shift.start) + minute_of(shift.end)) // 2
        for minute in {middle, midnight(date_of(minute_of(shift.end))), *edges}:
            inside = any(minute_of(pause.start) < minute < minute_of(pause.end) for pause in shift.breaks)
            if minute_of(shift.start) < minute < min(minute_of(shift.end), week_ends) and not inside:
                yield index, minute


def split(shift: WorkedShift, minute: int) -> list[WorkedShift]:
    at = moment_of(minute)
    day = shift.day or shift.start.date()
    early = tuple(pause for pause in shift.breaks if minute_of(pause.end) <= minute)
    late = tuple(pause for pause in shift.breaks if minute_of(pause.start) >= minute)
    return [WorkedShift(shift.start, at, early, day), WorkedShift(at, shift.end, late, day)]


@st.composite
def monotone_rule_sets(draw: st.DrawFn) -> RuleSet:
    """Rules by which more time is never worth less: one kind of overtime that never gets cheaper as it grows,
    or day overtime and a week overtime that is worth at most 25 % more."""
    parts = {
        "code": "MONOTONE",
        "components": [{"code": "km", "unit": "km", "cents": 25}],
        "bands": draw(bands()),
        "combination": draw(st.sampled_from(["HIGHEST", "SUM", "BAND_WINS", "COMPOUND"])),
        "breaks": {"minimum_minutes": draw(st.sampled_from([0, 15]))},
    }
    if draw(st.booleans()):
        overtime = draw(OVERTIME[draw(st.sampled_from(list(OVERTIME)))])
        low, high = sorted([draw(percent), draw(percent)], key=float)
        first = {"surcharge": low, "upto_minutes": 60, "from": "07:00", "to": "20:00"}
        overtime["tiers"] = [first, {"surcharge": high}] if draw(st.booleans()) else [{"surcharge": high}]
        return form.parse({**parts, "overtime": [overtime]})
    day, week = draw(OVERTIME["day"]), draw(OVERTIME["week"])
    day |= {"tiers": [{"surcharge": 25}], "grace_minutes": 0}
    week["tiers"] = [{"surcharge": 50}]
    return form.parse({**parts, "overtime": [day, week], "count_day_ot_in_week": draw(st.booleans())})


def one_minute_more(worked: WorkedWeek) -> Iterator[WorkedWeek]:
    """The same week with a later end, an earlier start, or a shorter unpaid break."""
    for index, shift in enumerate(worked.shifts):
        others = [*worked.shifts[:index], *worked.shifts[index + 1 :]]
        for longer in longer_shifts(shift):
            free = all(apart(longer, other) for other in others)
            in_week = minute_of(longer.start) >= midnight(worked.week.monday)
            if free and in_week:
                yield dataclasses.replace(worked, shifts=(*others, longer))


def apart(one: WorkedShift, other: WorkedShift) -> bool:
    return minute_of(one.end) <= minute_of(other.start) or minute_of(other.end) <= minute_of(one.start)


def longer_shifts(shift: WorkedShift) -> Iterator[WorkedShift]:
    kept = dataclasses.replace(shift, day=shift.day or shift.start.date())
    yield dataclasses.replace(kept, end=moment_of(minute_of(shift.end) + 1))
    yield dataclasses.replace(kept, start=moment_of(minute_of(shift.start) - 1))
    for index, pause in enumerate(shift.breaks):
        if pause.paid:
            continue  # a minute less of it is no paid minute more
        end = minute_of(pause.end) - 1
        shorter = [Break(pause.start, moment_of(end), pause.paid)] if end > minute_of(pause.start) else []
        yield dataclasses.replace(kept, breaks=(*shift.breaks[:index], *shorter, *shift.breaks[index + 1 :]))
