"""Time cards of all kinds, generated; and one that a reader can follow."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import TypeVar

from hypothesis import strategies as st

from kis.exchange.setu_codes import ALLOWANCE_CODES, ALLOWANCE_WORDS, HOUR_CODES, HOUR_WORDS
from kis.exchange.timecards import (
    Allowance,
    AllowanceRate,
    Approval,
    Attachment,
    Contact,
    Email,
    Establishment,
    Id,
    Interval,
    Issuer,
    LegalId,
    Party,
    Person,
    Place,
    Rate,
    RateInterval,
    References,
    Submission,
    Timecard,
    Unit,
    hours_of,
    wall_clock,
)

T = TypeVar("T")
MONDAY = dt.date(2026, 11, 16)


def sample() -> Timecard:
    """Ana Kowalska's week 47 of 2026 at Bakkerij De Groot: a shift with a break, overtime after it, 42 kilometres."""
    at = dt.datetime(2026, 11, 16, 8)
    return Timecard(
        id=Id("TC-2026-47-100001"),
        person=Person((Id("100001"),), "Ana Kowalska"),
        start=MONDAY,
        end=MONDAY + dt.timedelta(days=6),
        supplier=Party(legal_id=LegalId("61979007")),
        customer=Party(legal_id=LegalId("12345678")),
        assignment="A-4711",
        intervals=(
            Interval(Id("1"), "HT100", at, at.replace(hour=16, minute=30), hours_of(480)),
            Interval(
                Id("2"),
                "HT200",
                at.replace(hour=16, minute=30),
                at.replace(hour=18, minute=30),
                hours_of(120),
                rates=(Rate(Decimal("31.50"), Decimal(150)),),
            ),
        ),
        allowances=(Allowance(Id("3"), "EA103", MONDAY, MONDAY, quantity=Decimal(42)),),
        references=References(cost_centre=Unit("173", "Bakkerij"), purchase_order="PO123789"),
    )


# Any character that XML can carry; the ends are not white space, which readers strip.
texts = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cs", "Cc", "Zs", "Zl", "Zp"], exclude_characters="\ufffe\uffff"),
    min_size=1,
    max_size=12,
)
issuers = st.sampled_from(Issuer)
ids = st.builds(Id, texts, issuers)
money = st.decimals(0, 500, places=2)
positive_money = st.decimals(Decimal("0.01"), 500, places=2)
units = st.none() | st.builds(Unit, texts, st.just("") | texts)
projects = st.none() | st.builds(Unit, texts)
maybe_text = st.just("") | texts


def tuples_of(items: st.SearchStrategy[T], most: int, least: int = 0) -> st.SearchStrategy[tuple[T, ...]]:
    return st.lists(items, min_size=least, max_size=most).map(tuple)


def references(project: st.SearchStrategy[Unit | None] = units) -> st.SearchStrategy[References]:
    return st.builds(References, units, units, project, maybe_text, maybe_text)


legal_ids = st.none() | st.builds(LegalId, texts, st.sampled_from(["KvK", "OIN", "RSIN"]))
contacts = st.builds(
    Contact,
    texts,
    tuples_of(texts, 2),
    tuples_of(st.builds(Email, texts, st.sampled_from(["", "Business", "Private"])), 2),
    maybe_text,
)
establishments = st.none() | st.builds(
    Establishment, texts, tuples_of(ids, 2), st.none() | st.builds(LegalId, texts, st.just("KvK"))
)


def parties(people: st.SearchStrategy[tuple[Contact, ...]]) -> st.SearchStrategy[Party | None]:
    return st.none() | st.builds(Party, tuples_of(ids, 2), legal_ids, maybe_text, establishments, people)


@st.composite
def rates(draw: st.DrawFn, *, split: bool) -> tuple[Rate, ...]:
    """Nothing, one rate for both streams, or one to bill and one to pay."""
    least = 0 if split else 100
    kinds = st.sampled_from([kind for kind in RateInterval if split or kind is not RateInterval.SPLIT])
    one = st.builds(Rate, money, st.decimals(least, 300, places=1), kinds)
    streams = draw(st.sampled_from([(), ((True, True),), ((True, False), (False, True))]))
    made = []
    for billed, paid in streams:
        rate = draw(one)
        made.append(Rate(rate.amount, rate.multiplier, rate.interval, billed, paid))
    return tuple(made)


allowance_rates = st.just(()) | st.builds(AllowanceRate, positive_money, st.booleans(), st.booleans()).map(
    lambda rate: (rate,)
)


