import pytest

from kis.core.weeks import Week
from kis.timesheets.working_time import Severity, WorkedShift, concerning, for_client
from tests.timesheets.working_time.shifts import between, findings, on, work

OWN = {"ours"}


def short_rest(other: str) -> list[WorkedShift]:
    return [between(on(0, "08:00"), on(0, "22:00"), ref="ours"), work(on(1, "06:30"), 120, ref=other)]


def test_a_client_gets_the_whole_finding_when_all_of_it_is_its_own() -> None:
    (found,) = for_client(findings([work(on(0, "07:00"), 721, pause=45, ref="ours")]), OWN)
    assert found.whole is not None
    assert (found.rule.id, found.severity, found.references) == ("W01", Severity.RED, ("ours",))
    assert found.whole.measured == 721


def test_a_client_never_learns_where_or_when_else_the_worker_works() -> None:
    shown = for_client(findings(short_rest("elsewhere"), "W05"), OWN)
    assert [(each.rule.id, each.severity, each.references, each.whole) for each in shown] == [
        ("W05", Severity.AMBER, ("ours",), None)
    ]
    assert "elsewhere" not in repr(shown)


def test_a_client_hears_nothing_of_what_happens_only_elsewhere() -> None:
    assert for_client(findings([work(on(0, "07:00"), 721, pause=45, ref="elsewhere")]), OWN) == ()


def test_the_earlier_short_rest_that_makes_a_later_one_red_is_not_told() -> None:
    elsewhere = [between(on(0, "08:00"), on(0, "22:00"), ref="elsewhere")]
    ours = [between(on(3, "08:00"), on(3, "22:00"), ref="ours")]
    (shown,) = for_client(findings([*elsewhere, *ours], "W05"), OWN)
    assert (shown.severity, shown.references, shown.whole) == (Severity.RED, ("ours",), None)


def test_the_number_of_windows_is_not_told_either() -> None:
    elsewhere = [
        work(on(7 * week + day, "06:00"), 660, ref=f"there {week} {day}") for week in range(4) for day in range(7)
    ]
    ours = work(on(14, "19:00"), 240, ref="ours")
    found = findings([*elsewhere, ours], "W03")
    assert len(found) > 1
    assert [each.rule.id for each in for_client(found, OWN)] == ["W03"]


def test_at_its_gravest_a_rule_is_told_once_per_shift() -> None:
    days = [between(on(day, "08:00"), on(day, "22:00"), ref="ours" if day == 1 else f"there {day}") for day in range(3)]
    (shown,) = for_client(findings(days, "W05"), OWN)
    assert shown.severity is Severity.RED


def test_sickness_in_a_mean_is_kept_from_the_client() -> None:
    weeks = [work(on(7 * week + day, "07:00"), 600, ref="ours") for week in range(3) for day in range(6)]
    sick = {Week(2026, 48): 3600}
    (found,) = [each for each in findings(weeks, "W03", credited=sick) if each.credited and each.measured == 3600]
    (shown,) = for_client([found], OWN)
    assert (shown.rule.id, shown.whole) == ("W03", None)


@pytest.mark.parametrize(("references", "expected"), [({"ours"}, 1), ({"else"}, 1), ({"nobody"}, 0)])
def test_the_findings_of_a_timesheet_are_those_its_shifts_have_a_part_in(references: set[str], expected: int) -> None:
    assert len(concerning(findings(short_rest("else"), "W05"), references)) == expected
