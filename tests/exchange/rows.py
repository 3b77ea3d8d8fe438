"""Canonical pay rows, generated and by hand."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from kis.core.weeks import Week
from kis.exchange.component_mapping import Measure, Target
from kis.exchange.pay_rows import PayRow

TUESDAY = dt.date(2026, 11, 24)


def row(component: str = "normal", **changes: Any) -> PayRow:
    """Ana Kowalska worked eight hours on Tuesday 24 November 2026."""
    values: dict[str, Any] = {
        "worker": "100001",
        "worker_name": "Ana Kowalska",
        "client": "223445",
        "job": "A-4711",
        "day": TUESDAY,
        "card": "TC-2026-48-100001",
        "line": "TC-2026-48-100001-1",
        "run": "2026-W48-1",
        "minutes": 480,
        "percentage": Decimal(100),
        "amount_cents": 12800,
        "cost_centre": "173",
        **changes,
    }
    values.setdefault("week", Week.of(values["day"]))
    return PayRow(component=component, **values)


TABLE = (
    Target("normal", "1"),
    Target("evening", "28"),
    Target("evening", "86", Measure.HOURS, Decimal("0.3"), Decimal(130)),
    Target("evening", "28", percentage=Decimal(130)),
    Target("km", "101", Measure.QUANTITY),
    Target("bonus", "200", Measure.AMOUNT),
)

components = st.sampled_from(["normal", "evening", "km", "bonus"])


@st.composite
def rows(draw: st.DrawFn) -> list[PayRow]:
    """Rows worker by worker: hours, kilometres and money, corrections among them."""
    made = []
    for worker in range(100001, 100001 + draw(st.integers(1, 4))):
        for place in range(draw(st.integers(0, 6))):
            component = draw(components)
            quantity = draw(st.decimals(-99, 99, places=1)) if component == "km" else None
            made.append(
                row(
                    component,
                    worker=str(worker),
                    client=draw(st.sampled_from(["223445", "223446"])),
                    day=TUESDAY + dt.timedelta(days=draw(st.integers(0, 4))),
                    line=f"{worker}-{place}",
                    minutes=0 if quantity is not None else draw(st.integers(-600, 720)),
                    quantity=quantity,
                    percentage=draw(st.sampled_from([None, Decimal(100), Decimal(130)])),
                    amount_cents=draw(st.integers(-20_000, 40_000)),
                )
            )
    return made