@st.composite
def intervals(draw: st.DrawFn, monday: dt.date, hour_types: st.SearchStrategy[str], generation: str) -> list[Interval]:
    """Shifts one after the other through the week, over midnight and both clock changes; some with breaks."""
    made: list[Interval] = []
    moment = dt.datetime.combine(monday, dt.time(), dt.timezone(dt.timedelta(hours=1)))
    for place in range(draw(st.integers(1, 6))):
        moment += dt.timedelta(minutes=draw(st.integers(0, 900)))
        if moment.date() > monday + dt.timedelta(days=5):
            break
        length = draw(st.integers(1, 720))
        start, end = wall_clock(moment), wall_clock(moment + dt.timedelta(minutes=length))
        made.append(
            Interval(
                id=Id(f"{place + 1}", draw(issuers)),
                hour_type=draw(hour_types),
                start=start,
                end=end,
                hours=draw(st.none() | st.integers(0, length).map(hours_of)),
                rates=draw(rates(split=generation == "2.0")),
                assigned_day=draw(st.sampled_from([None, start.date()])),
                place=draw(st.none() | st.sampled_from(Place)) if generation == "2.0" else None,
                references=draw(references(units if generation == "2.0" else projects)),
                requirements=draw(st.sampled_from(["", "https://codes.example/one"])) if generation == "2.0" else "",
                comment="" if generation == "2.0" else draw(maybe_text),
            )
        )
        moment += dt.timedelta(minutes=length)
    return made


@st.composite
def allowances(draw: st.DrawFn, monday: dt.date, types: st.SearchStrategy[str], generation: str) -> list[Allowance]:
    made = []
    for place in range(draw(st.integers(0, 3))):
        first, last = sorted(draw(st.tuples(st.integers(0, 6), st.integers(0, 6))))
        money_of: tuple[AllowanceRate, ...] = draw(allowance_rates)
        if generation == "1.4":  # has no flag for payment
            money_of = tuple(AllowanceRate(rate.amount, rate.billed) for rate in money_of)
        dated = draw(st.booleans())
        made.append(
            Allowance(
                id=Id(f"A{place + 1}", draw(issuers)),
                type=draw(types),
                start=monday + dt.timedelta(days=first) if dated else None,
                end=draw(st.sampled_from([None, monday + dt.timedelta(days=last)])) if dated else None,
                rates=money_of,
                quantity=draw(
                    st.decimals(0, 900, places=1) if not money_of else st.none() | st.decimals(0, 9, places=0)
                ),
                expense=generation == "1.4" and draw(st.booleans()),
                comment=draw(maybe_text),
                attachment=draw(st.none() | attachments) if generation == "2.0" else None,
                references=draw(references(units if generation == "2.0" else projects)),
            )
        )
    return made


attachments = st.builds(Attachment, st.just("UkVDRUlQVA=="), st.just("image/png"), maybe_text) | st.builds(
    Attachment, st.just(""), st.just(""), texts
)
# A plain week, the two nights on which the clock changes, and the week that belongs to two years.
mondays = st.sampled_from([MONDAY, dt.date(2026, 10, 19), dt.date(2027, 3, 22), dt.date(2026, 12, 28)])


@st.composite
def cards_2(draw: st.DrawFn) -> Timecard:
    """Any card that 2.0 can carry."""
    monday = draw(mondays)
    return Timecard(
        id=draw(ids),
        person=Person(draw(tuples_of(ids, 2, least=1)), draw(maybe_text)),
        start=monday,
        end=monday + dt.timedelta(days=6),
        supplier=draw(parties(st.just(()))),
        customer=draw(parties(tuples_of(contacts, 2))),
        assignment=draw(maybe_text),
        intervals=tuple(draw(intervals(monday, st.sampled_from(sorted(HOUR_CODES)), "2.0"))),
        allowances=tuple(draw(allowances(monday, st.sampled_from(sorted(ALLOWANCE_CODES)), "2.0"))),
        references=draw(references()),
        requirements=draw(st.sampled_from(["", "https://codes.example/two"])),
    )


moments = st.datetimes(dt.datetime(2026, 1, 1), dt.datetime(2027, 12, 31)).map(lambda at: at.replace(microsecond=0))


@st.composite
def cards_1_4(draw: st.DrawFn) -> Timecard:
    """Any card that 1.4 can carry."""
    monday = draw(mondays)
    return Timecard(
        id=draw(ids),
        person=Person((draw(ids),), draw(texts)),
        start=monday,
        end=monday + dt.timedelta(days=6),
        supplier=draw(parties_1_4),
        customer=draw(parties_1_4),
        assignment=draw(maybe_text),
        intervals=tuple(draw(intervals(monday, st.sampled_from(sorted(HOUR_WORDS)), "1.4"))),
        allowances=tuple(draw(allowances(monday, st.sampled_from(sorted(ALLOWANCE_WORDS)), "1.4"))),
        references=draw(references(projects)),
        submission=draw(st.none() | st.builds(Submission, maybe_text, moments)),
        approvals=draw(tuples_of(st.builds(Approval, maybe_text, moments, st.none() | issuers, maybe_text), 2)),
        rates_inclusive=draw(st.booleans()),
    )


# What identifies a party in 1.4 are numbers only: at least one, and units without a level.
parties_1_4 = st.none() | st.builds(
    Party,
    tuples_of(ids, 2, least=1),
    legal_ids,
    maybe_text,
    st.none()
    | st.builds(
        Establishment, st.just(""), tuples_of(ids, 2, least=1), st.none() | st.builds(LegalId, texts, st.just("KvK"))
    ),
)
