from decimal import Decimal

import pytest

from kis.payroll.rules.combine import Reason, reason_for, verdict
from kis.payroll.rules.model import DAYS, NORMAL, Band, Tier
from kis.payroll.rules.worked import Tag
from tests.payroll.rules.weeks import beyond, rules


def evening(surcharge: int) -> Band:
    return Band("evening", DAYS, 0, 1440, Decimal(surcharge))


@pytest.mark.parametrize(
    ("mode", "band", "extra", "label", "surcharge"),
    [
        ("HIGHEST", 30, 25, "evening", "30"),
        ("HIGHEST", 20, 25, "day-ot", "25"),
        ("HIGHEST", 25, 25, "day-ot", "25"),
        ("SUM", 30, 25, "evening+day-ot", "55"),
        ("COMPOUND", 30, 25, "evening+day-ot", "62.5"),
        ("BAND_WINS", 20, 25, "evening", "20"),
    ],
)
def test_each_mode_combines_band_and_overtime_its_own_way(
    mode: str, band: int, extra: int, label: str, surcharge: str
) -> None:
    kind = rules(combination=mode, overtime=[beyond("day", 0, extra)])
    reason = Reason(evening(band), kind.overtime[0], kind.overtime[0].tiers[0])
    assert verdict(kind, reason) == (label, Decimal(surcharge))


@pytest.mark.parametrize("mode", ["HIGHEST", "SUM", "COMPOUND", "BAND_WINS"])
@pytest.mark.parametrize(("band", "extra", "label"), [(30, 0, "evening"), (0, 25, "day-ot"), (0, 0, "day-ot")])
def test_in_every_mode_nothing_combined_with_something_is_that_something(
    mode: str, band: int, extra: int, label: str
) -> None:
    kind = rules(combination=mode, overtime=[beyond("day", 0, extra)])
    reason = Reason(evening(band), kind.overtime[0], kind.overtime[0].tiers[0])
    assert verdict(kind, reason) == (label, Decimal(band + extra))


def test_a_minute_without_overtime_is_paid_by_its_band() -> None:
    assert verdict(rules(), Reason(evening(30))) == ("evening", Decimal(30))
    assert reason_for(rules(), NORMAL, (), 0) == Reason(NORMAL)


def test_of_two_overtime_kinds_the_higher_one_holds() -> None:
    kind = rules(overtime=[beyond("day", 0, 25), beyond("week", 0, 50)])
    tags = tuple(Tag(overtime, overtime.tiers) for overtime in kind.overtime)
    found = reason_for(kind, NORMAL, tags, 600)
    assert found.overtime is kind.overtime[1]
    assert found.overtime_surcharge == 50


def test_the_first_tier_that_holds_at_the_clock_counts() -> None:
    overtime = rules(overtime=[beyond("day", 0, 25)]).overtime[0]
    tiers = (Tier(Decimal(25), start=420, end=1200), Tier(Decimal(50)))
    found = [
        reason_for(rules(), NORMAL, (Tag(overtime, tiers),), clock).overtime_surcharge for clock in (419, 420, 1200)
    ]
    assert found == [50, 25, 50]


def test_without_a_tier_that_holds_overtime_has_no_surcharge() -> None:
    overtime = rules(overtime=[beyond("day", 0, 25)]).overtime[0]
    assert reason_for(rules(), NORMAL, (Tag(overtime, ()),), 0) == Reason(NORMAL, overtime, None)
